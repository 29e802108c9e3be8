import { sampleCount, type Dataset, type DatasetPart } from './dataset';
import type { RunDraft } from './run-draft';

/** A set of a mixture. */
export interface MixtureShare {
  /** `mnist`, `generated`, or the name of a set of one's own. */
  readonly set: string;
  /** In per cent of all images. */
  readonly share: number;
}

/** The sets that a draft names, with the number of images of each: new ones first, then replayed ones. */
export function draftParts(draft: RunDraft, sets: readonly Dataset[]): readonly DatasetPart[] {
  const parts = draft.dataset === 'mixture' ? mixtureParts(draft, sets) : [wholePart(draft, sets)];
  const { startFrom } = draft;
  if (!startFrom || startFrom.replay === 'none') return parts;
  const fresh = parts.reduce((sum, part) => sum + part.sampleCount, 0);
  const replayed = Math.round((fresh * startFrom.replayShare) / (100 - startFrom.replayShare));
  return [...parts, toPart(startFrom.replay, replayed, draft.seed, sets)];
}

function wholePart({ dataset, sampleCount: count, seed }: RunDraft, sets: readonly Dataset[]): DatasetPart {
  const own = sets.find(({ name }) => name === dataset);
  return toPart(dataset, own ? sampleCount(own, 'train') : count, seed, sets);
}

/** Each part ends where its share of all images ends, so that the counts add up to them. */
function mixtureParts({ mixture, sampleCount: count, seed }: RunDraft, sets: readonly Dataset[]) {
  let share = 0;
  return mixture.map((part) => {
    const first = Math.round((count * share) / 100);
    share += part.share;
    return toPart(part.set, Math.round((count * share) / 100) - first, seed, sets);
  });
}

function toPart(set: string, count: number, seed: number, sets: readonly Dataset[]): DatasetPart {
  if (set === 'mnist') return { kind: 'mnist', sampleCount: count };
  if (set === 'generated') return { kind: 'generated', sampleCount: count, seed };
  const title = sets.find(({ name }) => name === set)?.title ?? set;
  return { kind: 'stored', name: set, title, sampleCount: count };
}

/** The mixture with another set at its end; all shares become equal. */
export function addShare(mixture: readonly MixtureShare[], set: string): readonly MixtureShare[] {
  return shareEqually([...mixture, { set, share: 0 }]);
}

/** The mixture without one of its sets; all shares become equal. */
export function removeShare(mixture: readonly MixtureShare[], index: number): readonly MixtureShare[] {
  return shareEqually(mixture.filter((_, other) => other !== index));
}

/** The mixture with another share of one set. Of two sets, the other one takes the rest. */
export function changeShare(
  mixture: readonly MixtureShare[],
  index: number,
  share: number,
): readonly MixtureShare[] {
  return mixture.map((part, at) => {
    if (at === index) return { ...part, share };
    return mixture.length === 2 && share > 0 && share < 100 ? { ...part, share: 100 - share } : part;
  });
}

function shareEqually(mixture: readonly MixtureShare[]): readonly MixtureShare[] {
  const each = Math.floor(100 / mixture.length);
  const rest = 100 - each * mixture.length;
  return mixture.map(({ set }, index) => ({ set, share: index < rest ? each + 1 : each }));
}
