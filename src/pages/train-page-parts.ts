/** Parts of Train that only show what the services say. */
import { html, nothing } from '../i18n/lit';
import '../components/error-desk';
import { formatCount } from '../components/format';
import '../components/ink-icon';
import '../components/progress-ruler';
import { ENGINE_TITLES, type EngineName } from '../domain/engine';
import { versionName } from '../domain/ids';
import type { Run } from '../domain/run';
import type { DatasetService } from '../services/dataset-service';
import type { ModelService } from '../services/model-service';
import type { ReportService } from '../services/report-service';
import type { TrainingService } from '../services/training-service';
import { renderGatePanel } from './gate-parts';
import './run-findings';

/** The services whose failures Train shows. */
interface Failing {
  readonly training: TrainingService;
  readonly datasets: DatasetService;
  readonly models: ModelService;
}

/** The page's name, and the engine that is at work. */
export function renderHead(engine: EngineName | undefined) {
  return html`
    <header class="head">
      <div>
        <h1>Train</h1>
        <p>Teach a network to read digits. You can leave this page; training goes on.</p>
      </div>
      <div class="side">
        ${
          engine
            ? html`
                <span class="chip running">
                  <ink-icon name="engine"></ink-icon>
                  ${ENGINE_TITLES[engine]}
                </span>
              `
            : nothing
        }
      </div>
    </header>
  `;
}

/** What went wrong, until it is put away. */
export function renderErrors({ training, datasets, models }: Failing) {
  const { failure } = training.state.value;
  const mnist = datasets.mnist.value;
  const evaluation = models.evaluation.value;
  return html`
    <error-desk .error=${failure} ?hidden=${!failure} @dismiss=${() => training.clearFailure()}></error-desk>
    <error-desk
      .error=${mnist.state === 'missing' ? mnist.error : undefined}
      ?hidden=${mnist.state !== 'missing' || !mnist.error}
      @dismiss=${() => datasets.load()}
    ></error-desk>
    <error-desk
      .error=${evaluation?.error}
      ?hidden=${!evaluation?.error}
      @dismiss=${() => models.cancelEvaluation()}
    ></error-desk>
  `;
}

/** What the gate says of the model that a run became. */
export function renderGate(run: Run | undefined, shown: Parameters<typeof renderGatePanel>[1]) {
  const { versions } = shown.models.catalogue.value;
  if (run?.versionId === undefined || !versions.some(({ id }) => id === run.versionId)) return nothing;
  return renderGatePanel(run.versionId, shown, 'plate');
}

/** A model that is being scored on the test images. */
export function renderTesting(models: ModelService) {
  const evaluation = models.evaluation.value;
  if (!evaluation || evaluation.error) return nothing;
  const { versionId, done, total } = evaluation;
  return html`
    <section class="plate testing" aria-label="Test">
      <div class="line">
        <p class="statement">
          Testing ${versionName(versionId)}.
          <span>${formatCount(done)} of ${formatCount(total)} digits.</span>
        </p>
        <button @click=${() => models.cancelEvaluation()}>Cancel</button>
      </div>
      <progress-ruler .share=${total === 0 ? undefined : done / total} label="Testing"></progress-ruler>
    </section>
  `;
}

/** What each epoch of a run found, and its report. */
export function renderFindings(
  run: Run | undefined,
  shown: { readonly training: TrainingService; readonly reports: ReportService; readonly theme: string },
) {
  if (!run) return nothing;
  return html`
    <run-findings
      .training=${shown.training}
      .run=${run}
      .epochs=${shown.training.state.value.epochs.get(run.id) ?? NO_EPOCHS}
      .theme=${shown.theme}
      @report=${() => shown.reports.save(run)}
    ></run-findings>
  `;
}

/** Always the same one: a new list would be rendered anew. */
const NO_EPOCHS = [] as const;
