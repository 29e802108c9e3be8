import { AnswerTally } from '../../src/domain/answer-tally';
import { throwIfAborted } from '../../src/domain/errors';
import type { Findings } from '../../src/domain/findings';
import type { Assessment } from '../../src/domain/metrics';
import { gatherSamples, type SampleBlock } from '../../src/domain/sample';
import { yieldToEvents } from '../../src/platform/yield-to-events';
import type { Network } from '../engines/engine';

/** Images per pass: enough to keep an engine busy, few enough to be called off at once. */
const CHUNK = 256;
/** The longest time without letting events in, in milliseconds: each time costs threads their way to sleep. */
const PAUSE_AFTER_MS = 30;

/** How a network does on the chosen samples, and what it finds hard. Throws `aborted` where it is called off. */
export async function assess(
  network: Network,
  block: SampleBlock,
  indices: Uint32Array,
  signal: AbortSignal,
  onProgress: (done: number) => void,
): Promise<Assessment & Findings> {
  const tally = new AnswerTally();
  let pausedAt = performance.now();
  for (let start = 0; start < indices.length; start += CHUNK) {
    throwIfAborted(signal);
    const samples = gatherSamples(block, indices.subarray(start, start + CHUNK));
    tally.add(await network.logits(samples.pixels), samples);
    onProgress(Math.min(indices.length, start + CHUNK));
    if (performance.now() - pausedAt < PAUSE_AFTER_MS) continue;
    await yieldToEvents();
    pausedAt = performance.now();
  }
  return tally.result();
}
