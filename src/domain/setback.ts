import type { EngineName } from './engine';
import type { Cursor } from './run';

/** What showed that a training had diverged. */
export type Symptom = 'not-a-number' | 'frozen' | 'no-better-than-guessing' | 'exploded';

/** Something that went wrong with a run and was overcome: the run went on. */
export interface Setback {
  readonly kind: 'diverged' | 'graphics-lost' | 'worker-lost' | 'checkpoint-damaged' | 'storage-full';
  /** Of a training that diverged. */
  readonly symptom?: Symptom;
  /** Where the run went on. */
  readonly resumedAt: Cursor;
  /** What it went on with. */
  readonly engine?: EngineName;
}

/** How often a run that diverged is tried again, each time at half the rate. */
export const MOST_HALVINGS = 2;

/** How often the rate of a run has been halved. */
export function countHalvings(setbacks: readonly Setback[] = []): number {
  return setbacks.filter(({ kind }) => kind === 'diverged').length;
}
