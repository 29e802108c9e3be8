import { css, html, LitElement, nothing, type PropertyValues } from '../i18n/lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Alike } from '../domain/explanation';
import './digit-tile';
import { wordAlike, wordDistance } from './explanation-words';
import { figureStyles } from './figure-styles';
import { formatCount } from './format';
import { baseStyles } from './shared-styles';

/** The stored digits that a network sees as nearly the same. */
@customElement('alike-tiles')
export class AlikeTiles extends LitElement {
  static override styles = [
    baseStyles,
    figureStyles,
    css`
      ol {
        display: grid;
        grid-template-columns: repeat(8, minmax(0, 72px));
        gap: var(--s-2);
        padding: 0;
        list-style: none;
        color: var(--ink);
      }
      @media (max-width: 720px) {
        ol {
          grid-template-columns: repeat(4, minmax(0, 1fr));
        }
      }
    `,
  ];

  @property({ attribute: false }) alike: Alike | undefined;
  /** What the digit was read as. */
  @property({ type: Number }) digit = 0;
  /** Changes when the colours do. */
  @property() theme = '';
  @state() private ink = '';

  override render() {
    const { alike } = this;
    if (!alike) return nothing;
    return html`
      <p class="statement">${wordAlike(alike, this.digit)}</p>
      <ol aria-label="The most alike digits, the nearest first">
        ${alike.samples.map(
          (sample) => html`
            <li>
              <digit-tile
                .pixels=${sample.pixels}
                .label=${String(sample.label)}
                .number=${formatCount(sample.place + 1)}
                .note=${wordDistance(sample)}
                .ink=${this.ink}
              ></digit-tile>
            </li>
          `,
        )}
      </ol>
      <p class="hint below">
        Below each: its label, and how far it is from yours to this network: 0 is the same, 1 is nothing in
        common. Compared are the numbers that the last layer reads (cosine distance).
      </p>
    `;
  }

  protected override updated(_changes: PropertyValues<this>): void {
    this.ink = getComputedStyle(this).color;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'alike-tiles': AlikeTiles;
  }
}
