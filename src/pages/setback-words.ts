import { html, type TemplateResult } from '../i18n/lit';
import { SYMPTOM_WORDS } from '../domain/divergence';
import { ENGINE_TITLES } from '../domain/engine';
import type { Cursor, Run } from '../domain/run';
import { countHalvings, type Setback } from '../domain/setback';
import type { TrainingState } from '../services/training-service';

/** What became of the rate when a run had diverged, by how often it had before. */
const LOWER_RATES = ['at half the rate', 'at a quarter of the rate'] as const;

/** What happened to a run and how it went on, in one sentence. `earlier` is what had happened before. */
export function wordSetback(
  { kind, symptom = 'not-a-number', resumedAt, engine }: Setback,
  earlier: readonly Setback[] = [],
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

/** Renders what went wrong with a run and was overcome. */
export function renderSetbacks(run: Run, { active }: TrainingState): readonly TemplateResult[] {
  const isUnsaved = active?.runId === run.id && active.tick?.isUnsaved === true;
  const setbacks = run.setbacks ?? [];
  const told = setbacks.map((setback, at) => wordSetback(setback, setbacks.slice(0, at)));
  const unsaved = active?.tick?.waitsForRoom ? WAITING_WORDS : UNSAVED_WORDS;
  const words = [...told, ...(isUnsaved ? [unsaved] : [])];
  return words.map(
    (sentence) => html`
      <p class="hint setback" role="status">${sentence}</p>
    `,
  );
}

/** What is said while a training goes on that cannot be saved. */
export const UNSAVED_WORDS =
  'This device is full: training goes on, but is not saved. Delete runs or sets that you no longer need, and it will be.';

/** What is said while a run that has ended, or was paused, cannot be stored. */
export const WAITING_WORDS =
  'This device is full: what was learned is in memory alone. Delete runs or sets that you no longer need, and it is stored; or save it as a file, which Models can read.';

function wordPlace({ epoch, batch }: Cursor): string {
  if (epoch === 0 && batch === 0) return 'its beginning';
  return batch === 0 ? `the end of epoch ${epoch}` : `epoch ${epoch + 1}, batch ${batch + 1}`;
}
