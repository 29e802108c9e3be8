import { css } from 'lit';

/** The board: pad on the left, answer on the right; on a phone one below the other. */
export const drawPageStyles = css`
  .board {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: var(--s-6) 40px;
    align-items: start;
  }
  .left {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--s-3);
    width: calc(28 * 18px + 2px);
  }
  .right {
    display: grid;
    gap: var(--s-5);
  }
  .tools {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--s-2);
  }
  .pens {
    display: inline-flex;
    margin-block: 0;
    margin-inline: auto 0;
    padding: 0;
    border: 1px solid var(--edge);
    border-radius: var(--r-2);
  }
  .pens label {
    display: inline-flex;
    cursor: pointer;
  }
  .pens input {
    position: absolute;
    opacity: 0;
  }
  .pens span {
    display: inline-flex;
    align-items: center;
    min-height: calc(var(--h-control) - 2px);
    padding: 0 var(--s-3);
    color: var(--ink-2);
    font-size: var(--t-2);
  }
  .pens input:checked + span {
    background: var(--ink);
    color: var(--sheet);
    font-weight: 600;
  }
  .pens input:focus-visible + span {
    outline: 2px solid var(--focus);
    outline-offset: 2px;
  }
  .camera {
    display: none;
  }
  .dropping digit-canvas {
    outline: 2px solid var(--blue);
    outline-offset: 2px;
  }
  @media (pointer: coarse) {
    .camera {
      display: inline-flex;
    }
    .mouse {
      display: none;
    }
  }
  .answer {
    display: flex;
    align-items: center;
    gap: var(--s-5);
    min-height: 8.5rem;
  }
  .answer .digit {
    width: 5.5rem;
    color: var(--blue);
    font: 400 var(--t-answer) / 1 var(--font-book);
    font-variant-numeric: lining-nums;
    text-align: center;
  }
  .answer.several {
    flex-wrap: wrap;
    gap: var(--s-3) var(--s-5);
  }
  .touching {
    margin-top: var(--s-1);
  }
  .answer .digit.none {
    color: var(--rule);
  }
  .statement {
    font: 400 var(--t-6) / 1.25 var(--font-book);
  }
  .shares {
    min-height: 1.5em;
    color: var(--ink-2);
  }
  .correction {
    display: grid;
    gap: var(--s-2);
  }
  .meant {
    display: grid;
    grid-template-columns: repeat(10, minmax(0, 1fr));
    gap: var(--s-1);
  }
  .meant button {
    min-width: 0;
    padding: 0;
    font-variant-numeric: lining-nums;
  }
  .seen {
    display: grid;
    grid-template-columns: 224px minmax(0, 1fr);
    gap: var(--s-4);
    align-items: start;
    padding-top: var(--s-5);
    border-top: 1px solid var(--rule);
  }
  .seen h2 {
    margin-bottom: var(--s-1);
  }
  @media (min-width: 1800px) {
    .left {
      width: calc(28 * 22px + 2px);
      --square-size: 22px;
    }
  }
  @media (max-width: 1099px) {
    .board {
      gap: var(--s-5);
    }
    .left {
      width: calc(28 * 16px + 2px);
      --square-size: 16px;
    }
    .answer .digit {
      width: 4rem;
      font-size: 5.25rem;
    }
    .answer {
      gap: var(--s-4);
      min-height: 6rem;
    }
    .seen {
      grid-template-columns: 168px minmax(0, 1fr);
    }
  }
  @media (max-width: 920px) {
    .board {
      grid-template-columns: minmax(0, 1fr);
    }
    .left {
      justify-self: center;
      width: min(100%, calc(28 * 16px + 2px));
    }
  }
  @media (max-width: 720px) {
    /* Pad, tools, answer; how to open a picture comes last. */
    .board {
      display: flex;
      flex-direction: column;
      align-items: stretch;
      gap: var(--s-3);
      --square-size: 18px;
    }
    .left {
      display: contents;
    }
    digit-canvas {
      align-self: center;
    }
    .picture {
      order: 1;
    }
    .word {
      position: absolute;
      clip-path: inset(50%);
    }
    .tools button {
      min-width: var(--h-touch);
      padding: 0 var(--s-3);
    }
    .pens span {
      padding: 0 10px;
    }
    .statement {
      font-size: var(--t-5);
    }
    .answer {
      min-height: 5.25rem;
    }
    .meant {
      grid-template-columns: repeat(5, minmax(0, 1fr));
    }
    .pens span {
      min-height: calc(var(--h-touch) - 2px);
      padding: 0 10px;
    }
    .keys,
    .engine {
      display: none;
    }
    .head p {
      display: none;
    }
    .seen {
      grid-template-columns: 140px minmax(0, 1fr);
    }
  }
`;
