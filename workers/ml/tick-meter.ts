import { AwakeClock, LONGEST_GAP_MS } from '../../src/platform/awake-clock';
import type { TrainTick } from '../../src/protocol/ml-protocol';

/** The shortest time between two ticks, in milliseconds: ten a second are enough for the eye. */
const TICK_INTERVAL_MS = 100;
/** The time over which speed is measured, in milliseconds. */
const SPEED_WINDOW_MS = 5000;

interface Mark {
  readonly at: number;
  readonly samples: number;
}

/** Measures speed and the time that is left, and thins out ticks: the latest wins. */
export class TickMeter {
  private readonly startedAt: number;
  private lastTickAt = -Infinity;
  private readonly toldStages = new Set<TrainTick['stage']>();
  private samples = 0;
  private marks: Mark[];

  constructor(
    private readonly emit: (tick: TrainTick) => void,
    /** Time that earlier sessions of the run took, in milliseconds. */
    private readonly earlierMs: number,
    /** The share of the run that was done when this session began, 0 … 1. */
    private readonly startProgress: number,
    /** Stands still while the device sleeps: sleep is neither training nor slowness. */
    private readonly clock: { now(): number } = new AwakeClock(),
  ) {
    this.startedAt = clock.now();
    this.marks = [{ at: this.startedAt, samples: 0 }];
  }

  /** Time spent training the run, over all its sessions, in milliseconds. */
  get trainedMs(): number {
    return this.earlierMs + this.clock.now() - this.startedAt;
  }

  /** Counts samples that have been trained. */
  count(samples: number): void {
    this.samples += samples;
    const now = this.clock.now();
    // Speed is measured anew after a sleep.
    if (now - this.marks.at(-1)!.at >= LONGEST_GAP_MS) this.marks = [];
    this.marks.push({ at: now, samples: this.samples });
    while (this.marks.length > 2 && this.marks[1]!.at < now - SPEED_WINDOW_MS) this.marks.shift();
  }

  /** Sends a tick, unless one has just been sent; the first of each stage always is. `progress` is the share of the run that is done. */
  tick(progress: number, tick: Omit<TrainTick, 'trainedMs' | 'remainingMs' | 'samplesPerSecond'>): void {
    const now = this.clock.now();
    if (this.toldStages.has(tick.stage) && now - this.lastTickAt < TICK_INTERVAL_MS) return;
    this.lastTickAt = now;
    this.toldStages.add(tick.stage);
    this.emit({
      ...tick,
      trainedMs: this.trainedMs,
      ...this.measureSpeed(),
      ...this.estimate(progress, now),
    });
  }

  private measureSpeed(): Pick<TrainTick, 'samplesPerSecond'> {
    const first = this.marks[0]!;
    const last = this.marks.at(-1)!;
    if (last.samples === first.samples) return {};
    return { samplesPerSecond: ((last.samples - first.samples) / (last.at - first.at)) * 1000 };
  }

  private estimate(progress: number, now: number): Pick<TrainTick, 'remainingMs'> {
    const done = progress - this.startProgress;
    if (done <= 0) return {};
    return { remainingMs: ((now - this.startedAt) / done) * (1 - progress) };
  }
}
