import { css } from 'lit';

/** A plate with the figures of a lesson, its digits, and two buttons. */
export const teachBoardStyles = css`
  :host {
    display: block;
    min-width: 0;
  }
  section {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--s-3);
  }
  .head {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: var(--s-3);
  }
  .statement {
    font: 400 var(--t-5) / 1.25 var(--font-book);
  }
  .advice {
    padding: var(--s-2) var(--s-3);
    border-radius: var(--r-2);
  }
  .advice.use {
    background: var(--green-wash);
    color: var(--green);
  }
  .advice.keep {
    background: var(--amber-wash);
    color: var(--amber);
  }
  table {
    width: 100%;
    border-collapse: collapse;
  }
  th,
  td {
    padding-block: var(--s-2);
    padding-inline: var(--s-2) 0;
    border-bottom: 1px solid var(--rule);
    font-weight: 400;
    text-align: end;
  }
  thead th {
    border-color: var(--edge);
    font-size: var(--t-2);
    font-weight: 600;
  }
  th:first-child {
    padding-inline-start: 0;
    text-align: start;
  }
  td {
    white-space: nowrap;
  }
  .better {
    color: var(--green);
  }
  .worse {
    color: var(--red);
  }
  .unit:empty {
    display: none;
  }
  ul {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(64px, 1fr));
    gap: var(--s-2);
    padding: 0;
    list-style: none;
  }
  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: var(--s-2);
  }
  @media (max-width: 720px) {
    .unit {
      display: none;
    }
    .buttons button {
      flex: 1 1 auto;
    }
  }
  @media (forced-colors: active) {
    .advice {
      border: 1px solid CanvasText;
    }
  }
`;
