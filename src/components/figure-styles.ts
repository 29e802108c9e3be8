import { css } from 'lit';

/** Pictures side by side, each with a heading above and a sentence below. */
export const figureStyles = css`
  :host {
    display: block;
  }
  .row {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(100px, 1fr));
    gap: var(--s-3);
  }
  figure {
    display: grid;
    grid-template-rows: auto auto 1fr;
    gap: var(--s-2);
    margin: 0;
    min-width: 0;
  }
  h3 {
    margin: 0;
    font: 600 var(--t-2) / 1.25 var(--font-ui);
  }
  figcaption {
    color: var(--ink-2);
    font-size: var(--t-2);
  }
  .statement {
    margin-bottom: var(--s-3);
    font: 400 var(--t-5) / 1.25 var(--font-book);
  }
  .key {
    display: flex;
    flex-wrap: wrap;
    gap: var(--s-1) var(--s-4);
    margin-top: var(--s-3);
    color: var(--ink-2);
    font-size: var(--t-2);
  }
  .key span {
    display: inline-flex;
    align-items: center;
    gap: var(--s-2);
  }
  .key svg {
    width: 12px;
    height: 12px;
  }
  .key rect {
    fill: var(--blue);
  }
  .key circle {
    fill: none;
    stroke: var(--c2);
    stroke-width: 2;
  }
  .below {
    margin-top: var(--s-3);
  }
  @media (forced-colors: active) {
    .key rect {
      fill: Highlight;
    }
    .key circle {
      stroke: CanvasText;
    }
  }
`;
