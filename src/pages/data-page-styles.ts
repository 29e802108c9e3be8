import { css } from 'lit';

/** Sets and what is being brought in beside each other; below them what is in the chosen set. */
export const dataPageStyles = css`
  mnist-band,
  import-band {
    display: block;
  }
  .top {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 280px;
    gap: 20px;
    align-items: start;
    margin-bottom: 20px;
  }
  .beside {
    display: grid;
    gap: 20px;
    min-width: 0;
  }
  .band {
    display: block;
    margin-bottom: 20px;
  }
  .statement {
    font: 400 var(--t-5) / 1.25 var(--font-book);
    overflow-wrap: anywhere;
  }
  .line {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: var(--s-2) var(--s-4);
  }
  .line + progress-ruler {
    margin-top: var(--s-3);
  }
  .line .side {
    display: flex;
    flex-wrap: wrap;
    gap: var(--s-2);
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: var(--s-2);
    margin-top: var(--s-3);
  }
  .dropping {
    outline: 3px dashed var(--blue);
    outline-offset: 6px;
    border-radius: var(--r-3);
  }
  .limits {
    max-width: 72ch;
    margin-top: var(--s-2);
  }
  dialog {
    width: min(46ch, calc(100vw - 32px));
    padding: 20px;
    border: 1px solid var(--edge);
    border-radius: var(--r-3);
    background: var(--sheet);
    color: var(--ink);
  }
  dialog::backdrop {
    background: rgb(0 0 0 / 45%);
  }
  dialog h2 {
    overflow-wrap: anywhere;
  }
  dialog .format {
    display: grid;
    justify-content: stretch;
    justify-items: start;
    gap: 2px;
    width: 100%;
    padding: var(--s-2) var(--s-3);
    text-align: start;
  }
  .danger {
    border-color: var(--red);
    background: var(--red);
    color: var(--sheet);
  }
  @media (max-width: 1099px) {
    .top {
      grid-template-columns: minmax(0, 1fr);
    }
  }
  @media (max-width: 720px) {
    .head .side {
      width: 100%;
    }
    .head .side button {
      flex: 1 1 auto;
    }
    .head .side .primary {
      flex-basis: 100%;
    }
  }
`;
