import { css } from 'lit';

/** A table; on a phone a list, each run with a line of its own for what can be done with it. */
export const runTableStyles = css`
  :host {
    display: block;
  }
  header {
    display: flex;
    flex-wrap: wrap;
    align-items: start;
    justify-content: space-between;
    gap: var(--s-2) var(--s-4);
  }
  h2 {
    margin-bottom: var(--s-1);
  }
  .scroll {
    margin-top: var(--s-3);
    overflow-x: auto;
  }
  table {
    width: 100%;
    border-collapse: collapse;
  }
  th {
    border-bottom: 1px solid var(--edge);
    font-size: var(--t-2);
    font-weight: 600;
    text-align: left;
  }
  td {
    height: 45px;
    border-bottom: 1px solid var(--rule);
  }
  th,
  td {
    padding: 4px var(--s-3) 4px 0;
    white-space: nowrap;
  }
  .number {
    text-align: right;
  }
  /* A name without a space is cut; all others wrap where there is no room. */
  bdi {
    display: inline-block;
    overflow: hidden;
    max-width: 32ch;
    text-overflow: ellipsis;
    vertical-align: bottom;
  }
  .drawn {
    display: block;
    color: var(--ink-2);
    font-size: var(--t-1);
  }
  .chosen td {
    background: var(--blue-wash);
  }
  td:first-child,
  th:first-child {
    padding-left: var(--s-2);
  }
  .actions {
    text-align: right;
  }
  td button {
    min-height: 30px;
    padding: 0 var(--s-2);
  }
  button.name {
    font-weight: 600;
    white-space: nowrap;
  }
  .run {
    display: flex;
    align-items: center;
    gap: var(--s-1);
  }
  .tick {
    display: inline-grid;
    grid-template-columns: 24px 36px;
    place-items: center;
    gap: var(--s-2);
    min-height: 36px;
    cursor: pointer;
  }
  .tick input {
    width: 18px;
    height: 18px;
    margin: 0;
    accent-color: var(--blue);
  }
  @media (max-width: 720px) {
    thead {
      position: absolute;
      clip-path: inset(50%);
    }
    tr.chosen {
      background: var(--blue-wash);
    }
    .chosen td {
      background: none;
    }
    tr {
      display: grid;
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
      gap: 2px var(--s-3);
      padding: var(--s-2) 0;
      border-bottom: 1px solid var(--rule);
    }
    td {
      height: auto;
      padding: 2px var(--s-2);
      border: 0;
      white-space: normal;
    }
    td.state {
      grid-area: 1 / 2;
      justify-self: end;
    }
    td.state .chip {
      white-space: normal;
    }
    .number,
    .actions {
      text-align: left;
    }
    .actions {
      grid-column: 1 / -1;
    }
    bdi {
      max-width: 100%;
    }
    td.labelled::before {
      content: attr(data-label) ' ';
      color: var(--ink-3);
      font-size: var(--t-2);
    }
    td button,
    .tick {
      min-height: var(--h-touch);
    }
  }
`;
