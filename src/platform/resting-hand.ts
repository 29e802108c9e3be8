import { throwIfAborted } from '../domain/errors';

/** Who has drawn, pointed or typed nothing for this long rests, in milliseconds. */
const REST_MS = 1000;
const INPUTS = ['pointerdown', 'pointermove', 'keydown'] as const;

/** Watches whether somebody is at work in this page, so that what can wait does not slow them down. */
export class RestingHand {
  private movedAt = -Infinity;
  private readonly onInput = (): void => {
    this.movedAt = performance.now();
  };

  constructor() {
    for (const type of INPUTS) addEventListener(type, this.onInput, { capture: true, passive: true });
  }

  /** Resolves once nothing was drawn, pointed or typed for a second. Throws `aborted`. */
  async rests(signal: AbortSignal): Promise<void> {
    for (;;) {
      throwIfAborted(signal);
      const left = this.movedAt + REST_MS - performance.now();
      if (left <= 0) return;
      await new Promise((resolve) => setTimeout(resolve, left));
    }
  }

  /** Ends the watching. */
  stop(): void {
    for (const type of INPUTS) removeEventListener(type, this.onInput, { capture: true });
  }
}
