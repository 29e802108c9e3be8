import { throwIfAborted } from '../domain/errors';
import { yieldToEvents } from './yield-to-events';

/** How a long piece of work is called off and watched. */
export interface WorkOptions {
  readonly signal?: AbortSignal | undefined;
  /** Told the share that is done, 0 … 1, at most ten times a second. */
  readonly onProgress?: ((share: number) => void) | undefined;
}

/** The longest time without letting events in, in milliseconds. */
const PAUSE_AFTER_MS = 50;
/** The shortest time between two reports, in milliseconds: ten a second are enough for the eye. */
const REPORT_INTERVAL_MS = 100;

/** Lets a long loop be called off and watched while it runs, at next to no cost. */
export class Pace {
  private pausedAt = performance.now();
  private reportedAt = -Infinity;

  constructor(private readonly options: WorkOptions) {}

  /** Call it on every turn of the loop. Throws `aborted`. */
  async step(share: number): Promise<void> {
    this.report(share);
    throwIfAborted(this.options.signal);
    if (performance.now() - this.pausedAt < PAUSE_AFTER_MS) return;
    await yieldToEvents();
    this.pausedAt = performance.now();
    throwIfAborted(this.options.signal);
  }

  /** For what already lets events in: only tells how far it is. */
  report(share: number): void {
    const now = performance.now();
    if (now - this.reportedAt < REPORT_INTERVAL_MS) return;
    this.reportedAt = now;
    this.options.onProgress?.(share);
  }
}
