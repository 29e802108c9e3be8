import { css, html, LitElement, nothing } from '../i18n/lit';
import { customElement, property, state } from 'lit/decorators.js';
import '../components/error-desk';
import '../components/read-images';
import { renderSegments, segmentStyles, type Segment } from '../components/segments';
import { baseStyles, buttonStyles, plateStyles } from '../components/shared-styles';
import '../components/work-line';
import { FOLDS } from '../domain/cross-validation';
import { dataKey } from '../domain/evaluated-data';
import type { DoneEvaluation, EvaluationService } from '../services/evaluation-service';
import { listRows, suspectsOf, toReadImages, type ImageList } from './evaluated-images';
import { wordCheckingTime, wordLeft } from './evaluation-words';
import { lastOf } from './last-of';
import { watch } from './watch';

const LISTS: readonly Segment<ImageList>[] = [
  { view: 'hardest', label: 'Hardest' },
  { view: 'surest', label: 'Surest mistakes' },
  { view: 'suspects', label: 'Label errors' },
];

/**
 * The images of a test that are worth a look, and a search for wrong labels with networks that have not seen
 * them. Tells `choose` with a row.
 */
@customElement('worth-a-look')
export class WorthALook extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    plateStyles,
    segmentStyles,
    css`
      :host {
        display: block;
      }
      .check {
        margin-bottom: var(--s-3);
      }
      .ask {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: var(--s-2) var(--s-4);
      }
      .ask p {
        max-width: 72ch;
      }
      @media (max-width: 720px) {
        .segments {
          flex-wrap: wrap;
        }
      }
    `,
  ];

  @property({ attribute: false }) evaluation!: EvaluationService;
  @property({ attribute: false }) shown!: DoneEvaluation;
  /** The image that is looked at. */
  @property({ type: Number }) row: number | undefined;
  /** Images a second that this device trains, where that was measured. */
  @property({ type: Number }) trainedPerSecond: number | undefined;
  /** While something else is tested, nothing can be checked. */
  @property({ type: Boolean }) busy = false;
  /** Changes when the colours do. */
  @property() theme = '';

  @state() private list: ImageList = 'hardest';

  private readonly listed = lastOf(listRows);
  private readonly images = lastOf(toReadImages);
  private readonly suspects = lastOf(suspectsOf);

  constructor() {
    super();
    watch(this, () => [this.evaluation.unseen.state]);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.evaluation.unseen.cancel();
  }

  override render() {
    const isLabels = this.list === 'suspects';
    const unseen = isLabels ? this.unseenLogits() : undefined;
    const { rows, explanation, readings } = unseen
      ? this.suspects(this.shown, unseen)
      : { ...this.listed(this.shown, this.list), readings: this.shown.examined.readings };
    return html`
      ${isLabels ? this.renderCheck(unseen !== undefined) : nothing}
      <read-images
        heading="Worth a look"
        explanation=${explanation}
        .images=${this.images(this.shown, rows, readings)}
        .chosen=${this.row}
        .theme=${this.theme}
        @choose=${({ detail }: CustomEvent<number>) => this.dispatchEvent(new CustomEvent('choose', { detail }))}
      >
        <div slot="tools">${renderSegments('Show', LISTS, this.list, (list) => (this.list = list))}</div>
      </read-images>
    `;
  }

  /** What the last check brought, where it was of these very images. */
  private unseenLogits(): Float32Array | undefined {
    const { done } = this.evaluation.unseen.state.value;
    const isThis = done && dataKey(done.question) === dataKey(this.shown.data);
    return isThis && done.answer.length === this.shown.examined.readings.count * 10 ? done.answer : undefined;
  }

  private renderCheck(isChecked: boolean) {
    const { unseen } = this.evaluation;
    const { work, failure } = unseen.state.value;
    const { count } = this.shown.examined.readings;
    return html`
      <error-desk .error=${failure} ?hidden=${!failure} @dismiss=${() => unseen.clearFailure()}></error-desk>
      <section class="plate check" aria-label="Check of the labels">
        ${
          work
            ? html`
                <work-line
                  statement="Checking the labels."
                  rest=${wordLeft(work.share, performance.now() - work.startedAt)}
                  .share=${work.share}
                  @cancel=${() => unseen.cancel()}
                ></work-line>
              `
            : html`
                <div class="ask">
                  <p class="hint">
                    ${FOLDS} small networks are trained, each without a part of these images, and asked about
                    that part: none of them can have learned a wrong label that it judges.
                    ${wordCheckingTime(count, this.trainedPerSecond)}
                  </p>
                  <button ?disabled=${this.busy} @click=${() => unseen.start(this.shown.data)}>
                    ${isChecked ? 'Check again' : 'Check with models that have not seen them'}
                  </button>
                </div>
              `
        }
      </section>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'worth-a-look': WorthALook;
  }
}
