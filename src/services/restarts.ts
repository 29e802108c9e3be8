import type { EngineName } from '../domain/engine';
import type { ErrorRecord } from '../domain/errors';
import type { Cursor } from '../domain/run';
import type { Restart } from '../protocol/ml-protocol';

/** Restarts in a row that bring a run no further; after that a person is asked. */
const MOST_RESTARTS = 3;
/** Browsers refuse WebGL to a page whose graphics device was reset twice in a short time. */
const MOST_LOSSES = 2;
const LOSS_WINDOW_MS = 600_000;
/** The wait before the second restart in a row, in milliseconds; it doubles. The first is at once. */
const BACK_OFF_MS = 500;

/** Decides whether a run that was cut off goes on by itself, and how. Remembers until the page is reloaded. */
export class Restarts {
  private readonly lossTimes: number[] = [];
  private isWebglAvoided = false;
  private attempts = 0;
  private lastCursor: Cursor | undefined;

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** A person has asked for a run: what was tried before does not count against it. */
  begin(): Restart {
    this.attempts = 0;
    this.lastCursor = undefined;
    return { avoid: this.avoided() };
  }

  /** How to go on after a failure at the run's last checkpoint; undefined where that is for a person to say. */
  after({ code, reason }: ErrorRecord, cursor: Cursor): (Restart & { readonly delayMs: number }) | undefined {
    const isGraphics = code === 'context-lost';
    if (!isGraphics && reason !== 'WORKER_LOST') return undefined;
    if (isGraphics) this.noteLoss();
    if (this.hasAdvanced(cursor)) this.attempts = 0;
    this.lastCursor = cursor;
    this.attempts += 1;
    if (this.attempts > MOST_RESTARTS) return undefined;
    return {
      after: [isGraphics ? 'graphics-lost' : 'worker-lost'],
      avoid: this.avoided(),
      delayMs: this.attempts === 1 ? 0 : BACK_OFF_MS * 2 ** (this.attempts - 2),
    };
  }

  private avoided(): readonly EngineName[] {
    return this.isWebglAvoided ? ['webgl'] : [];
  }

  private noteLoss(): void {
    const now = this.now();
    this.lossTimes.push(now);
    const recent = this.lossTimes.filter((at) => now - at < LOSS_WINDOW_MS);
    if (recent.length >= MOST_LOSSES) this.isWebglAvoided = true;
  }

  private hasAdvanced({ epoch, batch }: Cursor): boolean {
    const last = this.lastCursor;
    return !last || epoch > last.epoch || (epoch === last.epoch && batch > last.batch);
  }
}
