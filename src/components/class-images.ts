import { css, html, LitElement, nothing, type PropertyValues } from '../i18n/lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { ClassStatistics } from '../domain/class-statistics';
import { CLASS_COUNT, IMAGE_SIDE } from '../domain/sample';
import { cardStyles, chartTableStyles } from './card-styles';
import { toCsv } from './chart-file';
import { imagesHeight, type ImageChart } from './chart-images';
import { chartSaveStyles, renderChartSave, tellChartSave } from './chart-save';
import './plotly-chart';
import { CHART_VIEWS, renderSegments, segmentStyles, type Segment } from './segments';
import { baseStyles, buttonStyles, plateStyles } from './shared-styles';

type View = 'mean' | 'deviation';

const VIEWS: readonly Segment<View>[] = [
  { view: 'mean', label: 'Average' },
  { view: 'deviation', label: 'Spread' },
];

const WORDS: Readonly<Record<View, { readonly hint: string; readonly summary: string }>> = {
  mean: {
    hint: 'All images of a digit laid on top of each other.',
    summary: 'The average image of each digit.',
  },
  deviation: {
    hint: 'Dark where the images of a digit differ most.',
    summary: 'The standard deviation of each pixel, for each digit.',
  },
};

const DIGITS: readonly Segment<string>[] = Array.from({ length: CLASS_COUNT }, (_, digit) => ({
  view: String(digit),
  label: String(digit),
}));
const SIDE = Array.from({ length: IMAGE_SIDE }, (_, at) => at);

/** Below this width, in pixels, ten images make two rows. */
const WIDE = 620;

/**
 * A plate with the average image of each digit, and with how much its images differ; as a table, the ink of each
 * pixel of a digit. Tells `save` with a ChartFile where it can be saved.
 */
@customElement('class-images')
export class ClassImages extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    plateStyles,
    segmentStyles,
    cardStyles,
    chartTableStyles,
    chartSaveStyles,
    css`
      .body {
        min-width: 0;
        overflow: hidden;
      }
      /* Both choices stand beside the heading where there is room, and below it where there is not. */
      header {
        flex-wrap: wrap;
      }
      header > div:first-child {
        flex: 1 1 220px;
      }
      .views {
        display: flex;
        flex-wrap: wrap;
        align-items: start;
        gap: var(--s-2);
      }
      .digits {
        margin-bottom: var(--s-2);
      }
      .digits .segments button {
        min-width: 32px;
        padding: 0 var(--s-2);
      }
      .table {
        height: 290px;
      }
      th,
      td {
        padding: 3px 5px;
      }
      @media (max-width: 720px) {
        .digits .segments {
          display: grid;
          grid-template-columns: repeat(5, minmax(0, 1fr));
        }
      }
    `,
  ];

  @property() heading = 'Average digits';
  /** One for each digit. */
  @property({ attribute: false }) classes: readonly ClassStatistics[] = [];
  /** Changes when the colours do. */
  @property() theme = '';
  /** What its files are called, without an ending; it cannot be saved without one. */
  @property() fileName = '';
  @state() private view: View = 'mean';
  @state() private form: 'chart' | 'table' = 'chart';
  /** The digit whose pixels the table tells. */
  @state() private digit = 0;
  @state() private width = 0;

  @query('.body') private body!: HTMLElement;
  /** In the next frame: what follows changes the size that is observed. */
  private readonly resizing = new ResizeObserver(() =>
    requestAnimationFrame(() => (this.width = Math.floor(this.body.getBoundingClientRect().width))),
  );

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.resizing.observe(this.body);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resizing.disconnect();
  }

  protected override firstUpdated(): void {
    this.resizing.observe(this.body);
  }

  override render() {
    const { hint } = WORDS[this.view];
    return html`
      <section class="plate" aria-label=${this.heading}>
        <header>
          <div>
            <h2>${this.heading}</h2>
            <p class="hint">${hint}</p>
          </div>
          <div class="views">
            ${renderSegments('Show', VIEWS, this.view, (view) => (this.view = view))}
            ${renderSegments(`Show ${this.heading.toLowerCase()} as`, CHART_VIEWS, this.form, (form) => (this.form = form))}
          </div>
        </header>
        <div class="body">
          ${this.width > 0 && this.classes.length > 0 ? (this.form === 'chart' ? this.renderChart() : this.renderTable()) : nothing}
        </div>
        ${this.fileName && this.classes.length > 0 ? this.renderSave() : nothing}
      </section>
    `;
  }

  private renderSave() {
    return renderChartSave(this.heading, this.form === 'chart', (format) =>
      tellChartSave(this, this.fileName, format, { toNumbers: () => this.numbers() }),
    );
  }

  /** A line for each row of pixels of each digit: ink, 0 … 1. */
  private numbers(): string {
    return toCsv(
      ['Digit', 'Images', 'Row', ...SIDE.map((column) => `Column ${column}`)],
      this.classes.flatMap((one, digit) =>
        SIDE.map((row) => [digit, one.count, row, ...SIDE.map((column) => this.inkAt(digit, row, column))]),
      ),
    );
  }

  private inkAt(digit: number, row: number, column: number): number {
    return this.classes[digit]?.[this.view][row * IMAGE_SIDE + column] ?? 0;
  }

  private renderTable() {
    return html`
      <div class="digits">
        ${renderSegments('Pixels of the digit', DIGITS, String(this.digit), (view) => (this.digit = Number(view)))}
      </div>
      <div class="table" tabindex="0" role="region" aria-label=${`${this.heading}, table`}>
        <table class="figures">
          <caption class="visually-hidden">
            ${WORDS[this.view].summary} Ink of the pixels of the ${this.digit}, in per cent.
          </caption>
          <thead>
            <tr>
              <th scope="col">Row</th>
              ${SIDE.map(
                (column) => html`
                  <th scope="col">${column}</th>
                `,
              )}
            </tr>
          </thead>
          <tbody>${SIDE.map((row) => this.renderRow(row))}</tbody>
        </table>
      </div>
    `;
  }

  private renderRow(row: number) {
    return html`
      <tr>
        <th scope="row">${row}</th>
        ${SIDE.map(
          (column) => html`
            <td>${Math.round(100 * this.inkAt(this.digit, row, column))}</td>
          `,
        )}
      </tr>
    `;
  }

  private renderChart() {
    return html`
      <plotly-chart
        .chart=${this.chart()}
        .summary=${WORDS[this.view].summary}
        .theme=${this.theme}
      ></plotly-chart>
    `;
  }

  protected override updated(_changes: PropertyValues<this>): void {
    this.style.setProperty('--chart-height', `${imagesHeight(this.chart())}px`);
  }

  private chart(): ImageChart {
    return {
      kind: 'images',
      images: this.classes.map((one, digit) => ({ name: String(digit), ink: one[this.view] })),
      columns: this.width < WIDE ? 5 : 10,
      width: this.width,
    };
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'class-images': ClassImages;
  }
}
