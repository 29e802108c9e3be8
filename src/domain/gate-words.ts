/** What the gate says, in sentences: on the page, and to whoever asks for a retrain. */
import { countText } from './count-text';
import { accuracyOf, type Score } from './metrics';
import type { GateComparison, GateEvidence, GateFault, GateSet } from './promotion-gate';

/** What the sets of the gate are called, at the end of a sentence. */
export const GATE_SETS: Readonly<Record<GateSet, string>> = {
  mnist: 'MNIST’s test images',
  generated: 'the generated test digits',
  drawn: 'the drawn digits',
};

/** Why a candidate is refused, as a sentence: which set, which figure, how much, and what was allowed. */
export function wordFault({ kind, comparison }: GateFault, marginPoints: number): string {
  const { set, candidate, champion, onlyCandidate, onlyChampion, pValue } = comparison;
  const allowed =
    (marginPoints > 0 ? `at most ${marginPoints} may be lost` : 'nothing may be lost') +
    ` (McNemar, p ${wordP(pValue)})`;
  switch (kind) {
    case 'accuracy':
      return (
        `It reads ${wordPoints(accuracyOf(champion.score) - accuracyOf(candidate.score))} fewer of ` +
        `${GATE_SETS[set]} than the model in use: ${wordPercent(accuracyOf(candidate.score))}, ` +
        `not ${wordPercent(accuracyOf(champion.score))}; ${allowed}.`
      );
    case 'macro-f1':
      return (
        `Its macro F1 on ${GATE_SETS[set]} is ${wordPoints(champion.macroF1 - candidate.macroF1)} lower than ` +
        `that of the model in use: ${wordPercent(candidate.macroF1)}, not ${wordPercent(champion.macroF1)}; ` +
        `${allowed}.`
      );
    case 'significance':
      return (
        `It is significantly worse on ${GATE_SETS[set]}: ${countText(onlyChampion)} are read by the model in use alone, ` +
        `${countText(onlyCandidate)} by this one alone (McNemar, p ${wordP(pValue)}).`
      );
  }
}

/** Why a candidate is refused that does not agree with the labels it was given, as a sentence. */
export function wordDisagreement({ correct, total }: Score, title: string): string {
  return (
    `It reads ${countText(correct)} of ${countText(total)} digits of “${title}” as they are ` +
    'labelled, fewer than half: those labels may be wrong.'
  );
}

/** Why a candidate passes, as a sentence, and what became of it. */
export function wordPassed({ comparisons }: Pick<GateEvidence, 'comparisons'>, isPromoted: boolean): string {
  const read = comparisons.map(wordRead).join(' and ');
  return isPromoted
    ? `It reads ${read}, no worse than the model before it.`
    : `It reads ${read}, no worse than the model in use, and waits to be chosen.`;
}

function wordRead({ set, candidate }: GateComparison): string {
  return `${wordPercent(accuracyOf(candidate.score))} of ${GATE_SETS[set]}`;
}

/** A difference of two shares as points, two decimals. */
function wordPoints(share: number): string {
  return `${(share * 100).toFixed(2)} points`;
}

function wordPercent(share: number): string {
  return `${(share * 100).toFixed(2)}%`;
}

/** A p-value with its sign: `= 0.031`, `< 0.001`. */
export function wordP(pValue: number): string {
  return pValue < 0.001 ? '< 0.001' : `= ${pValue.toFixed(3)}`;
}
