import { css, html, LitElement, nothing } from '../i18n/lit';
import { customElement, property, state } from 'lit/decorators.js';
import { baseStyles, buttonStyles } from './shared-styles';

/** What the card of the tour says. */
export interface TourWords {
  /** Where one is: "Step 2 of 8". */
  readonly place: string;
  readonly title: string;
  readonly text: string;
}

/** A button of the card: what it says, and the event that it tells. */
export interface TourAction {
  readonly name: 'next' | 'go' | 'show' | 'skip' | 'end' | 'begin';
  readonly label: string;
  readonly isPrimary?: boolean;
}

/** A card at the foot of the window, beside the page and never over a control that cannot be moved away. */
@customElement('tour-card')
export class TourCard extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    css`
      :host {
        position: fixed;
        inset-inline-end: 0;
        bottom: 0;
        inset-inline-start: 216px;
        z-index: 4;
        outline: none;
      }
      .card {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: var(--s-2) var(--s-5);
        align-items: center;
        padding: var(--s-3) 40px;
        border-top: 2px solid var(--amber);
        background: var(--sheet);
        box-shadow: var(--shadow-menu);
      }
      .words {
        max-width: 78ch;
      }
      .words p {
        display: flex;
        flex-wrap: wrap;
        gap: 0 var(--s-2);
        align-items: baseline;
      }
      .place {
        color: var(--amber);
        font-size: var(--t-2);
        font-weight: 600;
      }
      strong {
        font: 400 var(--t-5) / 1.25 var(--font-book);
      }
      .text {
        color: var(--ink-2);
      }
      .buttons {
        display: flex;
        flex-wrap: wrap;
        gap: var(--s-1) var(--s-2);
        align-items: center;
      }
      @media (max-width: 1099px) {
        :host {
          inset-inline-start: 72px;
        }
        .card {
          grid-template-columns: minmax(0, 1fr);
          padding: var(--s-3) var(--s-5);
        }
      }
      @media (max-width: 720px) {
        :host {
          bottom: calc(64px + env(safe-area-inset-bottom));
          inset-inline-start: 0;
        }
        .card {
          padding: var(--s-2) var(--s-4);
        }
        .place {
          font-size: var(--t-1);
        }
        strong {
          font-size: var(--t-4);
        }
        .text {
          font-size: var(--t-2);
          line-height: 1.4;
        }
      }
      @media (forced-colors: active) {
        .card {
          border-top-color: CanvasText;
        }
      }
    `,
  ];

  @property({ attribute: false }) words!: TourWords;
  @property({ attribute: false }) actions: readonly TourAction[] = [];

  @state() private isThere = false;

  /** Takes the focus, before its first button. */
  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('.card')?.focus({ preventScroll: true });
  }

  /** What stands in a region when it appears is not read: the words come a frame later. */
  protected override firstUpdated(): void {
    requestAnimationFrame(() => (this.isThere = true));
  }

  override render() {
    const { place, title, text } = this.words;
    return html`
      <aside class="card" aria-label="Guided tour" tabindex="-1">
        <p class="visually-hidden" role="status">
          ${this.isThere ? [place, title, text].filter(Boolean).join('. ') : ''}
        </p>
        <div class="words">
          <p>
            ${
              place
                ? html`
                    <span class="place">${place}</span>
                  `
                : nothing
            }
            <strong>${title}</strong>
          </p>
          <p class="text">${text}</p>
        </div>
        <div class="buttons">${this.actions.map((action) => this.renderAction(action))}</div>
      </aside>
    `;
  }

  private renderAction({ name, label, isPrimary = false }: TourAction) {
    return html`
      <button
        class=${isPrimary ? 'primary' : name === 'skip' || name === 'end' ? 'quiet' : ''}
        @click=${() => this.dispatchEvent(new CustomEvent(name))}
      >
        ${label}
      </button>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tour-card': TourCard;
  }
}
