/** How often a deadline looks at the clock, in milliseconds. */
const LOOK_MS = 1000;

/** What a deadline takes from the platform; tests bring their own. */
export interface Timing {
  readonly now: () => number;
  /** Calls back later; returns what calls it off. */
  readonly later: (callback: () => void, ms: number) => () => void;
}

const REAL_TIMING: Timing = {
  now: () => performance.now(),
  later: (callback, ms) => {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};

/**
 * Tells when something took too long, counting only time in which it could have come: a device that slept
 * or a hidden tab whose timers are held back misses nothing. Each look counts two looks' time at most.
 */
export class Deadline {
  private leftMs = 0;
  private lookedAt = 0;
  private cancel: () => void;

  constructor(
    private readonly onMissed: () => void,
    ms: number,
    private readonly timing: Timing = REAL_TIMING,
  ) {
    this.extend(ms);
    this.cancel = this.schedule();
  }

  /** Starts over with so much time. */
  extend(ms: number): void {
    this.leftMs = ms;
    this.lookedAt = this.timing.now();
  }

  /** It has come; nothing will be told. */
  clear(): void {
    this.cancel();
  }

  private schedule(): () => void {
    return this.timing.later(() => this.look(), Math.min(LOOK_MS, this.leftMs));
  }

  private look(): void {
    const now = this.timing.now();
    this.leftMs -= Math.min(now - this.lookedAt, 2 * LOOK_MS);
    this.lookedAt = now;
    if (this.leftMs <= 0) this.onMissed();
    else this.cancel = this.schedule();
  }
}
