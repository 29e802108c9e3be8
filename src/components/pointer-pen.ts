import { IMAGE_SIDE } from '../domain/sample';
import type { StrokePoint } from '../domain/strokes';

/** Whoever wants to know what a pen does. Points are in squares of the pad. */
export interface PenListener {
  begin(): void;
  extend(points: readonly StrokePoint[]): void;
  end(): void;
  /** The movement does not count: the system took the pointer away. */
  cancel(): void;
}

/** Turns pointer events into strokes: one pointer at a time, every point that the device saw. */
export class PointerPen {
  private pointerId: number | undefined;

  constructor(
    private readonly listener: PenListener,
    private readonly penWidth: () => number,
  ) {}

  down(event: PointerEvent, pad: HTMLElement): void {
    const isMainButton = event.button === 0;
    if (this.pointerId !== undefined || !isMainButton) return;
    this.pointerId = event.pointerId;
    pad.setPointerCapture(event.pointerId);
    this.listener.begin();
    this.listener.extend([this.toPoint(event, pad)]);
  }

  move(event: PointerEvent, pad: HTMLElement): void {
    if (event.pointerId !== this.pointerId) return;
    const events = event.getCoalescedEvents();
    // Events made by programs hold no others; then the event itself is the point.
    const seen = events.length > 0 ? events : [event];
    this.listener.extend(seen.map((one) => this.toPoint(one, pad)));
  }

  up(event: PointerEvent, pad: HTMLElement): void {
    if (event.pointerId !== this.pointerId) return;
    this.pointerId = undefined;
    this.listener.extend([this.toPoint(event, pad)]);
    this.listener.end();
  }

  cancel(event: PointerEvent): void {
    if (event.pointerId !== this.pointerId) return;
    this.pointerId = undefined;
    this.listener.cancel();
  }

  private toPoint(event: PointerEvent, pad: HTMLElement): StrokePoint {
    const box = pad.getBoundingClientRect();
    // The squares begin inside the frame.
    const squares = (client: number, start: number, border: number, inner: number) =>
      ((client - start - border) / inner) * IMAGE_SIDE;
    return {
      x: squares(event.clientX, box.left, pad.clientLeft, pad.clientWidth),
      y: squares(event.clientY, box.top, pad.clientTop, pad.clientHeight),
      width: this.penWidth() * pressureFactor(event),
    };
  }
}

/** Only a pen tells how hard it presses; 0.5 is the usual pressure. A lifted pen presses with 0. */
function pressureFactor({ pointerType, pressure }: PointerEvent): number {
  return pointerType === 'pen' && pressure > 0 ? 0.6 + 0.8 * pressure : 1;
}
