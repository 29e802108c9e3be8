import { css, html, LitElement, nothing } from '../i18n/lit';
import { customElement, property, state } from 'lit/decorators.js';
import { formatCount } from './format';
import { stressTableStyles } from './stress-table-styles';
import { baseStyles, buttonStyles, fieldStyles } from './shared-styles';

/** What a row says of one kind of request, or of all together. */
export interface StressRow {
  readonly method: string;
  readonly name: string;
  readonly requests: number;
  readonly failures: number;
  /** Milliseconds, as Locust rounds them; `fine` to three digits. */
  readonly median: number;
  readonly p95: number;
  readonly p99: number;
  readonly average: number;
  readonly min: number;
  readonly max: number;
  readonly bytes: number;
  readonly rps: number;
  readonly failuresPerSecond: number;
  readonly fine: Readonly<Record<'median' | 'p95' | 'p99' | 'average' | 'min' | 'max', string>>;
}

type Key = Exclude<keyof StressRow, 'fine'>;
type TimeKey = keyof StressRow['fine'];

/** Locust's columns, in its words. */
const COLUMNS: readonly { readonly key: Key; readonly title: string }[] = [
  { key: 'method', title: 'Type' },
  { key: 'name', title: 'Name' },
  { key: 'requests', title: '# Requests' },
  { key: 'failures', title: '# Fails' },
  { key: 'median', title: 'Median (ms)' },
  { key: 'p95', title: '95%ile (ms)' },
  { key: 'p99', title: '99%ile (ms)' },
  { key: 'average', title: 'Average (ms)' },
  { key: 'min', title: 'Min (ms)' },
  { key: 'max', title: 'Max (ms)' },
  { key: 'bytes', title: 'Average size (bytes)' },
  { key: 'rps', title: 'Current RPS' },
  { key: 'failuresPerSecond', title: 'Current Failures/s' },
];
const TEXT: ReadonlySet<Key> = new Set(['method', 'name']);

/** The statistics of a load test: sortable, columns can be hidden, the sum is always last. */
@customElement('stress-table')
export class StressTable extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    fieldStyles,
    stressTableStyles,
    css`
      .options {
        display: flex;
        flex-wrap: wrap;
        align-items: start;
        gap: 0 var(--s-5);
        margin-top: var(--s-2);
      }
      summary {
        min-height: 32px;
        line-height: 32px;
        color: var(--blue);
        cursor: pointer;
      }
      .check {
        align-items: center;
        min-height: 32px;
      }
      .check input {
        margin: 0;
      }
      .columns {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(170px, 1fr));
        gap: var(--s-1);
        margin-top: var(--s-2);
      }
      details {
        flex: 1 1 240px;
      }
      @media (max-width: 720px), (pointer: coarse) {
        summary {
          line-height: var(--h-touch);
        }
        .check {
          min-height: var(--h-touch);
        }
      }
    `,
  ];

  /** One for each kind of request; the last is all together. */
  @property({ attribute: false }) rows: readonly StressRow[] = [];
  @state() private sort: { readonly key: Key; readonly isDown: boolean } = { key: 'name', isDown: false };
  @state() private left: ReadonlySet<Key> = new Set();
  @state() private isFine = false;

  override render() {
    const columns = COLUMNS.filter(({ key }) => !this.left.has(key));
    const rows = this.rows.slice(0, -1).sort((a, b) => this.compare(a, b));
    const sum = this.rows.at(-1);
    return html`
      <div class="scroll" tabindex="0" role="region" aria-label="Statistics, table">
        <table class="figures">
          <thead>
            <tr>${columns.map((column) => this.renderHead(column))}</tr>
          </thead>
          <tbody>${rows.map((row) => this.renderRow(row, columns))}</tbody>
          <tfoot>${sum ? this.renderRow(sum, columns) : nothing}</tfoot>
        </table>
      </div>
      <div class="options">
        <label class="check">
          <input
            type="checkbox"
            .checked=${this.isFine}
            @change=${(event: Event) => (this.isFine = (event.target as HTMLInputElement).checked)}
          />
          <span>Finer than Locust: parts of a millisecond</span>
        </label>
        <details>
          <summary>Columns</summary>
          <div class="columns">${COLUMNS.map((column) => this.renderChoice(column))}</div>
        </details>
      </div>
    `;
  }

  private renderHead({ key, title }: (typeof COLUMNS)[number]) {
    const isSorted = this.sort.key === key;
    const order = isSorted ? (this.sort.isDown ? 'descending' : 'ascending') : nothing;
    return html`
      <th scope="col" class=${TEXT.has(key) ? key : 'number'} aria-sort=${order}>
        <button
          class="sort"
          @click=${() => (this.sort = { key, isDown: isSorted ? !this.sort.isDown : !TEXT.has(key) })}
        >
          ${title}
          <span aria-hidden="true">${isSorted ? (this.sort.isDown ? '▼' : '▲') : ''}</span>
        </button>
      </th>
    `;
  }

  private renderRow(row: StressRow, columns: typeof COLUMNS) {
    return html`
      <tr>${columns.map(({ key }) => this.renderCell(row, key))}</tr>
    `;
  }

  private renderCell(row: StressRow, key: Key) {
    if (key === 'name') {
      return html`
        <th scope="row" class="name">${row.name}</th>
      `;
    }
    const isBad = (key === 'failures' || key === 'failuresPerSecond') && row[key] > 0;
    return html`
      <td class=${TEXT.has(key) ? key : `number ${isBad ? 'bad' : ''}`}>${this.word(row, key)}</td>
    `;
  }

  private word(row: StressRow, key: Key): string {
    const value = row[key];
    if (typeof value === 'string') return value;
    if (key in row.fine) {
      return this.isFine ? row.fine[key as TimeKey] : formatCount(value);
    }
    return key === 'rps' || key === 'failuresPerSecond' ? value.toFixed(1) : formatCount(value);
  }

  private renderChoice({ key, title }: (typeof COLUMNS)[number]) {
    return html`
      <label class="check">
        <input
          type="checkbox"
          .checked=${!this.left.has(key)}
          ?disabled=${key === 'name'}
          @change=${() => this.toggle(key)}
        />
        <span>${title}</span>
      </label>
    `;
  }

  private toggle(key: Key): void {
    const left = new Set(this.left);
    if (!left.delete(key)) left.add(key);
    this.left = left;
  }

  private compare(a: StressRow, b: StressRow): number {
    const { key, isDown } = this.sort;
    const order = a[key] < b[key] ? -1 : Number(a[key] > b[key]);
    return isDown ? -order : order;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'stress-table': StressTable;
  }
}
