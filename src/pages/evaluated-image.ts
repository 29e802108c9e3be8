import { css, html, LitElement, nothing } from '../i18n/lit';
import { customElement, property } from 'lit/decorators.js';
import { formatShare } from '../components/format';
import '../components/pixel-view';
import '../components/probability-bars';
import { baseStyles, buttonStyles, plateStyles } from '../components/shared-styles';
import { imageAt, CLASS_COUNT } from '../domain/sample';
import { confidenceOf, probabilitiesOf } from '../domain/readings';
import type { DoneEvaluation } from '../services/evaluation-service';
import type { ExplanationService } from '../services/explanation-service';
import './explain-desk';
import { lastOf } from './last-of';

const DIGITS = Array.from({ length: CLASS_COUNT }, (_, digit) => digit);

/**
 * One image of a test: what was read in it, and what can be done about it. Tells `relabel` with a digit,
 * `keep`, and `close`.
 */
@customElement('evaluated-image')
export class EvaluatedImage extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    plateStyles,
    css`
      :host {
        display: block;
        scroll-margin-top: 20px;
      }
      header {
        display: flex;
        justify-content: space-between;
        gap: var(--s-3);
        margin-bottom: var(--s-3);
      }
      .look {
        display: grid;
        grid-template-columns: minmax(120px, 168px) minmax(0, 1fr);
        gap: var(--s-4);
        align-items: start;
        margin-bottom: var(--s-3);
      }
      .label {
        font-size: var(--t-2);
        font-weight: 600;
      }
      .relabel {
        display: flex;
        flex-wrap: wrap;
        gap: var(--s-1);
        margin: var(--s-1) 0 var(--s-2);
      }
      .relabel button {
        min-width: 36px;
        padding: 0;
      }
      .relabel button[aria-pressed='true'] {
        border-color: var(--ink);
        background: var(--ink);
        color: var(--sheet);
      }
      @media (max-width: 720px) {
        .look {
          grid-template-columns: minmax(0, 1fr);
        }
        pixel-view {
          width: 168px;
        }
      }
      @media (max-width: 720px), (pointer: coarse) {
        .relabel button {
          min-width: var(--h-touch);
        }
      }
    `,
  ];

  @property({ attribute: false }) shown!: DoneEvaluation;
  @property({ type: Number }) row = 0;
  @property({ attribute: false }) explanation!: ExplanationService;
  /** While labels are being written, none can be given. */
  @property({ type: Boolean }) busy = false;
  /** Changes when the colours do. */
  @property() theme = '';

  private readonly narrow = window.matchMedia('(max-width: 720px)');
  private readonly answer = lastOf((shown: DoneEvaluation, row: number) => ({
    pixels: imageAt(shown.examined.pixels, row),
    prediction: {
      digit: shown.examined.readings.digits[row]!,
      probabilities: probabilitiesOf(shown.examined.readings, row),
    },
  }));

  override connectedCallback(): void {
    super.connectedCallback();
    this.narrow.addEventListener('change', this.onWidthChange);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.narrow.removeEventListener('change', this.onWidthChange);
  }

  override render() {
    const { readings } = this.shown.examined;
    const answer = this.answer(this.shown, this.row);
    const label = readings.labels[this.row]!;
    const { digit } = answer.prediction;
    return html`
      <section class="plate" aria-label="Chosen image">
        <header>
          <div>
            <h2>A ${label}, read as ${digit}</h2>
            <p class="hint figures">With ${formatShare(confidenceOf(readings, this.row))}.</p>
          </div>
          <button class="quiet" @click=${() => this.tell('close')}>Close</button>
        </header>
        <div class="look">
          <pixel-view
            .pixels=${answer.pixels}
            .theme=${this.theme}
            label=${`A ${label}, 28 by 28 pixels`}
          ></pixel-view>
          <probability-bars
            .probabilities=${answer.prediction.probabilities}
            .upright=${this.narrow.matches}
          ></probability-bars>
        </div>
        ${this.renderLabel(label)}
        <button class="quiet" @click=${() => this.tell('keep')}>Keep it as a ${label} in Corrections</button>
        <explain-desk
          .explanation=${this.explanation}
          .versionId=${this.shown.versionId}
          .answer=${answer}
          .theme=${this.theme}
        ></explain-desk>
      </section>
    `;
  }

  private renderLabel(label: number) {
    if (this.shown.data.kind !== 'stored') return nothing;
    return html`
      <p class="label" id="really">Which digit is it? The set keeps your answer.</p>
      <div class="relabel" role="group" aria-labelledby="really">
        ${DIGITS.map(
          (digit) => html`
            <button
              aria-label=${`It is a ${digit}`}
              aria-pressed=${digit === label}
              ?disabled=${this.busy}
              @click=${() => this.tell('relabel', digit)}
            >
              ${digit}
            </button>
          `,
        )}
      </div>
    `;
  }

  private readonly onWidthChange = (): void => this.requestUpdate();

  private tell(name: string, detail?: number): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'evaluated-image': EvaluatedImage;
  }
}
