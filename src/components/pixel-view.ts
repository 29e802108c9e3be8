import { css, html, LitElement, type PropertyValues } from '../i18n/lit';
import { customElement, property } from 'lit/decorators.js';
import { IMAGE_SIDE } from '../domain/sample';
import { paintInk } from './ink-painter';

/** A 28 × 28 image in the theme's ink: each byte is how much ink a square holds. */
@customElement('pixel-view')
export class PixelView extends LitElement {
  static override styles = css`
    :host {
      display: block;
      aspect-ratio: 1;
      border: 1px solid var(--rule);
      border-radius: var(--r-1);
      background: var(--sheet);
      color: var(--ink);
      overflow: hidden;
    }
    canvas {
      display: block;
      width: 100%;
      height: 100%;
      image-rendering: pixelated;
    }
  `;

  /** [28, 28] bytes, or undefined for an empty square. */
  @property({ attribute: false }) pixels: Uint8Array | undefined;
  /** What the picture shows, for those who do not see it. */
  @property() label = '';
  /** Changes when the colours do. */
  @property() theme = '';

  override render() {
    return html`
      <canvas role="img" aria-label=${this.label} width=${IMAGE_SIDE} height=${IMAGE_SIDE}></canvas>
    `;
  }

  protected override updated(_changes: PropertyValues<this>): void {
    paintInk(this.renderRoot.querySelector('canvas')!, this.pixels, getComputedStyle(this).color);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pixel-view': PixelView;
  }
}
