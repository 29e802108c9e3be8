import { css } from 'lit';

/** Layers as a row of buttons, maps as a mosaic, the chosen one beside it. */
export const layerMapsStyles = css`
  .layers {
    display: flex;
    flex-wrap: wrap;
    gap: var(--s-1);
  }
  .layers button {
    min-height: 28px;
    padding: 0 var(--s-2);
    font-size: var(--t-2);
  }
  .layers button[aria-pressed='true'] {
    border-color: var(--ink);
    background: var(--ink);
    color: var(--sheet);
    font-weight: 600;
  }
  .about {
    margin: var(--s-3) 0;
  }
  .board {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 176px;
    gap: var(--s-4);
    align-items: start;
  }
  .maps {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(48px, 1fr));
    gap: var(--s-1);
  }
  .maps button {
    min-width: 0;
    min-height: 0;
    padding: 1px;
    border: 1px solid var(--rule);
    border-radius: var(--r-1);
  }
  .maps button[aria-pressed='true'] {
    border-color: var(--blue);
    outline: 1px solid var(--blue);
  }
  .maps button:focus-visible {
    outline: 2px solid var(--focus);
    outline-offset: 1px;
  }
  .maps canvas {
    display: block;
    width: 100%;
    aspect-ratio: 1;
    image-rendering: pixelated;
  }
  .detail {
    display: grid;
    gap: var(--s-4);
  }
  .filter {
    width: 96px;
  }
  .units {
    max-width: 420px;
  }
  .logits {
    display: grid;
    grid-template-columns: repeat(10, minmax(0, 1fr));
    padding: 0;
    list-style: none;
    font-size: var(--t-2);
    text-align: center;
  }
  .logits li {
    display: grid;
  }
  .logits strong {
    font: 400 var(--t-5) / 1.25 var(--font-book);
  }
  .logits span {
    color: var(--ink-2);
  }
  @media (max-width: 720px) {
    .layers button {
      min-height: 36px;
    }
    .board {
      grid-template-columns: minmax(0, 1fr);
    }
    .detail {
      grid-template-columns: repeat(2, minmax(0, 1fr));
    }
  }
  @media (forced-colors: active) {
    .maps button[aria-pressed='true'] {
      outline: 2px solid Highlight;
    }
  }
`;
