import { css } from 'lit';

/** Figures in a row, plates two and two; one by one on a phone. */
export const evaluatePageStyles = css`
  .work {
    margin-bottom: 20px;
  }
  .figures-row {
    display: grid;
    /* The first has no line before it: all figures have the same width, and so the same size. */
    grid-template-columns: calc(25% - 18px) repeat(3, minmax(0, 1fr));
    border-block: 1px solid var(--rule);
    margin-bottom: 20px;
  }
  .figures-row estimate-figure {
    padding: var(--s-3) var(--s-5);
  }
  .figures-row estimate-figure:first-child {
    padding-inline-start: 0;
  }
  .figures-row estimate-figure + estimate-figure {
    border-inline-start: 1px solid var(--rule);
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
  .note {
    max-width: none;
    margin-bottom: 20px;
    background: var(--amber-wash);
  }
  @media (max-width: 900px) {
    .figures-row {
      grid-template-columns: calc(50% - 12px) minmax(0, 1fr);
    }
    .figures-row estimate-figure:nth-child(odd) {
      padding-inline-start: 0;
      border-inline-start: 0;
    }
    .figures-row estimate-figure:nth-child(n + 3) {
      border-top: 1px solid var(--rule);
    }
  }
  @media (max-width: 720px) {
    .figures-row {
      grid-template-columns: calc(50% - 6px) minmax(0, 1fr);
      margin-bottom: 14px;
    }
    .figures-row estimate-figure {
      padding-inline-end: var(--s-3);
    }
    .figures-row estimate-figure:nth-child(even) {
      padding-inline-start: var(--s-3);
    }
    .facts {
      grid-template-columns: repeat(2, minmax(0, 1fr));
      gap: var(--s-3);
    }
  }
`;
