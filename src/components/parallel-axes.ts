import { css, html, LitElement, nothing, svg } from '../i18n/lit';
import { customElement, property, state } from 'lit/decorators.js';
import { placeOnAxis, type ParallelAxis } from '../domain/compare-runs';
import { cardStyles } from './card-styles';
import { dashOf, renderSwatch, swatchStyles } from './chart-swatch';
import type { SettingsColumn } from './settings-table';
import { baseStyles, buttonStyles, plateStyles } from './shared-styles';

/** Where the axes begin and end, in pixels from the top. */
const TOP = 46;
const BOTTOM = 246;

/**
 * A plate with an axis for each number and a line for each run. The buttons below bring one line out by
 * pointing, by focus, or for good by pressing.
 */
@customElement('parallel-axes')
export class ParallelAxes extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    plateStyles,
    swatchStyles,
    cardStyles,
    css`
      .scroll {
        position: relative;
        overflow-x: auto;
      }
      .chart {
        display: block;
        width: 100%;
        min-width: 560px;
        height: 272px;
      }
      text {
        fill: var(--ink-2);
        font: 400 var(--t-1) / 1 var(--font-ui);
        text-anchor: middle;
      }
      .title {
        fill: var(--ink);
        font-weight: 600;
      }
      .axis {
        stroke: var(--chart-axis);
      }
      .run line {
        stroke-width: 2;
      }
      .pale {
        opacity: 0.2;
      }
      .legend {
        display: flex;
        flex-wrap: wrap;
        gap: var(--s-2);
        margin-top: var(--s-3);
      }
      .legend button[aria-pressed='true'] {
        border-color: var(--blue);
        background: var(--blue-wash);
      }
      @media (forced-colors: active) {
        .legend button[aria-pressed='true'] {
          border-color: Highlight;
        }
      }
    `,
  ];

  /** One for each run. */
  @property({ attribute: false }) columns: readonly SettingsColumn[] = [];
  @property({ attribute: false }) axes: readonly ParallelAxis[] = [];
  /** The run that somebody points at, and the one that somebody pressed. */
  @state() private pointed: number | undefined;
  @state() private pressed: number | undefined;

  override render() {
    const summary = this.summary();
    return html`
      <section class="plate" aria-label="What led where">
        <header>
          <div>
            <h2>What led where</h2>
            <p class="hint figures">${summary}</p>
          </div>
        </header>
        <div class="scroll" tabindex="0" role="region" aria-label="What led where, chart">
          <svg class="chart figures" role="img" aria-label=${summary}>
            ${this.axes.map((axis, at) => this.renderAxis(axis, at))}
            ${this.columns.map((column, at) => this.renderRun(column, at))}
          </svg>
        </div>
        <div class="legend" role="group" aria-label="Bring out one run">
          ${this.columns.map((column, at) => this.renderButton(column, at))}
        </div>
      </section>
    `;
  }

  private renderAxis(axis: ParallelAxis, at: number) {
    const x = this.across(at);
    const known = axis.values.filter((value) => value !== undefined);
    const [low, high] = [Math.min(...known), Math.max(...known)];
    const isOne = low === high;
    return svg`
      <text class="title" x=${x} y="14">${axis.name}</text>
      <text x=${x} y="34">${known.length === 0 || isOne ? '' : axis.format(high)}</text>
      <line class="axis" x1=${x} x2=${x} y1=${TOP} y2=${BOTTOM}></line>
      <text x=${x} y="266">${known.length === 0 ? '' : axis.format(low)}</text>
    `;
  }

  private renderRun({ slot }: SettingsColumn, run: number) {
    const shown = this.pointed ?? this.pressed;
    const isPale = shown !== undefined && shown !== run;
    const places = this.axes.map((axis, at) => ({ x: this.across(at), y: downAt(axis, run) }));
    return svg`
      <g class=${`run slot-${slot} ${isPale ? 'pale' : ''}`}>
        ${places.map(({ x, y }, at) => {
          const next = places[at + 1];
          if (y === undefined) return nothing;
          const line =
            next?.y === undefined
              ? nothing
              : svg`<line x1=${x} y1=${y} x2=${next.x} y2=${next.y} stroke-dasharray=${dashOf(slot)}></line>`;
          return svg`${line}<circle cx=${x} cy=${y} r="3.5"></circle>`;
        })}
      </g>
    `;
  }

  private renderButton({ name, slot }: SettingsColumn, at: number) {
    const point = (run: number | undefined) => () => (this.pointed = run);
    return html`
      <button
        aria-pressed=${this.pressed === at}
        @click=${() => (this.pressed = this.pressed === at ? undefined : at)}
        @pointerenter=${point(at)}
        @pointerleave=${point(undefined)}
        @focus=${point(at)}
        @blur=${point(undefined)}
      >
        ${renderSwatch(slot)}${name}
      </button>
    `;
  }

  /** The middle of one of as many columns as there are axes. */
  private across(at: number): string {
    return `${((at + 0.5) / this.axes.length) * 100}%`;
  }

  /** "The best is Run 3: learning rate 0.015, epochs 4, accuracy 98.20%." */
  private summary(): string {
    const results = this.axes.at(-1)?.values ?? [];
    const known = results.filter((value) => value !== undefined);
    if (known.length === 0) return 'No epoch of them has ended yet.';
    const best = results.indexOf(Math.max(...known));
    const numbers = this.axes.flatMap(({ name, values, format }) => {
      const value = values[best];
      return value === undefined ? [] : [`${name.toLowerCase()} ${format(value)}`];
    });
    return `The best is ${this.columns[best]?.name}: ${numbers.join(', ')}.`;
  }
}

/** How far down a run meets an axis; undefined where it has no such number. */
function downAt(axis: ParallelAxis, run: number): number | undefined {
  const value = axis.values[run];
  return value === undefined ? undefined : BOTTOM - placeOnAxis(axis, value) * (BOTTOM - TOP);
}

declare global {
  interface HTMLElementTagNameMap {
    'parallel-axes': ParallelAxes;
  }
}
