import { css, html, LitElement } from '../i18n/lit';
import { customElement, property, state } from 'lit/decorators.js';
import { CLASS_COUNT } from '../domain/sample';
import { cardStyles, chartTableStyles } from './card-styles';
import { barTotals, type BarChart, type BarSeries } from './chart-bars';
import { formatCount } from './format';
import './plotly-chart';
import { CHART_VIEWS, renderSegments, segmentStyles } from './segments';
import { baseStyles, buttonStyles, plateStyles } from './shared-styles';

const DIGITS = Array.from({ length: CLASS_COUNT }, (_, digit) => String(digit));

/** A plate that says how many images there are of each digit, as bars or as a table. */
@customElement('class-bars')
export class ClassBars extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    plateStyles,
    segmentStyles,
    cardStyles,
    chartTableStyles,
    css`
      :host {
        --chart-height: 290px;
      }
      .parts {
        --chart-height: 324px;
      }
      .table {
        height: auto;
      }
      tr > :first-child {
        text-align: start;
      }
    `,
  ];

  @property() heading = 'How many of each';
  /** Ten counts; where there are several, they are parts of one bar, such as training and validation. */
  @property({ attribute: false }) series: readonly BarSeries[] = [];
  /** Changes when the colours do. */
  @property() theme = '';
  @state() private view: 'chart' | 'table' = 'chart';

  override render() {
    const chart: BarChart = {
      kind: 'bars',
      categories: DIGITS,
      series: this.series,
      format: formatCount,
    };
    const summary = summaryOf(barTotals(chart));
    return html`
      <section class="plate" aria-label=${this.heading}>
        <header>
          <div>
            <h2>${this.heading}</h2>
            <p class="hint figures">${summary}</p>
          </div>
          ${renderSegments(
            `Show ${this.heading.toLowerCase()} as`,
            CHART_VIEWS,
            this.view,
            (view) => (this.view = view),
          )}
        </header>
        <div class=${`body ${this.series.length > 1 ? 'parts' : ''}`}>
          ${this.view === 'chart' ? this.renderChart(chart, summary) : this.renderTable(chart)}
        </div>
      </section>
    `;
  }

  private renderChart(chart: BarChart, summary: string) {
    return html`
      <plotly-chart
        .chart=${chart}
        .summary=${`Images of each digit. ${summary}`}
        .theme=${this.theme}
      ></plotly-chart>
    `;
  }

  private renderTable(chart: BarChart) {
    const totals = barTotals(chart);
    const parts = chart.series.length > 1 ? chart.series : [];
    const columns = [...parts, { name: parts.length > 0 ? 'Together' : 'Images', values: totals }];
    return html`
      <div class="table" tabindex="0" role="region" aria-label=${`${this.heading}, table`}>
        <table class="figures">
          <thead>
            <tr>
              <th scope="col">Digit</th>
              ${columns.map(
                ({ name }) => html`
                  <th scope="col"><bdi>${name}</bdi></th>
                `,
              )}
            </tr>
          </thead>
          <tbody>
            ${DIGITS.map(
              (digit, at) => html`
                <tr>
                  <th scope="row">${digit}</th>
                  ${columns.map(
                    ({ values }) => html`
                      <td>${formatCount(values[at] ?? 0)}</td>
                    `,
                  )}
                </tr>
              `,
            )}
          </tbody>
        </table>
      </div>
    `;
  }
}

/** "Fewest: 5 with 5,421. Most: 1 with 6,742." */
function summaryOf(totals: readonly number[]): string {
  const [fewest, most] = [Math.min(...totals), Math.max(...totals)];
  if (most === 0) return 'No images yet.';
  if (fewest === most) return `${formatCount(most)} of each.`;
  const say = (count: number) => `${totals.indexOf(count)} with ${formatCount(count)}`;
  return `Fewest: ${say(fewest)}. Most: ${say(most)}.`;
}

declare global {
  interface HTMLElementTagNameMap {
    'class-bars': ClassBars;
  }
}
