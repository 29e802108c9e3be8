import { css, html, LitElement, nothing } from '../i18n/lit';
import { customElement, property } from 'lit/decorators.js';
import { checkStages, LOAD_LIMITS, type LoadStage } from '../domain/load-shape';
import './load-shape-chart';
import { baseStyles, buttonStyles, fieldStyles } from './shared-styles';

/** The fields of a stage, as the columns of the table. */
const COLUMNS = [
  { key: 'duration', title: 'Ends after (s)', step: '1' },
  { key: 'users', title: 'Users', step: '1' },
  { key: 'spawnRate', title: 'Ramp up (a second)', step: 'any' },
] as const;

/** A load drawn as stages: on a chart by dragging, or as a table. Tells `change` with the stages. */
@customElement('load-shape-editor')
export class LoadShapeEditor extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    fieldStyles,
    css`
      :host {
        display: block;
        min-width: 0;
      }
      details {
        margin-top: var(--s-2);
      }
      summary {
        min-height: 28px;
        color: var(--blue);
        cursor: pointer;
      }
      table {
        width: 100%;
        max-width: 560px;
        margin: var(--s-2) 0;
        border-collapse: collapse;
      }
      th {
        font-size: var(--t-2);
        font-weight: 600;
        text-align: start;
      }
      th,
      td {
        padding-block: 3px;
        padding-inline: 0 var(--s-2);
      }
      tbody th {
        white-space: nowrap;
      }
      @media (max-width: 720px), (pointer: coarse) {
        summary {
          min-height: var(--h-touch);
          padding-top: 10px;
        }
      }
      @media (max-width: 480px) {
        th,
        td {
          padding-inline-end: var(--s-1);
        }
        thead th {
          hyphens: auto;
          overflow-wrap: anywhere;
        }
        td button {
          padding: 0;
          font-size: var(--t-2);
        }
      }
    `,
  ];

  @property({ attribute: false }) stages: readonly LoadStage[] = [];
  @property() unit = 'users';
  @property({ type: Number }) now: number | undefined;
  /** Nothing can be changed: the test runs. */
  @property({ type: Boolean }) fixed = false;

  override render() {
    const problem = checkStages(this.stages);
    return html`
      <load-shape-chart
        .stages=${this.stages}
        .unit=${this.unit}
        .now=${this.now}
        .fixed=${this.fixed}
        @change=${(event: CustomEvent<readonly LoadStage[]>) => this.tell(event.detail)}
      ></load-shape-chart>
      <p class=${problem ? 'field-error' : 'hint'} role=${problem ? 'alert' : nothing}>
        ${problem ?? (this.fixed ? 'Stages as they are planned.' : 'Drag a corner, or move it with the arrow keys.')}
      </p>
      ${this.fixed ? nothing : this.renderTable()}
    `;
  }

  private renderTable() {
    return html`
      <details>
        <summary>Stages as a table</summary>
        <table class="figures">
          <thead>
            <tr>
              <th scope="col"><span class="visually-hidden">Stage</span></th>
              ${COLUMNS.map(
                ({ title }) => html`
                  <th scope="col">${title}</th>
                `,
              )}
              <th scope="col"><span class="visually-hidden">Remove</span></th>
            </tr>
          </thead>
          <tbody>${this.stages.map((stage, at) => this.renderRow(stage, at))}</tbody>
        </table>
        <button ?disabled=${this.stages.length >= LOAD_LIMITS.stages} @click=${this.add}>Add a stage</button>
      </details>
    `;
  }

  private renderRow(stage: LoadStage, at: number) {
    return html`
      <tr>
        <th scope="row">${at + 1}</th>
        ${COLUMNS.map(
          ({ key, title, step }) => html`
            <td>
              <input
                type="number"
                min="0"
                step=${step}
                aria-label=${`Stage ${at + 1}: ${title}`}
                .value=${String(stage[key])}
                @change=${(event: Event) => this.set(at, key, (event.target as HTMLInputElement).valueAsNumber)}
              />
            </td>
          `,
        )}
        <td>
          <button
            class="quiet"
            ?disabled=${this.stages.length === 1}
            aria-label=${`Remove stage ${at + 1}`}
            @click=${() => this.tell(this.stages.filter((_, index) => index !== at))}
          >
            Remove
          </button>
        </td>
      </tr>
    `;
  }

  private set(at: number, key: (typeof COLUMNS)[number]['key'], value: number): void {
    this.tell(this.stages.map((stage, index) => (index === at ? { ...stage, [key]: value } : stage)));
  }

  private readonly add = (): void => {
    const last = this.stages.at(-1) ?? { duration: 0, users: 10, spawnRate: 10 };
    this.tell([...this.stages, { ...last, duration: last.duration + 30 }]);
  };

  private tell(stages: readonly LoadStage[]): void {
    this.dispatchEvent(new CustomEvent<readonly LoadStage[]>('change', { detail: stages }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'load-shape-editor': LoadShapeEditor;
  }
}
