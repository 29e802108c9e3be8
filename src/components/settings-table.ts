import { css, html, LitElement } from '../i18n/lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ComparedSetting } from '../domain/compare-runs';
import { cardStyles, longSegmentStyles } from './card-styles';
import type { ChartSlot } from './chart-look';
import { renderSwatch, swatchStyles } from './chart-swatch';
import { renderSetting } from './compared-setting';
import { renderSegments, segmentStyles, type Segment } from './segments';
import { baseStyles, buttonStyles, plateStyles } from './shared-styles';

type View = 'differences' | 'all';

const VIEWS: readonly Segment<View>[] = [
  { view: 'differences', label: 'Differences' },
  { view: 'all', label: 'All' },
];

/** Something that has settings: its name and the line it is drawn with. */
export interface SettingsColumn {
  readonly name: string;
  readonly slot: ChartSlot;
}

/** A plate with the settings of several runs side by side; where they differ is marked. */
@customElement('settings-table')
export class SettingsTable extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    plateStyles,
    segmentStyles,
    swatchStyles,
    cardStyles,
    longSegmentStyles,
    css`
      .scroll {
        position: relative;
        overflow-x: auto;
      }
      table {
        width: 100%;
        border-collapse: collapse;
      }
      th,
      td {
        min-width: 104px;
        max-width: 260px;
        padding-block: 8px;
        padding-inline: 0 var(--s-4);
        border-bottom: 1px solid var(--rule);
        text-align: start;
        vertical-align: top;
      }
      thead th {
        border-color: var(--edge);
      }
      .name {
        display: flex;
        align-items: center;
        gap: var(--s-2);
        white-space: nowrap;
      }
      th:first-child {
        position: sticky;
        inset-inline-start: 0;
        background: var(--sheet);
        font-weight: 400;
      }
      .differs > th:first-child,
      .differs > td {
        background: var(--blue-wash);
        font-weight: 600;
      }
      .differs > th:first-child,
      tbody th {
        padding-inline-start: var(--s-2);
      }
    `,
  ];

  @property({ attribute: false }) columns: readonly SettingsColumn[] = [];
  @property({ attribute: false }) settings: readonly ComparedSetting[] = [];
  @state() private view: View = 'all';

  override render() {
    const shown = this.settings.filter(({ differs }) => differs || this.view === 'all');
    return html`
      <section class="plate" aria-label="Settings side by side">
        <header>
          <div>
            <h2>Settings side by side</h2>
            <p class="hint">${this.summary()}</p>
          </div>
          ${renderSegments('Show', VIEWS, this.view, (view) => (this.view = view))}
        </header>
        <div class="scroll" tabindex="0" role="region" aria-label="Settings, table">
          <table class="figures">
            <thead>
              <tr>
                <th scope="col"><span class="visually-hidden">Setting</span></th>
                ${this.columns.map(
                  ({ name, slot }) => html`
                    <th scope="col"><span class="name">${renderSwatch(slot)}${name}</span></th>
                  `,
                )}
              </tr>
            </thead>
            <tbody>${shown.map((setting) => renderSetting(setting))}</tbody>
          </table>
        </div>
      </section>
    `;
  }

  private summary(): string {
    const names = this.settings.filter(({ differs }) => differs).map(({ name }) => name.toLowerCase());
    if (names.length === 0) return 'They have the same settings.';
    const last = names.at(-1)!;
    const list = names.length === 1 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
    return `They differ in ${list}.`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'settings-table': SettingsTable;
  }
}
