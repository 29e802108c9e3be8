/** Response times as Locust counts them (locust/stats.py), and finer than that. */

/** The percentiles that Locust reports, and what it calls them. */
export const PERCENTILES = [0.5, 0.66, 0.75, 0.8, 0.9, 0.95, 0.98, 0.99, 0.999, 0.9999, 1] as const;
export const PERCENTILE_NAMES = [
  '50%',
  '66%',
  '75%',
  '80%',
  '90%',
  '95%',
  '98%',
  '99%',
  '99.9%',
  '99.99%',
  '100%',
] as const;

/** How many answers took how many milliseconds, rounded as Locust rounds them. */
export type ResponseTimes = ReadonlyMap<number, number>;

/** What Locust keeps of a response time: below 100 ms to 1 ms, then to 10, to 100, to 1,000. */
export function roundResponseTime(milliseconds: number): number {
  if (milliseconds < 100) return roundTo(milliseconds, 1);
  if (milliseconds < 1000) return roundTo(milliseconds, 10);
  if (milliseconds < 10_000) return roundTo(milliseconds, 100);
  return roundTo(milliseconds, 1000);
}

/** To the nearest multiple of `step`; halves to the even one, as Python's `round` does. */
function roundTo(value: number, step: number): number {
  const rest = value % step;
  const steps = (value - rest) / step;
  const isUp = rest > step / 2 || (rest === step / 2 && steps % 2 === 1);
  return (isUp ? steps + 1 : steps) * step;
}

/**
 * The time within which this share of `count` answers came: Locust's rule, which goes from the longest down
 * until no more than int(count · share) are left. 0 without any.
 */
export function percentileOf(times: ResponseTimes, count: number, share: number): number {
  const within = Math.trunc(count * share);
  let seen = 0;
  for (const time of [...times.keys()].sort((a, b) => b - a)) {
    seen += times.get(time)!;
    if (count - seen <= within) return time;
  }
  return 0;
}

/** The median as Locust has it: never beyond what was measured, though it is rounded. 0 without any. */
export function medianOf(times: ResponseTimes, count: number, { minMs, maxMs }: Extremes): number {
  let place = (count - 1) / 2;
  const sorted = [...times.keys()].sort((a, b) => a - b);
  const found = sorted.find((time) => {
    const isHere = place < times.get(time)!;
    if (!isHere) place -= times.get(time)!;
    return isHere;
  });
  const median = found ?? sorted.at(-1) ?? 0;
  if (median > maxMs) return maxMs;
  return minMs !== undefined && median < minMs ? minMs : median;
}

/** The shortest and the longest time, in milliseconds. */
export interface Extremes {
  readonly minMs: number | undefined;
  readonly maxMs: number;
}

/** Buckets of a power of two: a bucket is no wider than 1/64 of its times. */
const SUB_BUCKETS = 64;
/** 2⁶ … 2³² microseconds in 64 steps each, after 0 … 63 µs in steps of one. */
const POWERS = 26;
const MICROSECONDS = 1000;

/**
 * A histogram in the manner of HdrHistogram (Gil Tene): from a microsecond to an hour, never off by more
 * than 1.6 %, always as large as at first.
 */
export class LatencyHistogram {
  private readonly counts: Float64Array<ArrayBuffer>;

  constructor(counts = new Float64Array(SUB_BUCKETS * (POWERS + 1))) {
    this.counts = counts;
  }

  /** A histogram of what `toSparse` gave. */
  static fromSparse(sparse: ReadonlyMap<number, number>): LatencyHistogram {
    const histogram = new LatencyHistogram();
    for (const [bucket, count] of sparse) histogram.counts[bucket]! += count;
    return histogram;
  }

  /** Counts a time in milliseconds. */
  record(milliseconds: number, count = 1): void {
    this.counts[bucketOf(milliseconds * MICROSECONDS)]! += count;
  }

  /** The buckets that hold something, by number: small enough to be sent and stored. */
  toSparse(): Map<number, number> {
    const sparse = new Map<number, number>();
    this.counts.forEach((count, bucket) => {
      if (count > 0) sparse.set(bucket, count);
    });
    return sparse;
  }

  /** How many times were counted. */
  get total(): number {
    return this.counts.reduce((sum, count) => sum + count, 0);
  }

  /** The time within which this share of the answers came, in milliseconds. 0 without any. */
  percentile(share: number): number {
    const wanted = Math.max(1, Math.ceil(this.total * share));
    let seen = 0;
    const bucket = this.counts.findIndex((count) => (seen += count) >= wanted);
    return bucket < 0 ? 0 : middleOf(bucket) / MICROSECONDS;
  }

  /** The buckets in order: from … to in milliseconds, and how many. Those between that are empty too. */
  buckets(): readonly { readonly fromMs: number; readonly toMs: number; readonly count: number }[] {
    const first = this.counts.findIndex((count) => count > 0);
    const last = this.counts.findLastIndex((count) => count > 0);
    return Array.from(this.counts.subarray(Math.max(0, first), last + 1), (count, at) => ({
      fromMs: startOf(first + at) / MICROSECONDS,
      toMs: startOf(first + at + 1) / MICROSECONDS,
      count,
    }));
  }

  /**
   * What would have been measured, had requests been sent every `intervalMs` and not only after the answer
   * before (coordinated omission): behind an answer of 5 intervals, four requests would have waited 4, 3, 2
   * and 1 of them.
   */
  correctedFor(intervalMs: number): LatencyHistogram {
    const corrected = new LatencyHistogram(this.counts.slice());
    if (!(intervalMs > 0)) return corrected;
    this.counts.forEach((count, bucket) => {
      if (count === 0) return;
      const longest = middleOf(bucket) / MICROSECONDS;
      for (let missed = longest - intervalMs; missed >= intervalMs; missed -= intervalMs) {
        corrected.record(missed, count);
      }
    });
    return corrected;
  }
}

function bucketOf(microseconds: number): number {
  const value = Math.max(0, Math.floor(microseconds));
  if (value < SUB_BUCKETS) return value;
  const power = Math.floor(Math.log2(value)) - 6;
  if (power >= POWERS) return SUB_BUCKETS * (POWERS + 1) - 1;
  return SUB_BUCKETS * (power + 1) + Math.floor(value / 2 ** power) - SUB_BUCKETS;
}

/** Where a bucket begins, in microseconds. */
function startOf(bucket: number): number {
  if (bucket < SUB_BUCKETS) return bucket;
  const power = Math.floor(bucket / SUB_BUCKETS) - 1;
  return (SUB_BUCKETS + (bucket % SUB_BUCKETS)) * 2 ** power;
}

function middleOf(bucket: number): number {
  return (startOf(bucket) + startOf(bucket + 1)) / 2;
}
