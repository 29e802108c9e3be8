import { plannedUsers, shapeDuration, type LoadStage } from '../domain/load-shape';

/** The longest stretch within which the rate is taken for constant, in seconds. */
const STEP_S = 0.1;

/**
 * When the requests of an open test are due, one after the other and without a gap, however late it is asked: their
 * number is that of the plan's rate, added up. Workers take turns: what all of them send is the plan's rate.
 */
export class DueTimes {
  /** Up to here all have been told, in seconds since the test began. */
  private until = 0;
  /** The part of a request that has added up since the last one. */
  private part: number;

  /** For this of so many workers, the first being 0. */
  constructor(
    worker: number,
    private readonly workers: number,
  ) {
    this.part = worker / workers;
  }

  /** What becomes due from where the last call ended up to this second, and not after the last stage; in order. */
  upTo(seconds: number, stages: readonly LoadStage[]): readonly number[] {
    const end = Math.min(seconds, shapeDuration(stages));
    const due: number[] = [];
    while (this.until < end) {
      const to = Math.min(this.until + STEP_S, end);
      this.addStep(to, plannedUsers(stages, (this.until + to) / 2) / this.workers, due);
    }
    return due;
  }

  private addStep(to: number, rate: number, due: number[]): void {
    const from = this.until;
    const sum = this.part + rate * (to - from);
    const count = Math.floor(sum + 1e-9);
    for (let at = 1; at <= count; at++) due.push(from + (at - this.part) / rate);
    this.part = Math.max(0, sum - count);
    this.until = to;
  }
}
