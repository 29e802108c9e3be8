import { css, html, LitElement, nothing, svg } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Estimate, Interval } from '../domain/intervals';
import { formatAccuracy } from './format';
import { baseStyles } from './shared-styles';

/** A figure worth remembering: its value, its 95 % interval as a whisker, and what another model had. */
@customElement('estimate-figure')
export class EstimateFigure extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
        min-width: 0;
      }
      h2 {
        font: 600 var(--t-2) / 1.25 var(--font-ui);
      }
      .value {
        display: flex;
        align-items: baseline;
        gap: 3px;
        color: var(--ink);
        font: 400 var(--t-8) / 1.25 var(--font-book);
        letter-spacing: -0.01em;
        white-space: nowrap;
      }
      .value span {
        font-size: var(--t-6);
      }
      svg {
        display: block;
        width: 100%;
        height: 18px;
        overflow: visible;
      }
      .track {
        stroke: var(--rule);
      }
      .whisker {
        stroke: var(--ink);
        stroke-width: 2;
      }
      .mark {
        fill: var(--blue);
      }
      .rival {
        fill: var(--sheet);
        stroke: var(--c3);
        stroke-width: 2;
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
          font-size: 2.125rem;
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
      ${this.renderWhisker(estimate)}
      <p class="figures" title="With 95% certainty, it lies between these">
        ${(estimate.low * 100).toFixed(2)} to ${formatAccuracy(estimate.high)}
      </p>
      <p class="figures" ?hidden=${!rival}>
        ◇ ${this.rivalName} had ${rival ? formatAccuracy(rival.value) : ''}
      </p>
    `;
  }

  private renderWhisker({ value, low, high }: Estimate) {
    const { rival } = this;
    const at = (share: number) => `${this.place(share)}%`;
    return html`
      <svg aria-hidden="true">
        <line class="track" x1="0" x2="100%" y1="9" y2="9"></line>
        <line class="whisker" x1=${at(low)} x2=${at(high)} y1="9" y2="9"></line>
        <line class="whisker" x1=${at(low)} x2=${at(low)} y1="4" y2="14"></line>
        <line class="whisker" x1=${at(high)} x2=${at(high)} y1="4" y2="14"></line>
        <svg x=${at(value)} overflow="visible">
          <rect class="mark" x="-3" y="3" width="6" height="12"></rect>
        </svg>
        ${
          rival
            ? svg`<svg x=${at(rival.value)} overflow="visible"><path class="rival" d="M0 4l5 5l-5 5l-5-5z"></path></svg>`
            : nothing
        }
      </svg>
    `;
  }

  private place(share: number): number {
    const { low, high } = this.span;
    return 100 * Math.min(1, Math.max(0, (share - low) / (high - low || 1)));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'estimate-figure': EstimateFigure;
  }
}
