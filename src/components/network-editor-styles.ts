import { css } from 'lit';

/** A list of layers, one of which is open. */
export const networkEditorStyles = css`
  :host {
    display: grid;
    gap: var(--s-3);
    align-content: start;
  }
  ol {
    margin: 0;
    padding: 0;
    border: 1px solid var(--edge);
    border-radius: var(--r-2);
    list-style: none;
    overflow: clip;
  }
  li + li {
    border-top: 1px solid var(--rule);
  }
  .row {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    align-items: baseline;
    gap: 0 var(--s-2);
    width: 100%;
    min-height: 34px;
    padding: 6px var(--s-3);
    border: 0;
    border-radius: 0;
    background: none;
    font-size: var(--t-3);
    text-align: start;
  }
  button.row:active {
    transform: none;
  }
  button.row:focus-visible {
    outline-offset: -2px;
  }
  .row .title {
    overflow-wrap: anywhere;
  }
  .row .numbers {
    color: var(--ink-2);
    font-weight: 400;
    white-space: nowrap;
  }
  .shape {
    color: var(--ink-3);
    font-size: var(--t-2);
    font-variant-numeric: tabular-nums lining-nums;
    white-space: nowrap;
  }
  li.chosen {
    background: var(--blue-wash);
  }
  li.chosen .title {
    font-weight: 600;
  }
  li.chosen .shape,
  li.chosen .hint {
    color: var(--ink-2);
  }
  li.wrong .shape {
    color: var(--red);
  }
  .wrong-line {
    display: block;
    padding: 0 var(--s-3) var(--s-2);
  }
  .editor {
    display: grid;
    gap: var(--s-3);
    padding: 0 var(--s-3) var(--s-3);
  }
  .editor .fields {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: var(--s-3);
    align-items: start;
  }
  .moves {
    display: flex;
    flex-wrap: wrap;
    gap: var(--s-1) var(--s-2);
  }
  .moves button {
    padding: 0 var(--s-3);
  }
  .add {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: var(--s-2);
  }
  @media (max-width: 720px), (pointer: coarse) {
    .row {
      min-height: var(--h-touch);
      align-content: center;
    }
  }
`;
