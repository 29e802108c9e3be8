import { css } from 'lit';

/** What is under way, in words at the left, and what can be done about it at the right. */
export const progressStyles = css`
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
  @media (max-width: 720px) {
    .statement {
      font-size: var(--t-5);
    }
  }
`;
