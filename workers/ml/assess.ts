import { AnswerTally } from '../../src/domain/answer-tally';
import type { Findings } from '../../src/domain/findings';
import type { Assessment } from '../../src/domain/metrics';
import { gatherSamples, type SampleBlock } from '../../src/domain/sample';
import type { Network } from '../engines/engine';
import { inParts } from './in-parts';

/** How a network does on the chosen samples, and what it finds hard. Throws `aborted` where it is called off. */
export async function assess(
  network: Network,
  block: SampleBlock,
  indices: Uint32Array,
  signal: AbortSignal,
  onProgress: (done: number) => void,
): Promise<Assessment & Findings> {
  const tally = new AnswerTally();
  for await (const { first, end } of inParts(indices.length, signal)) {
    const samples = gatherSamples(block, indices.subarray(first, end));
    tally.add(await network.logits(samples.pixels), samples);
    onProgress(end);
  }
  return tally.result();
}
