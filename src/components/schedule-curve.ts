import { css, html, LitElement, svg } from '../i18n/lit';
import { customElement, property } from 'lit/decorators.js';
import { learningRateAt } from '../domain/learning-rate';
import type { ScheduleKind } from '../domain/recipe';
import { baseStyles } from './shared-styles';

const WIDTH = 240;
const HEIGHT = 56;
/** Points that are drawn; the corner of one-cycle, at a quarter, is among them. */
const STEPS = 80;

const WORDS: Readonly<Record<ScheduleKind, string>> = {
  constant: 'The same learning rate from the first step to the last.',
  'one-cycle': 'The learning rate rises for a quarter of the run, then falls to almost nothing.',
  cosine: 'The learning rate falls along a cosine from the first step to nothing.',
};

/** How the learning rate goes over a run, drawn small. */
@customElement('schedule-curve')
export class ScheduleCurve extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
      }
      svg {
        display: block;
        width: 100%;
        height: 64px;
        overflow: visible;
      }
      .axis {
        stroke: var(--edge);
        vector-effect: non-scaling-stroke;
      }
      .rate {
        fill: none;
        stroke: var(--c1);
        stroke-width: 2;
        stroke-linejoin: round;
        vector-effect: non-scaling-stroke;
      }
      p {
        display: flex;
        justify-content: space-between;
        margin-top: 2px;
        color: var(--ink-2);
        font-size: var(--t-1);
      }
    `,
  ];

  @property() schedule: ScheduleKind = 'constant';

  override render() {
    const label = WORDS[this.schedule];
    return html`
      <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label=${label}>
        ${svg`<path class="axis" d="M0 ${HEIGHT}H${WIDTH}" /><path class="rate" d=${this.path()} />`}
      </svg>
      <p aria-hidden="true">
        <span>Start</span>
        <span>End</span>
      </p>
    `;
  }

  private path(): string {
    const { schedule } = this;
    const points = Array.from({ length: STEPS + 1 }, (_, step) => {
      const height = learningRateAt({ schedule, learningRate: HEIGHT - 4 }, step / STEPS);
      return `${((WIDTH * step) / STEPS).toFixed(1)} ${(HEIGHT - height).toFixed(1)}`;
    });
    return `M${points.join('L')}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'schedule-curve': ScheduleCurve;
  }
}
