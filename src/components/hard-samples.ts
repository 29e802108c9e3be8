import { css, html, LitElement } from '../i18n/lit';
import { customElement, property } from 'lit/decorators.js';
import type { Pair } from '../domain/confusion-matrix';
import type { HardSample } from '../domain/findings';
import { cardStyles } from './card-styles';
import './digit-tile';
import { formatShare } from './format';
import { baseStyles, plateStyles } from './shared-styles';

/** A plate with the images that were hardest to read. Those of a pair that somebody chose are marked. */
@customElement('hard-samples')
export class HardSamples extends LitElement {
  static override styles = [
    baseStyles,
    plateStyles,
    cardStyles,
    css`
      ul {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(var(--tile, 72px), 1fr));
        gap: var(--s-2);
        margin: 0;
        padding: 0;
        list-style: none;
      }
      @media (max-width: 720px) {
        ul {
          --tile: 60px;
        }
      }
    `,
  ];

  /** The hardest first. */
  @property({ attribute: false }) samples: readonly HardSample[] = [];
  @property({ attribute: false }) pair: Pair | undefined;
  /** Changes when the colours do. */
  @property() theme = '';

  override render() {
    const ink = getComputedStyle(this).color;
    return html`
      <section class="plate" aria-label="Hardest to read">
        <header>
          <div>
            <h2>Hardest to read</h2>
            <p class="hint figures" role="status">${this.hint()}</p>
          </div>
        </header>
        <ul>
          ${this.samples.map((sample) => this.renderSample(sample, ink))}
        </ul>
      </section>
    `;
  }

  private renderSample(sample: HardSample, ink: string) {
    const { pixels, label, answer, probability } = sample;
    return html`
      <li>
        <digit-tile
          role="img"
          aria-label=${wordSample(sample)}
          .pixels=${pixels}
          .label=${String(label)}
          .note=${`${answer}, ${(probability * 100).toFixed(0)}%`}
          .ink=${ink}
          .wrong=${answer !== label}
          .chosen=${this.isOfPair(sample)}
        ></digit-tile>
      </li>
    `;
  }

  private hint(): string {
    if (!this.pair) return 'Below each: what it is, what it was read as, and how surely.';
    const { label, answer } = this.pair;
    const count = this.samples.filter((sample) => this.isOfPair(sample)).length;
    const words = `a ${label} read as ${answer}`;
    if (count === 0) return `None of them is ${words}.`;
    return `${count} of these ${count === 1 ? 'is' : 'are'} ${words}.`;
  }

  private isOfPair({ label, answer }: HardSample): boolean {
    return label === this.pair?.label && answer === this.pair.answer;
  }
}

/** "A 5, read as 3 with 93.1%". */
function wordSample({ label, answer, probability }: HardSample): string {
  return `A ${label}, read as ${answer} with ${formatShare(probability)}`;
}

declare global {
  interface HTMLElementTagNameMap {
    'hard-samples': HardSamples;
  }
}
