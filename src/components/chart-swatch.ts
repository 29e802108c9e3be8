import { css, html, svg, type TemplateResult } from '../i18n/lit';
import { SLOTS, type ChartSlot } from './chart-look';

/** The marks of the lines, as paths around the point (18, 7). */
const MARKS: Readonly<Record<ChartSlot, string>> = {
  1: 'M14.5 7a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0',
  2: 'M14.8 3.8h6.4v6.4h-6.4z',
  3: 'M18 2.6l4.4 4.4l-4.4 4.4l-4.4 -4.4z',
  4: 'M18 2.8l4.3 7.4h-8.6z',
  5: 'M16.8 3h2.4v2.8h2.8v2.4h-2.8v2.8h-2.4v-2.8h-2.8v-2.4h2.8z',
};
const DASHES: Readonly<Record<string, string>> = { solid: '', dashdot: '7 3 2 3' };

/** Swatches: a piece of a chart's line with its mark. */
export const swatchStyles = css`
  .swatch {
    flex: none;
    width: 36px;
    height: 14px;
  }
  .swatch path {
    stroke-width: 2;
  }
  .slot-1 {
    fill: var(--c1);
    stroke: var(--c1);
  }
  .slot-2 {
    fill: var(--c2);
    stroke: var(--c2);
  }
  .slot-3 {
    fill: var(--c3);
    stroke: var(--c3);
  }
  .slot-4 {
    fill: var(--c4);
    stroke: var(--c4);
  }
  .slot-5 {
    fill: var(--c5);
    stroke: var(--c5);
  }
`;

/** The dashes of a line, as SVG takes them. */
export function dashOf(slot: ChartSlot): string {
  const { dash } = SLOTS[slot];
  return DASHES[dash] ?? dash.replaceAll('px', '').replaceAll(',', ' ');
}

/** The swatch of a line. It says nothing to screen readers: the name beside it does. */
export function renderSwatch(slot: ChartSlot): TemplateResult {
  return html`
    <svg class=${`swatch slot-${slot}`} viewBox="0 0 36 14" aria-hidden="true">
      ${svg`<path d="M0 7h36" stroke-dasharray=${dashOf(slot)}></path><path d=${MARKS[slot]} stroke="none"></path>`}
    </svg>
  `;
}
