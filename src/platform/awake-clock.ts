/** A silence longer than this is no work but sleep, in milliseconds. */
export const LONGEST_GAP_MS = 30_000;

/**
 * A clock that stands still while the device sleeps: between two readings at most half a minute passes on
 * it. Whatever is busy reads it several times a second.
 */
export class AwakeClock {
  private readAt: number;
  private sleptMs = 0;

  constructor(private readonly source: () => number = () => performance.now()) {
    this.readAt = source();
  }

  /** Milliseconds, as of `performance.now()`, less what was slept. */
  now(): number {
    const now = this.source();
    const gap = now - this.readAt;
    this.readAt = now;
    if (gap > LONGEST_GAP_MS) this.sleptMs += gap - LONGEST_GAP_MS;
    return now - this.sleptMs;
  }
}
