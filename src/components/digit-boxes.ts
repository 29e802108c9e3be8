import { css, html, LitElement, nothing, svg } from '../i18n/lit';
import { customElement, property } from 'lit/decorators.js';
import { fitIn } from '../domain/raster';
import { IMAGE_SIDE } from '../domain/sample';
import type { DigitCrop, FoundDigits } from '../domain/segment-digits';

/** Room between a digit and its box, in squares of the pad. */
const ROOM = 0.5;

/** A pad with a box over each digit that was found on it; the pad itself is the slot. */
@customElement('digit-boxes')
export class DigitBoxes extends LitElement {
  static override styles = css`
    :host {
      display: block;
      position: relative;
      max-width: 100%;
    }
    svg {
      position: absolute;
      inset: 1px;
      width: calc(100% - 2px);
      height: calc(100% - 2px);
      pointer-events: none;
    }
    rect {
      fill: none;
      stroke: var(--edge);
      stroke-width: 1.5px;
      vector-effect: non-scaling-stroke;
    }
    .chosen {
      stroke: var(--blue);
      stroke-width: 2.5px;
    }
    .touching {
      stroke-dasharray: 6 4;
    }
    @media (forced-colors: active) {
      rect {
        stroke: CanvasText;
      }
      .chosen {
        stroke: Highlight;
      }
    }
  `;

  /** Undefined where no boxes are wanted. */
  @property({ attribute: false }) found: FoundDigits | undefined;
  /** The digit that is looked at. */
  @property({ type: Number }) chosen = 0;

  override render() {
    return html`
      <slot></slot>
      ${this.found ? this.renderBoxes(this.found) : nothing}
    `;
  }

  private renderBoxes(found: FoundDigits) {
    const { scale, left, top } = fitIn(found, IMAGE_SIDE);
    const renderBox = ({ box, isTouching }: DigitCrop, index: number) => svg`
      <rect
        class="${index === this.chosen ? 'chosen' : ''} ${isTouching ? 'touching' : ''}"
        x=${left + box.left * scale - ROOM}
        y=${top + box.top * scale - ROOM}
        width=${(box.right - box.left) * scale + 2 * ROOM}
        height=${(box.bottom - box.top) * scale + 2 * ROOM}
        rx="0.2"
      ></rect>
    `;
    return html`
      <svg viewBox="0 0 ${IMAGE_SIDE} ${IMAGE_SIDE}" aria-hidden="true">${found.digits.map(renderBox)}</svg>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'digit-boxes': DigitBoxes;
  }
}
