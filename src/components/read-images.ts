import { css, html, LitElement, nothing, type PropertyValues } from '../i18n/lit';
import { customElement, property, state } from 'lit/decorators.js';
import { cardStyles } from './card-styles';
import './digit-tile';
import { formatCount, formatShare } from './format';
import { baseStyles, buttonStyles, plateStyles } from './shared-styles';

/** An image and what was read in it. */
export interface ReadImage {
  /** Its number among the images of the test. */
  readonly row: number;
  /** [28, 28] bytes. */
  readonly pixels: Uint8Array;
  readonly label: number;
  readonly answer: number;
  /** Of the answer, 0 … 1. */
  readonly probability: number;
}

/** Images that are shown at first, and with each further step. */
const STEP = 24;

/** A plate with images, each a button: what it is, what it was read as, how surely. Tells `choose` with a row. */
@customElement('read-images')
export class ReadImages extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    plateStyles,
    cardStyles,
    css`
      ul {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(var(--tile, 72px), 1fr));
        gap: var(--s-2);
        padding: 0;
        list-style: none;
      }
      li {
        position: relative;
      }
      /* Over the tile, whose own words are shorter than the button's. */
      li button {
        position: absolute;
        inset: 0;
        min-height: 0;
        padding: 0;
        border: 0;
        background: none;
      }
      li button:hover {
        background: none;
        outline: 1px solid var(--edge);
      }
      .more {
        margin-top: var(--s-3);
      }
      @media (max-width: 720px) {
        header {
          flex-wrap: wrap;
        }
        ul {
          --tile: 60px;
        }
      }
    `,
  ];

  @property() heading = '';
  @property() explanation = '';
  @property({ attribute: false }) images: readonly ReadImage[] = [];
  /** The row of the image that is looked at. */
  @property({ type: Number }) chosen: number | undefined;
  /** Changes when the colours do. */
  @property() theme = '';
  @state() private shown = STEP;

  override render() {
    const ink = getComputedStyle(this).color;
    const left = this.images.length - this.shown;
    return html`
      <section class="plate" aria-label=${this.heading}>
        <header>
          <div>
            <h2>${this.heading}</h2>
            <p class="hint figures" role="status">${this.explanation}</p>
          </div>
          <slot name="tools"></slot>
        </header>
        <ul ?hidden=${this.images.length === 0}>
          ${this.images.slice(0, this.shown).map((image) => this.renderImage(image, ink))}
        </ul>
        ${
          left > 0
            ? html`
                <button class="more quiet" @click=${() => (this.shown += 4 * STEP)}>
                  Show ${formatCount(Math.min(left, 4 * STEP))} more
                </button>
              `
            : nothing
        }
      </section>
    `;
  }

  protected override willUpdate(changes: PropertyValues<this>): void {
    if (changes.has('images')) this.shown = STEP;
  }

  private renderImage({ row, pixels, label, answer, probability }: ReadImage, ink: string) {
    const words = `A ${label}, read as ${answer} with ${formatShare(probability)}`;
    return html`
      <li>
        <digit-tile
          aria-hidden="true"
          .pixels=${pixels}
          .label=${String(label)}
          .note=${`${answer}, ${(probability * 100).toFixed(0)}%`}
          .ink=${ink}
          .wrong=${answer !== label}
          .chosen=${row === this.chosen}
        ></digit-tile>
        <button
          aria-label=${words}
          aria-pressed=${row === this.chosen}
          @click=${() => this.dispatchEvent(new CustomEvent('choose', { detail: row }))}
        ></button>
      </li>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'read-images': ReadImages;
  }
}
