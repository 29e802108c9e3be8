import { css, html, LitElement } from '../i18n/lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import './ink-icon';
import { baseStyles, buttonStyles } from './shared-styles';

/** A short message about something that went well. */
export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly link?: { readonly label: string; readonly href: string };
  /** Takes back what it tells of. */
  readonly undo?: () => void;
}

/** How long a toast stays, in milliseconds, unless somebody points at it; longer where there is something to do. */
const STAY_MS = 6000;
const STAY_TO_BE_USED_MS = 12_000;

/** Toasts at the bottom left. Each tells `dismiss` with its id when its time is over. */
@customElement('toast-list')
export class ToastList extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    css`
      :host {
        position: fixed;
        inset-inline-start: calc(var(--rail, 0px) + var(--s-4));
        bottom: calc(var(--s-4) + var(--tab-bar, 0px) + var(--dock, 0px));
        z-index: 10;
        display: grid;
        gap: var(--s-2);
        max-width: min(420px, calc(100vw - 2 * var(--s-4)));
      }
      .toast {
        display: flex;
        align-items: center;
        gap: var(--s-3);
        padding-block: var(--s-2);
        padding-inline: var(--s-4) var(--s-3);
        border-radius: var(--r-3);
        background: var(--sheet);
        box-shadow: var(--shadow-menu);
        animation: enter var(--m-enter) var(--ease);
      }
      .toast > ink-icon {
        color: var(--green);
      }
      .text {
        flex: 1;
      }
      @keyframes enter {
        from {
          opacity: 0;
          transform: translateY(4px);
        }
      }
      @media (forced-colors: active) {
        .toast {
          border: 1px solid CanvasText;
        }
      }
    `,
  ];

  @property({ attribute: false }) toasts: readonly Toast[] = [];
  private readonly timers = new Map<number, ReturnType<typeof setTimeout>>();

  override render() {
    return html`
      <div role="status" aria-atomic="false">
        ${repeat(
          this.toasts,
          ({ id }) => id,
          (toast) => this.renderToast(toast),
        )}
      </div>
    `;
  }

  protected override updated(): void {
    for (const toast of this.toasts) if (!this.timers.has(toast.id)) this.startTimer(toast);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
  }

  private renderToast(toast: Toast) {
    const { id, text, link, undo } = toast;
    return html`
      <div
        class="toast"
        @pointerenter=${() => this.stopTimer(id)}
        @pointerleave=${() => this.startTimer(toast)}
        @focusin=${() => this.stopTimer(id)}
        @focusout=${() => this.startTimer(toast)}
      >
        <ink-icon name="check"></ink-icon>
        <span class="text">${text}</span>
        ${
          link
            ? html`
                <a class="button quiet" href=${link.href}>${link.label}</a>
              `
            : ''
        }
        ${
          undo
            ? html`
                <button
                  class="quiet"
                  @click=${() => {
                    undo();
                    this.dismiss(id);
                  }}
                >
                  Undo
                </button>
              `
            : ''
        }
        <button class="quiet" aria-label="Put away" @click=${() => this.dismiss(id)}>
          <ink-icon name="cross"></ink-icon>
        </button>
      </div>
    `;
  }

  private startTimer({ id, link, undo }: Toast): void {
    this.stopTimer(id);
    const stayMs = link || undo ? STAY_TO_BE_USED_MS : STAY_MS;
    this.timers.set(
      id,
      setTimeout(() => this.dismiss(id), stayMs),
    );
  }

  private stopTimer(id: number): void {
    clearTimeout(this.timers.get(id));
  }

  private dismiss(id: number): void {
    this.stopTimer(id);
    this.dispatchEvent(new CustomEvent('dismiss', { detail: id }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'toast-list': ToastList;
  }
}
