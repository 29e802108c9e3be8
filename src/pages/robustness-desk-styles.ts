import { css } from 'lit';

/** The curve of robustness, and one digit to try it on. */
export const robustnessDeskStyles = css`
  :host {
    display: block;
    margin-bottom: 20px;
  }
  .between {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--s-2) var(--s-4);
    margin-bottom: var(--s-3);
  }
  .pair {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    gap: 20px;
  }
  chart-card {
    --chart-height: 300px;
  }
  .one {
    display: grid;
    grid-template-columns: minmax(0, 168px) minmax(0, 1fr);
    gap: var(--s-4);
    margin-top: var(--s-3);
  }
  .read {
    font: 400 var(--t-5) / 1.25 var(--font-book);
  }
  .work {
    display: grid;
    gap: var(--s-2);
    margin-top: var(--s-4);
  }
  @media (max-width: 1099px) {
    .pair {
      grid-template-columns: minmax(0, 1fr);
    }
  }
  @media (max-width: 720px) {
    :host {
      margin-bottom: 14px;
    }
    .between .segments {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(92px, 1fr));
      width: 100%;
    }
    .pair {
      gap: 14px;
    }
    .one {
      grid-template-columns: minmax(0, 1fr);
    }
    pixel-view {
      width: 168px;
    }
  }
`;
