import { css, html, LitElement, nothing } from '../i18n/lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import '../components/ink-icon';
import type { IconName } from '../components/ink-icon';
import { baseStyles } from '../components/shared-styles';
import type { Services } from '../services/services';
import type { MoreSheet } from './more-sheet';

/** A page that has no tab of its own on a phone. */
export interface MorePage {
  readonly route: string;
  readonly title: string;
  readonly icon: IconName;
}

/** The last tab of a phone: it opens a sheet with the other pages. What is in the sheet is loaded when it is asked for. */
@customElement('more-tab')
export class MoreTab extends LitElement {
  static override styles = [
    baseStyles,
    css`
      button {
        position: relative;
        display: flex;
        flex-direction: column;
        align-items: center;
        justify-content: center;
        gap: 2px;
        width: 100%;
        min-height: 60px;
        padding: 0 4px;
        border: 0;
        background: none;
        color: var(--ink-2);
        font: 400 var(--t-1) / 1.5 var(--font-ui);
        cursor: pointer;
      }
      .here {
        color: var(--blue);
        font-weight: 600;
      }
      .here::after {
        content: '';
        position: absolute;
        top: -4px;
        width: 42px;
        height: 4px;
        border-radius: 2px;
        background: var(--blue);
      }
    `,
  ];

  @property({ attribute: false }) services!: Services;
  @property({ attribute: false }) pages: readonly MorePage[] = [];
  /** The route of the page that is shown. */
  @property() route = '';
  /** The sheet's code is here. */
  @state() private isLoaded = false;
  @query('more-sheet') private sheet!: MoreSheet;

  override render() {
    const isHere = this.pages.some(({ route }) => route === this.route);
    return html`
      <button
        class=${isHere ? 'here' : ''}
        aria-haspopup="dialog"
        aria-current=${isHere ? 'true' : 'false'}
        @click=${this.open}
      >
        <ink-icon name="more"></ink-icon>
        More
      </button>
      ${this.isLoaded ? this.renderSheet() : nothing}
    `;
  }

  private renderSheet() {
    return html`
      <more-sheet
        .theme=${this.services.theme}
        .status=${this.services.status}
        .pages=${this.pages}
        .route=${this.route}
      ></more-sheet>
    `;
  }

  private async open(): Promise<void> {
    await import('./more-sheet');
    this.isLoaded = true;
    await this.updateComplete;
    await this.sheet.open();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'more-tab': MoreTab;
  }
}
