import { LatencyHistogram, roundResponseTime } from '../domain/latency-stats';
import type { ExceptionEntry, FailureEntry, RequestEntry } from '../domain/stress-run';

/** Seconds that are kept of the rates: current ones look back twelve. */
const KEPT_SECONDS = 30;
/** Different failures that are told apart; what comes after is counted as one. */
const MOST_ERRORS = 200;

/** An answer, or its absence. */
export interface Outcome {
  readonly method: string;
  readonly name: string;
  readonly latencyMs: number;
  readonly sizeBytes: number;
  /** Why it failed; undefined where it is as it should be. */
  readonly error: string | undefined;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** One kind of request. */
class EntryTally {
  private requests = 0;
  private failures = 0;
  private totalMs = 0;
  private minMs: number | undefined;
  private maxMs = 0;
  private contentBytes = 0;
  private readonly times = new Map<number, number>();
  private readonly fine = new LatencyHistogram();
  private readonly perSecond = new Map<number, number>();
  private readonly failuresPerSecond = new Map<number, number>();

  constructor(
    private readonly method: string,
    private readonly name: string,
  ) {}

  count({ latencyMs, sizeBytes, error, at }: Outcome): void {
    this.requests += 1;
    this.totalMs += latencyMs;
    this.minMs = Math.min(this.minMs ?? latencyMs, latencyMs);
    this.maxMs = Math.max(this.maxMs, latencyMs);
    this.contentBytes += sizeBytes;
    increment(this.times, roundResponseTime(latencyMs));
    this.fine.record(latencyMs);
    incrementSecond(this.perSecond, at);
    if (error === undefined) return;
    this.failures += 1;
    incrementSecond(this.failuresPerSecond, at);
  }

  snapshot(): RequestEntry {
    const { method, name, requests, failures, totalMs, minMs, maxMs, contentBytes } = this;
    return {
      method,
      name,
      requests,
      failures,
      totalMs,
      minMs,
      maxMs,
      contentBytes,
      times: new Map(this.times),
      fine: this.fine.toSparse(),
      perSecond: new Map(this.perSecond),
      failuresPerSecond: new Map(this.failuresPerSecond),
    };
  }
}

function increment(counts: Map<number, number>, key: number): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** Seconds come in order: the first key is the oldest. */
function incrementSecond(counts: Map<number, number>, at: number): void {
  increment(counts, Math.floor(at / 1000));
  if (counts.size > KEPT_SECONDS) counts.delete(counts.keys().next().value!);
}

/** All that is counted of the answers: its size does not grow with their number. */
export class Tally {
  private readonly entries = new Map<string, EntryTally>();
  private readonly errors = new Map<string, FailureEntry>();
  private readonly faults = new Map<string, ExceptionEntry>();

  constructor(private readonly node: string) {}

  count(outcome: Outcome): void {
    const { method, name, error, at } = outcome;
    const key = `${method} ${name}`;
    let entry = this.entries.get(key);
    if (!entry) this.entries.set(key, (entry = new EntryTally(method, name)));
    entry.count(outcome);
    if (error !== undefined) this.countError(method, name, error, at);
  }

  /** Counts a fault of the generator itself. */
  countException(error: unknown): void {
    const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    const count = (this.faults.get(message)?.count ?? 0) + 1;
    const traceback = (error instanceof Error && error.stack) || '';
    this.faults.set(message, { count, message, traceback, nodes: [this.node] });
  }

  snapshot() {
    return {
      entries: [...this.entries.values()].map((entry) => entry.snapshot()),
      errors: [...this.errors.values()],
      exceptions: [...this.faults.values()],
    };
  }

  private countError(method: string, name: string, error: string, at: number): void {
    const isKnown = this.errors.has(`${method} ${name} ${error}`) || this.errors.size < MOST_ERRORS;
    const told = isKnown ? error : 'Error("Others")';
    const key = `${method} ${name} ${told}`;
    const before = this.errors.get(key);
    const occurrences = (before?.occurrences ?? 0) + 1;
    this.errors.set(key, {
      method,
      name,
      error: told,
      occurrences,
      firstSeen: before?.firstSeen ?? at,
      lastSeen: at,
    });
  }
}
