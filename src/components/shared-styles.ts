import { css } from 'lit';

/** The ground of every component: box sizing, focus ring, hidden text. */
export const baseStyles = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  :focus-visible {
    outline: 2px solid var(--focus);
    outline-offset: 2px;
    border-radius: var(--r-2);
  }
  h1,
  h2,
  p,
  ul,
  ol,
  dl,
  dd {
    margin: 0;
  }
  p,
  dd {
    text-wrap: pretty;
  }
  h2 {
    font: 400 var(--t-5) / 1.25 var(--font-book);
  }
  a {
    color: var(--blue);
  }
  [hidden] {
    display: none !important;
  }
  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .figures {
    font-variant-numeric: tabular-nums lining-nums;
  }
  .hint {
    color: var(--ink-3);
    font-size: var(--t-2);
    text-wrap: pretty;
  }
`;

/** Buttons: plain is normal; `.primary`, `.quiet`. */
export const buttonStyles = css`
  button,
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: var(--s-2);
    min-height: var(--h-control);
    padding: 0 var(--s-4);
    border: 1px solid var(--edge);
    border-radius: var(--r-2);
    background: var(--sheet);
    color: var(--ink);
    font: 400 var(--t-3) / 1.25 var(--font-ui);
    text-decoration: none;
    cursor: pointer;
  }
  /* Under the pointer alone: a button that becomes usable would be pale under pale letters for a moment. */
  button:hover,
  .button:hover {
    background: var(--paper);
    transition: background var(--m-press) var(--ease);
  }
  button:active,
  .button:active {
    transform: translateY(1px);
  }
  button.primary {
    border-color: var(--blue);
    background: var(--blue);
    color: var(--on-blue);
    font-weight: 600;
  }
  button.primary:not(:disabled):hover {
    border-color: var(--blue-press);
    background: var(--blue-press);
  }
  button.quiet,
  .button.quiet {
    padding: 0 var(--s-2);
    border-color: transparent;
    background: none;
    color: var(--blue);
  }
  button.quiet:hover,
  .button.quiet:hover {
    text-decoration: underline;
  }
  button:disabled,
  button.primary:disabled {
    border-color: var(--rule);
    background: none;
    color: var(--ink-3);
    cursor: not-allowed;
    transform: none;
    transition: none;
  }
  button.quiet:disabled {
    border-color: transparent;
    text-decoration: none;
  }
  @media (max-width: 720px), (pointer: coarse) {
    button,
    .button {
      min-height: var(--h-touch);
    }
  }
`;

/** A plate: the sheet of paper that things lie on. */
export const plateStyles = css`
  .plate {
    padding: 20px;
    border: 1px solid var(--rule);
    border-radius: var(--r-3);
    background: var(--sheet);
  }
  @media (max-width: 720px) {
    .plate {
      padding: 14px;
    }
  }
`;

/** Fields: a label above, a hint or an error below. */
export const fieldStyles = css`
  .field {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--s-1);
  }
  .field > label,
  .label {
    font-size: var(--t-2);
    font-weight: 600;
  }
  input[type='number'],
  input[type='text'],
  select {
    width: 100%;
    min-height: var(--h-control);
    padding: 0 var(--s-3);
    border: 1px solid var(--edge);
    border-radius: var(--r-2);
    background: var(--sheet);
    color: var(--ink);
    font: 400 var(--t-3) / 1.25 var(--font-ui);
    font-variant-numeric: tabular-nums lining-nums;
  }
  input:disabled,
  select:disabled {
    border-color: var(--rule);
    background: var(--paper);
    color: var(--ink-3);
    opacity: 1;
  }
  input[aria-invalid='true'],
  select[aria-invalid='true'] {
    border: 2px solid var(--red);
  }
  input[type='range'] {
    width: 100%;
    height: 24px;
    margin: 0;
    accent-color: var(--blue);
  }
  .check {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 10px;
    align-items: start;
  }
  .check input {
    width: 18px;
    height: 18px;
    margin: 1px 0 0;
    accent-color: var(--blue);
  }
  .field-error {
    color: var(--red);
    font-size: var(--t-2);
  }
  @media (max-width: 720px), (pointer: coarse) {
    input[type='number'],
    select {
      min-height: var(--h-touch);
      font-size: var(--t-4);
    }
    input[type='range'] {
      height: var(--h-touch);
    }
    .check {
      min-height: var(--h-touch);
    }
  }
`;

/** Chips: 26 pixels, round, an icon and words. */
export const chipStyles = css`
  .chip {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-height: 26px;
    padding: 0 10px;
    border: 1px solid var(--rule);
    border-radius: var(--r-round);
    background: var(--sheet);
    color: var(--ink-2);
    font-size: var(--t-2);
    white-space: nowrap;
  }
  .chip.running {
    border-color: transparent;
    background: var(--blue-wash);
    color: var(--blue);
  }
  .chip.passed {
    border-color: transparent;
    background: var(--green-wash);
    color: var(--green);
  }
  .chip.notice {
    border-color: transparent;
    background: var(--amber-wash);
    color: var(--amber);
  }
  .chip.wrong {
    border-color: transparent;
    background: var(--red-wash);
    color: var(--red);
  }
  @media (forced-colors: active) {
    .chip {
      border-color: CanvasText;
    }
  }
`;

/** The head of a page: its name, one sentence of state, chips and buttons at the right. */
export const pageStyles = css`
  :host {
    display: block;
  }
  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: end;
    justify-content: space-between;
    gap: var(--s-2) var(--s-4);
    margin-bottom: var(--s-5);
  }
  .head h1 {
    font: 400 var(--t-7) / 1.25 var(--font-book);
    letter-spacing: -0.01em;
  }
  .head p {
    color: var(--ink-2);
  }
  .head .side {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--s-2);
  }
  @media (max-width: 720px) {
    .head {
      margin-bottom: var(--s-4);
    }
    .head h1 {
      font-size: var(--t-6);
    }
  }
`;
