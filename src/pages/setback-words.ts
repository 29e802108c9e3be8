import { html, type TemplateResult } from '../i18n/lit';
import type { Run } from '../domain/run';
import { wordSetbacks } from '../domain/setback-words';
import type { TrainingState } from '../services/training-service';

/** Renders what went wrong with a run and was overcome. */
export function renderSetbacks(run: Run, { active }: TrainingState): readonly TemplateResult[] {
  const isUnsaved = active?.runId === run.id && active.tick?.isUnsaved === true;
  const unsaved = active?.tick?.waitsForRoom ? WAITING_WORDS : UNSAVED_WORDS;
  const words = [...wordSetbacks(run.setbacks ?? []), ...(isUnsaved ? [unsaved] : [])];
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
