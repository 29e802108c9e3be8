import { css, html, LitElement, nothing, type PropertyValues } from '../i18n/lit';
import { customElement, property, state } from 'lit/decorators.js';
import '../components/confusion-matrix';
import '../components/filter-view';
import { formatAccuracy, formatLoss } from '../components/format';
import '../components/hard-samples';
import '../components/ink-icon';
import { baseStyles, buttonStyles, plateStyles } from '../components/shared-styles';
import type { Pair } from '../domain/confusion-matrix';
import type { EpochFindings } from '../domain/findings';
import type { RunId } from '../domain/ids';
import type { EpochMetrics, Run } from '../domain/run';
import type { TrainingService } from '../services/training-service';

/**
 * What each epoch of a run found: its mistakes, its hardest images, its first filters. Tells `report` when
 * the run's report is asked for.
 */
@customElement('run-findings')
export class RunFindings extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    plateStyles,
    css`
      :host {
        display: block;
      }
      .plate {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--s-2) var(--s-5);
        margin-bottom: 20px;
      }
      .plate > div {
        flex: 1 1 240px;
      }
      label {
        display: flex;
        flex: 2 1 260px;
        align-items: center;
        gap: var(--s-3);
        white-space: nowrap;
      }
      input {
        flex: 1;
        min-width: 0;
        height: var(--h-control);
        margin: 0;
        accent-color: var(--blue);
      }
      .finds {
        display: grid;
        grid-template-columns: minmax(0, 1.25fr) minmax(0, 1fr);
        grid-template-areas: 'matrix hardest' 'matrix filters';
        grid-template-rows: auto 1fr;
        gap: 20px;
      }
      confusion-matrix {
        grid-area: matrix;
      }
      hard-samples {
        grid-area: hardest;
      }
      filter-view {
        grid-area: filters;
      }
      @media (max-width: 1100px) {
        .finds {
          grid-template-columns: minmax(0, 1fr);
          grid-template-areas: 'matrix' 'hardest' 'filters';
          grid-template-rows: none;
        }
      }
      @media (max-width: 720px) {
        .plate {
          margin-bottom: 14px;
        }
        .finds {
          gap: 14px;
        }
      }
      @media (max-width: 720px), (pointer: coarse) {
        input {
          height: var(--h-touch);
        }
      }
    `,
  ];

  @property({ attribute: false }) training!: TrainingService;
  @property({ attribute: false }) run!: Run;
  @property({ attribute: false }) epochs: readonly EpochMetrics[] = [];
  /** Changes when the colours do. */
  @property() theme = '';

  /** The epoch that somebody went back to; the newest where nobody did. */
  @state() private chosenEpoch: number | undefined;
  @state() private found: EpochFindings | undefined;
  @state() private pair: Pair | undefined;
  @state() private isReading = false;
  private shownId: RunId | undefined;
  /** What was asked for last: an answer to an older question is too late. */
  private asked = '';

  override render() {
    const metrics = this.shownEpoch();
    return html`
      <section class="plate figures" aria-label="Epoch by epoch">
        ${metrics ? this.renderSteps(metrics) : this.renderNoEpoch()}
        <button title="One page with all of this run, to keep or to print" @click=${this.askForReport}>
          <ink-icon name="save"></ink-icon>
          Save report
        </button>
      </section>
      ${this.found ? this.renderFound(this.found) : nothing}
    `;
  }

  private renderSteps({ epoch, validationAccuracy, validationLoss }: EpochMetrics) {
    const last = this.epochs.length;
    const isKept = this.found !== undefined || this.isReading;
    return html`
      <div>
        <h2>After epoch ${epoch + 1}</h2>
        <p class="hint">
          ${formatAccuracy(validationAccuracy)} read rightly, loss ${formatLoss(validationLoss)}.
          ${isKept ? '' : 'Of this epoch, only its figures were kept.'}
        </p>
      </div>
      <label ?hidden=${last < 2}>
        Go back to
        <input
          type="range"
          min="1"
          max=${last}
          .value=${String(epoch + 1)}
          aria-valuetext=${`Epoch ${epoch + 1} of ${last}`}
          @input=${this.onStep}
        />
      </label>
    `;
  }

  private renderNoEpoch() {
    return html`
      <div>
        <h2>No epoch has ended</h2>
        <p class="hint">Mistakes, hard digits and filters appear here after the first.</p>
      </div>
    `;
  }

  private renderFound({ matrix, hardest, filters }: EpochFindings) {
    return html`
      <div class="finds">
        <confusion-matrix
          .matrix=${matrix}
          .opened=${this.pair}
          @open=${(event: CustomEvent<Pair>) => this.choose(event.detail)}
        ></confusion-matrix>
        <hard-samples .samples=${hardest} .pair=${this.pair} .theme=${this.theme}></hard-samples>
        ${
          filters
            ? html`
                <filter-view .filters=${filters}></filter-view>
              `
            : nothing
        }
      </div>
    `;
  }

  protected override willUpdate(_changes: PropertyValues<this>): void {
    if (this.run.id === this.shownId) return;
    this.shownId = this.run.id;
    this.chosenEpoch = undefined;
    this.found = undefined;
    this.pair = undefined;
  }

  protected override updated(_changes: PropertyValues<this>): void {
    const metrics = this.shownEpoch();
    if (metrics) void this.read(metrics);
  }

  private async read({ runId, epoch, durationMs }: EpochMetrics): Promise<void> {
    // An epoch that is trained again, as after a roll-back, replaces what it found: its time tells.
    const question = `${runId} ${epoch} ${durationMs}`;
    if (question === this.asked) return;
    this.asked = question;
    this.isReading = true;
    const found = await this.training.findings(runId, epoch);
    if (question !== this.asked) return;
    this.isReading = false;
    this.found = found;
  }

  private shownEpoch(): EpochMetrics | undefined {
    const chosen = this.epochs.find(({ epoch }) => epoch === this.chosenEpoch);
    return chosen ?? this.epochs.at(-1);
  }

  private onStep({ target }: Event): void {
    const number = Number((target as HTMLInputElement).value);
    // At its end, the newest epoch is followed again.
    this.chosenEpoch = number === this.epochs.length ? undefined : this.epochs[number - 1]?.epoch;
  }

  private askForReport(): void {
    this.dispatchEvent(new CustomEvent('report'));
  }

  private choose(pair: Pair): void {
    const isSame = pair.label === this.pair?.label && pair.answer === this.pair.answer;
    this.pair = isSame ? undefined : pair;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'run-findings': RunFindings;
  }
}
