import { css, html, LitElement, nothing } from '../i18n/lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ComparedSetting } from '../domain/compare-runs';
import { cardStyles, longSegmentStyles } from './card-styles';
import { renderSetting } from './compared-setting';
import { renderSegments, segmentStyles, type Segment } from './segments';
import { baseStyles, buttonStyles, plateStyles } from './shared-styles';

type View = 'differences' | 'all';

const VIEWS: readonly Segment<View>[] = [
  { view: 'differences', label: 'Differences' },
  { view: 'all', label: 'All' },
];

/** Rows that belong together. */
export interface ComparedGroup {
  readonly title: string;
  readonly rows: readonly ComparedSetting[];
}

/**
 * A plate with several models side by side; where they differ is marked. Tells `test`, where two of them are to be
 * asked the same digits, and `close`.
 */
@customElement('model-comparison')
export class ModelComparison extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    plateStyles,
    segmentStyles,
    cardStyles,
    longSegmentStyles,
    css`
      :host {
        scroll-margin-top: 20px;
      }
      .actions {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--s-2);
        margin-top: var(--s-3);
      }
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
        min-width: 112px;
        max-width: 240px;
        padding-block: 8px;
        padding-inline: 0 var(--s-4);
        border-bottom: 1px solid var(--rule);
        overflow-wrap: anywhere;
        text-align: start;
        vertical-align: top;
      }
      thead th,
      th[scope='rowgroup'] {
        border-color: var(--edge);
      }
      th[scope='rowgroup'] {
        padding-top: var(--s-4);
        font-size: var(--t-2);
      }
      tr > th:first-child {
        position: sticky;
        inset-inline-start: 0;
        padding-inline-start: var(--s-2);
        background: var(--sheet);
        overflow-wrap: normal;
      }
      tbody th[scope='row'] {
        font-weight: 400;
      }
      .differs > th[scope='row'],
      .differs > td {
        background: var(--blue-wash);
        font-weight: 600;
      }
      @media (max-width: 720px) {
        tr > th:first-child {
          min-width: 104px;
          max-width: 116px;
          padding-inline-end: var(--s-2);
        }
      }
    `,
  ];

  @property({ attribute: false }) names: readonly string[] = [];
  @property({ attribute: false }) groups: readonly ComparedGroup[] = [];
  /** What the button says that has two of them answer the same digits; empty where it cannot be had. */
  @property() test = '';
  @state() private view: View = 'all';

  override render() {
    return html`
      <section class="plate" aria-label="Models side by side">
        <header>
          <div>
            <h2 tabindex="-1">${this.names.length} models side by side</h2>
            <p class="hint">
              Where settings differ, they are marked. Brackets hold 95 % intervals: where they overlap, a
              difference may be chance.
            </p>
          </div>
          ${renderSegments('Show', VIEWS, this.view, (view) => (this.view = view))}
        </header>
        <div class="scroll" tabindex="0" role="region" aria-label="Models side by side, table">
          <table class="figures">
            <thead>
              <tr>
                <th scope="col"><span class="visually-hidden">What</span></th>
                ${this.names.map(
                  (name) => html`
                    <th scope="col"><bdi>${name}</bdi></th>
                  `,
                )}
              </tr>
            </thead>
            ${this.groups.map((group) => this.renderGroup(group))}
          </table>
        </div>
        <div class="actions">
          <button ?hidden=${this.test === ''} @click=${() => this.tell('test')}>${this.test}</button>
          <button class="quiet" @click=${() => this.tell('close')}>Put away</button>
        </div>
      </section>
    `;
  }

  /** Brings it into view, and the keyboard with it. */
  show(): void {
    this.scrollIntoView({ block: 'start' });
    this.renderRoot.querySelector('h2')?.focus({ preventScroll: true });
  }

  private renderGroup({ title, rows }: ComparedGroup) {
    const shown = rows.filter(({ differs }) => differs || this.view === 'all');
    if (shown.length === 0) return nothing;
    return html`
      <tbody>
        <tr>
          <th scope="rowgroup" colspan=${this.names.length + 1}>${title}</th>
        </tr>
        ${shown.map(renderSetting)}
      </tbody>
    `;
  }

  private tell(name: 'test' | 'close'): void {
    this.dispatchEvent(new CustomEvent(name));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'model-comparison': ModelComparison;
  }
}
