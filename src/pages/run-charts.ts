import { html, type TemplateResult } from 'lit';
import '../components/chart-card';
import { formatAccuracy, formatLoss } from '../components/format';
import type { Run } from '../domain/run';
import type { TrainingState } from '../services/training-service';
import { accuracyAxis, lossAxis, runCurves, summarize } from './run-curves';

const formatEpoch = (x: number) => x.toFixed(2);

/** Renders the two charts of a run: loss and accuracy. Without a run, their axes span `epochs`. */
export function renderRunCharts(
  run: Run | undefined,
  state: TrainingState,
  { epochs: planned, theme }: { readonly epochs: number; readonly theme: string },
): TemplateResult {
  const epochs = run ? (state.epochs.get(run.id) ?? []) : [];
  const live = run && state.active?.runId === run.id ? state.active.livePoints : [];
  const { loss, accuracy } = runCurves(epochs, live);
  const epochCount = run?.config.recipe.epochs ?? planned;
  const waiting = run ? 'The first point comes after a few batches.' : 'Curves appear here when you start.';
  return html`
    <chart-card
      class="loss"
      heading="Loss"
      explanation="Lower is better. Logarithmic scale."
      xTitle="Epoch"
      .waiting=${waiting}
      .summary=${summarize('loss', epochs)}
      .series=${loss}
      .axis=${lossAxis(epochCount, loss)}
      .formatX=${formatEpoch}
      .formatY=${formatLoss}
      .theme=${theme}
    ></chart-card>
    <chart-card
      class="accuracy"
      heading="Accuracy"
      explanation="Share of digits read rightly."
      xTitle="Epoch"
      .waiting=${waiting}
      .summary=${summarize('accuracy', epochs)}
      .series=${accuracy}
      .axis=${accuracyAxis(epochCount, accuracy)}
      .formatX=${formatEpoch}
      .formatY=${formatAccuracy}
      .theme=${theme}
    ></chart-card>
  `;
}
