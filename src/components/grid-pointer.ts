/** What a pointer does in a grid of tiles. */
export interface GridPointerListener {
  tileAt(clientX: number, clientY: number): number;
  tap(index: number, event: PointerEvent): void;
  /** Begins to choose all tiles from one on; `isAdding` keeps those chosen before. */
  beginSwipe(index: number, isAdding: boolean): void;
  extendSwipe(index: number): void;
}

/** A mouse that moves less has not been dragged. */
const DRAG_PX = 5;
/** A finger that rests longer chooses; one that moves before scrolls. */
const LONG_PRESS_MS = 450;
/** This near to an edge, a swipe scrolls. */
const EDGE_PX = 28;

/**
 * Tells taps from swipes: a mouse swipes as soon as it is dragged, a finger after it has rested, so that
 * it can still scroll. A swipe beyond the upper or lower edge scrolls on.
 */
export class GridPointer {
  private start: PointerEvent | undefined;
  private last: PointerEvent | undefined;
  private isSwiping = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly listener: GridPointerListener,
    private readonly scroller: () => HTMLElement,
  ) {}

  down(event: PointerEvent): void {
    if (this.start || event.button !== 0) return;
    this.start = this.last = event;
    this.scroller().setPointerCapture(event.pointerId);
    if (event.pointerType === 'touch') this.timer = setTimeout(() => this.begin(true), LONG_PRESS_MS);
  }

  move(event: PointerEvent): void {
    if (event.pointerId !== this.start?.pointerId) return;
    this.last = event;
    if (!this.isSwiping && this.hasLeft(this.start, event)) {
      if (event.pointerType === 'touch') this.reset();
      else this.begin(event.ctrlKey || event.metaKey);
    }
    if (this.isSwiping) this.extend(event);
  }

  up(event: PointerEvent): void {
    if (event.pointerId !== this.start?.pointerId) return;
    const isTap = !this.isSwiping;
    this.reset();
    if (isTap) this.listener.tap(this.listener.tileAt(event.clientX, event.clientY), event);
  }

  cancel(event: PointerEvent): void {
    if (event.pointerId === this.start?.pointerId) this.reset();
  }

  /** A finger that chooses must not scroll, nor open a menu. */
  keepFromBrowser(event: Event): void {
    if (this.isSwiping && event.cancelable) event.preventDefault();
  }

  reset(): void {
    clearTimeout(this.timer);
    this.start = this.last = undefined;
    this.isSwiping = false;
  }

  private begin(isAdding: boolean): void {
    const { start } = this;
    if (!start) return;
    this.isSwiping = true;
    this.listener.beginSwipe(this.listener.tileAt(start.clientX, start.clientY), isAdding);
    requestAnimationFrame(() => this.scrollOn());
  }

  private extend({ clientX, clientY }: PointerEvent): void {
    this.listener.extendSwipe(this.listener.tileAt(clientX, clientY));
  }

  /** Once a frame while a swipe lasts: the further out, the faster. */
  private scrollOn(): void {
    if (!this.isSwiping || !this.last) return;
    const { top, bottom } = this.scroller().getBoundingClientRect();
    const above = Math.min(0, this.last.clientY - top - EDGE_PX);
    const below = Math.max(0, this.last.clientY - bottom + EDGE_PX);
    const speed = (above + below) / 3;
    if (speed !== 0) {
      this.scroller().scrollTop += speed;
      this.extend(this.last);
    }
    requestAnimationFrame(() => this.scrollOn());
  }

  private hasLeft(from: PointerEvent, to: PointerEvent): boolean {
    return Math.hypot(to.clientX - from.clientX, to.clientY - from.clientY) > DRAG_PX;
  }
}
