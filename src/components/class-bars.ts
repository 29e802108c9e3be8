import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { CLASS_COUNT } from '../domain/sample';
import { cardStyles, chartTableStyles } from './card-styles';
import { barTotals, type BarChart, type BarSeries } from './chart-bars';
import { toCsv } from './chart-file';
import { chartSaveStyles, renderChartSave, tellChartSave } from './chart-save';
import { formatCount } from './format';
import './plotly-chart';
import { CHART_VIEWS, renderSegments, segmentStyles } from './segments';
import { baseStyles, buttonStyles, plateStyles } from './shared-styles';

const DIGITS = Array.from({ length: CLASS_COUNT }, (_, digit) => String(digit));

/**
 * A plate that says how many images there are of each digit, as bars or as a table. Tells `save` with a ChartFile
 * where it can be saved.
 */
@customElement('class-bars')
export class ClassBars extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    plateStyles,
    segmentStyles,
    cardStyles,
    chartTableStyles,
    chartSaveStyles,
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
        text-align: left;
      }
    `,
  ];

  @property() heading = 'How many of each';
  /** Ten counts; where there are several, they are parts of one bar, such as training and validation. */
  @property({ attribute: false }) series: readonly BarSeries[] = [];
  /** Changes when the colours do. */
  @property() theme = '';
  /** What its files are called, without an ending; it cannot be saved without one. */
  @property() fileName = '';
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
        ${this.fileName ? this.renderSave(chart) : nothing}
      </section>
    `;
  }

  private renderSave(chart: BarChart) {
    return renderChartSave(this.heading, this.view === 'chart', (format) =>
      tellChartSave(this, this.fileName, format, { toNumbers: () => numbersOf(chart) }),
    );
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
    const columns = columnsOf(chart);
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

/** The parts of the bars, where there are several, and what they add up to. */
function columnsOf(chart: BarChart): readonly Pick<BarSeries, 'name' | 'values'>[] {
  const parts = chart.series.length > 1 ? chart.series : [];
  return [...parts, { name: parts.length > 0 ? 'Together' : 'Images', values: barTotals(chart) }];
}

function numbersOf(chart: BarChart): string {
  const columns = columnsOf(chart);
  return toCsv(
    ['Digit', ...columns.map(({ name }) => name)],
    DIGITS.map((_, digit) => [digit, ...columns.map(({ values }) => values[digit] ?? 0)]),
  );
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
