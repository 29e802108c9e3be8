import { wordFault } from '../domain/gate-words';
import { SHIPPED_MODEL, versionName, type ModelVersionId } from '../domain/ids';
import { faultsOf, type GateVerdict } from '../domain/promotion-gate';
import type { PromotionState } from '../services/promotion-service';

/** How a version stands at the gate. */
export type GateStanding =
  | { readonly kind: 'judging'; readonly share: number }
  /** Nobody has judged it: it waits, or it is from before there was a gate. */
  | { readonly kind: 'unjudged'; readonly isWaiting: boolean }
  /** It answers: by the verdict, or because a person said so. */
  | { readonly kind: 'answers' | 'overridden' | 'candidate' | 'passed'; readonly verdict: GateVerdict }
  | { readonly kind: 'nothing' };

/** How a version stands, and so what can be done with it. */
export function standingOf(
  id: ModelVersionId,
  champion: ModelVersionId,
  { verdicts, waiting, judging }: PromotionState,
): GateStanding {
  const share = judging.get(id);
  if (share !== undefined) return { kind: 'judging', share };
  const verdict = verdicts.get(id);
  if (id === champion) {
    return verdict ? { kind: verdict.promoted ? 'answers' : 'overridden', verdict } : { kind: 'nothing' };
  }
  if (!verdict) return { kind: 'unjudged', isWaiting: waiting.has(id) };
  return { kind: verdict.isPassed ? 'passed' : 'candidate', verdict };
}

/** How a version stands, as a sentence. */
export function wordStanding(id: ModelVersionId, standing: GateStanding): string {
  const name = sentenceName(id);
  switch (standing.kind) {
    case 'judging':
      return `${name} is held against the model in use.`;
    case 'unjudged':
      return standing.isWaiting ? `${name} waits to be judged.` : `${name} was not judged.`;
    case 'answers':
      return `${name} now answers.`;
    case 'overridden':
      return `${name} answers because you chose it.`;
    case 'passed':
      return standing.verdict.promoted ? `${name} has answered before.` : `${name} may answer.`;
    case 'candidate':
      return `${name} is kept as a candidate.`;
    case 'nothing':
      return '';
  }
}

/** Why a candidate was refused: one sentence for each set. The figures hold the rest. */
export function wordVerdict(verdict: GateVerdict): readonly string[] {
  const faults = faultsOf(verdict);
  const first = faults.filter(
    ({ comparison }, at) => faults.findIndex((fault) => fault.comparison === comparison) === at,
  );
  return first.length === 0 ? [verdict.reason] : first.map((fault) => wordFault(fault, verdict.marginPoints));
}

/** A model at the beginning of a sentence. */
export function sentenceName(id: ModelVersionId): string {
  return id === SHIPPED_MODEL ? 'The shipped model' : versionName(id);
}
