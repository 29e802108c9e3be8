import { css, html, LitElement, nothing, svg } from '../i18n/lit';
import { customElement, property, state } from 'lit/decorators.js';
import {
  mostUsers,
  plannedStages,
  shapeDuration,
  type LoadStage,
  type PlannedStage,
} from '../domain/load-shape';
import { formatClock, formatCount } from './format';
import { moveHandle, type HandleKind } from './load-shape-moves';
import { baseStyles } from './shared-styles';

const HEIGHT = 220;
const PLOT = { left: 44, right: 20, top: 24, bottom: 28 };
/** Between two times that are written below the axis, in pixels at least. */
const LABEL_WIDTH = 52;
/** What an arrow key moves, in users and seconds; with Shift ten times that. */
const KEYS: Readonly<Record<string, { readonly users: number; readonly seconds: number }>> = {
  ArrowUp: { users: 1, seconds: 0 },
  ArrowDown: { users: -1, seconds: 0 },
  ArrowRight: { users: 0, seconds: 1 },
  ArrowLeft: { users: 0, seconds: -1 },
};

/** What the axes span. They stay as they are while something is dragged. */
interface Span {
  readonly seconds: number;
  readonly users: number;
}

/**
 * A load as a line over time, whose corners can be dragged, or moved by arrow keys. Tells `change` with the
 * stages.
 */
@customElement('load-shape-chart')
export class LoadShapeChart extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
        min-height: ${HEIGHT}px;
      }
      svg {
        display: block;
        width: 100%;
        height: ${HEIGHT}px;
        overflow: visible;
        touch-action: pan-y;
      }
      text {
        fill: var(--ink-2);
        font: 12px var(--font-ui);
        font-variant-numeric: tabular-nums;
        text-anchor: middle;
      }
      .name {
        fill: var(--ink);
        font-weight: 600;
      }
      .side {
        text-anchor: end;
      }
      .axis {
        stroke: var(--edge);
      }
      .grid {
        stroke: var(--chart-grid);
      }
      .area {
        fill: var(--blue-wash);
      }
      .line {
        fill: none;
        stroke: var(--c1);
        stroke-width: 2;
        stroke-linejoin: round;
      }
      .now {
        stroke: var(--ink-2);
      }
      .handle {
        cursor: move;
        touch-action: none;
      }
      .handle .reach {
        fill: transparent;
      }
      .handle .dot {
        fill: var(--sheet);
        stroke: var(--c1);
        stroke-width: 2;
      }
      .handle.end .dot {
        fill: var(--c1);
      }
      .handle:focus-visible {
        outline: none;
      }
      .handle:focus-visible .dot {
        stroke: var(--focus);
        stroke-width: 5;
      }
    `,
  ];

  @property({ attribute: false }) stages: readonly LoadStage[] = [];
  /** What is counted: users, or requests a second. */
  @property() unit = 'users';
  /** Seconds since the test began; the corners cannot be moved while it runs. */
  @property({ type: Number }) now: number | undefined;
  @property({ type: Boolean }) fixed = false;
  @state() private width = 600;
  @state() private dragged: Span | undefined;
  private readonly sizes = new ResizeObserver(([entry]) => {
    if (entry && entry.contentRect.width > 0) this.width = Math.round(entry.contentRect.width);
  });

  override connectedCallback(): void {
    super.connectedCallback();
    this.sizes.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.sizes.disconnect();
  }

  override render() {
    const planned = plannedStages(this.stages);
    return html`
      <svg viewBox="0 0 ${this.width} ${HEIGHT}" role="group" aria-label=${this.describe()}>
        ${this.renderGround()} ${this.renderLine(planned)} ${this.renderTimes(planned)}
        ${this.now === undefined ? nothing : this.renderNow(this.now)}
        ${this.fixed ? nothing : planned.map((stage, at) => this.renderHandles(stage, at))}
      </svg>
    `;
  }

  private get span(): Span {
    if (this.dragged) return this.dragged;
    const room = this.fixed ? 1 : 1.12;
    return {
      seconds: Math.max(1, shapeDuration(this.stages) * room),
      users: niceTop(Math.max(4, mostUsers(this.stages) * 1.15)),
    };
  }

  private x(seconds: number): number {
    return round(PLOT.left + (seconds / this.span.seconds) * (this.width - PLOT.left - PLOT.right));
  }

  private y(users: number): number {
    return round(HEIGHT - PLOT.bottom - (users / this.span.users) * (HEIGHT - PLOT.top - PLOT.bottom));
  }

  private renderGround() {
    const { users } = this.span;
    const right = this.width - PLOT.right;
    return [0, 0.5, 1].map((part) => {
      const y = this.y(users * part);
      return svg`<path class=${part === 0 ? 'axis' : 'grid'} d="M${PLOT.left} ${y}H${right}" />
        <text class="side" x=${PLOT.left - 8} y=${y + 4}>${formatCount(users * part)}</text>`;
    });
  }

  private renderLine(planned: readonly PlannedStage[]) {
    const corners = planned.flatMap(({ ramped, to }) => [ramped, to]);
    const path = corners.map(({ seconds, users }) => `L${this.x(seconds)} ${this.y(users)}`).join('');
    const start = `M${this.x(0)} ${this.y(0)}`;
    const end = this.x(shapeDuration(this.stages));
    return svg`<path class="area" d="${start}${path}L${end} ${this.y(0)}Z" />
      <path class="line" d="${start}${path}" />
      ${planned.map(({ ramped, to }) => this.renderName(ramped.users, (ramped.seconds + to.seconds) / 2, to.seconds - ramped.seconds))}`;
  }

  /** The number of users above a part that is wide enough for it. */
  private renderName(users: number, at: number, length: number) {
    const room = this.x(length) - this.x(0);
    if (room < 24) return nothing;
    const words = room < 90 ? formatCount(users) : `${formatCount(users)} ${this.unit}`;
    return svg`<text class="name" x=${this.x(at)} y=${this.y(users) - 9}>${words}</text>`;
  }

  private renderTimes(planned: readonly PlannedStage[]) {
    let last = -LABEL_WIDTH;
    return [0, ...planned.map(({ to }) => to.seconds)].map((seconds) => {
      const x = this.x(seconds);
      if (x - last < LABEL_WIDTH) return nothing;
      last = x;
      return svg`<text x=${x} y=${HEIGHT - 8}>${formatClock(seconds * 1000)}</text>`;
    });
  }

  private renderNow(seconds: number) {
    const x = this.x(Math.min(seconds, shapeDuration(this.stages)));
    return svg`<path class="now" d="M${x} ${PLOT.top - 12}V${HEIGHT - PLOT.bottom}" />`;
  }

  private renderHandles({ ramped, to }: PlannedStage, at: number) {
    return [
      this.renderHandle(at, 'ramp', ramped.seconds, ramped.users),
      this.renderHandle(at, 'end', to.seconds, to.users),
    ];
  }

  private renderHandle(at: number, kind: HandleKind, seconds: number, users: number) {
    const { users: wanted } = this.stages[at]!;
    const name = kind === 'end' ? `Stage ${at + 1}, its end` : `Stage ${at + 1}, end of its ramp`;
    return svg`<g class="handle ${kind}" tabindex="0" role="slider" aria-label=${name}
        aria-valuemin="0" aria-valuemax="10000" aria-valuenow=${wanted}
        aria-valuetext=${`${formatCount(wanted)} ${this.unit} at ${formatClock(seconds * 1000)}`}
        transform="translate(${this.x(seconds)} ${this.y(users)})"
        @keydown=${(event: KeyboardEvent) => this.onKey(event, at, kind)}
        @pointerdown=${(event: PointerEvent) => this.onDown(event)}
        @pointermove=${(event: PointerEvent) => this.onMove(event, at, kind)}
        @pointerup=${() => (this.dragged = undefined)}
        @pointercancel=${() => (this.dragged = undefined)}>
        <circle class="reach" r="22" /><circle class="dot" r=${kind === 'end' ? 7 : 5} />
      </g>`;
  }

  private onKey(event: KeyboardEvent, at: number, kind: HandleKind): void {
    const step = KEYS[event.key];
    if (!step) return;
    event.preventDefault();
    const times = event.shiftKey ? 10 : 1;
    const stage = plannedStages(this.stages)[at]!;
    const seconds = (kind === 'end' ? stage.to.seconds : stage.ramped.seconds) + step.seconds * times;
    this.move(at, kind, { seconds, users: this.stages[at]!.users + step.users * times });
  }

  private onDown(event: PointerEvent): void {
    const handle = event.currentTarget as SVGElement;
    handle.focus();
    handle.setPointerCapture(event.pointerId);
    this.dragged = this.span;
    event.preventDefault();
  }

  private onMove(event: PointerEvent, at: number, kind: HandleKind): void {
    const { dragged } = this;
    if (!dragged) return;
    const box = this.getBoundingClientRect();
    const x = (event.clientX - box.left - PLOT.left) / (this.width - PLOT.left - PLOT.right);
    const y = (box.top + HEIGHT - PLOT.bottom - event.clientY) / (HEIGHT - PLOT.top - PLOT.bottom);
    this.move(at, kind, { seconds: x * dragged.seconds, users: Math.min(1, y) * dragged.users });
  }

  private move(at: number, kind: HandleKind, to: { readonly seconds: number; readonly users: number }): void {
    const detail = moveHandle(this.stages, at, kind, to);
    this.dispatchEvent(new CustomEvent<readonly LoadStage[]>('change', { detail }));
  }

  private describe(): string {
    const words = this.stages.map(
      ({ users, duration }) => `${formatCount(users)} ${this.unit} until ${formatClock(duration * 1000)}`,
    );
    return `Planned load: ${words.join(', ')}.`;
  }
}

/** The next of 1, 2, 4, 6, 8 times a power of ten: both it and its half are round. */
function niceTop(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 4, 6, 8, 10].find((step) => step * power >= value) ?? 10) * power;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

declare global {
  interface HTMLElementTagNameMap {
    'load-shape-chart': LoadShapeChart;
  }
}
