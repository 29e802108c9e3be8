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
  /* Segments stand beside the heading, or below it in large type; the words below both have the width of the plate. */
  header:has(> .segments) {
    flex-wrap: wrap;
    align-items: start;
    row-gap: 2px;
  }
  header > .segments {
    flex-wrap: wrap;
  }
  header:has(> .segments) > div:first-child {
    display: contents;
  }
  header:has(> .segments) h2 {
    flex: 1 1 6rem;
  }
  header:has(> .segments) .hint {
    flex: 1 0 100%;
    order: 1;
  }
  /* Some cards are headed by a name, which may have no place to break. */
  header > div {
    min-width: 0;
  }
  h2 {
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .body {
    position: relative;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    align-content: var(--chart-align, start);
    flex: 1;
  }
  @media (max-width: 360px) {
    header {
      flex-wrap: wrap;
    }
  }
`;

/** For long segments: on a phone they have a line of their own. */
export const longSegmentStyles = css`
  @media (max-width: 720px) {
    header > .segments {
      order: 2;
      margin-top: var(--s-2);
    }
  }
`;

/** The table that a chart can be read as: numbers at the right, its head stays in view. */
export const chartTableStyles = css`
  .table {
    height: var(--chart-height, 260px);
    position: relative;
    overflow: auto;
  }
  table {
    width: 100%;
    border-collapse: collapse;
    font-size: var(--t-2);
  }
  th {
    font-weight: 600;
    text-align: end;
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
    text-align: end;
  }
  th,
  td {
    padding: 5px var(--s-2);
  }
`;
