/**
 * The gate between a candidate and the champion: a candidate answers only where it reads the held-out images
 * and the drawn digits no worse than the model in use. Nothing is chosen here but yes or no.
 */
import { mcNemarTest } from './compare-readings';
import { classificationReport } from './classification-report';
import { wordFault, wordPassed } from './gate-words';
import type { ModelVersionId } from './ids';
import { accuracyOf, type Score } from './metrics';

/** What both are read with: MNIST's test images (generated ones without it), and the drawn benchmark. */
export type GateSet = 'mnist' | 'generated' | 'drawn';

/** How one model reads one set. */
export interface GateReading {
  readonly score: Score;
  /** 0 … 1, over the digits that there are. */
  readonly macroF1: number;
}

/** Both models on the very same images. */
export interface GateComparison {
  readonly set: GateSet;
  readonly candidate: GateReading;
  readonly champion: GateReading;
  /** Images that only one of them reads rightly. */
  readonly onlyCandidate: number;
  readonly onlyChampion: number;
  /** McNemar's, exact and two-sided. */
  readonly pValue: number;
}

/** Why a candidate is refused: what falls, on which set. */
export interface GateFault {
  readonly kind: 'accuracy' | 'macro-f1' | 'significance';
  readonly comparison: GateComparison;
}

/** A model, and the very weights of it that were read with. */
export interface GatedModel {
  readonly versionId: ModelVersionId;
  /** SHA-256 of its packed weights, in hexadecimal. */
  readonly weightsHash: string;
}

/** What the verdict rests on. */
export interface GateEvidence {
  readonly candidate: GatedModel;
  /** The model in use, when this was judged. */
  readonly champion: GatedModel;
  /** How much may be lost, in points: hundredths of all images. */
  readonly marginPoints: number;
  /** The held-out set first; none where the candidate cannot be read with at all. */
  readonly comparisons: readonly GateComparison[];
  /** Why it may not answer whatever it reads, as a sentence: it cannot be read with, or it is no other model. */
  readonly objection?: string;
}

/** What the gate said of a candidate. */
export interface GateVerdict extends GateEvidence {
  readonly isPassed: boolean;
  /** True where it became the champion by this verdict. */
  readonly promoted: boolean;
  /** One plain sentence. */
  readonly reason: string;
  /** Of the candidate on the held-out set, 0 … 1; 0 where it cannot be read with. */
  readonly accuracy: number;
  readonly judgedAt: number;
}

/** From this p-value on a difference may be chance. */
export const GATE_SIGNIFICANCE = 0.05;

/** Losses count in hundredths of a point, as they are shown: what reads as the margin is the margin. */
const STEPS_PER_POINT = 100;

/** Holds two models' answers to the same images against each other. All are [count] bytes, 0 … 9. */
export function compareAtGate(
  set: GateSet,
  labels: Uint8Array,
  candidate: Uint8Array,
  champion: Uint8Array,
): GateComparison {
  let [onlyCandidate, onlyChampion] = [0, 0];
  labels.forEach((label, row) => {
    const [isCandidate, isChampion] = [candidate[row] === label, champion[row] === label];
    if (isCandidate && !isChampion) onlyCandidate += 1;
    if (isChampion && !isCandidate) onlyChampion += 1;
  });
  return {
    set,
    candidate: readingOf(labels, candidate),
    champion: readingOf(labels, champion),
    onlyCandidate,
    onlyChampion,
    pValue: mcNemarTest(onlyCandidate, onlyChampion),
  };
}

function readingOf(labels: Uint8Array, answers: Uint8Array): GateReading {
  const correct = labels.reduce((sum, label, row) => sum + Number(answers[row] === label), 0);
  const { macro } = classificationReport(labels, answers);
  return { score: { correct, total: labels.length }, macroF1: macro.f1 };
}

/** How many points of accuracy the candidate has lost; less than 0 where it has gained. */
export function accuracyLost({ candidate, champion }: GateComparison): number {
  const { total } = champion.score;
  // In whole images first: their difference is exact.
  return total === 0 ? 0 : ((champion.score.correct - candidate.score.correct) * 100) / total;
}

/** How many points of macro F1 the candidate has lost; less than 0 where it has gained. */
export function macroF1Lost({ candidate, champion }: GateComparison): number {
  return (champion.macroF1 - candidate.macroF1) * 100;
}

/** True where the candidate is worse by more than chance explains. */
export function isSignificantlyWorse({ onlyCandidate, onlyChampion, pValue }: GateComparison): boolean {
  return onlyChampion > onlyCandidate && pValue < GATE_SIGNIFICANCE;
}

/** All that speaks against the candidate, in order. Exactly the margin may be lost. */
export function faultsOf({ comparisons, marginPoints }: GateEvidence): readonly GateFault[] {
  const toSteps = (points: number) => Math.round(points * STEPS_PER_POINT);
  const isTooMuch = (lost: number) => toSteps(lost) > toSteps(marginPoints);
  return comparisons.flatMap((comparison) => {
    const kinds: GateFault['kind'][] = [];
    if (isTooMuch(accuracyLost(comparison))) kinds.push('accuracy');
    if (isTooMuch(macroF1Lost(comparison))) kinds.push('macro-f1');
    if (isSignificantlyWorse(comparison)) kinds.push('significance');
    return kinds.map((kind) => ({ kind, comparison }));
  });
}

/** True where the candidate may answer. One that was compared on nothing may not. */
export function passesGate(evidence: GateEvidence): boolean {
  const isCompared = evidence.comparisons.length > 0;
  return isCompared && evidence.objection === undefined && faultsOf(evidence).length === 0;
}

/** The verdict. `promotes` says whether a candidate that passes becomes the champion at once. */
export function judgeEvidence(evidence: GateEvidence, promotes: boolean, judgedAt: number): GateVerdict {
  const isPassed = passesGate(evidence);
  const [heldOut] = evidence.comparisons;
  return {
    ...evidence,
    isPassed,
    promoted: isPassed && promotes,
    reason: wordReason(evidence, isPassed, promotes),
    accuracy: heldOut ? accuracyOf(heldOut.candidate.score) : 0,
    judgedAt,
  };
}

function wordReason(evidence: GateEvidence, isPassed: boolean, promotes: boolean): string {
  if (isPassed) return wordPassed(evidence, promotes);
  const [fault] = faultsOf(evidence);
  return fault
    ? wordFault(fault, evidence.marginPoints)
    : (evidence.objection ?? 'There was nothing to read.');
}
