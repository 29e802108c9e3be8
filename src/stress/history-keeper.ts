import { percentileOf, PERCENTILES } from '../domain/latency-stats';
import {
  aggregate,
  currentRate,
  entryAverage,
  entryMedian,
  sortEntries,
  type HistoryEntry,
  type HistoryPoint,
  type RequestEntry,
} from '../domain/stress-run';

/** The window of current percentiles, in seconds, and how far its beginning may be off: Locust's numbers. */
const WINDOW_S = 10;
const TOLERANCE_S = 8;
/** After so many points each second one is left out, so that a long test stays small. */
const MOST_POINTS = 1200;

/** What is counted at a moment. Times in milliseconds since 1970. */
interface Counted {
  readonly entries: readonly RequestEntry[];
  readonly users: number;
  /** When the first stage began: seconds count from then. */
  readonly begunAt: number;
  /** When counting began. */
  readonly startedAt: number;
}

interface Moment {
  readonly second: number;
  readonly entries: ReadonlyMap<string, RequestEntry>;
}

/** Makes points of the charts from what was counted: what has changed in the last ten seconds. */
export class HistoryKeeper {
  private moments: Moment[] = [];
  private kept: HistoryPoint[] = [];
  private every = 1;
  private asked = 0;

  /** All points by now. */
  get points(): readonly HistoryPoint[] {
    return this.kept;
  }

  /** Adds a point: what is counted at a moment (milliseconds since 1970). */
  add({ entries, users, begunAt, startedAt }: Counted, at: number): void {
    const start = Math.floor(startedAt / 1000);
    const all = [...sortEntries(entries), aggregate(entries)];
    const second = Math.floor(at / 1000);
    const before = this.windowStart(second);
    const point: HistoryPoint = {
      at,
      seconds: (at - begunAt) / 1000,
      users,
      entries: all.map((entry) => describe(entry, before?.entries.get(keyOf(entry)), all.at(-1)!, start)),
    };
    this.moments = this.moments.filter((moment) => moment.second >= second - WINDOW_S - TOLERANCE_S);
    this.moments.push({ second, entries: new Map(all.map((entry) => [keyOf(entry), entry])) });
    this.asked += 1;
    if (this.asked % this.every === 0) this.kept = [...this.kept, point];
    if (this.kept.length > MOST_POINTS) this.thinOut();
  }

  private thinOut(): void {
    this.kept = this.kept.filter((_, at) => at % 2 === 0);
    this.every *= 2;
  }

  /** The moment that is nearest to ten seconds ago. */
  private windowStart(second: number): Moment | undefined {
    const distance = (moment: Moment) => Math.abs(second - WINDOW_S - moment.second);
    const near = this.moments.filter((moment) => distance(moment) <= TOLERANCE_S);
    return near.sort((a, b) => distance(a) - distance(b))[0];
  }
}

/** What an entry did since an earlier moment; `start` is the second, since 1970, at which counting began. */
function describe(
  entry: RequestEntry,
  before: RequestEntry | undefined,
  total: RequestEntry,
  start: number,
): HistoryEntry {
  const last = Math.max(0, ...total.perSecond.keys());
  const times = before ? difference(entry.times, before.times) : entry.times;
  const count = entry.requests - (before?.requests ?? 0);
  return {
    method: entry.method,
    name: entry.name,
    rps: currentRate(entry.perSecond, last, start),
    failuresPerSecond: currentRate(entry.failuresPerSecond, last, start),
    percentiles: PERCENTILES.map((share) => percentileOf(times, count, share)),
    requests: entry.requests,
    failures: entry.failures,
    medianMs: entryMedian(entry),
    averageMs: entryAverage(entry),
    minMs: entry.minMs ?? 0,
    maxMs: entry.maxMs,
    averageBytes: entry.requests > 0 ? entry.contentBytes / entry.requests : 0,
  };
}

function keyOf({ method, name }: RequestEntry): string {
  return `${method} ${name}`;
}

function difference(
  now: ReadonlyMap<number, number>,
  before: ReadonlyMap<number, number>,
): Map<number, number> {
  const left = new Map<number, number>();
  for (const [time, count] of now) {
    const more = count - (before.get(time) ?? 0);
    if (more > 0) left.set(time, more);
  }
  return left;
}
