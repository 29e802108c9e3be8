import { css, html, LitElement, nothing, type PropertyValues } from '../i18n/lit';
import { customElement, property, state } from 'lit/decorators.js';
import '../components/confusion-matrix';
import { formatCount } from '../components/format';
import '../components/pair-table';
import '../components/read-images';
import { baseStyles, buttonStyles, plateStyles } from '../components/shared-styles';
import type { Pair } from '../domain/confusion-matrix';
import { CORRECTED } from '../domain/dataset';
import { dataKey } from '../domain/evaluated-data';
import { rowsOfPair } from '../domain/readings';
import { imageAt } from '../domain/sample';
import type { DoneEvaluation } from '../services/evaluation-service';
import type { Services } from '../services/services';
import './evaluated-image';
import { confusedPairs, toReadImages } from './evaluated-images';
import { lastOf } from './last-of';
import './slice-desk';
import './version-comparison';
import './worth-a-look';

/** Images that are shown: those of a cell, or others with a name. */
interface Opened {
  readonly title: string;
  readonly rows: readonly number[];
  readonly pair?: Pair;
  /** In which order they are. */
  readonly order?: string;
}

/** The list is there from the start: the first click has only images to add. */
const NOTHING_OPENED: Opened = { title: 'Images', rows: [] };

/**
 * What a test found in its images: the matrix, the images of a cell, and those that are worth a look. Tells `look` with
 * the row of the image that is looked at.
 */
@customElement('evaluation-board')
export class EvaluationBoard extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    plateStyles,
    css`
      :host {
        display: block;
      }
      .board {
        display: grid;
        grid-template-columns: minmax(0, 4fr) minmax(0, 3fr);
        grid-template-areas: 'matrix images' 'pairs images';
        grid-template-rows: auto 1fr;
        align-items: start;
      }
      confusion-matrix {
        grid-area: matrix;
      }
      pair-table {
        grid-area: pairs;
      }
      .beside {
        grid-area: images;
        display: grid;
        min-width: 0;
      }
      .board,
      .beside {
        gap: 20px;
      }
      .board,
      version-comparison,
      slice-desk,
      worth-a-look,
      worth-a-look + evaluated-image {
        margin-bottom: 20px;
      }
      @media (max-width: 1099px) {
        .board {
          grid-template-columns: minmax(0, 1fr);
          grid-template-areas: 'matrix' 'images' 'pairs';
          grid-template-rows: none;
        }
      }
      @media (max-width: 720px) {
        .board,
        .beside {
          gap: 14px;
        }
        .board,
        version-comparison,
        slice-desk,
        worth-a-look,
        worth-a-look + evaluated-image {
          margin-bottom: 14px;
        }
      }
    `,
  ];

  @property({ attribute: false }) services!: Services;
  @property({ attribute: false }) shown!: DoneEvaluation;
  @property({ attribute: false }) rival: DoneEvaluation | undefined;
  /** While something is tested, no label can be changed. */
  @property({ type: Boolean }) busy = false;
  /** Changes when the colours do. */
  @property() theme = '';

  @state() private opened: Opened | undefined;
  /** The image that is looked at. */
  @state() private row: number | undefined;

  private readonly imagesOf = lastOf(toReadImages);
  private readonly pairsOf = lastOf(confusedPairs);

  override render() {
    const { evaluation } = this.shown.examined;
    return html`
      ${this.renderComparison()}
      <div class="board">
        <confusion-matrix
          fileName="inkling-confusion-matrix"
          .matrix=${evaluation.matrix}
          .opened=${this.opened?.pair}
          @open=${(event: CustomEvent<Pair>) => this.openPair(event.detail)}
        ></confusion-matrix>
        <div class="beside">${this.renderOpened()}</div>
        <pair-table
          .pairs=${this.pairsOf(this.shown)}
          @open=${(event: CustomEvent<Pair>) => this.openPair(event.detail)}
        ></pair-table>
      </div>
      ${this.renderList()}
      <slice-desk
        .evaluation=${this.services.evaluation}
        .shown=${this.shown}
        .busy=${this.busy}
        @show=${(event: CustomEvent<Opened>) => this.open(event.detail)}
      ></slice-desk>
    `;
  }

  /** Of other images, or of another model, nothing is open yet; after a new label, the same cell is. */
  protected override willUpdate(changes: PropertyValues<this>): void {
    const before = changes.get('shown');
    if (!before) return;
    const isSame =
      before.versionId === this.shown.versionId && dataKey(before.data) === dataKey(this.shown.data);
    const { pair, title } = this.opened ?? {};
    if (!isSame) this.row = undefined;
    this.opened =
      isSame && pair
        ? { title: title!, pair, rows: rowsOfPair(this.shown.examined.readings, pair) }
        : undefined;
  }

  protected override updated(changes: PropertyValues): void {
    if (changes.has('row') && this.row !== undefined) {
      this.dispatchEvent(new CustomEvent('look', { detail: this.row }));
    }
  }

  private renderComparison() {
    const { shown, rival } = this;
    // A test of other digits may be on its way.
    if (!rival || dataKey(shown.data) !== dataKey(rival.data)) return nothing;
    return html`
      <version-comparison
        .shown=${shown}
        .rival=${rival}
        @show=${(event: CustomEvent<Opened>) => this.open(event.detail)}
      ></version-comparison>
    `;
  }

  private renderOpened() {
    const { title, rows } = this.opened ?? NOTHING_OPENED;
    return html`
      <read-images
        heading=${title}
        explanation=${wordOpened(this.opened)}
        .images=${this.imagesOf(this.shown, rows)}
        .chosen=${this.row}
        .theme=${this.theme}
        @choose=${(event: CustomEvent<number>) => this.look(event.detail)}
      ></read-images>
      ${this.isAmong(rows) ? this.renderRow() : nothing}
    `;
  }

  private renderList() {
    const isOpenAbove = this.isAmong(this.opened?.rows ?? []);
    return html`
      <worth-a-look
        .evaluation=${this.services.evaluation}
        .shown=${this.shown}
        .row=${this.row}
        .trainedPerSecond=${this.services.training.state.value.speeds?.imagesPerSecond.simd}
        .busy=${this.busy}
        .theme=${this.theme}
        @choose=${(event: CustomEvent<number>) => this.look(event.detail)}
      ></worth-a-look>
      ${!isOpenAbove && this.row !== undefined ? this.renderRow() : nothing}
    `;
  }

  private renderRow() {
    return html`
      <evaluated-image
        .shown=${this.shown}
        .row=${this.row!}
        .explanation=${this.services.explanation}
        .busy=${this.busy}
        .theme=${this.theme}
        @relabel=${(event: CustomEvent<number>) => this.relabel(event.detail)}
        @keep=${this.keep}
        @close=${() => (this.row = undefined)}
      ></evaluated-image>
    `;
  }

  private isAmong(rows: readonly number[]): boolean {
    return this.row !== undefined && rows.includes(this.row);
  }

  private openPair(pair: Pair): void {
    const rows = rowsOfPair(this.shown.examined.readings, pair);
    this.open({ title: `${pair.label} read as ${pair.answer}`, rows, pair });
  }

  private open(opened: Opened): void {
    this.opened = opened;
    this.row = undefined;
    void this.bring('.beside read-images');
  }

  private look(row: number): void {
    this.row = row === this.row ? undefined : row;
    void this.bring('evaluated-image');
  }

  /** On a phone, what was asked for may be below the fold. */
  private async bring(selector: string): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector(selector)?.scrollIntoView({ block: 'nearest' });
  }

  private async relabel(label: number): Promise<void> {
    const undo = await this.services.evaluation.relabel(this.row!, label);
    this.services.notices.showUndoable(
      `It is a ${label} now. All figures were counted again.`,
      () => void undo(),
    );
  }

  private async keep(): Promise<void> {
    const { readings, pixels } = this.shown.examined;
    const label = readings.labels[this.row!]!;
    await this.services.collection.keep(CORRECTED, imageAt(pixels, this.row!).slice(), label);
    this.services.notices.show(`Kept as a ${label} in Corrections.`);
  }
}

function wordOpened(opened: Opened | undefined): string {
  if (!opened) return 'Choose a cell of the matrix to see its images.';
  const { rows, order = 'the surest answers first' } = opened;
  if (rows.length === 0) return 'No image.';
  return `${rows.length === 1 ? '1 image' : `${formatCount(rows.length)} images`}, ${order}.`;
}

declare global {
  interface HTMLElementTagNameMap {
    'evaluation-board': EvaluationBoard;
  }
}
