import { css } from 'lit';
import { listBelow } from './row-table-styles';

/** What the table of runs has beyond others: a head with a button, and cells of two lines. */
export const runTableStyles = css`
  header {
    display: flex;
    flex-wrap: wrap;
    align-items: start;
    justify-content: space-between;
    gap: var(--s-2) var(--s-4);
  }
  button.name {
    white-space: nowrap;
  }
  /* Long words take a second line, so that what can be done stays in view. */
  td.labelled:not(.number) {
    white-space: normal;
  }
  .drawn {
    display: block;
    color: var(--ink-2);
    font-size: var(--t-1);
  }
  .run {
    display: flex;
    align-items: center;
    gap: var(--s-1);
  }
`;

/** Where there is no room for columns. */
export const runListStyles = listBelow(
  860,
  css`
    tbody tr {
      grid-template-columns: repeat(auto-fill, minmax(112px, 1fr));
    }
    td:first-child {
      grid-column: 1 / -2;
    }
    .tick {
      grid-template-columns: 24px auto;
    }
    td.state {
      grid-area: 1 / -2;
      justify-self: end;
    }
    td.state .chip {
      white-space: normal;
    }
    td.actions {
      grid-column: 1 / -1;
    }
  `,
);
