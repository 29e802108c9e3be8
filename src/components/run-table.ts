import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { RunId } from '../domain/ids';
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
}

/** All runs. Tells `select`, `test` and `use` with a run's number. */
@customElement('run-table')
export class RunTable extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    chipStyles,
    plateStyles,
    css`
      :host {
        display: block;
      }
      h2 {
        margin-bottom: var(--s-1);
      }
      .scroll {
        margin-top: var(--s-3);
        overflow-x: auto;
      }
      table {
        width: 100%;
        border-collapse: collapse;
      }
      th {
        border-bottom: 1px solid var(--edge);
        font-size: var(--t-2);
        font-weight: 600;
        text-align: left;
      }
      td {
        height: 45px;
        border-bottom: 1px solid var(--rule);
      }
      th,
      td {
        padding: 4px var(--s-3) 4px 0;
        white-space: nowrap;
      }
      .number {
        text-align: right;
      }
      .chosen td {
        background: var(--blue-wash);
      }
      td:first-child,
      th:first-child {
        padding-left: var(--s-2);
      }
      .actions {
        text-align: right;
      }
      td button {
        min-height: 30px;
        padding: 0 var(--s-2);
      }
      button.name {
        font-weight: 600;
      }
      @media (max-width: 720px) {
        thead {
          position: absolute;
          clip-path: inset(50%);
        }
        tr.chosen {
          background: var(--blue-wash);
        }
        .chosen td {
          background: none;
        }
        tr {
          display: grid;
          grid-template-columns: 1fr 1fr;
          gap: 2px var(--s-3);
          padding: var(--s-2) 0;
          border-bottom: 1px solid var(--rule);
        }
        td {
          height: auto;
          padding: 2px var(--s-2);
          border: 0;
          white-space: normal;
        }
        td.state {
          grid-area: 1 / 2;
          justify-self: end;
        }
        .number,
        .actions {
          text-align: left;
        }
        .actions {
          grid-column: 1 / -1;
        }
        td.labelled::before {
          content: attr(data-label) ' ';
          color: var(--ink-3);
          font-size: var(--t-2);
        }
        td button {
          min-height: var(--h-touch);
        }
      }
    `,
  ];

  @property({ attribute: false }) rows: readonly RunRow[] = [];
  @property({ attribute: false }) chosen: RunId | undefined;
  /** Nothing can be scored now: the engine is busy. */
  @property({ type: Boolean }) busy = false;

  override render() {
    return html`
      <section class="plate" aria-label="Runs">
        <h2>Runs</h2>
        ${
          this.rows.length === 0
            ? html`
                <p class="hint">No run yet. The first one appears here as soon as it starts.</p>
              `
            : html`
                <p class="hint">Choose one to see its curves.</p>
                ${this.renderTable()}
              `
        }
      </section>
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
          <button class="quiet name" aria-pressed=${isChosen} @click=${() => this.tell('select', row.id)}>
            ${row.name}
          </button>
        </td>
        <td class="labelled" data-label="Recipe">${row.recipe}</td>
        <td class="labelled" data-label="Data">${row.data}</td>
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
        </td>
      </tr>
    `;
  }

  private renderTest(row: RunRow) {
    if (row.test !== undefined) return row.test;
    if (!row.canTest) return '–';
    return html`
      <button ?disabled=${this.busy} @click=${() => this.tell('test', row.id)}>
        Test
        <span class="visually-hidden">${row.name}</span>
      </button>
    `;
  }

  private tell(name: 'select' | 'test' | 'use', id: RunId): void {
    this.dispatchEvent(new CustomEvent(name, { detail: id }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'run-table': RunTable;
  }
}
