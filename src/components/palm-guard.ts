/** A touch wider or taller than this, in CSS pixels, is a palm: fingertips cover 20 to 40, a thumb up to 50. */
const PALM_SIDE = 50;
/**
 * A pen that was seen so short a time ago is in use, in milliseconds: between two strokes it hovers, or is
 * lifted out of sight for a moment, while the hand goes on resting on the screen.
 */
const PEN_REST_MS = 5000;

/** Tells touches that are meant from hands that rest on the screen. It is shown every pointer event. */
export class PalmGuard {
  private penSeenAt = -Infinity;

  /** Takes note of a pen, whether it draws or hovers. */
  observe({ pointerType, timeStamp }: PointerEvent): void {
    if (pointerType === 'pen') this.penSeenAt = timeStamp;
  }

  /** True for a touch that is not to draw. */
  isPalm({ pointerType, width, height, timeStamp }: PointerEvent): boolean {
    if (pointerType !== 'touch') return false;
    const isPenInUse = timeStamp - this.penSeenAt < PEN_REST_MS;
    return isPenInUse || Math.max(width, height) > PALM_SIDE;
  }
}
