import { css } from 'lit';

/** Plan and criteria beside each other, three charts in a row, then tables. */
export const stressPageStyles = css`
  .grid {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    align-content: start;
    gap: 20px;
  }
  .plan {
    grid-template-columns: minmax(0, 2fr) minmax(280px, 1fr);
    align-items: start;
  }
  .charts {
    grid-template-columns: repeat(3, minmax(0, 1fr));
    --chart-height: 220px;
    /* A heading of two lines beside one of one line: the axes stay on one line. */
    --chart-align: end;
  }
  .pair {
    grid-template-columns: repeat(2, minmax(0, 1fr));
    --chart-height: 220px;
  }
  .plate > header {
    display: flex;
    flex-wrap: wrap;
    align-items: start;
    justify-content: space-between;
    gap: var(--s-2) var(--s-4);
    margin-bottom: var(--s-3);
  }
  .plate > h2 {
    margin-bottom: var(--s-2);
  }
  .plate p + p,
  .plate p + .scroll {
    margin-top: var(--s-2);
  }
  .tools {
    display: flex;
    flex-wrap: wrap;
    align-items: end;
    gap: var(--s-2);
  }
  .tools label {
    display: flex;
    align-items: center;
    gap: var(--s-2);
    font-size: var(--t-2);
  }
  .tools select {
    width: auto;
  }
  .compared {
    --chart-height: 220px;
  }
  .compared .swatch {
    vertical-align: middle;
  }
  .difference {
    margin-inline-start: var(--s-1);
  }
  .figure-row {
    display: flex;
    flex-wrap: wrap;
    gap: var(--s-2) var(--s-6);
    margin: 0;
  }
  .figure-row dt {
    color: var(--ink-2);
    font-size: var(--t-2);
  }
  .figure-row dd {
    font: 400 var(--t-6) / 1.25 var(--font-book);
  }
  .figure-row .host {
    padding-top: var(--s-1);
    font: 400 var(--t-4) / 1.5 var(--font-ui);
    overflow-wrap: anywhere;
  }
  .edit {
    display: flex;
    flex-wrap: wrap;
    align-items: end;
    gap: var(--s-3);
  }
  .edit .field {
    width: 190px;
  }
  /* Below a field there is room for what is wrong with it. */
  .edit button {
    margin-bottom: var(--s-1);
  }
  .downloads {
    margin-block: var(--s-2) calc(-1 * var(--s-2));
    margin-inline: calc(-1px - var(--s-2));
    gap: 0 var(--s-2);
  }
  error-desk {
    display: block;
    margin-bottom: 20px;
  }
  stress-form {
    margin-top: var(--s-3);
  }
  @media (max-width: 1199px) {
    .plan,
    .charts {
      grid-template-columns: minmax(0, 1fr);
    }
  }
  @media (min-width: 900px) and (max-width: 1199px) {
    .charts {
      grid-template-columns: repeat(2, minmax(0, 1fr));
    }
  }
  @media (max-width: 899px) {
    .pair {
      grid-template-columns: minmax(0, 1fr);
    }
  }
  @media (max-width: 720px) {
    .grid {
      gap: 14px;
    }
    .head .side,
    .head .side button {
      width: 100%;
    }
    /* What was pressed stays where it is. */
    .head .side .primary {
      order: -1;
    }
    .segments {
      display: flex;
      flex: 1 1 100%;
      flex-wrap: wrap;
      min-width: 0;
    }
    .edit .field {
      width: 100%;
    }
  }
`;
