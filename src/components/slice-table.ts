import { css, html, LitElement, nothing } from '../i18n/lit';
import { customElement, property } from 'lit/decorators.js';
import type { Interval } from '../domain/intervals';
import type { Slice } from '../domain/slices';
import { chartTableStyles } from './card-styles';
import { formatAccuracy, formatCount } from './format';
import { baseStyles, buttonStyles } from './shared-styles';
import { renderWhisker, whiskerStyles } from './whisker';

/** A slice as a row says it. */
export interface SliceRow extends Slice {
  /** What is told when somebody opens it; the row opens nothing without one. */
  readonly key?: string;
  /** What to know of it. */
  readonly note?: string;
  /** One of those that the row above counts together. */
  readonly isInner?: boolean;
}

/** Rows that divide the same images. */
export interface SliceRows {
  readonly title: string;
  readonly rows: readonly SliceRow[];
}

/**
 * Accuracies of parts with their intervals, drawn on one line each and held against the whole. Tells `open`
 * with the key of a row.
 */
@customElement('slice-table')
export class SliceTable extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    chartTableStyles,
    whiskerStyles,
    css`
      :host {
        display: block;
        min-width: 0;
      }
      th[scope='rowgroup'] {
        padding-top: var(--s-3);
        border-bottom: 1px solid var(--edge);
        color: var(--ink-2);
      }
      thead th:first-child,
      tbody th {
        text-align: start;
      }
      tbody th {
        font-weight: 400;
      }
      tbody th {
        width: 32%;
      }
      td {
        white-space: nowrap;
      }
      th button.quiet {
        min-height: 24px;
        padding: 0;
        text-align: start;
      }
      .inner {
        padding-inline-start: var(--s-5);
      }
      .line {
        width: 26%;
        min-width: 96px;
        padding: 0 var(--s-4);
      }
      small {
        display: block;
        color: var(--ink-3);
        font-size: var(--t-1);
      }
      @media (max-width: 720px), (pointer: coarse) {
        th button.quiet {
          min-height: var(--h-touch);
        }
      }
      @media (max-width: 720px) {
        thead {
          position: absolute;
          width: 1px;
          height: 1px;
          overflow: hidden;
          clip-path: inset(50%);
        }
        tr {
          display: grid;
          grid-template-columns: minmax(0, 1fr) auto;
          border-bottom: 1px solid var(--rule);
        }
        td,
        tbody th {
          width: auto;
          border: 0;
        }
        th[scope='rowgroup'] {
          grid-column: 1 / -1;
        }
        .line {
          grid-column: 1 / -1;
          order: 1;
          width: auto;
          padding: 0 var(--s-3) var(--s-2);
        }
        .count {
          display: none;
        }
        .difference {
          grid-column: 1 / -1;
          order: 2;
          padding-top: 0;
          white-space: normal;
          text-align: start;
        }
        .difference::before {
          content: 'Against the whole, in points: ';
          color: var(--ink-3);
        }
        .inner {
          padding-inline-start: var(--s-3);
        }
      }
    `,
  ];

  @property() label = '';
  @property({ attribute: false }) groups: readonly SliceRows[] = [];
  /** The accuracy of the whole. */
  @property({ type: Number }) whole = 0;

  override render() {
    const span = spanOf(this.groups, this.whole);
    return html`
      <table class="figures" aria-label=${this.label}>
        <thead>
          <tr>
            <th scope="col">Part</th>
            <th scope="col" class="count">Images</th>
            <th scope="col">Accuracy</th>
            <th scope="col" class="line">
              <span class="visually-hidden">95% interval, drawn</span>
            </th>
            <th scope="col" class="difference">Difference, points</th>
          </tr>
        </thead>
        ${this.groups.map(
          ({ title, rows }) => html`
            <tbody>
              <tr>
                <th scope="rowgroup" colspan="5">${title}</th>
              </tr>
              ${rows.map((row) => this.renderRow(row, span))}
            </tbody>
          `,
        )}
      </table>
    `;
  }

  private renderRow(row: SliceRow, span: Interval) {
    const { accuracy, difference, score, isInner, note } = row;
    return html`
      <tr>
        <th scope="row" class=${isInner ? 'inner' : ''}>
          ${this.renderName(row)}
          ${
            note
              ? html`
                  <small>${note}</small>
                `
              : nothing
          }
        </th>
        <td class="count">${formatCount(score.total)}</td>
        <td>
          ${formatAccuracy(accuracy.value)}
          <small>${(accuracy.low * 100).toFixed(2)} to ${formatAccuracy(accuracy.high)}</small>
        </td>
        <td class="line">${renderWhisker(accuracy, span, { whole: this.whole })}</td>
        <td class="difference">${wordDifference(difference)}</td>
      </tr>
    `;
  }

  private renderName({ key, name }: SliceRow) {
    if (key === undefined)
      return html`
        <bdi>${name}</bdi>
      `;
    return html`
      <button class="quiet" @click=${() => this.dispatchEvent(new CustomEvent('open', { detail: key }))}>
        <bdi>${name}</bdi>
      </button>
    `;
  }
}

/** From the lowest end of an interval to the highest. */
function spanOf(groups: readonly SliceRows[], whole: number): Interval {
  const all = groups.flatMap(({ rows }) => rows.map(({ accuracy }) => accuracy));
  return {
    low: Math.min(whole, ...all.map(({ low }) => low)),
    high: Math.max(whole, ...all.map(({ high }) => high)),
  };
}

/** "+1.20". */
function wordDifference(difference: number): string {
  const points = Math.abs(100 * difference).toFixed(2);
  if (points === '0.00') return '0.00';
  return `${difference > 0 ? '+' : '−'}${points}`;
}

declare global {
  interface HTMLElementTagNameMap {
    'slice-table': SliceTable;
  }
}
