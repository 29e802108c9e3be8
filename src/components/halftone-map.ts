import { css, html, LitElement, svg, type PropertyValues } from '../i18n/lit';
import { customElement, property } from 'lit/decorators.js';
import { halftone, type HalftoneMark } from '../domain/halftone';
import { IMAGE_SIDE } from '../domain/sample';
import { paintInk } from './ink-painter';

/** Width of a circle's line, as a share of a cell. */
const LINE = 0.16;

/**
 * A map as marks: filled blue squares are for, hollow brick circles against, and larger is stronger. A
 * digit can lie below it, faintly.
 */
@customElement('halftone-map')
export class HalftoneMap extends LitElement {
  static override styles = css`
    :host {
      display: block;
      position: relative;
      border: 1px solid var(--rule);
      border-radius: var(--r-1);
      background: var(--sheet);
      color: var(--ink);
      overflow: hidden;
    }
    canvas {
      position: absolute;
      inset: 0;
      width: 100%;
      height: 100%;
      opacity: 0.2;
      image-rendering: pixelated;
    }
    svg {
      display: block;
      position: relative;
      width: 100%;
    }
    rect {
      fill: var(--blue);
    }
    circle {
      fill: none;
      stroke: var(--c2);
      stroke-width: ${LINE};
    }
    @media (forced-colors: active) {
      rect {
        fill: Highlight;
      }
      circle {
        stroke: CanvasText;
      }
    }
  `;

  /** [rows, columns] numbers of either sign. */
  @property({ attribute: false }) values: ArrayLike<number> = [];
  @property({ type: Number }) columns = IMAGE_SIDE;
  /** What fills a cell; without it, the strongest of the values. */
  @property({ attribute: false }) largest: number | undefined;
  /** The digit below it: [28, 28] bytes. */
  @property({ attribute: false }) pixels: Uint8Array | undefined;
  /** The map in a sentence, for those who do not see it. */
  @property() label = '';
  /** Changes when the colours do. */
  @property() theme = '';

  override render() {
    const rows = Math.ceil(this.values.length / this.columns);
    const marks = halftone(this.values, this.columns, this.largest);
    return html`
      <canvas aria-hidden="true" width=${IMAGE_SIDE} height=${IMAGE_SIDE}></canvas>
      <svg role="img" aria-label=${this.label} viewBox="0 0 ${this.columns} ${rows}">
        ${marks.map(renderMark)}
      </svg>
    `;
  }

  protected override updated(_changes: PropertyValues<this>): void {
    paintInk(this.renderRoot.querySelector('canvas')!, this.pixels, getComputedStyle(this).color);
  }
}

function renderMark({ row, column, size, isFor }: HalftoneMark) {
  const [x, y] = [column + 0.5, row + 0.5];
  const side = size * 0.92;
  if (!isFor) return svg`<circle cx=${x} cy=${y} r=${Math.max(0.04, (side - LINE) / 2)}></circle>`;
  return svg`<rect x=${x - side / 2} y=${y - side / 2} width=${side} height=${side}></rect>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'halftone-map': HalftoneMap;
  }
}
