import { css, html, LitElement, svg } from '../i18n/lit';
import { customElement, property } from 'lit/decorators.js';
import { CLASS_COUNT } from '../domain/sample';
import { formatShare } from './format';
import { baseStyles } from './shared-styles';

/** The ten digits, each with a bar as long as the model's trust in it. */
@customElement('probability-bars')
export class ProbabilityBars extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
      }
      ol {
        display: grid;
        gap: var(--s-1);
        padding: 0;
        list-style: none;
      }
      li {
        display: grid;
        grid-template-columns: 1.5rem 1fr 4rem;
        align-items: center;
        gap: var(--s-2);
        min-height: 24px;
      }
      .digit {
        font: 400 var(--t-5) / 1 var(--font-book);
        text-align: center;
      }
      .share {
        color: var(--ink-2);
        font-size: var(--t-2);
        text-align: end;
      }
      svg {
        display: block;
        width: 100%;
        height: 14px;
        background: var(--sunk);
      }
      rect {
        fill: var(--ink-3);
        transition: width var(--m-state) var(--ease);
      }
      .best rect {
        fill: var(--blue);
      }
      .best .digit,
      .best .share {
        color: var(--blue);
        font-weight: 600;
      }
      @media (max-width: 720px) {
        ol {
          grid-template-columns: repeat(10, 1fr);
          gap: var(--s-1);
        }
        li {
          grid-template-columns: 1fr;
          justify-items: stretch;
          gap: 2px;
        }
        svg {
          grid-row: 1;
          height: 64px;
          transform: scaleY(-1);
        }
        rect {
          transition: height var(--m-state) var(--ease);
        }
        .share {
          font-size: var(--t-1);
          text-align: center;
        }
      }
      @media (forced-colors: active) {
        svg {
          border: 1px solid CanvasText;
        }
        rect,
        .best rect {
          fill: Highlight;
        }
      }
    `,
  ];

  /** Ten numbers that add up to 1; undefined while there is no answer. */
  @property({ attribute: false }) probabilities: readonly number[] | undefined;
  /** Bars stand up instead of lying. */
  @property({ type: Boolean }) upright = false;

  override render() {
    const shares = this.probabilities ?? Array.from({ length: CLASS_COUNT }, () => 0);
    const best = this.probabilities ? shares.indexOf(Math.max(...shares)) : -1;
    return html`
      <ol aria-label="Probability of each digit">
        ${shares.map((share, digit) => this.renderBar(share, digit, digit === best))}
      </ol>
    `;
  }

  private renderBar(share: number, digit: number, isBest: boolean) {
    const length = `${Math.max(share > 0 ? 0.4 : 0, share * 100)}%`;
    const bar = this.upright
      ? svg`<rect width="100%" height=${length}></rect>`
      : svg`<rect width=${length} height="100%"></rect>`;
    const text = this.upright ? String(Math.round(share * 100)) : formatShare(share);
    return html`
      <li class=${isBest ? 'best' : ''}>
        <span class="digit">${digit}</span>
        <svg aria-hidden="true">${bar}</svg>
        <span class="share figures">${this.probabilities ? text : '–'}</span>
      </li>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'probability-bars': ProbabilityBars;
  }
}
