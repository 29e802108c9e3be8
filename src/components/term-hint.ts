import { css, html, LitElement } from '../i18n/lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { TermId } from '../domain/glossary';
import { placePopover } from './place-popover';
import { baseStyles } from './shared-styles';

/**
 * A question mark beside a word: it opens what the word means. Escape, or a click elsewhere, closes it. Texts
 * and drawings are loaded when they are first asked for.
 */
@customElement('term-hint')
export class TermHint extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: inline-grid;
        vertical-align: middle;
        font: 400 var(--t-3) / 1.5 var(--font-ui);
        letter-spacing: normal;
      }
      button {
        display: grid;
        place-items: center;
        width: 24px;
        height: 24px;
        /* No higher than the line of text that it stands in. */
        margin: -4px 0;
        padding: 0;
        border: 0;
        background: none;
        color: var(--ink-3);
        cursor: pointer;
      }
      button > [aria-hidden] {
        width: 16px;
        height: 16px;
        border: 1px solid currentColor;
        border-radius: var(--r-round);
        font: 600 11px / 14px var(--font-ui);
        text-align: center;
      }
      button:hover,
      button[aria-expanded='true'] {
        color: var(--blue);
      }
      [popover] {
        inset: auto;
        width: min(340px, calc(100vw - 32px));
        max-height: calc(100dvh - 32px);
        margin: 0;
        padding: var(--s-4);
        overflow-y: auto;
        border: 1px solid var(--rule);
        border-radius: var(--r-3);
        background: var(--sheet);
        box-shadow: var(--shadow-menu);
        color: var(--ink);
        text-align: start;
        white-space: normal;
        opacity: 0;
      }
      .placed {
        opacity: 1;
      }
      @media (max-width: 720px), (pointer: coarse) {
        button {
          width: 44px;
          height: 44px;
          margin: -14px 0;
        }
      }
    `,
  ];

  @property() term: TermId = 'epoch';
  /** True once the texts are here. */
  @state() private isLoaded = false;
  /** The focus was in the explanation when it closed. */
  private hadFocus = false;
  @query('button') private button!: HTMLButtonElement;
  @query('[popover]') private meaning!: HTMLElement;

  override render() {
    return html`
      <button type="button" popovertarget="meaning">
        <span aria-hidden="true">?</span>
        <span class="visually-hidden">What is meant by “${this.term.replaceAll('-', ' ')}”</span>
      </button>
      <div
        id="meaning"
        popover
        role="dialog"
        aria-label="Explanation"
        tabindex="-1"
        autofocus
        @beforetoggle=${() => (this.hadFocus = this.meaning.matches(':focus-within'))}
        @toggle=${this.onToggle}
      >
        ${
          this.isLoaded
            ? html`
                <term-card .term=${this.term} compact></term-card>
              `
            : ''
        }
      </div>
    `;
  }

  /** It is not seen before it has its place. */
  private async onToggle(event: Event): Promise<void> {
    const isOpen = (event as ToggleEvent).newState === 'open';
    if (!isOpen) return this.onClose();
    if (!this.isLoaded) {
      await import('./term-card');
      this.isLoaded = true;
    }
    await this.updateComplete;
    await this.renderRoot.querySelector('term-card')?.updateComplete;
    placePopover(this.meaning, this.button.getBoundingClientRect());
    this.meaning.classList.add('placed');
  }

  /** Browsers give the focus back to what had it, but not across the roots of components. */
  private onClose(): void {
    this.meaning.classList.remove('placed');
    if (this.hadFocus) this.button.focus();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'term-hint': TermHint;
  }
}
