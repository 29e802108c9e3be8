import { css, html, type TemplateResult } from '../i18n/lit';

/** Segments: a few buttons in a row, of which one is chosen. */
export const segmentStyles = css`
  .segments {
    display: inline-flex;
    flex: none;
    max-width: 100%;
    align-self: start;
    /* Buttons lie over each other by the width of a border, also in rows. */
    padding-block-end: 1px;
    padding-inline-end: 1px;
  }
  .segments button {
    min-height: 30px;
    padding: 0 var(--s-3);
    margin-block-end: -1px;
    margin-inline-end: -1px;
    white-space: nowrap;
    border-radius: 0;
    font-size: var(--t-2);
  }
  .segments button:first-child {
    border-start-start-radius: var(--r-2);
    border-end-start-radius: var(--r-2);
  }
  .segments button:last-child {
    border-start-end-radius: var(--r-2);
    border-end-end-radius: var(--r-2);
  }
  .segments button[aria-pressed='true'],
  .segments button:focus-visible {
    position: relative;
  }
  .segments button[aria-pressed='true'] {
    border-color: var(--ink);
    background: var(--ink);
    color: var(--sheet);
    font-weight: 600;
  }
  @media (forced-colors: active) {
    .segments button[aria-pressed='true'] {
      forced-color-adjust: none;
      border-color: Highlight;
      background: Highlight;
      color: HighlightText;
    }
  }
  @media (max-width: 720px), (pointer: coarse) {
    .segments button {
      min-height: var(--h-touch);
    }
  }
`;

/** A way to look at something, and what its button says. */
export interface Segment<View extends string> {
  readonly view: View;
  readonly label: string;
}

/** The two ways to look at a chart. */
export const CHART_VIEWS: readonly Segment<'chart' | 'table'>[] = [
  { view: 'chart', label: 'Chart' },
  { view: 'table', label: 'Table' },
];

/** Renders segments; `label` names the group. */
export function renderSegments<View extends string>(
  label: string,
  segments: readonly Segment<View>[],
  chosen: View,
  choose: (view: View) => void,
): TemplateResult {
  return html`
    <div class="segments" role="group" aria-label=${label}>
      ${segments.map(
        ({ view, label }) => html`
          <button aria-pressed=${view === chosen} @click=${() => choose(view)}>${label}</button>
        `,
      )}
    </div>
  `;
}
