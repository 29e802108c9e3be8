import { css, html, LitElement, nothing } from '../i18n/lit';
import { customElement, property } from 'lit/decorators.js';
import './ink-icon';
import { listBelow, rowTableStyles } from './row-table-styles';
import { baseStyles, buttonStyles, chipStyles, plateStyles } from './shared-styles';

/** A set as a row says it. */
export interface DatasetRow {
  readonly name: string;
  readonly title: string;
  readonly images: string;
  readonly from: string;
  readonly usedBy: string;
  readonly size: string;
  /** What the app brings itself keeps its name; what is one's own can be renamed. */
  readonly canRename: boolean;
}

/** All sets. Tells `select`, `rename`, `take` and `remove` with the name of a set. */
@customElement('dataset-table')
export class DatasetTable extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    chipStyles,
    plateStyles,
    rowTableStyles,
    css`
      .name {
        max-width: 26ch;
      }
      .name bdi {
        overflow: hidden;
        text-overflow: ellipsis;
      }
    `,
    listBelow(
      640,
      css`
        tbody tr {
          grid-template-columns: 1fr auto;
          align-items: baseline;
        }
        td.actions {
          padding-inline-start: 0;
        }
        .number {
          text-align: end;
        }
        td.used.none {
          display: none;
        }
        td.used,
        td.actions {
          grid-column: 1 / -1;
        }
      `,
    ),
  ];

  @property({ attribute: false }) rows: readonly DatasetRow[] = [];
  /** The name of the set that is looked at. */
  @property() chosen = '';

  override render() {
    return html`
      <section class="plate" aria-label="Sets">
        <h2>Sets</h2>
        <p class="hint">Choose one to look inside.</p>
        <div class="scroll" role="region" aria-label="Table of sets" tabindex="0">
          <table>
            <thead>
              <tr>
                <th scope="col">Name</th>
                <th scope="col" class="number">Images</th>
                <th scope="col">From</th>
                <th scope="col">Used by</th>
                <th scope="col" class="number">Size</th>
                <th scope="col"><span class="visually-hidden">Actions</span></th>
              </tr>
            </thead>
            <tbody>${this.rows.map((row) => this.renderRow(row))}</tbody>
          </table>
        </div>
      </section>
    `;
  }

  private renderRow(row: DatasetRow) {
    const isChosen = row.name === this.chosen;
    return html`
      <tr class=${isChosen ? 'chosen' : ''}>
        <td>
          <button
            class="quiet name"
            aria-pressed=${isChosen ? 'true' : 'false'}
            title=${row.title}
            @click=${() => this.tell('select', row)}
          >
            <bdi>${row.title}</bdi>
          </button>
        </td>
        <td class="number figures">${row.images}</td>
        <td class="from"><bdi>${row.from}</bdi></td>
        <td class="used ${row.usedBy === '–' ? 'none' : ''}">${row.usedBy}</td>
        <td class="number figures">${row.size}</td>
        <td class="actions">
          <button class="quiet" @click=${() => this.tell('take', row)}>
            Save
            <span class="visually-hidden">${row.title} as a file</span>
          </button>
          ${
            row.canRename
              ? html`
                  <button class="quiet" @click=${() => this.tell('rename', row)}>
                    Rename
                    <span class="visually-hidden">${row.title}</span>
                  </button>
                `
              : nothing
          }
          <button class="quiet" @click=${() => this.tell('remove', row)}>
            Delete
            <span class="visually-hidden">${row.title}</span>
          </button>
        </td>
      </tr>
    `;
  }

  private tell(type: 'select' | 'rename' | 'take' | 'remove', { name }: DatasetRow): void {
    this.dispatchEvent(new CustomEvent(type, { detail: name }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'dataset-table': DatasetTable;
  }
}
