import { css, html, LitElement, nothing, svg } from '../i18n/lit';
import { customElement, property } from 'lit/decorators.js';
import { filterCount, type Filters } from '../domain/findings';
import { cardStyles } from './card-styles';
import { baseStyles, plateStyles } from './shared-styles';

/** Weaker than this share of the strongest weight, a mark would be a speck. */
const WEAKEST = 0.02;

/**
 * A plate with the filters that see the image itself. Marks are sized by strength; filled squares look for
 * ink, hollow circles for paper, so that shape carries the sign as well as colour.
 */
@customElement('filter-view')
export class FilterView extends LitElement {
  static override styles = [
    baseStyles,
    plateStyles,
    cardStyles,
    css`
      ul {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(52px, 1fr));
        gap: var(--s-2);
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li {
        display: block;
        min-width: 0;
      }
      svg {
        display: block;
        width: 100%;
        border: 1px solid var(--rule);
        border-radius: var(--r-1);
        background: var(--sheet);
      }
      .for {
        fill: var(--c1);
      }
      .against {
        fill: none;
        stroke: var(--c2);
        stroke-width: 0.12;
      }
      @media (forced-colors: active) {
        .for {
          fill: CanvasText;
        }
        .against {
          stroke: CanvasText;
        }
      }
    `,
  ];

  @property({ attribute: false }) filters: Filters | undefined;

  override render() {
    return html`
      <section class="plate" aria-label="First filters">
        <header>
          <div>
            <h2>First filters</h2>
            <p class="hint">
              What the first layer looks for, everywhere in the image: squares want ink there, circles want
              paper.
            </p>
          </div>
        </header>
        ${this.filters ? this.renderFilters(this.filters) : nothing}
      </section>
    `;
  }

  private renderFilters(filters: Filters) {
    const { side, values } = filters;
    const strongest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
    const count = filterCount(filters);
    return html`
      <div role="img" aria-label=${`${count} filters of ${side} × ${side} squares`}>
        <ul role="presentation">
          ${Array.from({ length: count }, (_, at) => {
            const weights = values.subarray(at * side * side, (at + 1) * side * side);
            return renderFilter(weights, side, strongest);
          })}
        </ul>
      </div>
    `;
  }
}

function renderFilter(weights: Float32Array, side: number, strongest: number) {
  const marks = { for: '', against: '' };
  weights.forEach((weight, at) => {
    const strength = Math.abs(weight) / strongest;
    if (strength < WEAKEST) return;
    const place = [(at % side) + 0.5, Math.floor(at / side) + 0.5] as const;
    // The area says how strong it is, so its side is the root of that.
    const half = 0.45 * Math.sqrt(strength);
    if (weight > 0) marks.for += square(place, half);
    else marks.against += circle(place, half);
  });
  return html`
    <li role="presentation">
      <svg viewBox=${`0 0 ${side} ${side}`} aria-hidden="true">
        ${svg`<path class="for" d=${marks.for}></path><path class="against" d=${marks.against}></path>`}
      </svg>
    </li>
  `;
}

function square([x, y]: readonly [number, number], half: number): string {
  const width = round(2 * half);
  return `M${round(x - half)} ${round(y - half)}h${width}v${width}h${-width}z`;
}

function circle([x, y]: readonly [number, number], radius: number): string {
  const r = round(radius);
  return `M${round(x - radius)} ${round(y)}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

declare global {
  interface HTMLElementTagNameMap {
    'filter-view': FilterView;
  }
}
