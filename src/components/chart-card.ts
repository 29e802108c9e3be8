import { css, html, LitElement } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ChartAxis, ChartSeries } from './chart-style';
import './plotly-chart';
import { baseStyles, buttonStyles, plateStyles } from './shared-styles';

/** A plate with a chart that can be read as a table, too. */
@customElement('chart-card')
export class ChartCard extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    plateStyles,
    css`
      :host {
        display: block;
        min-width: 0;
      }
      .plate {
        display: flex;
        flex-direction: column;
        height: 100%;
      }
      .body {
        flex: 1;
      }
      header {
        display: flex;
        justify-content: space-between;
        gap: var(--s-3);
        margin-bottom: var(--s-3);
      }
      .segments {
        display: inline-flex;
        flex: none;
        align-self: start;
      }
      .segments button {
        min-height: 30px;
        padding: 0 var(--s-3);
        border-radius: 0;
        font-size: var(--t-2);
      }
      .segments button:first-child {
        border-radius: var(--r-2) 0 0 var(--r-2);
      }
      .segments button:last-child {
        margin-left: -1px;
        border-radius: 0 var(--r-2) var(--r-2) 0;
      }
      .segments button[aria-pressed='true'] {
        border-color: var(--ink);
        background: var(--ink);
        color: var(--sheet);
        font-weight: 600;
      }
      .body {
        position: relative;
      }
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
      .table {
        height: var(--chart-height, 260px);
        overflow: auto;
      }
      table {
        width: 100%;
        border-collapse: collapse;
        font-size: var(--t-2);
      }
      th {
        position: sticky;
        top: 0;
        border-bottom: 1px solid var(--edge);
        background: var(--sheet);
        font-weight: 600;
        text-align: right;
      }
      td {
        border-bottom: 1px solid var(--rule);
        text-align: right;
      }
      th,
      td {
        padding: 5px var(--s-2);
      }
      @media (max-width: 720px), (pointer: coarse) {
        .segments button {
          min-height: var(--h-touch);
        }
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
          <div class="segments" role="group" aria-label=${`Show ${this.heading.toLowerCase()} as`}>
            ${this.renderSegment('chart', 'Chart')}${this.renderSegment('table', 'Table')}
          </div>
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

  private renderSegment(view: 'chart' | 'table', label: string) {
    const isChosen = this.view === view;
    return html`
      <button aria-pressed=${isChosen} @click=${() => (this.view = view)}>${label}</button>
    `;
  }

  private renderChart() {
    return html`
      <plotly-chart
        .series=${this.series}
        .axis=${this.axis}
        .summary=${this.summary}
        .theme=${this.theme}
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
