import { css, html, nothing, svg } from '../i18n/lit';
import type { Estimate, Interval } from '../domain/intervals';

/** How a whisker looks. */
export const whiskerStyles = css`
  svg.scale {
    display: block;
    width: 100%;
    height: 18px;
    overflow: visible;
  }
  .track {
    stroke: var(--rule);
  }
  .whisker {
    stroke: var(--ink);
    stroke-width: 2;
  }
  .mark {
    fill: var(--blue);
  }
  .whole {
    stroke: var(--ink-3);
    stroke-dasharray: 2 2;
  }
  .rival {
    fill: var(--sheet);
    stroke: var(--c3);
    stroke-width: 2;
  }
`;

/** What else is marked on a whisker's line. */
interface Beside {
  /** What another model had: a diamond. */
  readonly rival?: number | undefined;
  /** What the whole has: a dashed line across. */
  readonly whole?: number | undefined;
}

/** A figure with its interval, on a line that spans the same for figures that are compared. For the eye only. */
export function renderWhisker({ value, low, high }: Estimate, span: Interval, { rival, whole }: Beside = {}) {
  const at = (share: number) => `${place(share, span)}%`;
  return html`
    <svg class="scale" aria-hidden="true">
      <line class="track" x1="0" x2="100%" y1="9" y2="9"></line>
      ${whole === undefined ? nothing : svg`<line class="whole" x1=${at(whole)} x2=${at(whole)} y1="-4" y2="22"></line>`}
      <line class="whisker" x1=${at(low)} x2=${at(high)} y1="9" y2="9"></line>
      <line class="whisker" x1=${at(low)} x2=${at(low)} y1="4" y2="14"></line>
      <line class="whisker" x1=${at(high)} x2=${at(high)} y1="4" y2="14"></line>
      <svg x=${at(value)} overflow="visible">
        <rect class="mark" x="-3" y="3" width="6" height="12"></rect>
      </svg>
      ${
        rival === undefined
          ? nothing
          : svg`<svg x=${at(rival)} overflow="visible"><path class="rival" d="M0 4l5 5l-5 5l-5-5z"></path></svg>`
      }
    </svg>
  `;
}

function place(share: number, { low, high }: Interval): number {
  return 100 * Math.min(1, Math.max(0, (share - low) / (high - low || 1)));
}
