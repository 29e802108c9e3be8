import { css } from 'lit';

/** The layout of the page API. */
export const apiPageStyles = css`
  input[type='file'] {
    max-width: 100%;
    color: var(--ink-2);
    font: 400 var(--t-2) / 1.25 var(--font-ui);
  }
  input[type='file']::file-selector-button {
    min-height: var(--h-control);
    margin-inline-end: var(--s-3);
    padding: 0 var(--s-4);
    border: 1px solid var(--edge);
    border-radius: var(--r-2);
    background: var(--sheet);
    color: var(--ink);
    font: 400 var(--t-3) / 1.25 var(--font-ui);
    cursor: pointer;
  }
  .board {
    display: grid;
    grid-template-columns: minmax(220px, 280px) minmax(0, 1fr);
    gap: 20px;
    align-items: start;
  }
  .column {
    display: grid;
    gap: 20px;
    min-width: 0;
  }
  .plate {
    display: grid;
    gap: var(--s-3);
    min-width: 0;
  }
  .endpoints {
    display: grid;
    gap: 2px;
    padding: 0;
    list-style: none;
  }
  .picker {
    display: none;
  }
  .endpoints button {
    justify-content: start;
    width: 100%;
    min-height: 34px;
    padding: 0 var(--s-2);
    border-color: transparent;
    background: none;
    font-family: var(--font-code);
    font-size: var(--t-2);
    text-align: start;
    overflow-wrap: anywhere;
  }
  .endpoints button[aria-pressed='true'] {
    border-color: var(--blue);
    background: var(--blue-wash);
    color: var(--blue);
  }
  .method {
    flex: none;
    width: 4.2em;
    white-space: nowrap;
    color: var(--ink-3);
    font-size: var(--t-1);
  }
  .endpoints button[aria-pressed='true'] .method {
    color: inherit;
  }
  .fields {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(150px, 1fr));
    gap: var(--s-3);
  }
  .fields .wide {
    grid-column: 1 / -1;
  }
  input[type='file'] {
    width: 100%;
    min-height: var(--h-control);
    font: inherit;
    color: var(--ink-2);
  }
  pre {
    margin: 0;
    max-height: 420px;
    padding: var(--s-3);
    overflow: auto;
    border-radius: var(--r-2);
    background: var(--sunk);
    color: var(--ink);
    font: 400 var(--t-2) / 1.5 var(--font-code);
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--s-2) var(--s-3);
  }
  .row .segments {
    align-self: center;
  }
  td button.quiet {
    margin-inline-start: calc(-1px - var(--s-2));
  }
  .row h2 {
    margin-inline-end: auto;
  }
  .send {
    min-width: 120px;
  }
  .answer {
    min-height: 190px;
    align-content: start;
  }
  table {
    width: 100%;
    border-collapse: collapse;
    font-size: var(--t-2);
  }
  th {
    padding: 6px var(--s-2);
    border-bottom: 1px solid var(--edge);
    text-align: start;
  }
  td {
    padding: 6px var(--s-2);
    border-bottom: 1px solid var(--rule);
    overflow-wrap: anywhere;
  }
  .number {
    text-align: end;
    white-space: nowrap;
  }
  code {
    font-family: var(--font-code);
  }
  @media (max-width: 900px) {
    .board {
      grid-template-columns: minmax(0, 1fr);
    }
    .endpoints {
      display: none;
    }
    .picker {
      display: grid;
    }
  }
  @media (max-width: 720px), (pointer: coarse) {
    .endpoints button,
    input[type='file'],
    input[type='text'] {
      min-height: var(--h-touch);
    }
  }
  @media (max-width: 720px), (pointer: coarse) {
    input[type='file']::file-selector-button {
      min-height: var(--h-touch);
    }
  }
`;
