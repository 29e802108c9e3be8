import { css, html, LitElement, nothing, type PropertyValues } from '../i18n/lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { cardStyles } from './card-styles';
import { MAP_MARGIN, mapBounds, type MapBounds, type MapChart, type MapPoint } from './chart-map';
import { formatCount } from './format';
import { placeOnMap, pointAfterKey } from './map-steps';
import './pixel-view';
import './plotly-chart';
import type { SampleTile } from './sample-grid';
import { baseStyles, plateStyles } from './shared-styles';

/** A sample on the map. */
export interface DataPoint extends MapPoint {
  /** Its place in the set. */
  readonly index: number;
}

/**
 * A plate with samples as points of a plane, those that resemble each other side by side, and the digit
 * that somebody points at. It asks `tileAt` for that digit; undefined leaves it blank until
 * `requestUpdate()`. Tells `pointhover` and `open`, each with the index of a sample.
 */
@customElement('data-map')
export class DataMap extends LitElement {
  static override styles = [
    baseStyles,
    plateStyles,
    cardStyles,
    css`
      .body {
        display: grid;
        grid-template-columns: minmax(0, 1fr) 140px;
        gap: var(--s-4);
        --chart-height: 420px;
      }
      .map {
        position: relative;
        border: 1px solid var(--rule);
        border-radius: var(--r-2);
      }
      .ring {
        position: absolute;
        width: 15px;
        height: 15px;
        margin: -7.5px;
        border: 2px solid var(--ink);
        border-radius: var(--r-round);
        box-shadow: 0 0 0 1.5px var(--sheet);
        pointer-events: none;
        /* A layer of its own: the points below are not painted anew when it moves. */
        will-change: transform;
      }
      .shown {
        display: grid;
        align-content: start;
        gap: var(--s-2);
      }
      .name {
        font: 400 var(--t-6) / 1.25 var(--font-book);
      }
      @media (max-width: 720px) {
        .body {
          grid-template-columns: minmax(0, 1fr);
          --chart-height: 320px;
        }
        .shown {
          grid-template-columns: 84px minmax(0, 1fr);
          align-items: center;
          gap: var(--s-3);
          min-height: 84px;
        }
      }
    `,
  ];

  @property() heading = 'Map of digits';
  @property() explanation = '';
  @property({ attribute: false }) points: readonly DataPoint[] = [];
  @property({ attribute: false }) tileAt: (index: number) => SampleTile | undefined = () => undefined;
  /** Changes when the colours do. */
  @property() theme = '';
  /** Which point is looked at. */
  @state() private current: number | undefined;

  @query('.ring') private ring!: HTMLElement | null;
  private chart: MapChart = { kind: 'map', points: [], nameOf: String };
  private bounds: MapBounds = mapBounds([]);

  override render() {
    const summary = `${formatCount(this.points.length)} digits as points; those that resemble each other lie near each other.`;
    return html`
      <section class="plate" aria-label=${this.heading}>
        <header>
          <div>
            <h2>${this.heading}</h2>
            <p class="hint">${this.explanation}</p>
          </div>
        </header>
        <div class="body">
          <div
            class="map"
            role="application"
            tabindex="0"
            aria-label=${this.heading}
            aria-describedby="keys"
            @keydown=${this.onKey}
            @focus=${this.onFocus}
          >
            <plotly-chart
              .chart=${this.chart}
              .summary=${summary}
              .theme=${this.theme}
              @pointhover=${(event: CustomEvent<number>) => this.look(event.detail)}
              @pointclick=${(event: CustomEvent<number>) => this.open(event.detail)}
            ></plotly-chart>
            <div class="ring" ?hidden=${this.point === undefined}></div>
            <span id="keys" hidden>Arrows move to the next digit in their direction, Enter opens it.</span>
          </div>
          ${this.renderShown()}
        </div>
      </section>
    `;
  }

  private renderShown() {
    const tile = this.point && this.tileAt(this.point.index);
    const number = this.point && formatCount(tile?.number ?? this.point.index + 1);
    return html`
      <div class="shown">
        <pixel-view
          .pixels=${tile?.pixels}
          .label=${tile ? `A ${tile.label}` : 'No digit yet'}
          .theme=${this.theme}
        ></pixel-view>
        <div aria-live="polite">
          ${
            this.point
              ? html`
                  <p class="name"><bdi>${tile?.label ?? this.point.group}</bdi></p>
                  <p class="hint figures">Number ${number}</p>
                  ${
                    tile?.note
                      ? html`
                          <p class="hint">${tile.note}</p>
                        `
                      : nothing
                  }
                `
              : html`
                  <p class="hint">Point at a place, or move with the arrows.</p>
                `
          }
        </div>
      </div>
    `;
  }

  protected override willUpdate(changes: PropertyValues<this>): void {
    if (!changes.has('points')) return;
    this.chart = { ...this.chart, points: this.points };
    this.bounds = mapBounds(this.points);
    this.current = undefined;
  }

  protected override updated(_changes: PropertyValues<this>): void {
    if (!this.ring || !this.point) return;
    const { right, down } = placeOnMap(this.point, this.bounds);
    const along = (share: number) => `calc(${MAP_MARGIN}px + (100% - ${2 * MAP_MARGIN}px) * ${share})`;
    this.ring.style.left = along(right);
    this.ring.style.top = along(down);
  }

  private get point(): DataPoint | undefined {
    return this.current === undefined ? undefined : this.points[this.current];
  }

  private onKey(event: KeyboardEvent): void {
    const next = pointAfterKey(event.key, this.current ?? 0, this.points, this.bounds);
    if (next !== undefined) this.look(next);
    else if (event.key === 'Enter' && this.current !== undefined) this.open(this.current);
    else return;
    event.preventDefault();
  }

  /** The keyboard begins somewhere. */
  private onFocus(): void {
    if (this.current === undefined && this.points.length > 0) this.look(0);
  }

  /** A pointer that leaves a point leaves its digit in view. */
  private look(number: number): void {
    if (number === this.current) return;
    this.current = number;
    this.tell('pointhover');
  }

  private open(number: number): void {
    this.look(number);
    this.tell('open');
  }

  private tell(name: 'pointhover' | 'open'): void {
    this.dispatchEvent(new CustomEvent(name, { detail: this.point?.index }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'data-map': DataMap;
  }
}
