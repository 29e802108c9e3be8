import { css } from 'lit';
import { listBelow } from './row-table-styles';

/** What the table of models has beyond others: cells of two lines, and ticks beside them. */
export const modelTableStyles = css`
  .chip {
    --icon-size: 16px;
  }
  button.name {
    max-width: 20ch;
    margin: 0;
    padding: 0;
    border: 0;
    justify-content: start;
  }
  .name bdi {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .under {
    display: block;
    max-width: 24ch;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .who .under {
    text-wrap: nowrap;
  }
  .who {
    position: relative;
  }
  .who:has(.tick) {
    padding-inline-start: 38px;
  }
  .who .tick {
    position: absolute;
    inset-block-start: 4px;
    inset-inline-start: 0;
    grid-template-columns: 36px;
  }
  .tags {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
    max-width: 26ch;
    margin: 2px 0 4px;
    padding: 0;
    list-style: none;
  }
  .tags .chip {
    min-height: 20px;
    max-width: 100%;
    padding: 0 8px;
    font-size: var(--t-1);
  }
  .tags bdi {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  @media (max-width: 720px), (pointer: coarse) {
    .who .tick {
      grid-template-columns: var(--h-touch);
    }
    .who:has(.tick) {
      padding-inline-start: 48px;
    }
  }
`;

/** Where there is no room for columns. */
export const modelListStyles = listBelow(
  700,
  css`
    tbody tr {
      grid-template-columns: repeat(3, minmax(0, 1fr));
    }
    td.who,
    td.learned {
      grid-column: span 2;
      min-width: 0;
    }
    td.who:has(.tick) {
      padding-inline-start: 48px;
    }
    .tags {
      max-width: none;
    }
    button.name {
      max-width: 100%;
    }
    .under {
      max-width: none;
      overflow-wrap: anywhere;
    }
    td.actions {
      grid-area: 1 / 3;
      justify-self: end;
    }
    @media (max-width: 400px) {
      td.who {
        grid-column: 1 / -1;
      }
      td.actions {
        grid-area: auto / 1 / auto / -1;
        justify-self: start;
      }
    }
  `,
);
