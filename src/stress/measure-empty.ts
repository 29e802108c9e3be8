import { LatencyHistogram } from '../domain/latency-stats';
import type { SelfCheck } from '../domain/stress-run';
import { Deadlines } from './deadlines';

/** Empty requests that are measured. */
const ROUNDS = 300;

/**
 * What a request costs within the generator where the answer takes no time: a message to itself and back
 * through the event loop, and all that is done around a real request.
 */
export async function measureEmpty(): Promise<Pick<SelfCheck, 'emptyMedianMs' | 'emptyP95Ms'>> {
  const { port1, port2 } = new MessageChannel();
  const deadlines = new Deadlines<number>(() => undefined);
  const times = new LatencyHistogram();
  for (let round = 0; round < ROUNDS; round++) {
    const from = performance.now();
    deadlines.begin(round, 10_000);
    await new Promise<void>((resolve) => {
      port1.onmessage = () => resolve();
      port2.postMessage(undefined);
    });
    deadlines.end(round, 10_000);
    times.record(performance.now() - from);
  }
  deadlines.close();
  port1.close();
  port2.close();
  return { emptyMedianMs: times.percentile(0.5), emptyP95Ms: times.percentile(0.95) };
}
