import { css } from 'lit';

/** Figures in a row, plates two and two; one by one on a phone. */
export const evaluatePageStyles = css`
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
  .between .segments button {
    min-width: 32px;
    padding: 0 var(--s-2);
  }
  chart-card {
    --chart-height: 300px;
  }
  @media (max-width: 1099px) {
    .pair {
      grid-template-columns: minmax(0, 1fr);
    }
  }
  @media (max-width: 720px) {
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
    .pair {
      gap: 14px;
      margin-bottom: 14px;
    }
    .between .segments {
      display: grid;
      grid-template-columns: repeat(5, minmax(0, 1fr));
      width: 100%;
    }
    chart-card {
      --chart-height: 260px;
    }
  }
`;
