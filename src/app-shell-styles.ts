import { css } from 'lit';

/**
 * Rail and margin line on the left, the two thin rules of an exercise book; a blue stroke of the pen across it marks
 * the page. What makes a model, what runs it and About stand in groups. Under 1100 pixels a narrow rail; in a low
 * window, such as that of a phone on its side, it scrolls; on a phone tabs at the bottom. Comments inside would be
 * sent to everybody before the first paint.
 */
export const appShellStyles = css`
  :host {
    display: grid;
    --rail: 216px;
    grid-template-columns: var(--rail) minmax(0, 1fr);
    min-height: 100vh;
    min-height: 100dvh;
  }
  .skip {
    position: absolute;
    top: var(--s-2);
    inset-inline-start: var(--s-2);
    z-index: 20;
    padding: var(--s-2) var(--s-3);
    border-radius: var(--r-2);
    background: var(--sheet);
  }
  .skip:not(:focus) {
    clip-path: inset(50%);
  }
  nav {
    position: sticky;
    top: 0;
    display: flex;
    flex-direction: column;
    height: 100vh;
    height: 100dvh;
    padding-block: 20px var(--s-4);
    padding-inline: var(--s-4) 0;
    border-inline-end: 4px double var(--margin-line);
  }
  .brand {
    display: flex;
    align-items: center;
    gap: 10px;
    margin-bottom: 20px;
    padding-inline-start: 10px;
    color: var(--ink);
    font: 400 var(--t-6) / 1 var(--font-book);
    text-decoration: none;
  }
  .brand img {
    display: block;
    border-radius: 5px;
    filter: var(--mark);
  }
  ul {
    padding: 0;
    list-style: none;
  }
  li a {
    position: relative;
    display: flex;
    align-items: center;
    gap: 12px;
    min-height: 38px;
    padding: 0 10px;
    border: 1px solid transparent;
    border-inline-end: 0;
    border-start-start-radius: var(--r-2);
    border-end-start-radius: var(--r-2);
    color: var(--ink-2);
    text-decoration: none;
  }
  li:nth-child(5),
  li:nth-child(8) {
    margin-top: 12px;
  }
  li a:hover {
    color: var(--ink);
  }
  li a[aria-current='page'] {
    border-color: var(--rule);
    background: var(--sheet);
    color: var(--ink);
    font-weight: 600;
  }
  li a[aria-current='page']::after {
    content: '';
    position: absolute;
    inset-inline-end: -4px;
    width: 4px;
    height: 22px;
    border-radius: 2px;
    background: var(--blue);
  }
  .more {
    display: none;
  }
  .foot {
    display: grid;
    gap: var(--s-2);
    margin-top: auto;
    padding-inline-start: 10px;
    color: var(--ink-2);
    font-size: var(--t-2);
  }
  tour-desk {
    display: contents;
  }
  .foot p,
  .foot a,
  .foot button {
    display: flex;
    align-items: center;
    justify-content: flex-start;
    gap: var(--s-2);
    min-height: 24px;
    padding: 0;
    color: inherit;
    font-size: inherit;
    text-decoration: none;
    --icon-size: 16px;
  }
  main {
    width: 100%;
    max-width: calc(1240px + 80px);
    padding: 20px 40px calc(var(--s-7) + var(--dock, 0px));
    outline: none;
  }
  .update {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--s-3);
    margin-bottom: 20px;
    padding: var(--s-2) var(--s-4);
    border-radius: var(--r-3);
    background: var(--amber-wash);
    color: var(--amber);
  }
  @media (max-width: 1099px) {
    :host {
      --rail: 72px;
    }
    nav {
      padding-inline-start: 4px;
    }
    .brand {
      justify-content: center;
      padding: 0;
    }
    .brand span {
      display: none;
    }
    li a {
      flex-direction: column;
      justify-content: center;
      gap: 2px;
      min-height: 52px;
      padding: 0 4px;
      font-size: 11px;
    }
    .foot {
      justify-items: center;
      padding: 0;
    }
    .foot p,
    .foot a,
    .foot button {
      flex-direction: column;
      justify-content: center;
      gap: 2px;
      min-width: 44px;
      min-height: 44px;
      padding: 0 4px;
      font-size: 11px;
      line-height: 1.25;
      text-align: center;
      --icon-size: 20px;
    }
    main {
      padding: 20px var(--s-5) calc(var(--s-7) + var(--dock, 0px));
    }
  }
  @media (max-width: 1099px) and (max-height: 760px) {
    .foot p {
      display: none;
    }
    li a {
      min-height: 44px;
    }
  }
  @media (min-width: 721px) and (max-height: 760px) {
    nav {
      overflow: hidden auto;
      scrollbar-width: none;
    }
    li a[aria-current='page']::after {
      inset-inline-end: 0;
    }
  }
  @media (max-width: 720px) {
    :host {
      display: block;
      --rail: 0px;
      --tab-bar: 64px;
    }
    nav {
      position: fixed;
      inset: auto 0 0;
      z-index: 5;
      flex-direction: row;
      height: auto;
      padding: 0 0 env(safe-area-inset-bottom);
      border-inline-end: 0;
      border-top: 4px double var(--margin-line);
      background: var(--sheet);
    }
    .brand,
    .foot,
    li:nth-child(n + 5) {
      display: none;
    }
    li.more {
      display: block;
    }
    ul {
      flex: 1;
      display: grid;
      grid-template-columns: repeat(5, minmax(0, 1fr));
    }
    li a {
      min-height: 60px;
      border: 0;
      font-size: var(--t-1);
    }
    li a[aria-current='page'] {
      color: var(--blue);
    }
    li a[aria-current='page']::after {
      top: -4px;
      inset-inline-end: auto;
      width: 42px;
      height: 4px;
    }
    main {
      padding: var(--s-4) var(--s-4) calc(var(--tab-bar) + var(--s-5) + var(--dock, 0px));
    }
  }
  @media (forced-colors: active) {
    li a {
      border-color: Canvas;
    }
    li a[aria-current='page'] {
      border-color: Highlight;
    }
    li a[aria-current='page']::after {
      forced-color-adjust: none;
      background: Highlight;
    }
  }
`;
