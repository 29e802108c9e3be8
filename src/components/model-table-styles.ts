import { css } from 'lit';

/** What the table of models has beyond that of runs. */
export const modelTableStyles = css`
  .chip {
    --icon-size: 16px;
  }
  .name {
    max-width: 22ch;
    justify-content: start;
  }
  .name bdi,
  .data bdi {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .data bdi {
    display: inline-block;
    max-width: 24ch;
    vertical-align: bottom;
  }
  .who .hint {
    white-space: nowrap;
  }
  @media (max-width: 720px) {
    .who {
      grid-column: 1 / -1;
    }
    .name {
      max-width: 100%;
    }
    .data bdi {
      display: inline;
      max-width: none;
      overflow-wrap: anywhere;
    }
  }
`;
