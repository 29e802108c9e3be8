import { css, html, LitElement, nothing } from '../i18n/lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { TermId } from '../domain/glossary';
import { toCsv } from './chart-file';
import { chartSaveStyles, renderChartSave, tellChartSave } from './chart-save';
import type { Chart, ChartAxis, ChartSeries } from './chart-style';
import { cardStyles, chartTableStyles } from './card-styles';
import './plotly-chart';
import { CHART_VIEWS, renderSegments, segmentStyles } from './segments';
import { baseStyles, buttonStyles, plateStyles } from './shared-styles';
import './term-hint';

/**
 * A plate with a chart that can be read as a table, too. Tells `save` with a ChartFile where it can be saved.
 */
@customElement('chart-card')
export class ChartCard extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    plateStyles,
    segmentStyles,
    cardStyles,
    chartTableStyles,
    chartSaveStyles,
    css`
      .waiting {
        position: absolute;
        inset: 0;
        display: grid;
        place-items: center;
        padding: 0 var(--s-7);
        color: var(--ink-3);
        text-align: center;
        pointer-events: none;
      }
      .later {
        visibility: hidden;
      }
      .blank {
        display: block;
        width: 100%;
        height: var(--chart-height, 260px);
      }
      .blank path {
        fill: none;
        stroke: var(--chart-grid);
        vector-effect: non-scaling-stroke;
      }
      .blank .axes {
        stroke: var(--chart-axis);
      }
    `,
  ];

  @property() heading = '';
  @property() explanation = '';
  /** What is said while there is nothing to draw. */
  @property() waiting = '';
  @property() summary = '';
  @property({ attribute: false }) series: readonly ChartSeries[] = [];
  @property({ attribute: false }) axis: ChartAxis = { x: { range: [0, 1] }, y: { scale: 'linear' } };
  /** The table's head: the x column, then one column per line that is not raw. */
  @property({ attribute: false }) formatX: (x: number) => string = String;
  @property({ attribute: false }) formatY: (y: number) => string = String;
  @property() xTitle = '';
  @property() theme = '';
  /** The chart is not drawn anew while this is true. */
  @property({ type: Boolean }) held = false;
  /** A word that is explained beside the heading. */
  @property() term: TermId | undefined;
  @property() kind: 'lines' | 'columns' = 'lines';
  /** What its files are called, without an ending; it cannot be saved without one. */
  @property() fileName = '';
  @state() private view: 'chart' | 'table' = 'chart';

  override render() {
    const isEmpty = this.series.every(({ points }) => points.length === 0);
    return html`
      <section class="plate" aria-label=${this.heading}>
        <header>
          <div>
            <h2>${this.heading}</h2>
            <p class="hint">
              ${this.explanation}
              ${
                this.term
                  ? html`
                      <term-hint .term=${this.term}></term-hint>
                    `
                  : nothing
              }
            </p>
          </div>
          ${renderSegments(`Show ${this.heading.toLowerCase()} as`, CHART_VIEWS, this.view, (view) => (this.view = view))}
        </header>
        <div class="body">
          ${this.view === 'chart' ? (isEmpty ? renderBlank() : this.renderChart()) : this.renderTable()}
          ${
            isEmpty
              ? html`
                  <p class="waiting">${this.waiting}</p>
                `
              : ''
          }
        </div>
        ${this.fileName ? this.renderSave(isEmpty) : ''}
      </section>
    `;
  }

  /** The buttons keep their place while there is nothing to save: what is below does not move with the first point. */
  private renderSave(isEmpty: boolean) {
    const buttons = renderChartSave(this.heading, this.view === 'chart', (format) =>
      tellChartSave(this, this.fileName, format, { toNumbers: () => this.numbers() }),
    );
    return html`
      <div class=${isEmpty ? 'later' : ''}>${buttons}</div>
    `;
  }

  private numbers(): string {
    return toCsv(
      [this.xTitle, ...this.shownSeries().map(({ name }) => name)],
      this.rows().map((x) => [x, ...this.valuesAt(x)]),
    );
  }

  private shownSeries(): readonly ChartSeries[] {
    return this.series.filter(({ isRaw }) => !isRaw);
  }

  /** All x at which there is a point, in order. */
  private rows(): readonly number[] {
    const all = this.shownSeries().flatMap(({ points }) => points.map(({ x }) => x));
    return [...new Set(all)].sort((a, b) => a - b);
  }

  private valuesAt(x: number): readonly (number | undefined)[] {
    return this.shownSeries().map(({ points }) => points.find((point) => point.x === x)?.y);
  }

  private renderChart() {
    return html`
      <plotly-chart
        .chart=${{ kind: this.kind, series: this.series, axis: this.axis } satisfies Chart}
        .summary=${this.summary}
        .theme=${this.theme}
        .held=${this.held}
      ></plotly-chart>
    `;
  }

  private renderTable() {
    return html`
      <div class="table" tabindex="0" role="region" aria-label=${`${this.heading}, table`}>
        <table class="figures">
          <thead>
            <tr>
              <th scope="col">${this.xTitle}</th>
              ${this.shownSeries().map(
                ({ name }) => html`
                  <th scope="col">${name}</th>
                `,
              )}
            </tr>
          </thead>
          <tbody>
            ${this.rows().map(
              (x) => html`
                <tr>${this.renderCells(x)}</tr>
              `,
            )}
          </tbody>
        </table>
      </div>
    `;
  }

  private renderCells(x: number) {
    return html`
      <td>${this.formatX(x)}</td>
      ${this.valuesAt(x).map(
        (y) => html`
          <td>${y === undefined ? '' : this.formatY(y)}</td>
        `,
      )}
    `;
  }
}

/** The axes of a chart to come. Plotly, which takes a moment to load and to start, waits for the first point. */
function renderBlank() {
  return html`
    <svg class="blank" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
      <path d="M7 27h90M7 50h90M7 73h90" />
      <path class="axes" d="M7 4v92h90" />
    </svg>
  `;
}

declare global {
  interface HTMLElementTagNameMap {
    'chart-card': ChartCard;
  }
}
