import { css } from 'lit';

/** A plate with a head, segments at its right, and something to look at below. */
export const cardStyles = css`
  :host {
    display: block;
    min-width: 0;
  }
  .plate {
    display: flex;
    flex-direction: column;
    height: 100%;
  }
  header {
    display: flex;
    justify-content: space-between;
    gap: var(--s-3);
    margin-bottom: var(--s-3);
  }
  /* Some cards are headed by a name, which may have no place to break. */
  header > div {
    min-width: 0;
  }
  h2 {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .body {
    position: relative;
    flex: 1;
  }
  @media (max-width: 360px) {
    header {
      flex-wrap: wrap;
    }
  }
`;

/** The table that a chart can be read as: numbers at the right, its head stays in view. */
export const chartTableStyles = css`
  .table {
    height: var(--chart-height, 260px);
    overflow: auto;
  }
  table {
    width: 100%;
    border-collapse: collapse;
    font-size: var(--t-2);
  }
  th {
    font-weight: 600;
    text-align: right;
  }
  thead th {
    position: sticky;
    top: 0;
    border-bottom: 1px solid var(--edge);
    background: var(--sheet);
  }
  td,
  tbody th {
    border-bottom: 1px solid var(--rule);
    text-align: right;
  }
  th,
  td {
    padding: 5px var(--s-2);
  }
`;
