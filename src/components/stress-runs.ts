import { css, html, LitElement, nothing } from '../i18n/lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { StressRunId } from '../domain/stress-run';
import type { ChartSlot } from './chart-look';
import { renderSwatch, swatchStyles } from './chart-swatch';
import { listBelow, rowTableStyles, tickStyles } from './row-table-styles';
import { baseStyles, buttonStyles, chipStyles, plateStyles } from './shared-styles';

/** A stored test as a row says it. */
export interface StressRunRow {
  readonly id: StressRunId;
  readonly name: string;
  readonly when: string;
  readonly load: string;
  readonly target: string;
  readonly requests: string;
  readonly rps: string;
  readonly median: string;
  readonly p95: string;
  readonly p99: string;
  readonly failures: string;
  readonly verdict: { readonly words: string; readonly tone: 'passed' | 'wrong' | 'notice' | 'running' };
  readonly isRunning: boolean;
}

const MOST_COMPARED = 5;
/** The heads of the columns with numbers. */
const NUMBERS = ['# Requests', 'RPS', '50%', '95%', '99%', 'Failures'];

/** All stored tests. Tells `tick`, `show`, `repeat` and `remove` with a test's number. Ticked ones are overlaid. */
@customElement('stress-runs')
export class StressRuns extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    chipStyles,
    plateStyles,
    swatchStyles,
    rowTableStyles,
    tickStyles,
    css`
      .tick.plain {
        grid-template-columns: 24px auto;
      }
      .swatch-place {
        width: 36px;
        height: 14px;
      }
      .under {
        display: block;
        font-size: var(--t-1);
      }
    `,
    listBelow(
      1000,
      css`
        tbody tr {
          grid-template-columns: repeat(auto-fill, minmax(112px, 1fr));
        }
        tbody th {
          grid-column: 1 / -1;
        }
        td.load {
          grid-column: span 2;
        }
        td.actions {
          grid-column: 1 / -1;
          padding-inline-start: 0;
        }
      `,
    ),
  ];

  @property({ attribute: false }) rows: readonly StressRunRow[] = [];
  @property({ attribute: false }) ticked: ReadonlyMap<StressRunId, ChartSlot> = new Map();
  @state() private isFull = false;

  override render() {
    return html`
      <section class="plate" aria-label="Tests">
        <h2>Tests</h2>
        <p class="hint" ?hidden=${this.isFull}>${this.hint()}</p>
        <p class="hint" role="status">
          ${this.isFull ? 'Five tests fit in one chart. Untick one to add another.' : ''}
        </p>
        ${this.rows.length > 0 ? this.renderTable() : nothing}
      </section>
    `;
  }

  private hint(): string {
    if (this.rows.length === 0) return 'No test yet. Each one is kept here, to be compared with the next.';
    return 'Tick up to five: the charts above show them over each other, a table below side by side.';
  }

  private renderTable() {
    return html`
      <div class="scroll" tabindex="0" role="region" aria-label="Tests, table">
        <table class="figures">
          <thead>
            <tr>
              <th scope="col">Test</th>
              <th scope="col">Load</th>
              ${NUMBERS.map(
                (title) => html`
                  <th scope="col" class="number">${title}</th>
                `,
              )}
              <th scope="col">Criteria</th>
              <th scope="col"><span class="visually-hidden">What you can do</span></th>
            </tr>
          </thead>
          <tbody>${this.rows.map((row) => this.renderRow(row))}</tbody>
        </table>
      </div>
    `;
  }

  private renderRow(row: StressRunRow) {
    const slot = this.ticked.get(row.id);
    return html`
      <tr>
        <th scope="row" class="name">
          <label class="tick ${this.ticked.size === 0 ? 'plain' : ''}">
            <input
              type="checkbox"
              .checked=${slot !== undefined}
              @change=${(event: Event) => this.onTick(row.id, event)}
            />
            ${this.renderLine(slot)}
            <span>
              ${row.name}
              <span class="hint under">${row.when}</span>
            </span>
          </label>
        </th>
        <td class="load">
          ${row.load}
          <span class="hint under">${row.target}</span>
        </td>
        ${[row.requests, row.rps, row.median, row.p95, row.p99, row.failures].map(
          (value, at) => html`
            <td class="labelled number" data-label=${NUMBERS[at]!}>${value}</td>
          `,
        )}
        <td class="verdict"><span class=${`chip ${row.verdict.tone}`}>${row.verdict.words}</span></td>
        <td class="actions">${row.isRunning ? nothing : this.renderActions(row)}</td>
      </tr>
    `;
  }

  /** The line that a chart draws the test with; where any is drawn, all rows leave room for it. */
  private renderLine(slot: ChartSlot | undefined) {
    if (slot !== undefined) return renderSwatch(slot);
    return this.ticked.size === 0
      ? nothing
      : html`
          <span class="swatch-place"></span>
        `;
  }

  private renderActions({ id, name }: StressRunRow) {
    const actions = [
      ['show', 'Show'],
      ['repeat', 'Use its plan'],
      ['remove', 'Delete'],
    ] as const;
    return actions.map(
      ([action, words]) => html`
        <button class="quiet" aria-label=${`${words}: ${name}`} @click=${() => this.tell(action, id)}>
          ${words}
        </button>
      `,
    );
  }

  private onTick(id: StressRunId, event: Event): void {
    const box = event.target as HTMLInputElement;
    this.isFull = box.checked && this.ticked.size >= MOST_COMPARED;
    if (this.isFull) box.checked = false;
    else this.tell('tick', id);
  }

  private tell(name: string, id: StressRunId): void {
    this.dispatchEvent(new CustomEvent<StressRunId>(name, { detail: id }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'stress-runs': StressRuns;
  }
}
