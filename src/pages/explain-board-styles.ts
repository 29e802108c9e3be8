import { css } from 'lit';

/** The segments and what they are held against in a line, the explanation below. */
export const explainBoardStyles = css`
  :host {
    display: block;
    padding-bottom: var(--s-4);
  }
  .bar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--s-2) var(--s-4);
    margin-bottom: var(--s-4);
  }
  .choice {
    display: inline-flex;
    align-items: center;
    gap: var(--s-2);
    font-size: var(--t-2);
  }
  .choice span {
    white-space: nowrap;
  }
  .choice select {
    width: auto;
    max-width: 200px;
    min-height: 30px;
  }
  .work {
    display: grid;
    gap: var(--s-2);
    margin-top: var(--s-3);
    color: var(--ink-2);
  }
  @media (max-width: 720px), (pointer: coarse) {
    .choice select {
      min-height: var(--h-touch);
    }
    .segments button {
      padding: 0 10px;
    }
  }
`;
