import { css, html, LitElement } from '../i18n/lit';
import { customElement, property } from 'lit/decorators.js';
import './progress-ruler';
import { progressStyles } from './progress-styles';
import { baseStyles, buttonStyles } from './shared-styles';

/** What is under way, how far it is, and a way to call it off. Tells `cancel`. */
@customElement('work-line')
export class WorkLine extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    progressStyles,
    css`
      :host {
        display: block;
      }
    `,
  ];

  @property() statement = '';
  /** What is said after it, in grey. */
  @property() rest = '';
  /** Done so far, 0 … 1; undefined where nobody knows. */
  @property({ attribute: false }) share: number | undefined;

  override render() {
    return html`
      <div class="line">
        <p class="statement">
          ${this.statement}
          <span>${this.rest}</span>
        </p>
        <button @click=${() => this.dispatchEvent(new CustomEvent('cancel'))}>Cancel</button>
      </div>
      <progress-ruler .share=${this.share} label=${this.statement}></progress-ruler>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'work-line': WorkLine;
  }
}
