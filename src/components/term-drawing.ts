import { css, html, LitElement } from '../i18n/lit';
import { customElement, property } from 'lit/decorators.js';
import type { TermId } from '../domain/glossary';
import { TERM_SHAPES } from './term-shapes';

/** The drawing of a word of the glossary: ink on squared paper, chalk on a slate. */
@customElement('term-drawing')
export class TermDrawing extends LitElement {
  static override styles = css`
    :host {
      display: block;
    }
    svg {
      display: block;
      width: 100%;
      max-height: 150px;
      border-radius: var(--r-2);
      background: var(--paper);
      fill: none;
      stroke: var(--ink-2);
      stroke-width: 1.6;
      stroke-linecap: round;
      stroke-linejoin: round;
    }
    .squares {
      stroke: var(--square);
      stroke-width: 1;
    }
    .ink {
      stroke: var(--ink);
      stroke-width: 2.2;
    }
    .edge {
      stroke: var(--edge);
    }
    .c1 {
      stroke: var(--c1);
      stroke-width: 2.4;
    }
    .c2 {
      stroke: var(--c2);
      stroke-width: 2.4;
      stroke-dasharray: 7 5;
    }
    .hit {
      fill: var(--hit-4);
      stroke: none;
    }
    .hit.pale {
      fill: var(--hit-2);
    }
    .miss {
      fill: var(--miss-3);
      stroke: none;
    }
    .fill {
      fill: var(--blue);
      stroke: none;
    }
    .wash {
      fill: var(--blue-wash);
      stroke: var(--blue);
    }
    .sheet {
      fill: var(--sheet);
    }
    .amber {
      stroke: var(--amber);
      stroke-width: 2.2;
    }
    text {
      fill: var(--ink-2);
      stroke: none;
      font: 400 11px var(--font-ui);
      text-anchor: middle;
    }
    @media (forced-colors: active) {
      svg {
        border: 1px solid CanvasText;
      }
    }
  `;

  @property() term: TermId = 'epoch';
  /** The drawing, in words. */
  @property() label = '';

  override render() {
    return html`
      <svg viewBox="0 0 288 120" role="img" aria-label=${this.label}>
        <path
          class="squares"
          d="M24 0v120M48 0v120M72 0v120M96 0v120M120 0v120M144 0v120M168 0v120M192 0v120M216 0v120M240 0v120M264 0v120M0 24h288M0 48h288M0 72h288M0 96h288"
        />
        ${TERM_SHAPES[this.term]()}
      </svg>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'term-drawing': TermDrawing;
  }
}
