import { css } from 'lit';

/** The window of the grid, its rows, and how large a tile is. */
export const gridStyles = css`
  :host {
    --tile: 64px;
    --tile-caption: 22px;
    --tile-gap: 8px;
    display: block;
    min-width: 0;
    color: var(--ink);
  }
  .scroller {
    max-height: var(--grid-height, 620px);
    margin: -6px;
    padding: 6px;
    overflow: hidden auto;
    overscroll-behavior-y: contain;
    touch-action: pan-y;
    user-select: none;
    -webkit-user-select: none;
    -webkit-touch-callout: none;
  }
  .scroller:focus-visible {
    outline: none;
  }
  .space {
    position: relative;
  }
  .rows {
    position: absolute;
    inset: 0 0 auto;
    will-change: transform;
  }
  .row {
    display: grid;
    grid-template-columns: repeat(var(--columns, 1), minmax(0, 1fr));
    gap: var(--tile-gap);
    margin-bottom: var(--tile-gap);
  }
  digit-tile {
    cursor: default;
  }
  .scroller:not(:focus-visible) digit-tile[active]::after {
    display: none;
  }
  @media (max-width: 720px) {
    :host {
      --tile: 48px;
      --tile-caption: 18px;
      --tile-gap: 4px;
    }
  }
`;
