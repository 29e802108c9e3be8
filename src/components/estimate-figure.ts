import { css, html, LitElement, nothing } from '../i18n/lit';
import { customElement, property } from 'lit/decorators.js';
import type { Estimate, Interval } from '../domain/intervals';
import { formatAccuracy } from './format';
import { baseStyles } from './shared-styles';
import { renderWhisker, whiskerStyles } from './whisker';

/** A figure worth remembering: its value, its 95 % interval as a whisker, and what another model had. */
@customElement('estimate-figure')
export class EstimateFigure extends LitElement {
  static override styles = [
    baseStyles,
    whiskerStyles,
    css`
      :host {
        display: block;
        min-width: 0;
        container-type: inline-size;
      }
      h2 {
        font: 600 var(--t-2) / 1.25 var(--font-ui);
      }
      .value {
        display: flex;
        align-items: baseline;
        gap: 3px;
        color: var(--ink);
        font: 400 min(var(--t-8), 24cqi) / 1.25 var(--font-book);
        letter-spacing: -0.01em;
        white-space: nowrap;
      }
      .value span {
        font-size: 0.55em;
      }
      p:not(.value) {
        color: var(--ink-2);
        font-size: var(--t-2);
      }
      :host([stale]) .value {
        color: var(--ink-3);
      }
      @media (max-width: 720px) {
        .value {
          font-size: min(2.125rem, 24cqi);
        }
      }
    `,
  ];

  @property() heading = '';
  @property({ attribute: false }) estimate: Estimate | undefined;
  /** What another model had, and what it is called. */
  @property({ attribute: false }) rival: Estimate | undefined;
  @property() rivalName = '';
  /** The ends of the line on which the whisker lies: the same for figures side by side. */
  @property({ attribute: false }) span: Interval = { low: 0, high: 1 };
  /** Of an older test, while a newer one is under way. */
  @property({ type: Boolean, reflect: true }) stale = false;

  override render() {
    const { estimate, rival } = this;
    if (!estimate) return nothing;
    return html`
      <h2>${this.heading}</h2>
      <p class="value figures">
        ${(estimate.value * 100).toFixed(2)}
        <span>%</span>
      </p>
      ${renderWhisker(estimate, this.span, { rival: rival?.value })}
      <p class="figures" title="With 95% certainty, it lies between these">
        ${(estimate.low * 100).toFixed(2)} to ${formatAccuracy(estimate.high)}
      </p>
      <p class="figures" ?hidden=${!rival}>
        ◇ ${this.rivalName} had ${rival ? formatAccuracy(rival.value) : ''}
      </p>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'estimate-figure': EstimateFigure;
  }
}
