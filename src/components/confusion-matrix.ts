import { html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import {
  cellStep,
  countAt,
  matrixScore,
  precisionOf,
  recallOf,
  shareAt,
  shareOfAnswer,
  type ConfusionMatrix as Matrix,
  type Pair,
} from '../domain/confusion-matrix';
import { CLASS_COUNT } from '../domain/sample';
import { cardStyles } from './card-styles';
import { toCsv } from './chart-file';
import { toPng } from './chart-picture';
import { chartSaveStyles, renderChartSave, tellChartSave } from './chart-save';
import { matrixStyles } from './confusion-matrix-styles';
import { formatCount, formatShare } from './format';
import { drawMatrix, MATRIX_SIZE, type MatrixView } from './matrix-picture';
import { cellAfterKey } from './matrix-steps';
import { renderSegments, segmentStyles, type Segment } from './segments';
import { baseStyles, buttonStyles, plateStyles } from './shared-styles';
import './term-hint';

const VIEWS: readonly Segment<MatrixView>[] = [
  { view: 'count', label: 'Counts' },
  { view: 'share', label: 'Share' },
  { view: 'answer', label: 'Of answers' },
];
const DIGITS = Array.from({ length: CLASS_COUNT }, (_, digit) => digit);

/**
 * A plate with what each digit was read as: rows are what it is, columns what was answered. An ARIA grid:
 * arrows move. Tells `open` with a Pair when a cell is clicked or entered, and `save` with a ChartFile where it can be
 * saved.
 */
@customElement('confusion-matrix')
export class ConfusionMatrix extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    plateStyles,
    segmentStyles,
    cardStyles,
    chartSaveStyles,
    matrixStyles,
  ];

  @property() heading = 'Confusion matrix';
  @property({ attribute: false }) matrix: Matrix | undefined;
  /** The cell that somebody opened. */
  @property({ attribute: false }) opened: Pair | undefined;
  /** What its files are called, without an ending; it cannot be saved without one. */
  @property() fileName = '';
  @state() private view: MatrixView = 'count';
  /** Where the keyboard is. */
  @state() private active: Pair = { label: 0, answer: 0 };

  override render() {
    return html`
      <section class="plate" aria-label=${this.heading}>
        <header>
          <div>
            <h2>${this.heading}</h2>
            <p class="hint figures">
              ${this.matrix ? summarize(this.matrix) : 'Nothing was checked yet.'}
              <term-hint term="confusion-matrix"></term-hint>
            </p>
          </div>
          ${renderSegments('Show as', VIEWS, this.view, (view) => (this.view = view))}
        </header>
        ${this.matrix ? this.renderGrid(this.matrix) : nothing}
        ${this.matrix && this.fileName ? this.renderSave(this.matrix) : nothing}
      </section>
    `;
  }

  private renderSave(matrix: Matrix) {
    const toNumbers = () =>
      toCsv(
        ['Digit', ...DIGITS.map((digit) => `Read as ${digit}`)],
        DIGITS.map((label) => [label, ...DIGITS.map((answer) => this.valueAt(matrix, { label, answer }))]),
      );
    const toPicture = (format: 'svg' | 'png') => this.toPicture(matrix, format);
    return renderChartSave(this.heading, true, (format) =>
      tellChartSave(this, this.fileName, format, { toNumbers, toPicture }),
    );
  }

  private async toPicture(matrix: Matrix, format: 'svg' | 'png'): Promise<Blob> {
    const style = getComputedStyle(this);
    const look = {
      colour: (token: string) => style.getPropertyValue(token).trim(),
      font: style.fontFamily,
      title: `${this.heading}. ${summarize(matrix)}`,
    };
    const write = (label: number, answer: number) => this.write(matrix, { label, answer });
    const drawing = new Blob([drawMatrix(matrix, this.view, write, look)], { type: 'image/svg+xml' });
    return format === 'svg' ? drawing : toPng(drawing, MATRIX_SIZE.width, MATRIX_SIZE.height);
  }

  private renderGrid(matrix: Matrix) {
    return html`
      <p class="axis across" aria-hidden="true">Read as</p>
      <div
        class="grid figures"
        role="grid"
        aria-label=${`${this.heading}: rows are what a digit is, columns what it was read as`}
        aria-rowcount="12"
        aria-colcount="12"
        @keydown=${this.onKey}
        @focusin=${this.onFocus}
        @click=${this.onClick}
      >
        <div class="row" role="row">
          <span class="corner" role="columnheader"><span class="visually-hidden">Digit</span></span>
          ${DIGITS.map(
            (digit) => html`
              <span class="digit" role="columnheader">${digit}</span>
            `,
          )}
          <span class="edge" role="columnheader">Recall</span>
        </div>
        ${DIGITS.map((label) => this.renderRow(matrix, label))}
        <div class="row" role="row">
          <span class="corner" role="rowheader"><span class="visually-hidden">Precision</span></span>
          ${DIGITS.map(
            (digit) => html`
              <span class="edge" role="gridcell">${percent(precisionOf(matrix, digit))}</span>
            `,
          )}
          <span class="edge word" role="gridcell">Prec. %</span>
        </div>
      </div>
      ${this.renderKey()}
    `;
  }

  private renderRow(matrix: Matrix, label: number) {
    return html`
      <div class="row" role="row">
        <span class="digit" role="rowheader">${label}</span>
        ${DIGITS.map((answer) => this.renderCell(matrix, { label, answer }))}
        <span class="edge" role="gridcell">${percent(recallOf(matrix, label))}</span>
      </div>
    `;
  }

  private renderCell(matrix: Matrix, pair: Pair) {
    const step = cellStep(matrix, pair, this.view);
    const kind = pair.label === pair.answer ? 'hit' : 'miss';
    const isOpened = isSame(pair, this.opened);
    return html`
      <span
        class=${`cell ${step === 0 ? 'none' : `${kind}-${step}`}`}
        role="gridcell"
        tabindex=${isSame(pair, this.active) ? 0 : -1}
        aria-selected=${isOpened}
        aria-label=${nameOf(matrix, pair)}
        data-label=${pair.label}
        data-answer=${pair.answer}
      >
        ${step === 0 ? '·' : this.write(matrix, pair)}
      </span>
    `;
  }

  private write(matrix: Matrix, pair: Pair): string {
    const value = this.valueAt(matrix, pair);
    return this.view === 'count' ? String(value) : percent(value);
  }

  private valueAt(matrix: Matrix, pair: Pair): number {
    if (this.view === 'count') return countAt(matrix, pair);
    return this.view === 'share' ? shareAt(matrix, pair) : shareOfAnswer(matrix, pair);
  }

  private renderKey() {
    const rest = this.view === 'count' ? '1, 2, 4, 7, 12 or more' : '0.1, 0.2, 0.4, 0.7, 1.2% or more';
    return html`
      <div class="key" aria-hidden="true">
        ${renderScale('Right', 'hit', `by ${this.view === 'answer' ? 'precision' : 'recall'}, 90 to 100%`)}
        ${renderScale('Wrong', 'miss', rest)}
      </div>
    `;
  }

  private onKey(event: KeyboardEvent): void {
    const target = cellAfterKey(this.active, event);
    if (event.key === 'Enter' || event.key === ' ') this.open(this.active);
    else if (target) void this.moveTo(target);
    else return;
    event.preventDefault();
  }

  private async moveTo(pair: Pair): Promise<void> {
    this.active = pair;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.cell[tabindex="0"]')?.focus();
  }

  private onFocus({ target }: Event): void {
    this.active = pairOf(target) ?? this.active;
  }

  private onClick({ target }: Event): void {
    const pair = pairOf(target);
    if (pair) this.open(pair);
  }

  private open(pair: Pair): void {
    this.dispatchEvent(new CustomEvent('open', { detail: pair }));
  }
}

function renderScale(title: string, kind: 'hit' | 'miss', words: string) {
  return html`
    <span>
      ${title}
      <span class="scale">
        ${[1, 2, 3, 4, 5].map(
          (step) => html`
            <span class=${`${kind}-${step}`}></span>
          `,
        )}
      </span>
      ${words}
    </span>
  `;
}

/** "163 of 10,000 digits read wrongly." */
function summarize(matrix: Matrix): string {
  const { correct, total } = matrixScore(matrix);
  return `${formatCount(total - correct)} of ${formatCount(total)} digits read wrongly.`;
}

/** "5 read as 3: 13 images, 1.5% of its digit". */
function nameOf(matrix: Matrix, pair: Pair): string {
  const count = countAt(matrix, pair);
  const name = `${pair.label} read as ${pair.answer}`;
  if (count === 0) return `${name}: no image`;
  const images = count === 1 ? '1 image' : `${formatCount(count)} images`;
  return `${name}: ${images}, ${formatShare(shareAt(matrix, pair))} of them`;
}

function percent(share: number | undefined): string {
  return share === undefined ? '–' : (share * 100).toFixed(1);
}

function isSame(pair: Pair, other: Pair | undefined): boolean {
  return pair.label === other?.label && pair.answer === other.answer;
}

function pairOf(target: EventTarget | null): Pair | undefined {
  const cell = target instanceof Element ? target.closest<HTMLElement>('.cell') : null;
  return cell ? { label: Number(cell.dataset['label']), answer: Number(cell.dataset['answer']) } : undefined;
}

declare global {
  interface HTMLElementTagNameMap {
    'confusion-matrix': ConfusionMatrix;
  }
}
