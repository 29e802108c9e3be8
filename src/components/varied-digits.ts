import { css, html, LitElement, type PropertyValues } from '../i18n/lit';
import { customElement, property } from 'lit/decorators.js';
import { drawVariation, isVaried, VARIATION_LENGTH, varyImage } from '../domain/augment';
import type { Augmentation } from '../domain/augmentation';
import { IMAGE_PIXELS, IMAGE_SIDE, imageAt } from '../domain/sample';
import { paintInk } from './ink-painter';
import { baseStyles } from './shared-styles';

/** Digits that are shown. */
export const VARIED_COUNT = 16;

/** Sixteen digits as training would vary them in its first epoch. */
@customElement('varied-digits')
export class VariedDigits extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
        container-type: inline-size;
        color: var(--ink);
      }
      .digits {
        display: grid;
        grid-template-columns: repeat(4, 56px);
        gap: var(--s-1);
      }
      canvas {
        width: 56px;
        height: 56px;
        border-radius: var(--r-1);
        background: var(--paper);
        image-rendering: pixelated;
      }
      p {
        margin-top: var(--s-1);
      }
      @container (min-width: 480px) {
        .digits {
          grid-template-columns: repeat(8, 56px);
        }
      }
    `,
  ];

  @property({ attribute: false }) augmentation!: Augmentation;
  /** [count, 28, 28] bytes; undefined while they are on their way. */
  @property({ attribute: false }) examples: Uint8Array<ArrayBuffer> | undefined;
  @property({ type: Number }) seed = 1;
  /** Changes when the colours do. */
  @property() theme = '';

  override render() {
    const words = isVaried(this.augmentation) ? 'as the network gets to see them' : 'as they are';
    return html`
      <div class="digits" role="img" aria-label=${`Sixteen digits, ${words}`}>
        ${Array.from(
          { length: VARIED_COUNT },
          () => html`
            <canvas width=${IMAGE_SIDE} height=${IMAGE_SIDE}></canvas>
          `,
        )}
      </div>
      <p class="hint" aria-hidden="true">Sixteen digits, ${words}.</p>
    `;
  }

  protected override updated(_changes: PropertyValues<this>): void {
    const { examples } = this;
    const colour = getComputedStyle(this).color;
    this.renderRoot.querySelectorAll('canvas').forEach((canvas, index) => {
      const image = examples && imageAt(examples, index);
      paintInk(canvas, image && image.length > 0 ? this.vary(image, index) : undefined, colour);
    });
  }

  private vary(image: Uint8Array<ArrayBuffer>, index: number): Uint8Array {
    if (!isVaried(this.augmentation)) return image;
    const variation = new Int32Array(VARIATION_LENGTH);
    // A seed that somebody still types may be no number; what is shown then is as good.
    const seed = Number.isInteger(this.seed) ? this.seed : 0;
    drawVariation(this.augmentation, [seed, 0, index], variation, 0);
    const varied = new Uint8Array(IMAGE_PIXELS);
    varyImage(image, variation, 0, varied, 0);
    return varied;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'varied-digits': VariedDigits;
  }
}
