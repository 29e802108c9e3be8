import { html, LitElement, nothing, type PropertyValues } from '../i18n/lit';
import { customElement, property, state } from 'lit/decorators.js';
import '../components/chart-card';
import type { ChartAxis, ChartSeries } from '../components/chart-style';
import '../components/error-desk';
import { formatAccuracy, formatShare } from '../components/format';
import '../components/pixel-view';
import '../components/progress-ruler';
import { renderSegments, segmentStyles, type Segment } from '../components/segments';
import { baseStyles, buttonStyles, fieldStyles, plateStyles } from '../components/shared-styles';
import { disturbImage, DISTURBANCES, type DisturbanceKind, type DisturbedScore } from '../domain/disturbance';
import { toErrorRecord, type ErrorRecord } from '../domain/errors';
import { accuracyOf } from '../domain/metrics';
import type { Prediction } from '../domain/prediction';
import { imageAt } from '../domain/sample';
import type { DoneEvaluation, EvaluationService } from '../services/evaluation-service';
import { lastOf } from './last-of';
import { robustnessDeskStyles } from './robustness-desk-styles';

const KINDS = Object.keys(DISTURBANCES) as DisturbanceKind[];
const SEGMENTS: readonly Segment<DisturbanceKind>[] = KINDS.map((kind) => ({
  view: kind,
  label: DISTURBANCES[kind].title,
}));
/** Steps of the slider. */
const STEPS = 48;

interface MeasuringWork {
  readonly kind: DisturbanceKind;
  /** Counted from 1. */
  readonly nth: number;
  readonly total: number;
  readonly share: number;
}

/** How much a model stands: accuracy as images are made worse, and one digit to try it on. */
@customElement('robustness-desk')
export class RobustnessDesk extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    fieldStyles,
    plateStyles,
    segmentStyles,
    robustnessDeskStyles,
  ];

  @property({ attribute: false }) evaluation!: EvaluationService;
  @property({ attribute: false }) shown!: DoneEvaluation;
  /** The image to try it on; the first one where there is none of this number. */
  @property({ type: Number }) row = 0;
  /** Changes when the colours do. */
  @property() theme = '';

  @state() private kind: DisturbanceKind = 'rotation';
  @state() private amount = 0;
  /** What was measured of the shown model and images. */
  @state() private measured: ReadonlyMap<DisturbanceKind, readonly DisturbedScore[]> = new Map();
  /** What is being measured, the how manieth it is, and how far all of it is, 0 … 1. */
  @state() private work: MeasuringWork | undefined;
  @state() private error: ErrorRecord | undefined;
  @state() private reading: Prediction | undefined;
  private measuring: AbortController | undefined;
  /** The image that was asked about last: an answer about an older one is too late. */
  private asked: Uint8Array | undefined;

  private readonly disturbed = lastOf(
    (shown: DoneEvaluation, row: number, kind: DisturbanceKind, amount: number) =>
      disturbImage(imageAt(shown.examined.pixels, row), kind, amount),
  );
  private readonly chart = lastOf(robustnessChart);

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.measuring?.abort('cancel');
  }

  override render() {
    return html`
      <error-desk
        .error=${this.error}
        ?hidden=${!this.error}
        @dismiss=${() => (this.error = undefined)}
      ></error-desk>
      <div class="between">
        <span>Made worse by</span>
        ${renderSegments('Made worse by', SEGMENTS, this.kind, (kind) => this.choose(kind))}
      </div>
      <div class="pair">${this.renderChart()} ${this.renderOne()}</div>
    `;
  }

  protected override willUpdate(changes: PropertyValues<this>): void {
    if (changes.has('shown')) {
      this.measuring?.abort('cancel');
      this.measured = new Map();
    }
    const pixels = this.disturbed(this.shown, this.tried, this.kind, this.amount);
    if (pixels !== this.asked || changes.has('shown')) void this.read(pixels);
  }

  private renderChart() {
    const { title, unit } = DISTURBANCES[this.kind];
    const scores = this.measured.get(this.kind);
    const { series, axis } = this.chart(this.kind, scores);
    return html`
      <chart-card
        heading=${`Robustness: ${title.toLowerCase()}`}
        explanation=${`Accuracy, by ${unit}. On up to 1,000 of these digits.`}
        xTitle=${`${title}, ${unit}`}
        fileName=${`inkling-robustness-${this.kind}`}
        waiting="Measure it to see a curve."
        .summary=${summarize(title, unit, scores)}
        .series=${series}
        .axis=${axis}
        .formatX=${(x: number) => String(x)}
        .formatY=${formatAccuracy}
        .theme=${this.theme}
      ></chart-card>
    `;
  }

  private renderOne() {
    const { title, unit, amounts } = DISTURBANCES[this.kind];
    const [low, high] = [amounts[0]!, amounts.at(-1)!];
    const label = this.shown.examined.readings.labels[this.tried]!;
    const { reading } = this;
    return html`
      <section class="plate" aria-label="One digit to try">
        <h2>One digit to try</h2>
        <p class="hint">A ${label}, made worse as far as you like. Choose an image above to try that one.</p>
        <div class="one">
          <pixel-view
            .pixels=${this.disturbed(this.shown, this.tried, this.kind, this.amount)}
            .theme=${this.theme}
            label=${`A ${label}, made worse`}
          ></pixel-view>
          <div>
            <label class="label" for="amount">${title}, ${unit}</label>
            <input
              id="amount"
              type="range"
              min=${low}
              max=${high}
              step=${(high - low) / STEPS}
              .value=${String(this.amount)}
              aria-valuetext=${`${Number(this.amount.toFixed(2))} ${unit}`}
              @input=${(event: Event) => (this.amount = Number((event.target as HTMLInputElement).value))}
            />
            <p class="hint figures">${Number(this.amount.toFixed(2))} ${unit}</p>
            <p class="read figures" role="status">
              ${reading ? `Read as ${reading.digit}, ${formatShare(reading.probabilities[reading.digit]!)}` : ''}
            </p>
          </div>
        </div>
        <div class="work">${this.renderWork()}</div>
      </section>
    `;
  }

  private renderWork() {
    const { work, kind } = this;
    if (work) {
      return html`
        <p class="hint figures" role="status">${wordWork(work)}</p>
        <progress-ruler .share=${work.share} label="Measuring"></progress-ruler>
        <button @click=${() => this.measuring?.abort('cancel')}>Cancel</button>
      `;
    }
    const missing = KINDS.filter((one) => !this.measured.has(one));
    return html`
      <button @click=${() => this.measure([kind])}>Measure ${DISTURBANCES[kind].title.toLowerCase()}</button>
      ${
        missing.length < 2
          ? nothing
          : html`
              <button @click=${() => this.measure(missing)}>
                ${missing.length === KINDS.length ? 'Measure all' : 'Measure all others'}
              </button>
            `
      }
    `;
  }

  private get tried(): number {
    return this.row < this.shown.examined.readings.count ? this.row : 0;
  }

  private choose(kind: DisturbanceKind): void {
    this.kind = kind;
    this.amount = DISTURBANCES[kind].none;
  }

  /** One after the other. Called off, it keeps those that are done. */
  private async measure(kinds: readonly DisturbanceKind[]): Promise<void> {
    const { shown } = this;
    const { signal } = (this.measuring = new AbortController());
    const total = kinds.length;
    this.error = undefined;
    try {
      for (const [index, kind] of kinds.entries()) {
        const tell = (share: number) => {
          this.work = { kind, nth: index + 1, total, share: (index + share) / total };
        };
        tell(0);
        const scores = await this.evaluation.disturb(shown, kind, signal, tell);
        if (shown !== this.shown) return;
        this.measured = new Map(this.measured).set(kind, scores);
      }
    } catch (error) {
      const record = toErrorRecord(error);
      if (record.code !== 'aborted') this.error = record;
    } finally {
      this.work = undefined;
    }
  }

  private async read(pixels: Uint8Array<ArrayBuffer>): Promise<void> {
    this.asked = pixels;
    const reading = await this.evaluation.read(this.shown.versionId, pixels);
    if (this.asked === pixels) this.reading = reading;
  }
}

function wordWork({ kind, nth, total }: MeasuringWork): string {
  const what = DISTURBANCES[kind].title.toLowerCase();
  return total === 1 ? `Measuring ${what}.` : `Measuring ${what}, ${nth} of ${total}.`;
}

function robustnessChart(kind: DisturbanceKind, scores: readonly DisturbedScore[] | undefined) {
  const { amounts } = DISTURBANCES[kind];
  const points = (scores ?? []).map((score) => ({ x: score.amount, y: accuracyOf(score) }));
  return {
    series: [{ name: 'right', slot: 1, hasMarkers: true, points }] satisfies readonly ChartSeries[],
    axis: {
      x: { range: [amounts[0]!, amounts.at(-1)!] },
      y: { scale: 'linear', range: [0, 1.02], format: '.0%' },
    } satisfies ChartAxis,
  };
}

function summarize(title: string, unit: string, scores: readonly DisturbedScore[] | undefined): string {
  if (!scores) return `${title} was not measured yet.`;
  const worst = scores.reduce((low, score) => (accuracyOf(score) < accuracyOf(low) ? score : low));
  return `${title}: accuracy falls to ${formatAccuracy(accuracyOf(worst))} at ${worst.amount} ${unit}.`;
}

declare global {
  interface HTMLElementTagNameMap {
    'robustness-desk': RobustnessDesk;
  }
}
