import { css, html, LitElement, nothing } from '../i18n/lit';
import { customElement, property, query } from 'lit/decorators.js';
import { formatMegabytes } from '../components/format';
import '../components/ink-icon';
import { renderSegments, segmentStyles, type Segment } from '../components/segments';
import { baseStyles, buttonStyles } from '../components/shared-styles';
import type { StatusService } from '../services/status-service';
import type { ThemeChoice, ThemeService } from '../services/theme-service';
import type { MorePage } from './more-tab';
import { watch } from './watch';

const THEMES: readonly Segment<ThemeChoice>[] = [
  { view: 'system', label: 'As the device' },
  { view: 'light', label: 'Light' },
  { view: 'dark', label: 'Dark' },
];

/**
 * The pages that have no tab on a phone, the theme and what is stored. It is a modal dialog: the browser keeps the
 * focus inside, closes it on Escape, and gives the focus back to the tab.
 */
@customElement('more-sheet')
export class MoreSheet extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    segmentStyles,
    css`
      dialog {
        width: 100%;
        max-width: none;
        max-height: calc(100dvh - var(--s-6));
        margin: auto 0 0;
        padding: 0 0 env(safe-area-inset-bottom);
        overflow-y: auto;
        border: 0;
        border-top: 4px double var(--margin-line);
        border-radius: 0;
        background: var(--sheet);
        color: var(--ink);
        box-shadow: var(--shadow-dialog);
      }
      dialog::backdrop {
        background: rgb(0 0 0 / 0.4);
      }
      header,
      .theme,
      .stored {
        padding: var(--s-2) var(--s-4);
      }
      header {
        display: flex;
        align-items: center;
        justify-content: space-between;
      }
      ul {
        padding: 0;
        list-style: none;
      }
      li {
        border-top: 1px solid var(--rule);
      }
      li:last-child {
        border-bottom: 1px solid var(--rule);
      }
      li a {
        display: flex;
        align-items: center;
        gap: var(--s-3);
        min-height: 52px;
        padding: 0 var(--s-4);
        outline-offset: -2px;
        color: var(--ink);
        font-size: var(--t-4);
        text-decoration: none;
      }
      li a[aria-current='page'] {
        background: var(--blue-wash);
        color: var(--blue);
        font-weight: 600;
      }
      @media (forced-colors: active) {
        li a[aria-current='page'] {
          forced-color-adjust: none;
          background: Highlight;
          color: HighlightText;
        }
      }
      .theme {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: var(--s-2);
      }
      .stored {
        display: flex;
        flex-wrap: wrap;
        gap: var(--s-1) var(--s-5);
        padding-bottom: var(--s-4);
        color: var(--ink-2);
        font-size: var(--t-2);
        --icon-size: 16px;
      }
      .stored p {
        display: flex;
        align-items: center;
        gap: var(--s-2);
      }
    `,
  ];

  @property({ attribute: false }) theme!: ThemeService;
  @property({ attribute: false }) status!: StatusService;
  @property({ attribute: false }) pages: readonly MorePage[] = [];
  @property() route = '';
  @query('dialog') private dialog!: HTMLDialogElement;
  /** From this width on there is a rail with all pages. */
  private readonly rail = matchMedia('(min-width: 721px)');

  constructor() {
    super();
    watch(this, () => [this.theme.choice, this.status.status]);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.rail.addEventListener('change', this.close);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.rail.removeEventListener('change', this.close);
  }

  /** Shows the sheet over the page, which cannot be reached meanwhile. */
  async open(): Promise<void> {
    await this.updateComplete;
    this.dialog.showModal();
  }

  override render() {
    return html`
      <dialog aria-labelledby="more" @click=${this.onClick}>
        <header>
          <h2 id="more">More</h2>
          <button class="quiet" @click=${this.close}>Close</button>
        </header>
        <nav aria-labelledby="more">
          <ul>
            ${this.pages.map((page) => this.renderLink(page))}
          </ul>
        </nav>
        <div class="theme">
          <span aria-hidden="true">Theme</span>
          ${renderSegments('Theme', THEMES, this.theme.choice.value, (choice) => this.theme.choose(choice))}
        </div>
        ${this.renderStored()}
      </dialog>
    `;
  }

  private renderLink({ route, title, icon }: MorePage) {
    return html`
      <li>
        <a href=${`#/${route}`} aria-current=${route === this.route ? 'page' : 'false'} @click=${this.close}>
          <ink-icon name=${icon}></ink-icon>
          <span>${title}</span>
        </a>
      </li>
    `;
  }

  private renderStored() {
    const { isOfflineReady, usedBytes } = this.status.status.value;
    if (!isOfflineReady && usedBytes === undefined) return nothing;
    return html`
      <div class="stored">
        <p ?hidden=${!isOfflineReady}>
          <ink-icon name="offline"></ink-icon>
          Works offline
        </p>
        <p ?hidden=${usedBytes === undefined}>
          <ink-icon name="storage"></ink-icon>
          ${formatMegabytes(usedBytes ?? 0)} used
        </p>
      </div>
    `;
  }

  private readonly close = (): void => this.dialog.close();

  /** What is outside the sheet belongs to the dialog's backdrop, which is the dialog itself. */
  private onClick(event: Event): void {
    if (event.target === this.dialog) this.close();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'more-sheet': MoreSheet;
  }
}
