import { css, unsafeCSS, type CSSResult } from 'lit';

/** A table of things that can be chosen and acted on: runs, models, sets. */
export const rowTableStyles = css`
  :host {
    display: block;
    min-width: 0;
  }
  .plate {
    container-type: inline-size;
  }
  h2 {
    margin-bottom: var(--s-1);
  }
  .scroll {
    /* What is hidden from the eye in a far column stays inside. */
    position: relative;
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
    text-align: start;
  }
  td,
  tbody th {
    height: 45px;
    border-bottom: 1px solid var(--rule);
    font-size: inherit;
    font-weight: 400;
  }
  th,
  td {
    padding-block: 4px;
    padding-inline: 0 var(--s-3);
    white-space: nowrap;
  }
  td:first-child,
  th:first-child {
    padding-inline-start: var(--s-2);
  }
  th.number,
  .number {
    text-align: end;
  }
  .chosen td {
    background: var(--blue-wash);
  }
  .actions {
    text-align: end;
  }
  td button {
    min-height: 30px;
    padding: 0 var(--s-2);
    white-space: nowrap;
  }
  /* A name without a space is cut; all others wrap where there is no room. */
  bdi {
    display: inline-block;
    overflow: hidden;
    max-width: 32ch;
    text-overflow: ellipsis;
    vertical-align: bottom;
  }
  button.name {
    margin-inline-start: calc(-1px - var(--s-2));
    justify-content: start;
    font-weight: 600;
    text-align: start;
  }
  @media (max-width: 720px), (pointer: coarse) {
    td button {
      min-height: var(--h-touch);
    }
  }
`;

/** A box to tick, as large as a finger, with room for the line that a chart draws the row with. */
export const tickStyles = css`
  .tick {
    display: inline-grid;
    grid-template-columns: 24px 36px auto;
    align-items: center;
    gap: var(--s-2);
    min-height: 36px;
    cursor: pointer;
  }
  .tick input {
    width: 18px;
    height: 18px;
    margin: 0;
    justify-self: center;
    accent-color: var(--blue);
  }
  @media (max-width: 720px), (pointer: coarse) {
    .tick {
      min-height: var(--h-touch);
    }
  }
`;

/** Makes a list of the rows where the plate has not `width` pixels for columns; `layout` says where a row's cells go. */
export function listBelow(width: number, layout: CSSResult): CSSResult {
  return css`
    @container (max-width: ${unsafeCSS(width)}px) {
      thead {
        position: absolute;
        width: 1px;
        height: 1px;
        overflow: hidden;
        clip-path: inset(50%);
      }
      tr.chosen {
        background: var(--blue-wash);
      }
      .chosen td {
        background: none;
      }
      tbody tr {
        display: grid;
        gap: 2px var(--s-3);
        padding: var(--s-2) 0;
        border-bottom: 1px solid var(--rule);
      }
      td,
      tbody th,
      td:first-child {
        height: auto;
        padding: 2px var(--s-2);
        border: 0;
        white-space: normal;
      }
      .number,
      .actions {
        text-align: start;
      }
      bdi {
        max-width: 100%;
      }
      td.labelled::before {
        content: attr(data-label);
        display: block;
        color: var(--ink-3);
        font-size: var(--t-2);
      }
      ${layout}
    }
  `;
}
