/** A load test as it is counted, shown and stored. */
import { LatencyHistogram, medianOf, percentileOf, type ResponseTimes } from './latency-stats';
import type { Setting } from './run-settings';
import type { StressPlan, SuccessCriteria } from './stress-plan';

/** Number of a load test, counted from 1 on each device. */
export type StressRunId = number & { readonly __kind: 'StressRunId' };

/** What is counted of one kind of request, or of all of them. */
export interface RequestEntry {
  readonly method: string;
  readonly name: string;
  /** Answers of every kind: also refusals and failures. */
  readonly requests: number;
  readonly failures: number;
  readonly totalMs: number;
  readonly minMs: number | undefined;
  readonly maxMs: number;
  readonly contentBytes: number;
  readonly times: ResponseTimes;
  /** The same times finer: buckets of a LatencyHistogram. */
  readonly fine: ReadonlyMap<number, number>;
  /** Answers, and failures, of each second of the clock (since 1970); the last ones only. */
  readonly perSecond: ReadonlyMap<number, number>;
  readonly failuresPerSecond: ReadonlyMap<number, number>;
}

/** Failures of one kind. Times in milliseconds since 1970. */
export interface FailureEntry {
  readonly method: string;
  readonly name: string;
  readonly error: string;
  readonly occurrences: number;
  readonly firstSeen: number;
  readonly lastSeen: number;
}

/** A fault of the generator itself. */
export interface ExceptionEntry {
  readonly count: number;
  readonly message: string;
  readonly traceback: string;
  readonly nodes: readonly string[];
}

/** Every request that was sent is in exactly one of the four others. */
export interface RequestCounts {
  readonly sent: number;
  /** As it should be: also a bad request that was refused as bad. */
  readonly answered: number;
  /** Turned away for now: 409, 429 and 503. */
  readonly refused: number;
  readonly failed: number;
  readonly inFlight: number;
}

/** What the generator did to its own measurements, in milliseconds. */
export interface SelfCheck {
  /** From sending to the answer where the answer takes no time at all: median and 95th percentile. */
  readonly emptyMedianMs: number;
  readonly emptyP95Ms: number;
  /** How much later than asked for a timer of the generator went off while it made the load. */
  readonly lagMedianMs: number;
  readonly lagP95Ms: number;
  readonly lagMaxMs: number;
}

/** A moment of a test. */
export interface HistoryPoint {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Seconds since the test began. */
  readonly seconds: number;
  readonly users: number;
  readonly entries: readonly HistoryEntry[];
}

/** What one kind of request, or all of them (the last), did at a moment. */
export interface HistoryEntry {
  readonly method: string;
  readonly name: string;
  readonly rps: number;
  readonly failuresPerSecond: number;
  /** Of about the last 10 s, one for each of PERCENTILES. */
  readonly percentiles: readonly number[];
  readonly requests: number;
  readonly failures: number;
  readonly medianMs: number;
  readonly averageMs: number;
  readonly minMs: number;
  readonly maxMs: number;
  readonly averageBytes: number;
}

/** What Locust calls the state of a test; 'cut off' is derived: it says that it runs, and nobody runs it. */
export type StressStatus = 'ready' | 'spawning' | 'running' | 'stopping' | 'stopped' | 'cut off';

/** All of a test. */
export interface StressRun {
  readonly id: StressRunId;
  readonly plan: StressPlan;
  /** The address that was asked. */
  readonly host: string;
  readonly status: StressStatus;
  /** Milliseconds since 1970: when counting began, which Reset does anew. */
  readonly startedAt: number;
  /** When the first stage began; former versions did not keep it. */
  readonly begunAt?: number;
  /** From when counting began to when the last answer came. */
  readonly measuredMs: number;
  readonly users: number;
  readonly counts: RequestCounts;
  readonly entries: readonly RequestEntry[];
  readonly errors: readonly FailureEntry[];
  readonly exceptions: readonly ExceptionEntry[];
  readonly history: readonly HistoryPoint[];
  readonly selfCheck: SelfCheck;
  /** Requests of an open test that were due and not sent: too many were under way, or it was stopped. */
  readonly missed: number;
  readonly environment: readonly Setting[];
}

export const AGGREGATED = 'Aggregated';
export const NO_COUNTS: RequestCounts = { sent: 0, answered: 0, refused: 0, failed: 0, inFlight: 0 };
export const NO_SELF_CHECK: SelfCheck = {
  emptyMedianMs: 0,
  emptyP95Ms: 0,
  lagMedianMs: 0,
  lagP95Ms: 0,
  lagMaxMs: 0,
};

/** Entries in Locust's order: by name, then by method. */
export function sortEntries<Entry extends { readonly method: string; readonly name: string }>(
  entries: readonly Entry[],
): readonly Entry[] {
  return [...entries].sort((a, b) => compare(a.name, b.name) || compare(a.method, b.method));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** The sum of entries: all kinds of requests together, or one kind from several workers. */
export function mergeEntries(entries: readonly RequestEntry[], method: string, name: string): RequestEntry {
  const sum = (value: (entry: RequestEntry) => number) =>
    entries.reduce((total, entry) => total + value(entry), 0);
  const least = entries.flatMap(({ minMs }) => (minMs === undefined ? [] : [minMs]));
  return {
    method,
    name,
    requests: sum(({ requests }) => requests),
    failures: sum(({ failures }) => failures),
    totalMs: sum(({ totalMs }) => totalMs),
    minMs: least.length > 0 ? Math.min(...least) : undefined,
    maxMs: Math.max(0, ...entries.map(({ maxMs }) => maxMs)),
    contentBytes: sum(({ contentBytes }) => contentBytes),
    times: mergeCounts(entries.map(({ times }) => times)),
    fine: mergeCounts(entries.map(({ fine }) => fine)),
    perSecond: mergeCounts(entries.map(({ perSecond }) => perSecond)),
    failuresPerSecond: mergeCounts(entries.map(({ failuresPerSecond }) => failuresPerSecond)),
  };
}

/** All kinds of requests together: the last row. */
export function aggregate(entries: readonly RequestEntry[]): RequestEntry {
  return mergeEntries(entries, '', AGGREGATED);
}

function mergeCounts(all: readonly ReadonlyMap<number, number>[]): ReadonlyMap<number, number> {
  const merged = new Map<number, number>();
  for (const counts of all) {
    for (const [key, count] of counts) merged.set(key, (merged.get(key) ?? 0) + count);
  }
  return merged;
}

/** Locust's median of an entry, in milliseconds. */
export function entryMedian(entry: RequestEntry): number {
  return medianOf(entry.times, entry.requests, entry);
}

/** Locust's percentile of an entry, in milliseconds. */
export function entryPercentile(entry: RequestEntry, share: number): number {
  return percentileOf(entry.times, entry.requests, share);
}

/** The mean response time, in milliseconds. */
export function entryAverage({ totalMs, requests }: RequestEntry): number {
  return requests === 0 ? 0 : totalMs / requests;
}

/** The percentile of an entry from its fine buckets, in milliseconds: to 1.6 %, also below one. */
export function finePercentile(entry: RequestEntry, share: number): number {
  return LatencyHistogram.fromSparse(entry.fine).percentile(share);
}

/**
 * Answers a second as Locust shows them now: the mean of the ten seconds that ended two seconds before the last
 * answer. `lastSecond` and `startSecond` are seconds since 1970.
 */
export function currentRate(
  perSecond: ReadonlyMap<number, number>,
  lastSecond: number,
  startSecond: number,
): number {
  const from = Math.max(lastSecond - 12, startSecond);
  const length = Math.max(0, lastSecond - 2 - from);
  if (length === 0) return 0;
  let sum = 0;
  for (let second = from; second < from + length; second++) sum += perSecond.get(second) ?? 0;
  return sum / length;
}

/** The share of answers that failed, 0 … 1. */
export function failureShare({ failures, requests }: RequestEntry): number {
  return requests === 0 ? 0 : failures / requests;
}

/** What became of a criterion. */
export interface Verdict {
  readonly title: string;
  readonly state: 'waiting' | 'passed' | 'broken';
  /** What was measured. */
  readonly value: string;
}

/** Judges a test. The latency is the finer one: whole milliseconds would be too coarse within a device. */
export function judgeRun(run: StressRun | undefined, criteria: SuccessCriteria): readonly Verdict[] {
  const total = aggregate(run?.entries ?? []);
  const latency = finePercentile(total, criteria.percentile);
  const share = failureShare(total);
  const rate = run && run.measuredMs > 0 ? total.requests / (run.measuredMs / 1000) : 0;
  const judge = (title: string, isGood: boolean, value: string): Verdict =>
    total.requests === 0
      ? { title, state: 'waiting', value: 'waiting' }
      : { title, state: isGood ? 'passed' : 'broken', value };
  return [
    judge(
      `${namePercentile(criteria.percentile)} ≤ ${criteria.latencyMs} ms`,
      latency <= criteria.latencyMs,
      `${wordLatency(latency)} ms`,
    ),
    judge(
      `Failures ≤ ${Number((criteria.failureShare * 100).toFixed(4))}%`,
      share <= criteria.failureShare,
      `${(share * 100).toFixed(2)}%`,
    ),
    ...(criteria.requestsPerSecond > 0
      ? [
          judge(
            `At least ${criteria.requestsPerSecond} requests a second`,
            rate >= criteria.requestsPerSecond,
            `${rate.toFixed(1)}/s`,
          ),
        ]
      : []),
  ];
}

/** "p95", "p99.9". */
export function namePercentile(share: number): string {
  return `p${Number((share * 100).toFixed(4))}`;
}

/** Milliseconds with three digits that say something: 0.42, 3.14, 52.3, 261. */
export function wordLatency(milliseconds: number): string {
  if (milliseconds === 0) return '0';
  if (milliseconds < 10) return milliseconds.toFixed(2);
  return milliseconds < 100 ? milliseconds.toFixed(1) : String(Math.round(milliseconds));
}
