import { IMAGE_SIDE } from '../domain/sample';
import { pressedWidth, type StrokePoint } from '../domain/strokes';
import { PalmGuard } from './palm-guard';

/** Whoever wants to know what a pen does. Points are in squares of the pad. */
export interface PenListener {
  begin(): void;
  extend(points: readonly StrokePoint[]): void;
  end(): void;
  /** The movement does not count: the system took the pointer away. */
  cancel(): void;
}

/**
 * Turns pointer events into strokes: one pointer at a time, every point that the device saw. A pen goes
 * before a touch, and a resting hand does not draw.
 */
export class PointerPen {
  private pointerId: number | undefined;
  private isTouch = false;
  /** Of the last point. */
  private width = 0;
  private readonly palms = new PalmGuard();

  constructor(
    private readonly listener: PenListener,
    private readonly penWidth: () => number,
  ) {}

  down(event: PointerEvent, pad: HTMLElement): void {
    this.palms.observe(event);
    if (event.button !== 0 || this.palms.isPalm(event)) return;
    // The hand came down before the pen did.
    if (event.pointerType === 'pen' && this.isTouch) this.takeBack();
    if (this.pointerId !== undefined) return;
    this.pointerId = event.pointerId;
    this.isTouch = event.pointerType === 'touch';
    pad.setPointerCapture(event.pointerId);
    this.listener.begin();
    this.listener.extend([this.toPoint(event, pad)]);
  }

  move(event: PointerEvent, pad: HTMLElement): void {
    this.palms.observe(event);
    if (event.pointerId !== this.pointerId) return;
    // A hand touches with its edge first.
    if (this.palms.isPalm(event)) return this.takeBack();
    const events = event.getCoalescedEvents();
    // Events made by programs hold no others; then the event itself is the point.
    const seen = events.length > 0 ? events : [event];
    this.listener.extend(seen.map((one) => this.toPoint(one, pad)));
  }

  up(event: PointerEvent, pad: HTMLElement): void {
    this.palms.observe(event);
    if (event.pointerId !== this.pointerId) return;
    this.leave();
    this.listener.extend([this.toPoint(event, pad)]);
    this.listener.end();
  }

  cancel(event: PointerEvent): void {
    if (event.pointerId === this.pointerId) this.takeBack();
  }

  private takeBack(): void {
    this.leave();
    this.listener.cancel();
  }

  private leave(): void {
    this.pointerId = undefined;
    this.isTouch = false;
  }

  private toPoint(event: PointerEvent, pad: HTMLElement): StrokePoint {
    const box = pad.getBoundingClientRect();
    // The squares begin inside the frame.
    const squares = (client: number, start: number, border: number, inner: number) =>
      ((client - start - border) / inner) * IMAGE_SIDE;
    return {
      x: squares(event.clientX, box.left, pad.clientLeft, pad.clientWidth),
      y: squares(event.clientY, box.top, pad.clientTop, pad.clientHeight),
      width: this.widthOf(event),
    };
  }

  /** Only a pen tells how hard it presses. One that is lifted presses with 0, and ends as it wrote. */
  private widthOf({ pointerType, pressure, type }: PointerEvent): number {
    const isPressing = pointerType === 'pen' && pressure > 0;
    if (isPressing) this.width = pressedWidth(this.penWidth(), pressure);
    else if (pointerType !== 'pen' || type === 'pointerdown') this.width = this.penWidth();
    return this.width;
  }
}
