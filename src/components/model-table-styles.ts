import { css } from 'lit';

/** What the table of models has beyond that of runs: cells of two lines. */
export const modelTableStyles = css`
  .chip {
    --icon-size: 16px;
  }
  button.name {
    max-width: 24ch;
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
  @media (max-width: 720px) {
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
`;
