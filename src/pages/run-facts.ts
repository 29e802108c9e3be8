import { html, type TemplateResult } from '../i18n/lit';
import { formatAccuracy, formatClock, formatCount, formatLoss, formatMegabytes } from '../components/format';
import { bestEpoch, type EpochMetrics, type Run } from '../domain/run';
import { wordNumber } from '../domain/run-settings';
import type { TrainingState } from '../services/training-service';

/** A figure of a run: its name, its value, and what it means where the name does not say. */
export interface RunFact {
  readonly name: string;
  readonly value: string | undefined;
  readonly hint?: string;
}

/** The figures of a run, as it is trained and afterwards. */
export function runFacts(run: Run, state: TrainingState): readonly RunFact[] {
  const tick = state.active?.runId === run.id ? state.active.tick : undefined;
  const epochs = state.epochs.get(run.id) ?? [];
  const last = epochs.at(-1);
  const best = bestEpoch(epochs);
  const rate = tick?.learningRate ?? last?.learningRate;
  const speed = tick?.samplesPerSecond ?? meanSpeed(run, epochs);
  return [
    { name: 'Validation accuracy', value: last && formatAccuracy(last.validationAccuracy), hint: CHECKED },
    { name: 'Validation loss', value: last && formatLoss(last.validationLoss), hint: LOSS },
    { name: 'Batch accuracy', value: maybe(tick?.accuracy, formatAccuracy), hint: BATCH },
    { name: 'Learning rate', value: maybe(rate, wordNumber), hint: RATE },
    { name: 'Speed', value: maybe(speed, (images) => `${formatCount(images)} images/s`) },
    { name: 'Best so far', value: best && `Epoch ${best.epoch + 1}` },
    { name: 'Elapsed', value: formatClock(tick?.trainedMs ?? run.trainedMs) },
    { name: 'Engine memory', value: maybe(tick?.memoryBytes, formatMegabytes) },
  ];
}

const CHECKED = 'The share read rightly of images that it does not learn from.';
const LOSS = 'How far its answers are from the truth, on images that it does not learn from.';
const BATCH = 'The share read rightly of the few images that it learns from at this moment.';
const RATE = 'How large a step it takes at a time.';

/** Renders the figures. While the run is trained, all have their places; afterwards only those that are known. */
export function renderFacts(run: Run, state: TrainingState): TemplateResult {
  const isActive = state.active?.runId === run.id;
  const facts = runFacts(run, state).filter(({ value }) => isActive || value !== undefined);
  return html`
    <dl class="facts figures">
      ${facts.map(
        ({ name, value, hint }) => html`
          <div title=${hint ?? name}>
            <dt>${name}</dt>
            <dd>${value ?? '–'}</dd>
          </div>
        `,
      )}
    </dl>
  `;
}

function meanSpeed({ data }: Run, epochs: readonly EpochMetrics[]): number | undefined {
  const milliseconds = epochs.reduce((sum, { durationMs }) => sum + durationMs, 0);
  return data && milliseconds > 0 ? (data.trainCount * epochs.length * 1000) / milliseconds : undefined;
}

function maybe(value: number | undefined, format: (value: number) => string): string | undefined {
  return value === undefined ? undefined : format(value);
}
