import { css, html, LitElement } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Chart, ChartAxis, ChartSeries } from './chart-style';
import { cardStyles, chartTableStyles } from './card-styles';
import './plotly-chart';
import { CHART_VIEWS, renderSegments, segmentStyles } from './segments';
import { baseStyles, buttonStyles, plateStyles } from './shared-styles';

/** A plate with a chart that can be read as a table, too. */
@customElement('chart-card')
export class ChartCard extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    plateStyles,
    segmentStyles,
    cardStyles,
    chartTableStyles,
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
  @state() private view: 'chart' | 'table' = 'chart';

  override render() {
    const isEmpty = this.series.every(({ points }) => points.length === 0);
    return html`
      <section class="plate" aria-label=${this.heading}>
        <header>
          <div>
            <h2>${this.heading}</h2>
            <p class="hint">${this.explanation}</p>
          </div>
          ${renderSegments(`Show ${this.heading.toLowerCase()} as`, CHART_VIEWS, this.view, (view) => (this.view = view))}
        </header>
        <div class="body">
          ${this.view === 'chart' ? this.renderChart() : this.renderTable()}
          ${
            isEmpty
              ? html`
                  <p class="waiting">${this.waiting}</p>
                `
              : ''
          }
        </div>
      </section>
    `;
  }

  private renderChart() {
    return html`
      <plotly-chart
        .chart=${{ kind: 'lines', series: this.series, axis: this.axis } satisfies Chart}
        .summary=${this.summary}
        .theme=${this.theme}
        .held=${this.held}
      ></plotly-chart>
    `;
  }

  private renderTable() {
    const shown = this.series.filter(({ isRaw }) => !isRaw);
    const rows = [...new Set(shown.flatMap(({ points }) => points.map(({ x }) => x)))].sort((a, b) => a - b);
    return html`
      <div class="table" tabindex="0" role="region" aria-label=${`${this.heading}, table`}>
        <table class="figures">
          <thead>
            <tr>
              <th scope="col">${this.xTitle}</th>
              ${shown.map(
                ({ name }) => html`
                  <th scope="col">${name}</th>
                `,
              )}
            </tr>
          </thead>
          <tbody>
            ${rows.map(
              (x) => html`
                <tr>${this.renderCells(x, shown)}</tr>
              `,
            )}
          </tbody>
        </table>
      </div>
    `;
  }

  private renderCells(x: number, shown: readonly ChartSeries[]) {
    const values = shown.map(({ points }) => points.find((point) => point.x === x)?.y);
    return html`
      <td>${this.formatX(x)}</td>
      ${values.map(
        (y) => html`
          <td>${y === undefined ? '' : this.formatY(y)}</td>
        `,
      )}
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'chart-card': ChartCard;
  }
}
