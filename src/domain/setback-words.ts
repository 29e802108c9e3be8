/** What went wrong with a run and was overcome, in words. */
import { SYMPTOM_WORDS } from './divergence';
import { ENGINE_TITLES } from './engine';
import type { Cursor } from './run';
import { countHalvings, type Setback } from './setback';

/** What became of the rate when a run had diverged, by how often it had before. */
const LOWER_RATES = ['at half the rate', 'at a quarter of the rate'] as const;

/** What happened to a run and how it went on, in order: a sentence or two of each. */
export function wordSetbacks(setbacks: readonly Setback[]): readonly string[] {
  return setbacks.map((setback, at) => wordSetback(setback, setbacks.slice(0, at)));
}

/** `earlier` is what had happened before. */
function wordSetback(
  { kind, symptom = 'not-a-number', resumedAt, engine }: Setback,
  earlier: readonly Setback[],
): string {
  const place = wordPlace(resumedAt);
  const on = engine ? `, on ${ENGINE_TITLES[engine]}` : '';
  switch (kind) {
    case 'diverged':
      return `${SYMPTOM_WORDS[symptom]}. It went back to ${place} and on ${LOWER_RATES[Math.min(countHalvings(earlier), LOWER_RATES.length - 1)]}.`;
    case 'graphics-lost':
      return `The graphics device was reset. It went on from ${place}${on}.`;
    case 'worker-lost':
      return `The computing part stopped. It went on from ${place}${on}.`;
    case 'checkpoint-damaged':
      return `Its last saved state was damaged. It went on from the one before, ${place}.`;
    case 'storage-full':
      return `The device was full at ${place}. It went on, and was saved again once there was room.`;
  }
}

function wordPlace({ epoch, batch }: Cursor): string {
  if (epoch === 0 && batch === 0) return 'its beginning';
  return batch === 0 ? `the end of epoch ${epoch}` : `epoch ${epoch + 1}, batch ${batch + 1}`;
}
