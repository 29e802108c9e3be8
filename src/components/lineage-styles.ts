import { css } from 'lit';

/** A forest of models: boxes, the lines between them, a list of the same, and a key. */
export const lineageStyles = css`
  .scroll {
    max-height: min(560px, 70vh);
    overflow: auto;
  }
  svg.forest {
    display: block;
    overflow: visible;
  }
  svg text {
    fill: var(--ink);
    font: 600 var(--t-2) / 1 var(--font-ui);
  }
  svg .under {
    fill: var(--ink-3);
    font-weight: 400;
    font-size: var(--t-1);
  }
  .box {
    fill: var(--sheet);
    stroke: var(--edge);
  }
  .node {
    cursor: pointer;
    outline: none;
  }
  .node:hover .box {
    fill: var(--paper);
  }
  .node[aria-selected='true'] .box {
    fill: var(--blue-wash);
    stroke: var(--blue);
    stroke-width: 2;
  }
  .node:focus-visible .ring {
    stroke: var(--focus);
    stroke-width: 2;
  }
  .ring {
    fill: none;
    stroke: none;
  }
  .gone {
    cursor: default;
  }
  .gone .box {
    fill: none;
    stroke: var(--ink-3);
    stroke-dasharray: 4 3;
  }
  .gone text {
    fill: var(--ink-3);
    font-weight: 400;
  }
  .edge {
    fill: none;
    stroke: var(--edge);
    stroke-width: 1.5;
  }
  .mark {
    fill: none;
    stroke: var(--ink-2);
    stroke-width: 1.6;
  }
  .mark.full {
    fill: var(--ink-2);
  }
  .key {
    display: flex;
    flex-wrap: wrap;
    gap: var(--s-1) var(--s-4);
    margin-top: var(--s-3);
    padding: 0;
    list-style: none;
    color: var(--ink-2);
    font-size: var(--t-2);
  }
  .key li,
  .alone button {
    display: flex;
    align-items: center;
    gap: var(--s-2);
  }
  h3 {
    margin: var(--s-4) 0 var(--s-2);
    font-size: var(--t-2);
    font-weight: 600;
  }
  .key svg,
  button svg {
    flex: none;
  }
  .alone {
    display: flex;
    flex-wrap: wrap;
    gap: var(--s-2);
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .alone li {
    min-width: 0;
    max-width: 100%;
  }
  .alone button,
  .tree button {
    max-width: 100%;
  }
  bdi {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  button[aria-pressed='true'] {
    border-color: var(--blue);
    background: var(--blue-wash);
  }
  .tree,
  .tree ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .tree ul {
    margin-inline-start: 6px;
    padding-inline-start: var(--s-3);
    border-inline-start: 1px solid var(--edge);
  }
  .tree button {
    justify-content: start;
    text-align: start;
  }
  .tree .line {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 var(--s-2);
    min-height: var(--h-control);
  }
  @media (forced-colors: active) {
    .node[aria-selected='true'] .box,
    button[aria-pressed='true'] {
      stroke: Highlight;
      border-color: Highlight;
    }
    .box,
    .edge,
    .mark {
      stroke: CanvasText;
    }
    svg text {
      fill: CanvasText;
    }
  }
`;
