import { mostUsers, plannedUsers, shapeDuration, type LoadStage } from '../domain/load-shape';
import { createRandom } from '../domain/random';
import { MOST_IN_FLIGHT, TASKS, type TaskKind } from '../domain/stress-plan';
import type { LoadOrder, LoadSnapshot } from '../protocol/load-protocol';
import { Deadlines } from './deadlines';
import { DeadlineError, judgeAnswer, judgeError, StoppedError, type Ending } from './outcome';
import { measureEmpty } from './measure-empty';
import { OpenSchedule } from './open-schedule';
import { LagWatch } from './self-check';
import { Tally } from './tally';
import { createTasks, deadlineOf } from './tasks';
import type { Sending, Transport } from './transport';

/** How often the number of users is brought to what is planned, in milliseconds. */
const TICK_MS = 100;
/** Users that are started in one turn of the event loop: more would keep it from hearing the first answers. */
const MOST_AT_ONCE = 100;

/** A request under way: it ends with an answer, or is given up, whichever comes first. */
interface Flight {
  settle(ending: Ending): void;
  giveUp(error: Error): void;
}

/**
 * Makes the load of a plan against a transport, and counts. Closed: each user asks, waits for the answer,
 * thinks, and asks again. Open: requests are sent when they are due; their time counts from then on.
 */
export class LoadRunner {
  private tally: Tally;
  private counts = { sent: 0, answered: 0, refused: 0, failed: 0 };
  private missed = 0;
  private users = 0;
  private wanted = 0;
  private stages: readonly LoadStage[];
  private stagesFrom = performance.now();
  private begunAt = Date.now();
  private startedAt = this.begunAt;
  private lastAnswerAt: number | undefined;
  private phase: LoadSnapshot['phase'] = 'spawning';
  private readonly flights = new Set<Flight>();
  private readonly deadlines = new Deadlines<Flight>((flight, ms) => flight.giveUp(new DeadlineError(ms)));
  private readonly thinking = new Set<() => void>();
  private readonly nextTask: ReturnType<typeof createTasks>;
  private readonly random;
  private readonly lag: LagWatch;
  private timer: ReturnType<typeof setInterval> | undefined;
  private startingMore: ReturnType<typeof setTimeout> | undefined;
  /** Of an open test. */
  private readonly schedule: OpenSchedule | undefined;
  private end: () => void = () => undefined;

  private constructor(
    private readonly order: LoadOrder,
    private readonly transport: Transport,
    empty: { readonly emptyMedianMs: number; readonly emptyP95Ms: number },
  ) {
    this.stages = order.plan.stages;
    this.tally = new Tally(this.nodeName);
    this.random = createRandom(order.seed);
    this.nextTask = createTasks(order.plan.weights, this.random, order.plan.target);
    this.lag = new LagWatch(empty);
    if (order.plan.model === 'open') {
      this.schedule = new OpenSchedule(order.worker, order.workers, (dueMs) => this.sendWhatWasDue(dueMs));
    }
  }

  /** Measures itself first, for a moment, and is ready to run then. */
  static async open(order: LoadOrder, transport: Transport): Promise<LoadRunner> {
    return new LoadRunner(order, transport, await measureEmpty());
  }

  /** Resolves when the last stage has ended, or `stop` was called, and every request has an ending. */
  run(): Promise<void> {
    this.stagesFrom = performance.now();
    this.begunAt = Date.now();
    this.startedAt = this.begunAt;
    return new Promise((resolve) => {
      this.end = resolve;
      this.timer = setInterval(() => this.tick(), TICK_MS);
      this.tick();
    });
  }

  /** Goes on with other stages; their times count from the beginning of the test, as before. */
  edit(stages: readonly LoadStage[]): void {
    this.stages = stages;
    this.tick();
  }

  /** Starts no new request and waits for the answers; asked once more, it gives them up. */
  stop(): void {
    if (this.phase === 'stopping') {
      this.missed += this.schedule?.drop() ?? 0;
      for (const flight of this.flights) flight.giveUp(new StoppedError());
    } else this.schedule?.close(this.stages, this.stagesFrom);
    this.phase = 'stopping';
    this.wanted = 0;
    for (const wake of this.thinking) wake();
    this.endIfDone();
  }

  /** Forgets what was counted; requests that are under way are counted as sent from now on. */
  reset(): void {
    this.tally = new Tally(this.nodeName);
    this.counts = { sent: this.flights.size, answered: 0, refused: 0, failed: 0 };
    this.missed = 0;
    this.startedAt = Date.now();
    this.lastAnswerAt = undefined;
  }

  /** All that was counted by now: what was sent has been answered, refused, has failed or is under way. */
  snapshot(): LoadSnapshot {
    return {
      ...this.tally.snapshot(),
      phase: this.phase,
      users: this.schedule ? Math.round(this.wanted) : this.users,
      counts: { ...this.counts, inFlight: this.flights.size },
      selfCheck: this.lag.check,
      missed: this.missed,
      begunAt: this.begunAt,
      startedAt: this.startedAt,
      lastAnswerAt: this.lastAnswerAt,
    };
  }

  private get nodeName(): string {
    return `worker-${this.order.worker + 1}`;
  }

  /** Brings the load to what is planned now. */
  private tick(): void {
    if (this.phase === 'stopping') return;
    const seconds = (performance.now() - this.stagesFrom) / 1000;
    if (seconds >= shapeDuration(this.stages)) return this.stop();
    const planned = plannedUsers(this.stages, seconds);
    this.wanted = this.shareOf(planned);
    this.phase = planned < mostUsers(this.stages) ? 'spawning' : 'running';
    if (this.schedule) this.schedule.plan(this.stages, this.stagesFrom);
    else this.startUsers();
  }

  private startUsers(): void {
    clearTimeout(this.startingMore);
    for (let count = 0; count < MOST_AT_ONCE && this.users < this.wanted; count++) void this.live();
    if (this.users < this.wanted) this.startingMore = setTimeout(() => this.startUsers());
  }

  /** This worker's part of so many users: those of all workers add up. */
  private shareOf(planned: number): number {
    const { worker, workers } = this.order;
    const users = Math.floor(planned + 1e-9);
    return Math.floor((users * (worker + 1)) / workers) - Math.floor((users * worker) / workers);
  }

  /** A user: until there are too many of them. */
  private async live(): Promise<void> {
    this.users += 1;
    const [least, most] = this.order.plan.thinkMs;
    while (this.users <= this.wanted) {
      await this.ask(performance.now());
      const thinkMs = this.random.uniform(least, most);
      if (thinkMs > 0 && this.users <= this.wanted) await this.think(thinkMs);
    }
    this.users -= 1;
    this.endIfDone();
  }

  private think(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.thinking.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, milliseconds);
      this.thinking.add(wake);
    });
  }

  /** Sends a request of an open test. Timers go off a part of a millisecond too early, or late: neither shortens its latency. */
  private sendWhatWasDue(dueMs: number): void {
    if (this.flights.size < MOST_IN_FLIGHT) void this.ask(Math.min(dueMs, performance.now()));
    else this.missed += 1;
    this.endIfDone();
  }

  /** Sends one request and counts its ending, whichever comes first; `fromMs` is when it was due. */
  private ask(fromMs: number): Promise<void> {
    const { kind, request } = this.nextTask();
    const deadlineMs = deadlineOf(kind, this.order.plan);
    return new Promise((resolve) => {
      const flight: Flight = {
        settle: (ending) => {
          if (!this.flights.delete(flight)) return;
          this.deadlines.end(flight, deadlineMs);
          this.count(kind, performance.now() - fromMs, ending);
          resolve();
          this.endIfDone();
        },
        giveUp: (error) => {
          flight.settle(judgeError(error));
          sending.cancel(error);
        },
      };
      this.flights.add(flight);
      this.counts.sent += 1;
      this.deadlines.begin(flight, deadlineMs);
      const sending = this.transport.send(request);
      void this.judge(kind, sending).then(flight.settle);
    });
  }

  private async judge(kind: TaskKind, { answer }: Sending): Promise<Ending> {
    try {
      return judgeAnswer(kind, await answer);
    } catch (error) {
      // Not what a network or a deadline does: a fault of the generator, told apart from failures.
      const isFault = error instanceof RangeError || error instanceof ReferenceError;
      if (isFault) this.tally.countException(error);
      return judgeError(error);
    }
  }

  private count(kind: TaskKind, latencyMs: number, ending: Ending): void {
    const { method, name } = TASKS[kind];
    const at = Date.now();
    this.lastAnswerAt = at;
    this.counts[ending.kind] += 1;
    const error = ending.kind === 'answered' ? undefined : ending.error;
    this.tally.count({ method, name, latencyMs, sizeBytes: ending.sizeBytes, error, at });
  }

  private endIfDone(): void {
    const left = this.schedule ? this.schedule.size : this.users;
    if (this.phase !== 'stopping' || this.flights.size > 0 || left > 0) return;
    clearInterval(this.timer);
    this.deadlines.close();
    this.lag.stop();
    this.end();
  }
}
