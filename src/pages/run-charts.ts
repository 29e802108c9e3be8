import { html, type TemplateResult } from '../i18n/lit';
import '../components/chart-card';
import { formatAccuracy, formatLoss } from '../components/format';
import type { CurvePoint, EpochMetrics, Run } from '../domain/run';
import type { TrainingState } from '../services/training-service';
import { lastOf } from './last-of';
import { accuracyAxis, lossAxis, runCurves, summarize } from './run-curves';

const formatEpoch = (x: number) => x.toFixed(2);

/** Always the same ones: new lists would be drawn anew. */
const NO_EPOCHS = [] as const;
const NO_POINTS = [] as const;

interface RunChartsLook {
  readonly epochs: number;
  readonly theme: string;
  /** What their files are called; they cannot be saved without one. */
  readonly fileStem?: string;
}

/** The two charts of a run, loss and accuracy: drawn again only where there is something new. */
export class RunCharts {
  private readonly draw = lastOf(drawRun);

  /** Without a run, the axes span `epochs`. */
  render(
    run: Run | undefined,
    state: TrainingState,
    { epochs: planned, theme, fileStem = '' }: RunChartsLook,
  ): TemplateResult {
    const epochs = (run && state.epochs.get(run.id)) ?? NO_EPOCHS;
    const live = run && state.active?.runId === run.id ? state.active.livePoints : NO_POINTS;
    const { loss, accuracy } = this.draw(epochs, live, run?.config.recipe.epochs ?? planned);
    // Stopping is to take a moment only, and drawing takes as long as that.
    const isEnding = state.active?.ending !== undefined;
    const waiting = wordWaiting(run, state);
    return html`
      <chart-card
        class="loss"
        heading="Loss"
        term="overfitting"
        explanation="Lower is better. Logarithmic scale."
        xTitle="Epoch"
        .waiting=${waiting}
        .summary=${summarize('loss', epochs)}
        .series=${loss.series}
        .axis=${loss.axis}
        fileName=${fileStem && `${fileStem}-loss`}
        .formatX=${formatEpoch}
        .formatY=${formatLoss}
        .theme=${theme}
        .held=${isEnding}
      ></chart-card>
      <chart-card
        class="accuracy"
        heading="Accuracy"
        explanation="Share of digits read rightly."
        xTitle="Epoch"
        .waiting=${waiting}
        .summary=${summarize('accuracy', epochs)}
        .series=${accuracy.series}
        .axis=${accuracy.axis}
        fileName=${fileStem && `${fileStem}-accuracy`}
        .formatX=${formatEpoch}
        .formatY=${formatAccuracy}
        .theme=${theme}
        .held=${isEnding}
      ></chart-card>
    `;
  }
}

/** What is said while there is no point. */
function wordWaiting(run: Run | undefined, { active, inTraining, epochs }: TrainingState): string {
  if (!run) return 'Curves appear here when you start.';
  if (run.cursor.epoch > 0 && !epochs.has(run.id)) return 'Reading the curves.';
  if (active?.runId === run.id || inTraining.has(run.id)) return 'The first point comes after a few batches.';
  if (run.status === 'waiting') return 'The first point comes once it is started.';
  return run.status === 'failed' ? 'It failed before its first point.' : 'It ended before its first point.';
}

function drawRun(epochs: readonly EpochMetrics[], live: readonly CurvePoint[], epochCount: number) {
  const { loss, accuracy } = runCurves(epochs, live);
  return {
    loss: { series: loss, axis: lossAxis(epochCount, loss) },
    accuracy: { series: accuracy, axis: accuracyAxis(epochCount, accuracy) },
  };
}
