import { css } from 'lit';

/** The form of a run: a column; wide, with one's own settings open, they stand beside it in three. */
export const runFormStyles = css`
  :host {
    display: block;
    container-type: inline-size;
  }
  form,
  .body,
  .basics,
  .foot,
  .group {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    align-content: start;
    gap: var(--s-4);
  }
  .foot {
    gap: var(--s-2);
  }
  header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: var(--s-2);
  }
  fieldset {
    min-width: 0;
    margin: 0;
    padding: 0;
    border: 1px solid var(--edge);
    border-radius: var(--r-2);
  }
  .recipe {
    display: flex;
    align-items: center;
    gap: 10px;
    min-height: 40px;
    padding: var(--s-1) var(--s-3);
    cursor: pointer;
  }
  .recipe + .recipe {
    border-top: 1px solid var(--rule);
  }
  .recipe:has(input:checked) {
    background: var(--blue-wash);
    font-weight: 600;
  }
  .recipe input {
    width: 18px;
    height: 18px;
    margin: 0;
    accent-color: var(--blue);
  }
  .recipe .hint {
    margin-left: auto;
    font-weight: 400;
  }
  .recipe:has(input:checked) .hint {
    color: var(--ink-2);
  }
  .pair {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    gap: var(--s-3);
    align-items: start;
  }
  .mixture {
    display: grid;
    gap: var(--s-2);
    margin-top: calc(-1 * var(--s-2));
    padding: 0;
    list-style: none;
  }
  .mixture li {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 58px auto auto;
    align-items: center;
    gap: 6px;
  }
  .mixture input {
    padding: 0 var(--s-1) 0 var(--s-2);
  }
  .mixture select {
    padding: 0 var(--s-1) 0 var(--s-2);
  }
  .mixture button {
    padding: 0 2px;
    color: var(--ink-2);
  }
  button.add {
    justify-self: start;
    margin: calc(-1 * var(--s-3)) 0 calc(-1 * var(--s-1)) calc(-1 * var(--s-2));
  }
  summary {
    min-height: 24px;
    font-weight: 600;
    cursor: pointer;
  }
  summary .hint {
    display: block;
    font-weight: 400;
  }
  .groups {
    display: grid;
    gap: var(--s-5);
    margin-top: var(--s-4);
  }
  h3 {
    margin: 0;
    font: 400 var(--t-4) / 1.25 var(--font-book);
  }
  .titled {
    display: flex;
    align-items: center;
    gap: var(--s-1);
  }
  .group + .group {
    padding-top: var(--s-4);
    border-top: 1px solid var(--rule);
  }
  .back {
    justify-self: start;
    margin: var(--s-3) 0 0 calc(-1 * var(--s-2));
  }
  .notes {
    padding: var(--s-3);
    border-radius: var(--r-2);
    background: var(--blue-wash);
    overflow-wrap: anywhere;
  }
  .notes.partial {
    background: var(--amber-wash);
  }
  .notes ul {
    margin-top: var(--s-1);
    padding-left: var(--s-4);
  }
  .notes button {
    min-height: 24px;
    margin: var(--s-1) 0 0 calc(-1 * var(--s-2));
  }
  @container (min-width: 760px) {
    :host([open]) .body {
      grid-template-columns: 264px minmax(0, 1fr);
      grid-template-areas: 'basics own' 'foot own';
      grid-template-rows: auto 1fr;
      gap: var(--s-4) var(--s-5);
    }
    :host([open]) .basics {
      grid-area: basics;
    }
    :host([open]) .foot {
      grid-area: foot;
    }
    :host([open]) .own {
      grid-area: own;
      padding-left: var(--s-5);
      border-left: 1px solid var(--rule);
    }
    .groups {
      grid-template-columns: repeat(auto-fit, minmax(236px, 1fr));
      align-items: start;
    }
    .group + .group {
      padding-top: 0;
      border-top: 0;
    }
  }
  @media (max-width: 720px), (pointer: coarse) {
    .recipe,
    summary {
      min-height: var(--h-touch);
    }
    summary {
      padding: 10px 0;
    }
    .mixture button,
    .notes button {
      min-width: var(--h-touch);
    }
    .notes button {
      min-height: var(--h-touch);
    }
  }
`;
