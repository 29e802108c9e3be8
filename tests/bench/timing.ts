/** Times of something that was done over and over, in milliseconds. */
export interface Timing {
  readonly medianMs: number;
  readonly p95Ms: number;
  readonly count: number;
}

/** Does something for a while to warm up, then until `durationMs` have passed, at least three times. */
export async function time(
  work: () => unknown,
  durationMs: number,
  warmUpMs = durationMs / 2,
): Promise<Timing> {
  const warmUntil = performance.now() + warmUpMs;
  do await work();
  while (performance.now() < warmUntil);
  const times: number[] = [];
  const until = performance.now() + durationMs;
  while (performance.now() < until || times.length < 3) {
    const startedAt = performance.now();
    await work();
    times.push(performance.now() - startedAt);
  }
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(share * times.length))]!;
  return { medianMs: at(0.5), p95Ms: at(0.95), count: times.length };
}
