import { css, unsafeCSS } from 'lit';

/** The fills of a cell: `hit` on the diagonal, `miss` beside it, five steps each. */
const fills = unsafeCSS(
  ['hit', 'miss']
    .flatMap((kind) =>
      [1, 2, 3, 4, 5].map((step) => {
        const ink = step < 4 ? '--on-pale' : '--on-deep';
        return `.${kind}-${step} { border-color: transparent; background: var(--${kind}-${step}); color: var(${ink}); }`;
      }),
    )
    .join('\n'),
);

/** A square for each cell; what a row and a column come to stands at their ends. */
export const matrixStyles = css`
  :host {
    container-type: inline-size;
  }
  .axis {
    padding-block: 0;
    padding-inline: 28px 52px;
    color: var(--ink-2);
    font-size: var(--t-1);
    text-align: center;
  }
  .row {
    display: grid;
    grid-template-columns: 26px repeat(10, minmax(0, 1fr)) 50px;
    gap: 3px;
    align-items: center;
    margin-bottom: 3px;
  }
  .digit {
    font: 400 var(--t-5) / 1.25 var(--font-book);
    text-align: center;
  }
  .edge {
    color: var(--ink-2);
    font-size: var(--t-1);
    text-align: center;
  }
  .word {
    white-space: nowrap;
  }
  .cell {
    display: grid;
    place-items: center;
    aspect-ratio: 1.18;
    min-width: 0;
    border: 1px solid var(--rule);
    border-radius: var(--r-1);
    font-size: var(--t-2);
    line-height: 1;
    cursor: pointer;
  }
  .none {
    color: var(--ink-3);
  }
  ${fills}
  .cell[aria-selected='true'] {
    outline: 2px solid var(--ink);
    outline-offset: -1px;
  }
  .cell:focus-visible {
    position: relative;
    outline: 2px solid var(--focus);
    outline-offset: 2px;
  }
  .key {
    display: flex;
    flex-wrap: wrap;
    gap: var(--s-2) var(--s-5);
    margin-top: var(--s-3);
    color: var(--ink-2);
    font-size: var(--t-1);
  }
  .key > span {
    display: inline-flex;
    align-items: center;
    gap: var(--s-2);
  }
  .scale {
    display: inline-flex;
  }
  .scale span {
    width: 14px;
    height: 12px;
    border: 1px solid var(--rule);
  }
  @container (max-width: 460px) {
    header > .segments {
      grid-area: 3 / 1 / auto / -1;
      margin-top: var(--s-2);
      justify-self: start;
    }
    .axis {
      padding: 0;
    }
    .row {
      grid-template-columns: 18px repeat(10, minmax(0, 1fr));
      gap: 2px;
      margin-bottom: 2px;
    }
    .row > .edge:last-child,
    .row:last-child {
      display: none;
    }
    .cell {
      aspect-ratio: 1;
      font-size: min(0.75rem, 2.9cqw);
    }
  }
  @media (forced-colors: active) {
    .cell {
      border-color: CanvasText;
    }
    .cell[aria-selected='true'] {
      outline-color: Highlight;
    }
  }
`;
