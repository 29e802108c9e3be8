import { css, html, LitElement, nothing, type PropertyValues } from '../i18n/lit';
import { customElement, property } from 'lit/decorators.js';
import { IMAGE_SIDE } from '../domain/sample';
import './ink-icon';
import { paintInk } from './ink-painter';
import { baseStyles } from './shared-styles';

/**
 * A digit on a small sheet, with a line below: what it is, and its number or a note. Blank without pixels.
 * The line says the rest, too, to those who do not see it.
 */
@customElement('digit-tile')
export class DigitTile extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        position: relative;
        display: grid;
        contain: size layout style;
        grid-template-rows: minmax(0, 1fr) var(--tile-caption, 22px);
        height: calc(var(--tile, 64px) + var(--tile-caption, 22px));
        border: 1px solid var(--rule);
        border-radius: var(--r-1);
        background: var(--sheet);
        color: var(--ink);
      }
      canvas {
        place-self: center;
        /* Whole pixels of the screen for each of the image: two here, three of a dense screen on a phone. */
        width: 56px;
        height: 56px;
        image-rendering: pixelated;
      }
      .caption {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: var(--s-1);
        padding: 0 var(--s-1);
        border-top: 1px solid var(--rule);
        overflow: hidden;
        font-size: var(--t-1);
        line-height: 1;
        white-space: nowrap;
      }
      .label {
        font-weight: 600;
      }
      .number {
        color: var(--ink-3);
      }
      .note {
        color: var(--ink-2);
      }
      :host([wrong]) {
        border-color: var(--red);
      }
      :host([wrong]) .note {
        color: var(--red);
      }
      :host([chosen]) {
        border-color: var(--blue);
        outline: 1px solid var(--blue);
      }
      :host([chosen]) .caption {
        border-color: var(--blue);
        background: var(--blue-wash);
      }
      :host([chosen]) .number {
        color: var(--ink-2);
      }
      /* Beside the outline of a chosen tile, so that both can be seen. */
      :host([active])::after {
        position: absolute;
        inset: -5px;
        z-index: 1;
        border: 2px solid var(--focus);
        border-radius: var(--r-2);
        content: '';
        pointer-events: none;
      }
      ink-icon {
        --icon-size: 14px;
        position: absolute;
        top: 2px;
        inset-inline-end: 2px;
        color: var(--blue);
      }
      @media (max-width: 720px) {
        canvas {
          width: 42px;
          height: 42px;
        }
        .caption {
          padding: 0 3px;
          font-size: 0.6875rem;
        }
        :host([active])::after {
          inset: -4px;
        }
      }
      @media (forced-colors: active) {
        :host([chosen]) {
          border-color: Highlight;
          outline: 2px solid Highlight;
        }
      }
    `,
  ];

  /** [28, 28] bytes, or undefined while they are on their way. */
  @property({ attribute: false }) pixels: Uint8Array | undefined;
  /** What the digit is said to be. */
  @property() label = '';
  /** Its number in the set, as people read it. */
  @property() number = '';
  /** Stands in the number's place where there is more to say, such as "was 0". */
  @property() note = '';
  /** The colour of the ink. */
  @property() ink = '';
  @property({ type: Boolean, reflect: true }) chosen = false;
  /** Somebody gave it another label: a small tick. */
  @property({ type: Boolean }) changed = false;
  @property({ type: Boolean, reflect: true }) wrong = false;
  /** The keyboard is here. */
  @property({ type: Boolean, reflect: true }) active = false;

  override render() {
    return html`
      <canvas aria-hidden="true" width=${IMAGE_SIDE} height=${IMAGE_SIDE}></canvas>
      <div class="caption figures">
        <span class="label">${this.label}</span>
        <span class="visually-hidden">${this.wordsBefore()}</span>
        <span class=${this.note ? 'note' : 'number'}>${this.note || this.number}</span>
        <span class="visually-hidden">${this.wordsAfter()}</span>
      </div>
      ${
        this.changed
          ? html`
              <ink-icon name="check"></ink-icon>
            `
          : nothing
      }
    `;
  }

  /** With what can be seen, these make "7, number 1,204, was 0, corrected, chosen". */
  private wordsBefore(): string {
    const start = this.pixels ? ', number' : 'on its way, number';
    return this.note ? `${start} ${this.number},` : start;
  }

  private wordsAfter(): string {
    return `${this.changed ? ', corrected' : ''}${this.chosen ? ', chosen' : ''}`;
  }

  protected override updated(changes: PropertyValues<this>): void {
    if (!changes.has('pixels') && !changes.has('ink')) return;
    paintInk(this.renderRoot.querySelector('canvas')!, this.pixels, this.ink);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'digit-tile': DigitTile;
  }
}
