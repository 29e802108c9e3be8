import { css, html, LitElement, nothing, svg } from '../i18n/lit';
import { customElement, property } from 'lit/decorators.js';

const MOST_TICKS = 60;

/** A ruler with one tick per stage, or per so many where there are many, filled as far as the work is done. */
@customElement('progress-ruler')
export class ProgressRuler extends LitElement {
  static override styles = css`
    :host {
      display: block;
    }
    svg {
      display: block;
      width: 100%;
      height: 20px;
      overflow: visible;
    }
    .track {
      fill: var(--sunk);
    }
    .done {
      fill: var(--blue);
    }
    .paused .done {
      fill: var(--ink-3);
    }
    line {
      stroke: var(--edge);
      stroke-width: 1;
    }
    .unknown {
      animation: slide 1.6s steps(8) infinite;
    }
    @keyframes slide {
      to {
        transform: translateX(80%);
      }
    }
    @media (prefers-reduced-motion: reduce) {
      .unknown {
        animation: none;
        fill-opacity: 0.5;
      }
    }
    @media (forced-colors: active) {
      .track {
        fill: Canvas;
        stroke: CanvasText;
      }
      .done {
        fill: Highlight;
      }
    }
  `;

  /** The share that is done, 0 … 1; undefined where nobody knows. */
  @property({ type: Number }) share: number | undefined;
  /** Stages, one tick each. */
  @property({ type: Number }) stages = 10;
  @property({ type: Boolean }) paused = false;
  /** What is going on, for those who do not see it. */
  @property() label = '';

  override render() {
    const share = this.share ?? 0.2;
    const isKnown = this.share !== undefined;
    return html`
      <svg
        role="progressbar"
        aria-label=${this.label}
        aria-valuemin="0"
        aria-valuemax="100"
        aria-valuenow=${isKnown ? Math.round(share * 100) : nothing}
        class=${this.paused ? 'paused' : ''}
      >
        <rect class="track" width="100%" height="12"></rect>
        <rect class=${isKnown ? 'done' : 'done unknown'} width=${`${share * 100}%`} height="12"></rect>
        ${this.renderTicks()}
      </svg>
    `;
  }

  private renderTicks() {
    const stages = Math.max(1, this.stages);
    const step = tickStep(stages);
    return Array.from({ length: Math.floor(stages / step) + 1 }, (_, tick) => {
      const at = `${((tick * step) / stages) * 100}%`;
      return svg`<line x1=${at} x2=${at} y1="14" y2="20"></line>`;
    });
  }
}

/** Of so many stages, how many from one tick to the next: a phone has room for about sixty. */
function tickStep(stages: number): number {
  const steps = [1, 2, 5, 10, 20, 50, 100];
  return steps.find((step) => stages / step <= MOST_TICKS) ?? stages;
}

declare global {
  interface HTMLElementTagNameMap {
    'progress-ruler': ProgressRuler;
  }
}
