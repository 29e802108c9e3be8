import { html, LitElement, nothing } from '../i18n/lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { RunId } from '../domain/ids';
import type { ChartSlot } from './chart-look';
import { renderSwatch, swatchStyles } from './chart-swatch';
import { rowTableStyles, tickStyles } from './row-table-styles';
import { runListStyles, runTableStyles } from './run-table-styles';
import { baseStyles, buttonStyles, chipStyles, plateStyles } from './shared-styles';

/** A run as a row says it. */
export interface RunRow {
  readonly id: RunId;
  readonly name: string;
  readonly recipe: string;
  readonly data: string;
  readonly validation: string;
  /** The score on the test images, with its interval; undefined where it was not scored. */
  readonly test?: string;
  /** The share of drawn digits that it reads, where it was scored. */
  readonly drawn?: string;
  readonly time: string;
  readonly engine: string;
  readonly state: {
    readonly words: string;
    readonly tone: 'plain' | 'running' | 'passed' | 'notice' | 'wrong';
  };
  /** It became a model that can be scored on the test images. */
  readonly canTest: boolean;
  /** It became a model that does not answer yet. */
  readonly canUse: boolean;
  /** Nobody works on it. */
  readonly canDelete: boolean;
  /** What deleting it frees, with its unit. */
  readonly frees: string;
}

/** As many runs as fit in one chart. */
const MOST_COMPARED = 5;

/**
 * All runs. Tells `select`, `test`, `use`, `remove` and `tick` with a run's number, and `compare`. Ticked runs are to be
 * compared; each has a line of its own.
 */
@customElement('run-table')
export class RunTable extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    chipStyles,
    plateStyles,
    swatchStyles,
    rowTableStyles,
    tickStyles,
    runTableStyles,
    runListStyles,
  ];

  @property({ attribute: false }) rows: readonly RunRow[] = [];
  @property({ attribute: false }) chosen: RunId | undefined;
  /** Nothing can be scored now: the engine is busy. */
  @property({ type: Boolean }) busy = false;
  /** The runs that are ticked, and the lines that they are drawn with. */
  @property({ attribute: false }) ticked: ReadonlyMap<RunId, ChartSlot> = new Map();
  /** Somebody tried to tick one more than fits. */
  @state() private isFull = false;

  override render() {
    const isEmpty = this.rows.length === 0;
    return html`
      <section class="plate" aria-label="Runs">
        <header>
          <div>
            <h2>Runs</h2>
            <p class="hint" ?hidden=${this.isFull}>${this.hint()}</p>
            <p class="hint" role="status">
              ${this.isFull ? 'Five runs fit in one chart. Untick one to add another.' : ''}
            </p>
          </div>
          ${this.rows.length > 1 ? this.renderCompare() : nothing}
        </header>
        ${isEmpty ? nothing : this.renderTable()}
      </section>
    `;
  }

  private hint(): string {
    if (this.rows.length === 0) return 'No run yet. The first one appears here as soon as it starts.';
    if (this.rows.length === 1) return 'Choose one to see its curves.';
    return 'Choose one to see its curves. Tick up to five to compare them.';
  }

  private renderCompare() {
    const count = this.ticked.size;
    return html`
      <button
        ?disabled=${count < 2}
        title=${count < 2 ? 'Tick two runs or more' : nothing}
        @click=${() => this.dispatchEvent(new CustomEvent('compare'))}
      >
        ${count < 2 ? 'Compare' : `Compare ${count} runs`}
      </button>
    `;
  }

  private renderTable() {
    return html`
      <div class="scroll" tabindex="0" role="region" aria-label="Runs, table">
        <table class="figures">
          <thead>
            <tr>
              <th scope="col">Run</th>
              <th scope="col">Recipe</th>
              <th scope="col">Data</th>
              <th scope="col" class="number">Validation</th>
              <th scope="col" class="number">Test</th>
              <th scope="col" class="number">Time</th>
              <th scope="col">Engine</th>
              <th scope="col">State</th>
              <th scope="col"><span class="visually-hidden">What you can do</span></th>
            </tr>
          </thead>
          <tbody>${this.rows.map((row) => this.renderRow(row))}</tbody>
        </table>
      </div>
    `;
  }

  private renderRow(row: RunRow) {
    const isChosen = row.id === this.chosen;
    return html`
      <tr class=${isChosen ? 'chosen' : ''}>
        <td>
          <span class="run">
            ${this.rows.length > 1 ? this.renderTick(row) : nothing}
            <button class="quiet name" aria-pressed=${isChosen} @click=${() => this.tell('select', row.id)}>
              ${row.name}
            </button>
          </span>
        </td>
        <td class="labelled" data-label="Recipe"><bdi>${row.recipe}</bdi></td>
        <td class="labelled" data-label="Data"><bdi>${row.data}</bdi></td>
        <td class="labelled number" data-label="Validation">${row.validation}</td>
        <td class="labelled number" data-label="Test">${this.renderTest(row)}</td>
        <td class="labelled number" data-label="Time">${row.time}</td>
        <td class="labelled" data-label="Engine">${row.engine}</td>
        <td class="state"><span class=${`chip ${row.state.tone}`}>${row.state.words}</span></td>
        <td class="actions">
          ${
            row.canUse
              ? html`
                  <button @click=${() => this.tell('use', row.id)}>Use on Draw</button>
                `
              : nothing
          }
          ${
            row.canDelete
              ? html`
                  <button
                    class="quiet"
                    title=${`Deletes its curves and saved states, about ${row.frees}. Its model stays.`}
                    @click=${() => this.tell('remove', row.id)}
                  >
                    Delete
                    <span class="visually-hidden">${row.name}</span>
                  </button>
                `
              : nothing
          }
        </td>
      </tr>
    `;
  }

  private renderTick({ id, name }: RunRow) {
    const slot = this.ticked.get(id);
    return html`
      <label class="tick">
        <input
          type="checkbox"
          aria-label=${`Compare ${name}`}
          .checked=${slot !== undefined}
          @click=${(event: Event) => this.onTick(event, id)}
        />
        ${slot === undefined ? nothing : renderSwatch(slot)}
      </label>
    `;
  }

  /** A sixth run is refused, and why is said. */
  private onTick(event: Event, id: RunId): void {
    this.isFull = !this.ticked.has(id) && this.ticked.size === MOST_COMPARED;
    if (this.isFull) event.preventDefault();
    else this.tell('tick', id);
  }

  private renderTest(row: RunRow) {
    if (row.test !== undefined) return [row.test, renderDrawn(row)];
    if (!row.canTest) return '–';
    return html`
      <button ?disabled=${this.busy} @click=${() => this.tell('test', row.id)}>
        Test
        <span class="visually-hidden">${row.name}</span>
      </button>
    `;
  }

  private tell(name: 'select' | 'test' | 'use' | 'remove' | 'tick', id: RunId): void {
    this.dispatchEvent(new CustomEvent(name, { detail: id }));
  }
}

function renderDrawn({ drawn }: RunRow) {
  if (drawn === undefined) return nothing;
  return html`
    <span class="drawn" title="Of 500 digits that were drawn on the pad, by other hands than MNIST’s">
      ${drawn} of drawn digits
    </span>
  `;
}

declare global {
  interface HTMLElementTagNameMap {
    'run-table': RunTable;
  }
}
