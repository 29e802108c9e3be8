import { css } from 'lit';

/** The choice above, figures in a row, then matrix and images, then plates two and two; one by one on a phone. */
export const evaluatePageStyles = css`
  .choice {
    display: grid;
    grid-template-columns: repeat(3, minmax(0, 1fr)) auto;
    gap: var(--s-3) var(--s-4);
    align-items: end;
    margin-bottom: 20px;
  }
  .choice .buttons {
    display: flex;
    gap: var(--s-2);
  }
  .choice .hint {
    grid-column: 1 / -1;
  }
  .work {
    margin-bottom: 20px;
  }
  .line {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: var(--s-2) var(--s-4);
    margin-bottom: var(--s-3);
  }
  .statement {
    font: 400 var(--t-6) / 1.25 var(--font-book);
    font-variant-numeric: tabular-nums lining-nums;
  }
  .statement span {
    color: var(--ink-2);
  }
  .figures-row {
    display: grid;
    grid-template-columns: repeat(4, minmax(0, 1fr));
    border-block: 1px solid var(--rule);
    margin-bottom: 20px;
  }
  .figures-row estimate-figure {
    padding: var(--s-3) var(--s-5);
  }
  .figures-row estimate-figure:first-child {
    padding-left: 0;
  }
  .figures-row estimate-figure + estimate-figure {
    border-left: 1px solid var(--rule);
  }
  .facts {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(150px, 1fr));
    gap: var(--s-3) var(--s-5);
    margin-bottom: 20px;
  }
  .facts dt {
    color: var(--ink-2);
    font-size: var(--t-2);
  }
  .facts dd {
    font-size: var(--t-4);
    font-weight: 600;
  }
  .facts dd.hint {
    font-size: var(--t-1);
    font-weight: 400;
  }
  .board {
    display: grid;
    grid-template-columns: minmax(0, 4fr) minmax(0, 3fr);
    gap: 20px;
    align-items: start;
    margin-bottom: 20px;
  }
  .beside {
    display: grid;
    gap: 20px;
    min-width: 0;
  }
  .pair {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    gap: 20px;
    align-items: stretch;
    margin-bottom: 20px;
  }
  .between {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--s-2) var(--s-4);
    margin-bottom: var(--s-3);
  }
  .segments {
    flex-wrap: wrap;
  }
  .between .segments button {
    min-width: 32px;
    padding: 0 var(--s-2);
  }
  chart-card {
    --chart-height: 300px;
  }
  read-images,
  version-comparison {
    margin-bottom: 20px;
  }
  .beside read-images {
    margin: 0;
  }
  .areas {
    overflow-x: auto;
  }
  @media (max-width: 1099px) {
    .choice {
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    }
    .board,
    .pair {
      grid-template-columns: minmax(0, 1fr);
    }
  }
  @media (max-width: 720px) {
    .choice {
      grid-template-columns: minmax(0, 1fr);
      margin-bottom: 14px;
    }
    .choice .buttons button {
      flex: 1;
    }
    .figures-row {
      grid-template-columns: repeat(2, minmax(0, 1fr));
      margin-bottom: 14px;
    }
    .figures-row estimate-figure {
      padding: var(--s-3);
    }
    .figures-row estimate-figure:nth-child(odd) {
      padding-left: 0;
      border-left: 0;
    }
    .figures-row estimate-figure:nth-child(n + 3) {
      border-top: 1px solid var(--rule);
    }
    .board,
    .pair,
    .beside {
      gap: 14px;
    }
    .board,
    .pair,
    read-images,
    version-comparison {
      margin-bottom: 14px;
    }
    .between .segments button {
      min-width: var(--h-touch);
    }
    chart-card {
      --chart-height: 260px;
    }
  }
`;
