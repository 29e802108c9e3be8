import { css, html, LitElement, nothing } from '../i18n/lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { BarSeries } from '../components/chart-bars';
import '../components/class-bars';
import '../components/class-images';
import '../components/report-card';
import { segmentStyles } from '../components/segments';
import { baseStyles, buttonStyles } from '../components/shared-styles';
import { versionName, type ModelVersionId } from '../domain/ids';
import type { Run } from '../domain/run';
import type { DoneEvaluation } from '../services/evaluation-service';
import type { Services } from '../services/services';
import { EvaluationCharts, renderDigitChoice } from './evaluation-charts';
import { lastOf } from './last-of';
import './robustness-desk';
import { RunCharts } from './run-charts';
import { watch } from './watch';

/**
 * The charts of a test, from the report to the curves of the run that the model came from. They appear one after
 * another: all at once would keep the page from answering. Tells `copytext` with what goes to the clipboard.
 */
@customElement('evaluation-gallery')
export class EvaluationGallery extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    segmentStyles,
    css`
      :host {
        display: block;
      }
      .pair {
        display: grid;
        grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
        gap: 20px;
        align-items: stretch;
        margin-bottom: 20px;
      }
      .between {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--s-2) var(--s-4);
        margin-bottom: var(--s-3);
      }
      .between .segments button {
        min-width: 32px;
        padding: 0 var(--s-2);
      }
      chart-card {
        --chart-height: 300px;
      }
      @media (max-width: 1099px) {
        .pair {
          grid-template-columns: minmax(0, 1fr);
        }
      }
      @media (max-width: 720px) {
        .pair {
          gap: 14px;
          margin-bottom: 14px;
        }
        .between .segments {
          display: grid;
          grid-template-columns: repeat(5, minmax(0, 1fr));
          width: 100%;
        }
        chart-card {
          --chart-height: 260px;
        }
      }
    `,
  ];

  @property({ attribute: false }) services!: Services;
  @property({ attribute: false }) shown!: DoneEvaluation;
  /** The image to try out. */
  @property({ type: Number }) row = 0;
  /** Changes when the colours do. */
  @property() theme = '';

  /** The digit whose curves are shown. */
  @state() private digit = 0;
  /** So many of the parts are there. */
  @state() private mounted = 1;

  private readonly charts = new EvaluationCharts();
  private readonly runCharts = new RunCharts();
  private readonly counted = lastOf(countSeries);
  private readonly parts = [
    () => this.renderCalibration(),
    () => this.renderConfidence(),
    () => this.renderRankings(),
    () => this.renderRobustness(),
    () => this.renderImages(),
    () => this.renderTraining(),
  ];

  constructor() {
    super();
    watch(this, () => [this.services.training.state]);
  }

  override render() {
    return this.parts.slice(0, this.mounted).map((render) => render());
  }

  /** The next part, once the browser has shown those before and has let events in. */
  protected override updated(): void {
    const run = this.run(this.shown.versionId);
    this.services.training.show(run ? [run.id] : []);
    if (this.mounted >= this.parts.length) return;
    requestAnimationFrame(() => setTimeout(() => (this.mounted += 1)));
  }

  private renderCalibration() {
    const { evaluation } = this.shown.examined;
    const tell = ({ detail }: CustomEvent<string>) =>
      this.dispatchEvent(new CustomEvent('copytext', { detail }));
    return html`
      <div class="pair">
        ${this.charts.renderCalibration(evaluation, this.theme)}
        <report-card
          .report=${evaluation.report}
          .classes=${evaluation.classes}
          @copytext=${tell}
        ></report-card>
      </div>
    `;
  }

  private renderConfidence() {
    return html`
      <div class="pair">${this.charts.renderConfidence(this.shown.examined.evaluation, this.theme)}</div>
    `;
  }

  private renderRankings() {
    const { evaluation } = this.shown.examined;
    return html`
      <div class="between">
        <span>Curves of the digit</span>
        ${renderDigitChoice(this.digit, (digit) => (this.digit = digit))}
      </div>
      <div class="pair">${this.charts.renderRankings(evaluation, this.digit, this.theme)}</div>
    `;
  }

  private renderRobustness() {
    return html`
      <robustness-desk
        .evaluation=${this.services.evaluation}
        .shown=${this.shown}
        .row=${this.row}
        .theme=${this.theme}
      ></robustness-desk>
    `;
  }

  /** What the digits of the test are. */
  private renderImages() {
    const { classes } = this.shown.examined.statistics;
    return html`
      <div class="pair">
        <class-bars
          heading="How many of each were tested"
          fileName="inkling-tested-digits"
          .series=${this.counted(this.shown)}
          .theme=${this.theme}
        ></class-bars>
        <class-images
          heading="Average tested digits"
          fileName="inkling-average-digits"
          .classes=${classes}
          .theme=${this.theme}
        ></class-images>
      </div>
    `;
  }

  /** How the model came to be; of one that was not trained here nobody knows. */
  private renderTraining() {
    const run = this.run(this.shown.versionId);
    if (!run) return nothing;
    const look = { epochs: run.config.recipe.epochs, theme: this.theme, fileStem: 'inkling-training' };
    return html`
      <div class="between"><span>How ${versionName(this.shown.versionId)} was trained</span></div>
      <div class="pair">${this.runCharts.render(run, this.services.training.state.value, look)}</div>
    `;
  }

  private run(versionId: ModelVersionId): Run | undefined {
    const { models, training } = this.services;
    const version = models.catalogue.value.versions.find(({ id }) => id === versionId);
    return training.state.value.runs.find(({ id }) => id === version?.runId);
  }
}

function countSeries({ examined }: DoneEvaluation): readonly BarSeries[] {
  return [{ name: 'Images', slot: 1, values: examined.statistics.classes.map(({ count }) => count) }];
}

declare global {
  interface HTMLElementTagNameMap {
    'evaluation-gallery': EvaluationGallery;
  }
}
