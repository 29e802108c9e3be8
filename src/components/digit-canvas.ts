import { css, html, LitElement, type PropertyValues } from '../i18n/lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { fitIn, type GreyImage } from '../domain/raster';
import { IMAGE_SIDE } from '../domain/sample';
import type { Stroke, StrokePoint } from '../domain/strokes';
import { KeyboardPen, type Cell } from './keyboard-pen';
import { PointerPen } from './pointer-pen';
import { baseStyles } from './shared-styles';

/** Squares that the corner marks leave free on each side: between them lies the 20 × 20 box. */
const MARK_INSET = 4;

/** What the pad tells while somebody draws. */
export interface StrokeEventDetail {
  readonly stroke: Stroke;
}

/**
 * The pad: 28 × 28 squares to draw one digit on, with mouse, finger, pen or keys. It draws what it is
 * given and tells what is drawn: `stroke-change` while the pen moves, `stroke-end` when it leaves the
 * paper, `stroke-cancel` when the movement was taken back, `undo`, `redo` and `clear` by keys.
 */
@customElement('digit-canvas')
export class DigitCanvas extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
        width: calc(28 * var(--square-size, 18px) + 2px);
        max-width: 100%;
      }
      .pad {
        position: relative;
        width: 100%;
        aspect-ratio: 1;
        border: 1px solid var(--ink);
        border-radius: var(--r-2);
        background: var(--sheet);
        color: var(--ink);
        cursor: crosshair;
        touch-action: none;
        user-select: none;
        -webkit-user-select: none;
        overflow: hidden;
      }
      canvas {
        display: block;
        width: 100%;
        height: 100%;
      }
      .hint-empty {
        position: absolute;
        inset: 0;
        display: grid;
        place-items: center;
        color: var(--ink-3);
        font: 400 var(--t-6) / 1.25 var(--font-book);
        pointer-events: none;
      }
    `,
  ];

  @property({ attribute: false }) strokes: readonly Stroke[] = [];
  /** A picture in place of strokes: [28, 28] bytes. */
  @property({ attribute: false }) picture: Uint8Array | undefined;
  /** A picture of several digits in place of strokes: 0 paper … 255 ink, as large as the pad has room. */
  @property({ attribute: false }) sheet: GreyImage | undefined;
  /** The width of the pen, in squares. */
  @property({ type: Number }) penWidth = 2;
  /** Changes when the colours do. */
  @property() theme = '';

  @query('.pad') private pad!: HTMLElement;
  @query('canvas') private canvas!: HTMLCanvasElement;

  @state() private isDrawing = false;
  private liveStroke: StrokePoint[] = [];
  private cursor: Cell | undefined;
  private readonly resizing = new ResizeObserver(() => this.paint());

  private readonly listener = {
    begin: () => {
      this.liveStroke = [];
      this.isDrawing = true;
    },
    extend: (points: readonly StrokePoint[]) => {
      this.liveStroke.push(...points);
      this.paint();
      this.tell('stroke-change', { stroke: [...this.liveStroke] });
    },
    end: () => {
      const stroke = this.liveStroke;
      this.liveStroke = [];
      this.isDrawing = false;
      if (stroke.length > 0) this.tell('stroke-end', { stroke });
    },
    cancel: () => {
      this.liveStroke = [];
      this.isDrawing = false;
      this.paint();
      this.tell('stroke-cancel');
    },
  };

  private readonly pointerPen = new PointerPen(this.listener, () => this.penWidth);
  private readonly keyboardPen = new KeyboardPen(this.listener, () => this.penWidth, {
    moveCursor: (cursor) => {
      this.cursor = cursor;
      this.paint();
    },
    command: (name) => this.tell(name),
  });

  override render() {
    const hasInk = this.strokes.length > 0 || this.isDrawing || (this.picture ?? this.sheet) !== undefined;
    return html`
      <div
        class="pad"
        tabindex="0"
        role="application"
        aria-label="Pad to write digits on"
        aria-describedby="keys"
        @pointerdown=${this.onPointerDown}
        @pointermove=${(event: PointerEvent) => this.pointerPen.move(event, this.pad)}
        @pointerup=${(event: PointerEvent) => this.pointerPen.up(event, this.pad)}
        @pointercancel=${(event: PointerEvent) => this.pointerPen.cancel(event)}
        @keydown=${(event: KeyboardEvent) => this.keyboardPen.down(event)}
        @focus=${this.onFocus}
        @blur=${() => this.keyboardPen.blur()}
      >
        <canvas aria-hidden="true"></canvas>
        <span class="hint-empty" ?hidden=${hasInk}>Write a digit here</span>
        <span id="keys" hidden>
          Arrows move the pen, Space puts it on the paper and lifts it, Shift with arrows draws, Delete or
          Escape clears, Control Z undoes.
        </span>
      </div>
    `;
  }

  private onPointerDown(event: PointerEvent): void {
    // A finger or a pen does not bring the focus along, and the keys that clear and undo belong to the pad.
    this.pad.focus({ preventScroll: true });
    this.pointerPen.down(event, this.pad);
  }

  /** The keyboard's cursor is shown to those who came by keyboard; a pen needs none. */
  private onFocus(): void {
    if (this.pad.matches(':focus-visible')) this.keyboardPen.focus();
  }

  protected override firstUpdated(): void {
    this.resizing.observe(this.canvas);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resizing.disconnect();
  }

  protected override updated(_changes: PropertyValues<this>): void {
    this.paint();
  }

  private tell(name: string, detail?: StrokeEventDetail): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  /** Paints everything anew: squares, marks, picture or strokes, cursor. A few hundred lines at most. */
  private paint(): void {
    const side = Math.round(this.canvas.clientWidth * devicePixelRatio);
    if (side === 0) return;
    if (this.canvas.width !== side) this.canvas.width = this.canvas.height = side;
    const context = this.canvas.getContext('2d');
    if (!context) return;
    const style = getComputedStyle(this.pad);
    const colour = (name: string) => style.getPropertyValue(name).trim();
    context.setTransform(side / IMAGE_SIDE, 0, 0, side / IMAGE_SIDE, 0, 0);
    context.clearRect(0, 0, IMAGE_SIDE, IMAGE_SIDE);
    paintSquares(context, side, colour);
    paintMarks(context, colour('--ink-3'));
    context.fillStyle = context.strokeStyle = style.color;
    if (this.picture) paintPicture(context, this.picture);
    if (this.sheet) paintSheet(context, this.sheet);
    for (const stroke of this.strokes) paintStroke(context, stroke);
    paintStroke(context, this.liveStroke);
    if (this.cursor) paintCursor(context, this.cursor, colour('--blue'));
  }
}

type Pen = CanvasRenderingContext2D;

function paintSquares(context: Pen, side: number, colour: (name: string) => string): void {
  // One device pixel, set between pixels so that it stays sharp.
  const hair = IMAGE_SIDE / side;
  context.lineWidth = hair;
  for (const strong of [false, true]) {
    context.strokeStyle = colour(strong ? '--square-strong' : '--square');
    context.beginPath();
    for (let line = 1; line < IMAGE_SIDE; line++) {
      if ((line % 7 === 0) !== strong) continue;
      const at = (Math.round((line * side) / IMAGE_SIDE) + 0.5) * hair;
      context.moveTo(at, 0);
      context.lineTo(at, IMAGE_SIDE);
      context.moveTo(0, at);
      context.lineTo(IMAGE_SIDE, at);
    }
    context.stroke();
  }
}

function paintMarks(context: Pen, colour: string): void {
  context.strokeStyle = colour;
  context.lineWidth = 0.1;
  context.beginPath();
  for (const [x, toX] of [
    [MARK_INSET, 1.5],
    [IMAGE_SIDE - MARK_INSET, -1.5],
  ] as const) {
    for (const [y, toY] of [
      [MARK_INSET, 1.5],
      [IMAGE_SIDE - MARK_INSET, -1.5],
    ] as const) {
      context.moveTo(x + toX, y);
      context.lineTo(x, y);
      context.lineTo(x, y + toY);
    }
  }
  context.stroke();
}

function paintPicture(context: Pen, pixels: Uint8Array): void {
  pixels.forEach((ink, index) => {
    context.globalAlpha = ink / 255;
    context.fillRect(index % IMAGE_SIDE, Math.floor(index / IMAGE_SIDE), 1, 1);
  });
  context.globalAlpha = 1;
}

/** Paints a picture of ink as large as there is room, in the middle. */
function paintSheet(context: Pen, { width, height, data }: GreyImage): void {
  const { scale, left, top } = fitIn({ width, height }, IMAGE_SIDE);
  data.forEach((ink, at) => {
    if (ink === 0) return;
    context.globalAlpha = ink / 255;
    context.fillRect(left + (at % width) * scale, top + Math.floor(at / width) * scale, scale, scale);
  });
  context.globalAlpha = 1;
}

/** The same shape that the network's own rasterizer makes: a round nib whose width changes evenly. */
function paintStroke(context: Pen, stroke: Stroke): void {
  context.lineCap = 'round';
  for (let end = 0; end < stroke.length; end++) {
    const from = stroke[Math.max(0, end - 1)]!;
    const to = stroke[end]!;
    context.lineWidth = (from.width + to.width) / 2;
    context.beginPath();
    context.moveTo(from.x, from.y);
    context.lineTo(to.x, to.y);
    context.stroke();
  }
}

function paintCursor(context: Pen, { x, y }: Cell, colour: string): void {
  context.strokeStyle = colour;
  context.lineWidth = 0.15;
  context.strokeRect(x, y, 1, 1);
}

declare global {
  interface HTMLElementTagNameMap {
    'digit-canvas': DigitCanvas;
  }
  interface HTMLElementEventMap {
    'stroke-change': CustomEvent<StrokeEventDetail>;
    'stroke-end': CustomEvent<StrokeEventDetail>;
  }
}
