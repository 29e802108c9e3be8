import { css, html, LitElement } from '../i18n/lit';
import { customElement, property } from 'lit/decorators.js';
import type { GreyImage } from '../domain/raster';

/** A grey picture of any size, as large as there is room: 0 is black, 255 white, whatever the theme. */
@customElement('grey-picture')
export class GreyPicture extends LitElement {
  static override styles = css`
    :host {
      display: grid;
      place-items: center;
      aspect-ratio: 1;
      border: 1px solid var(--rule);
      border-radius: var(--r-1);
      overflow: hidden;
    }
    canvas {
      max-width: 100%;
      max-height: 100%;
      width: 100%;
      height: 100%;
      object-fit: contain;
    }
  `;

  @property({ attribute: false }) image: GreyImage | undefined;
  /** What the picture shows, for those who do not see it. */
  @property() label = '';

  override render() {
    const { width, height } = this.image ?? { width: 1, height: 1 };
    return html`
      <canvas
        role="img"
        aria-label=${this.label}
        title=${this.label}
        width=${width}
        height=${height}
      ></canvas>
    `;
  }

  protected override updated(): void {
    const context = this.renderRoot.querySelector('canvas')?.getContext('2d');
    if (!context || !this.image) return;
    const { width, height, data } = this.image;
    const picture = context.createImageData(width, height);
    data.forEach((grey, at) => picture.data.set([grey, grey, grey, 255], at * 4));
    context.putImageData(picture, 0, 0);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'grey-picture': GreyPicture;
  }
}
