import { css, html, LitElement } from '../i18n/lit';
import { customElement, property } from 'lit/decorators.js';
import type { Pair } from '../domain/confusion-matrix';
import { cardStyles } from './card-styles';
import { formatCount, formatShare } from './format';
import { baseStyles, buttonStyles, plateStyles } from './shared-styles';

/** A mistake that was made several times. */
export interface ConfusedPair extends Pair {
  readonly count: number;
  /** Of the images of the digit. */
  readonly share: number;
  /** How sure the wrong answers are, on average. */
  readonly confidence: number;
}

/** A plate with the mistakes that were made most often. Tells `open` with a Pair. */
@customElement('pair-table')
export class PairTable extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    plateStyles,
    cardStyles,
    css`
      /* In large type it is wider than a phone. */
      .scroll {
        position: relative;
        overflow-x: auto;
      }
      table {
        width: 100%;
        border-collapse: collapse;
      }
      th {
        padding: 6px 0 6px var(--s-2);
        border-bottom: 1px solid var(--edge);
        font-size: var(--t-2);
        font-weight: 600;
        text-align: end;
      }
      td {
        padding: 2px 0;
        border-bottom: 1px solid var(--rule);
        text-align: end;
      }
      tr > :first-child {
        padding-inline-start: 0;
        text-align: start;
      }
      td button.quiet {
        min-height: 32px;
        padding: 0;
        white-space: nowrap;
      }
      b {
        font: 400 var(--t-5) / 1 var(--font-book);
      }
      @media (max-width: 720px), (pointer: coarse) {
        td button.quiet {
          min-height: var(--h-touch);
        }
      }
    `,
  ];

  /** The most common first. */
  @property({ attribute: false }) pairs: readonly ConfusedPair[] = [];

  override render() {
    return html`
      <section class="plate" aria-label="Most confused pairs">
        <header>
          <div>
            <h2>Most confused pairs</h2>
            <p class="hint">
              ${this.pairs.length === 0 ? 'Nothing was read wrongly.' : 'More such digits to learn from would help most here.'}
            </p>
          </div>
        </header>
        <div class="scroll" ?hidden=${this.pairs.length === 0}>
          <table class="figures">
            <thead>
              <tr>
                <th scope="col">Pair</th>
                <th scope="col">Images</th>
                <th scope="col">Of that digit</th>
                <th scope="col">Confidence</th>
              </tr>
            </thead>
            <tbody>${this.pairs.map((pair) => this.renderPair(pair))}</tbody>
          </table>
        </div>
      </section>
    `;
  }

  private renderPair(pair: ConfusedPair) {
    const { label, answer, count, share, confidence } = pair;
    return html`
      <tr>
        <td>
          <button class="quiet" @click=${() => this.open({ label, answer })}>
            <span>
              <b>${label}</b>
              read as
              <b>${answer}</b>
            </span>
          </button>
        </td>
        <td>${formatCount(count)}</td>
        <td>${formatShare(share)}</td>
        <td>${formatShare(confidence)}</td>
      </tr>
    `;
  }

  private open(pair: Pair): void {
    this.dispatchEvent(new CustomEvent('open', { detail: pair }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pair-table': PairTable;
  }
}
