import { drawnBenchmark } from '../../src/domain/drawn-benchmark';
import type { Score } from '../../src/domain/metrics';
import type { SampleBlock } from '../../src/domain/sample';
import type { Network } from '../engines/engine';
import { assess } from './assess';

/** Drawn when it is first asked for: 500 drawings take half a second. */
let benchmark: SampleBlock | undefined;

/** The benchmark of drawn digits. */
export function drawnSamples(): SampleBlock {
  benchmark ??= drawnBenchmark();
  return benchmark;
}

/** How a network reads the benchmark of drawn digits. Throws `aborted` where it is called off. */
export async function scoreDrawn(network: Network, signal: AbortSignal): Promise<Score> {
  const drawn = drawnSamples();
  const everything = Uint32Array.from(drawn.labels, (_, index) => index);
  const { correct, total } = await assess(network, drawn, everything, signal, () => undefined);
  return { correct, total };
}
