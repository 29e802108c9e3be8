import { css } from 'lit';

/** The column of the About page, its lists and its keys. */
export const aboutStyles = css`
  .column {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 20px;
    max-width: 720px;
  }
  h2 {
    margin-bottom: var(--s-3);
  }
  h3 {
    margin: var(--s-5) 0 var(--s-2);
  }
  .plate > * + p {
    margin-top: var(--s-3);
  }
  .checks {
    display: grid;
    gap: var(--s-3);
    padding: 0;
    list-style: none;
  }
  .checks li {
    display: grid;
    grid-template-columns: auto 1fr;
    gap: 2px var(--s-3);
  }
  .checks .hint {
    grid-column: 2;
  }
  .works ink-icon {
    color: var(--green);
  }
  .lacks ink-icon {
    color: var(--amber);
  }
  dl {
    display: grid;
    grid-template-columns: minmax(9rem, auto) 1fr;
    gap: var(--s-2) var(--s-4);
  }
  dt {
    color: var(--ink-2);
  }
  dd {
    overflow-wrap: anywhere;
  }
  kbd {
    padding: 1px 6px;
    border: 1px solid var(--edge);
    border-radius: var(--r-2);
    font: inherit;
    font-size: var(--t-2);
  }
  @media (max-width: 720px) {
    dl {
      grid-template-columns: 1fr;
      gap: 2px;
    }
    dd {
      margin-bottom: var(--s-2);
    }
  }
`;
