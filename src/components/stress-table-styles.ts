import { css } from 'lit';

/** Tables of a load test: they scroll sideways by themselves, with the names in view. */
export const stressTableStyles = css`
  :host {
    display: block;
    min-width: 0;
  }
  .scroll {
    position: relative;
    overflow-x: auto;
  }
  table {
    width: 100%;
    border-collapse: collapse;
  }
  th,
  td {
    height: 37px;
    padding: 4px var(--s-2);
    border-bottom: 1px solid var(--rule);
    font-weight: 400;
    text-align: start;
    white-space: nowrap;
  }
  thead th {
    border-bottom-color: var(--edge);
    font-size: var(--t-2);
    font-weight: 600;
  }
  tfoot th,
  tfoot td {
    border-top: 1px solid var(--edge);
    border-bottom: 0;
    font-weight: 600;
  }
  th.name {
    overflow: hidden;
    max-width: 40ch;
    text-overflow: ellipsis;
    position: sticky;
    inset-inline-start: 0;
    background: var(--sheet);
  }
  .number {
    text-align: end;
  }
  .bad {
    color: var(--red);
    font-weight: 600;
  }
  td.wrap {
    min-width: 220px;
    white-space: normal;
    overflow-wrap: anywhere;
  }
  button.sort {
    min-height: 28px;
    padding: 0;
    border: 0;
    background: none;
    font-size: var(--t-2);
    font-weight: 600;
    gap: 2px;
  }
  button.sort:hover {
    color: var(--blue);
  }
  td button {
    min-height: 30px;
    padding: 0 var(--s-2);
  }
  @media (max-width: 480px) {
    th,
    td {
      padding-inline: 4px;
      font-size: var(--t-2);
    }
  }
  @media (max-width: 720px), (pointer: coarse) {
    button.sort,
    td button {
      min-height: var(--h-touch);
    }
  }
`;
