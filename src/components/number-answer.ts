import { css, html, LitElement } from '../i18n/lit';
import { customElement, property } from 'lit/decorators.js';
import type { Prediction } from '../domain/prediction';
import { formatShare } from './format';
import { baseStyles } from './shared-styles';

/** What was read in one place. */
interface DigitAnswer {
  readonly prediction: Prediction;
  readonly isDigit: boolean;
}

/** A number, digit by digit, each with the model's trust in it. Tells `choose` which one to look at. */
@customElement('number-answer')
export class NumberAnswer extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
      }
      ol {
        display: flex;
        flex-wrap: wrap;
        gap: var(--s-1);
        margin: 0;
        padding: 0;
        list-style: none;
      }
      button {
        display: grid;
        justify-items: center;
        min-width: 3.75rem;
        padding: var(--s-2) var(--s-1) var(--s-1);
        border: 1px solid var(--rule);
        border-radius: var(--r-2);
        background: var(--sheet);
        color: var(--ink);
        font: inherit;
        cursor: pointer;
      }
      button[aria-pressed='true'] {
        outline: 2px solid var(--blue);
        outline-offset: -2px;
      }
      button:focus-visible {
        outline: 2px solid var(--focus);
        outline-offset: 2px;
      }
      .digit {
        color: var(--blue);
        font: 400 3.25rem / 1 var(--font-book);
        font-variant-numeric: lining-nums;
      }
      .share {
        color: var(--ink-2);
        font-size: var(--t-1);
      }
    `,
  ];

  @property({ attribute: false }) answers: readonly DigitAnswer[] = [];
  /** The digit that is looked at. */
  @property({ type: Number }) chosen = 0;

  override render() {
    return html`
      <ol aria-label="Each digit">
        ${this.answers.map((answer, index) => this.renderDigit(answer, index))}
      </ol>
    `;
  }

  private renderDigit({ prediction, isDigit }: DigitAnswer, index: number) {
    const { digit, probabilities } = prediction;
    const share = isDigit ? formatShare(probabilities[digit] ?? 0) : 'no digit?';
    return html`
      <li>
        <button
          aria-pressed=${index === this.chosen ? 'true' : 'false'}
          aria-label="Number ${index + 1}: ${isDigit ? digit : 'no digit'}, ${share}"
          @click=${() => this.dispatchEvent(new CustomEvent('choose', { detail: index }))}
        >
          <span class="digit">${isDigit ? digit : '?'}</span>
          <span class="share figures">${share}</span>
        </button>
      </li>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'number-answer': NumberAnswer;
  }
}
