import { css, html, LitElement, nothing } from '../i18n/lit';
import { customElement, property } from 'lit/decorators.js';
import '../components/chart-card';
import { formatAccuracy, formatLoss } from '../components/format';
import '../components/parallel-axes';
import '../components/settings-table';
import { baseStyles } from '../components/shared-styles';
import { compareSettings, parallelAxes } from '../domain/compare-runs';
import { runName } from '../domain/ids';
import { compareCurves, summarizeCurves, type SlottedRun } from './compare-curves';
import { accuracyAxis, lossAxis } from './run-curves';

/** From this many runs on, parallel coordinates say more than a table. */
const MANY = 4;

/** Several runs side by side: their curves on one chart, their settings, what led where. */
@customElement('run-comparison')
export class RunComparison extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
        gap: 20px;
        scroll-margin-top: 20px;
      }
      h2 {
        grid-column: 1 / -1;
        font-size: var(--t-6);
      }
      chart-card {
        --chart-height: 320px;
      }
      settings-table,
      parallel-axes {
        grid-column: 1 / -1;
      }
      @media (max-width: 1100px) {
        :host {
          grid-template-columns: minmax(0, 1fr);
        }
      }
      @media (max-width: 720px) {
        :host {
          gap: 14px;
        }
        chart-card {
          --chart-height: 260px;
        }
      }
    `,
  ];

  @property({ attribute: false }) runs: readonly SlottedRun[] = [];
  /** Changes when the colours do. */
  @property() theme = '';

  override render() {
    const columns = this.runs.map(({ run, slot }) => ({ name: runName(run.id), slot }));
    return html`
      <h2 tabindex="-1">${columns.length} runs compared</h2>
      ${this.renderCharts()}
      <settings-table
        .columns=${columns}
        .settings=${compareSettings(this.runs.map(({ run }) => run))}
      ></settings-table>
      ${
        this.runs.length < MANY
          ? nothing
          : html`
              <parallel-axes .columns=${columns} .axes=${parallelAxes(this.runs)}></parallel-axes>
            `
      }
    `;
  }

  /** Brings it into view, and the keyboard with it. */
  show(): void {
    this.scrollIntoView({ block: 'start' });
    this.renderRoot.querySelector('h2')?.focus({ preventScroll: true });
  }

  private renderCharts() {
    const { loss, accuracy } = compareCurves(this.runs);
    const epochs = Math.max(1, ...this.runs.map(({ run }) => run.config.recipe.epochs));
    const stem = `inkling-runs-${this.runs.map(({ run }) => run.id).join('-')}`;
    const waiting = 'No epoch of these runs has ended yet.';
    return html`
      <chart-card
        heading="Validation loss"
        explanation="Lower is better. Logarithmic scale."
        xTitle="Epoch"
        .waiting=${waiting}
        .summary=${summarizeCurves('loss', this.runs)}
        .series=${loss}
        fileName=${`${stem}-loss`}
        .axis=${lossAxis(epochs, loss)}
        .formatY=${formatLoss}
        .theme=${this.theme}
      ></chart-card>
      <chart-card
        heading="Validation accuracy"
        explanation="Share of digits read rightly, of those not learned from."
        xTitle="Epoch"
        .waiting=${waiting}
        .summary=${summarizeCurves('accuracy', this.runs)}
        .series=${accuracy}
        fileName=${`${stem}-accuracy`}
        .axis=${accuracyAxis(epochs, accuracy)}
        .formatY=${formatAccuracy}
        .theme=${this.theme}
      ></chart-card>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'run-comparison': RunComparison;
  }
}
