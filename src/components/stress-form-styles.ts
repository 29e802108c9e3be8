import { css } from 'lit';

/** Fields side by side where there is room. */
export const stressFormStyles = css`
  :host {
    display: block;
    min-width: 0;
  }
  .fields {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 248px), 1fr));
    align-items: start;
    gap: var(--s-3) var(--s-4);
  }
  .wide {
    grid-column: 1 / -1;
  }
  .notice {
    padding: var(--s-2) var(--s-3);
    border-radius: var(--r-2);
    background: var(--amber-wash);
    color: var(--amber);
  }
  details {
    margin-top: var(--s-3);
  }
  details .fields {
    margin-top: var(--s-2);
  }
  summary {
    min-height: 28px;
    color: var(--blue);
    cursor: pointer;
  }
  @media (max-width: 720px), (pointer: coarse) {
    summary {
      min-height: var(--h-touch);
      padding-top: 10px;
    }
    input[type='text'] {
      min-height: var(--h-touch);
      font-size: var(--t-4);
    }
  }
`;
