import { css, html, LitElement, nothing } from '../i18n/lit';
import { customElement, property } from 'lit/decorators.js';
import type { PreprocessSteps } from '../domain/preprocess';
import type { GreyImage } from '../domain/raster';
import './grey-picture';
import './pixel-view';
import { baseStyles } from './shared-styles';

/** How a picture was read, step by step, on request. */
@customElement('reading-steps')
export class ReadingSteps extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
      }
      summary {
        min-height: 24px;
        color: var(--blue);
        cursor: pointer;
      }
      ol {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(112px, 1fr));
        gap: var(--s-3);
        margin: var(--s-3) 0 0;
        padding: 0;
        list-style: none;
      }
      p {
        margin-top: var(--s-1);
        color: var(--ink-2);
        font-size: var(--t-1);
      }
    `,
  ];

  @property({ attribute: false }) steps!: PreprocessSteps;
  /** Several digits are not read as one image. */
  @property({ type: Boolean }) isNumber = false;
  /** Changes when the colours do. */
  @property() theme = '';

  override render() {
    const { grey, photograph, ink, pixels } = this.steps;
    return html`
      <details>
        <summary>How it was read</summary>
        <ol>
          ${renderStep(grey, 'As it came, in grey')}
          ${
            photograph
              ? html`
                  ${renderStep(photograph.contrast, 'The colour that shows the ink best')}
                  ${renderStep(photograph.light, 'Light and shadow on the paper')}
                  ${renderStep(negative(photograph.evened), 'In even light')}
                  ${photograph.lines ? renderStep(negative(photograph.lines), 'Printed lines, left out') : nothing}
                `
              : nothing
          }
          ${renderStep(negative(ink), 'The ink that is left')}
          ${this.isNumber ? nothing : renderPixels(pixels, this.theme)}
        </ol>
      </details>
    `;
  }
}

function renderStep(image: GreyImage, words: string) {
  return html`
    <li>
      <grey-picture .image=${image} label=${words}></grey-picture>
      <p>${words}</p>
    </li>
  `;
}

function renderPixels(pixels: Uint8Array, theme: string) {
  return html`
    <li>
      <pixel-view .pixels=${pixels} .theme=${theme} label="As the network sees it"></pixel-view>
      <p>28 × 28 pixels</p>
    </li>
  `;
}

/** Ink as it looks on paper: dark on white. */
function negative(image: GreyImage): GreyImage {
  return { ...image, data: image.data.map((level) => 255 - level) };
}

declare global {
  interface HTMLElementTagNameMap {
    'reading-steps': ReadingSteps;
  }
}
