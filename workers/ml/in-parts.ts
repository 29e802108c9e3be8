import { throwIfAborted } from '../../src/domain/errors';
import { yieldToEvents } from '../../src/platform/yield-to-events';

/** Images per pass: enough to keep an engine busy, few enough to be called off at once. */
const PART = 256;
/** The longest time without letting events in, in milliseconds: each time costs threads their way to sleep. */
const PAUSE_AFTER_MS = 30;

/** Where a part begins, and where it ends. */
export interface Part {
  readonly first: number;
  readonly end: number;
}

/** Many images, a part at a time; events are let in between. Throws `aborted` where it is called off. */
export async function* inParts(count: number, signal: AbortSignal): AsyncGenerator<Part> {
  let pausedAt = performance.now();
  for (let first = 0; first < count; first += PART) {
    throwIfAborted(signal);
    yield { first, end: Math.min(count, first + PART) };
    if (performance.now() - pausedAt < PAUSE_AFTER_MS) continue;
    await yieldToEvents();
    pausedAt = performance.now();
  }
}
