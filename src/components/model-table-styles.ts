import { css } from 'lit';

/** What the table of models has beyond that of runs: cells of two lines. */
export const modelTableStyles = css`
  .chip {
    --icon-size: 16px;
  }
  button.name {
    max-width: 20ch;
    padding: 0;
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
  .who {
    position: relative;
  }
  .who:has(.tick) {
    padding-left: 38px;
  }
  .who .tick {
    position: absolute;
    top: 4px;
    left: 0;
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
  /* The parent is told beside the list, and in the lineage. */
  @media (min-width: 721px) and (max-width: 860px) {
    th:nth-child(3),
    td[data-label='Parent'] {
      display: none;
    }
    button.name {
      max-width: 16ch;
    }
    .under {
      max-width: 18ch;
    }
  }
  @media (max-width: 720px) {
    .who:has(.tick) {
      padding-left: 44px;
    }
    .who .tick {
      grid-template-columns: 40px;
    }
    .tags {
      max-width: none;
    }
    .who {
      min-width: 0;
    }
    button.name {
      max-width: 100%;
    }
    .under {
      max-width: none;
      overflow-wrap: anywhere;
    }
    td.actions {
      grid-area: 1 / 2;
      justify-self: end;
    }
  }
  @media (max-width: 400px) {
    .who {
      grid-column: 1 / -1;
    }
    td.actions {
      grid-area: auto / 1 / auto / -1;
      justify-self: start;
    }
  }
`;
