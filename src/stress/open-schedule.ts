import type { LoadStage } from '../domain/load-shape';
import { DueTimes } from './due-times';

/** How far ahead requests get their timers, in milliseconds: somebody who asks later than that is late for some. */
const AHEAD_MS = 200;

/** Sends the requests of an open test when they are due, or as soon after as this thread can: it leaves none out. */
export class OpenSchedule {
  private readonly times: DueTimes;
  /** The timers of requests to come, each with when it is due by this thread's clock. */
  private readonly timers = new Map<ReturnType<typeof setTimeout>, number>();

  /** For this of so many workers; `send` is told when the request was due. */
  constructor(
    worker: number,
    workers: number,
    private readonly send: (dueMs: number) => void,
  ) {
    this.times = new DueTimes(worker, workers);
  }

  /** Requests that were given a timer and are not sent. */
  get size(): number {
    return this.timers.size;
  }

  /** Gives timers to all that becomes due soon. To be asked often; `beganMs` is when the first stage began. */
  plan(stages: readonly LoadStage[], beganMs: number): void {
    this.planTo(performance.now() + AHEAD_MS, stages, beganMs);
  }

  /** Nothing more becomes due from now on; what was due and is late is still sent. */
  close(stages: readonly LoadStage[], beganMs: number): void {
    const now = performance.now();
    this.planTo(now, stages, beganMs);
    for (const [timer, dueMs] of this.timers) if (dueMs > now) this.forget(timer);
  }

  /** Sends nothing more, and returns how many were due. */
  drop(): number {
    const { size } = this;
    for (const timer of this.timers.keys()) this.forget(timer);
    return size;
  }

  private planTo(endMs: number, stages: readonly LoadStage[], beganMs: number): void {
    const now = performance.now();
    for (const seconds of this.times.upTo((endMs - beganMs) / 1000, stages)) {
      const dueMs = beganMs + seconds * 1000;
      const timer = setTimeout(
        () => {
          this.timers.delete(timer);
          this.send(dueMs);
        },
        Math.max(0, dueMs - now),
      );
      this.timers.set(timer, dueMs);
    }
  }

  private forget(timer: ReturnType<typeof setTimeout>): void {
    clearTimeout(timer);
    this.timers.delete(timer);
  }
}
