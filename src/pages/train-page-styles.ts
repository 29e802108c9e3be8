import { css } from 'lit';

/** Recipe on the left, progress and charts beside it, runs below; on a phone progress comes first. */
export const trainPageStyles = css`
  .board {
    display: grid;
    grid-template-columns: 304px minmax(0, 1fr) minmax(0, 1fr);
    grid-template-areas: 'form progress progress' 'form loss accuracy';
    grid-template-rows: auto 1fr;
    gap: 20px;
    margin-bottom: 20px;
  }
  run-form {
    grid-area: form;
  }
  /* One's own settings need the width: the form stands above what it leads to. */
  .board:has(run-form[open]) {
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    grid-template-areas: 'form form' 'progress progress' 'loss accuracy';
    grid-template-rows: auto;
  }
  .progress {
    grid-area: progress;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    grid-template-rows: 1fr;
    gap: 20px;
    min-height: 172px;
  }
  chart-card {
    --chart-height: 340px;
  }
  .loss {
    grid-area: loss;
  }
  .accuracy {
    grid-area: accuracy;
  }
  /* As tall as they are, however long the form becomes beside them. */
  .loss,
  .accuracy {
    align-self: start;
  }
  .buttons {
    display: flex;
    gap: var(--s-2);
    min-height: var(--h-control);
  }
  progress-ruler + .setback {
    margin-top: var(--s-3);
  }
  .facts {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(170px, 1fr));
    gap: var(--s-3) var(--s-5);
    margin-top: var(--s-4);
  }
  .facts dt {
    color: var(--ink-2);
    font-size: var(--t-2);
  }
  .facts dd {
    font-size: var(--t-4);
    font-weight: 600;
  }
  .habits {
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--s-5);
    margin-top: var(--s-4);
  }
  .habit {
    display: inline-flex;
    align-items: center;
    gap: var(--s-2);
    min-height: 24px;
    color: var(--ink-2);
    font-size: var(--t-2);
    cursor: pointer;
  }
  .habit input {
    width: 16px;
    height: 16px;
    margin: 0;
    accent-color: var(--blue);
  }
  run-findings,
  run-table {
    margin-bottom: 20px;
  }
  .absent,
  .testing {
    margin-bottom: 20px;
  }
  .absent {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: var(--s-3);
    background: var(--amber-wash);
  }
  @media (max-width: 1240px) {
    .board {
      grid-template-columns: 304px minmax(0, 1fr);
      grid-template-areas: 'form progress' 'form loss' 'form accuracy';
      grid-template-rows: auto auto 1fr;
    }
  }
  @media (max-width: 860px) {
    .board,
    .board:has(run-form[open]) {
      grid-template-columns: minmax(0, 1fr);
      grid-template-areas: 'progress' 'form' 'loss' 'accuracy';
      gap: 14px;
      margin-bottom: 14px;
    }
    .progress {
      min-height: 0;
    }
    chart-card {
      --chart-height: 260px;
    }
  }
  @media (max-width: 720px) {
    .head p {
      display: none;
    }
    .buttons {
      width: 100%;
    }
    .buttons button {
      flex: 1;
    }
    .buttons:not(:has(button)) {
      display: none;
    }
    run-findings,
    run-table {
      margin-bottom: 14px;
    }
    .habits {
      margin-top: var(--s-2);
    }
    .habit {
      min-height: var(--h-touch);
    }
    .facts {
      display: grid;
      grid-template-columns: 1fr 1fr;
    }
  }
`;
