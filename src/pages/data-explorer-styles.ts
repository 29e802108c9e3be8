import { css } from 'lit';

/** Digits on the left, what they are like on the right; on a phone one below the other. */
export const dataExplorerStyles = css`
  :host {
    display: block;
  }
  .board {
    display: grid;
    grid-template-columns: minmax(0, 7fr) minmax(0, 5fr);
    gap: 20px;
    align-items: start;
  }
  .side {
    display: grid;
    gap: 20px;
    min-width: 0;
  }
  .digits header {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: var(--s-3);
    margin-bottom: var(--s-3);
  }
  h2 {
    overflow-wrap: anywhere;
  }
  .filters {
    display: flex;
    flex-wrap: wrap;
    min-width: 0;
    max-width: 100%;
    gap: var(--s-2);
  }
  .filters .segments {
    flex-wrap: nowrap;
    max-width: 100%;
    overflow-x: auto;
  }
  .filters .segments button {
    flex: none;
    min-width: 32px;
    padding: 0 var(--s-1);
  }
  .filters select {
    width: auto;
    min-height: 30px;
    padding-inline: var(--s-2) 0;
    font-size: var(--t-2);
  }
  .choice {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--s-2);
    min-height: 48px;
    margin-bottom: var(--s-2);
  }
  .choice .relabel {
    display: inline-flex;
  }
  .choice .relabel button {
    min-width: 32px;
    min-height: 32px;
    padding: 0;
    border-radius: 0;
  }
  sample-grid {
    --grid-height: 620px;
  }
  .opened {
    display: grid;
    grid-template-columns: 168px minmax(0, 1fr);
    gap: var(--s-4);
    align-items: start;
  }
  .opened dl {
    display: grid;
    grid-template-columns: auto 1fr;
    gap: var(--s-1) var(--s-4);
    margin-top: var(--s-2);
  }
  .opened dt {
    color: var(--ink-2);
  }
  .more {
    display: flex;
    flex-wrap: wrap;
    gap: var(--s-2);
  }
  .more + .hint {
    margin-top: var(--s-3);
  }
  .hash {
    overflow-wrap: anywhere;
    font-size: var(--t-1);
  }
  data-map {
    margin-top: 20px;
  }
  @media (max-width: 1099px) {
    .board {
      grid-template-columns: minmax(0, 1fr);
    }
  }
  @media (max-width: 720px), (pointer: coarse) {
    sample-grid {
      --grid-height: 420px;
    }
    .filters select,
    .choice .relabel button,
    .filters .segments button {
      min-width: var(--h-touch);
      min-height: var(--h-touch);
    }
    .choice .relabel {
      flex-wrap: wrap;
    }
  }
`;
