import { AnswerTally } from '../../src/domain/answer-tally';
import type { Findings } from '../../src/domain/findings';
import type { Assessment } from '../../src/domain/metrics';
import { CLASS_COUNT, gatherSamples, type SampleBlock } from '../../src/domain/sample';
import { fitTemperature } from '../../src/domain/temperature';
import type { Network } from '../engines/engine';
import { inParts } from './in-parts';

/** Fewer mistakes than this do not say how sure a network may be. */
const FEWEST_MISTAKES = 10;

/** The samples of a run: what it learns from and what it is checked with. */
interface CheckedSamples {
  readonly block: SampleBlock;
  readonly train: Uint32Array;
  readonly validation: Uint32Array;
}

/** How a network does on the chosen samples, and what it finds hard. Throws `aborted` where it is called off. */
export async function assess(
  network: Pick<Network, 'logits'>,
  block: SampleBlock,
  indices: Uint32Array,
  signal: AbortSignal,
  onProgress: (done: number) => void,
  onLogits?: (logits: Float32Array, first: number) => void,
): Promise<Assessment & Findings> {
  const tally = new AnswerTally();
  for await (const { first, end } of inParts(indices.length, signal)) {
    const samples = gatherSamples(block, indices.subarray(first, end));
    const logits = await network.logits(samples.pixels);
    tally.add(logits, samples);
    onLogits?.(logits, first);
    onProgress(end);
  }
  return tally.result();
}

/**
 * The same on what a run is checked with, and the temperature that these answers ask for, where they can: of images
 * that were learned from, or where hardly anything was misread, none is known. Throws `aborted`.
 */
export async function validate(
  network: Pick<Network, 'logits'>,
  { block, train, validation }: CheckedSamples,
  signal: AbortSignal,
  onProgress: () => void,
): Promise<Assessment & Findings> {
  const logits = new Float32Array(validation.length * CLASS_COUNT);
  const keep = (part: Float32Array, first: number) => logits.set(part, first * CLASS_COUNT);
  const assessment = await assess(network, block, validation, signal, onProgress, keep);
  const { correct, total, loss } = assessment;
  // A set that is too small for both is learned and checked with as a whole.
  const isUnseen = validation !== train;
  if (!isUnseen || total - correct < FEWEST_MISTAKES || !Number.isFinite(loss)) return assessment;
  const labels = validation.map((index) => block.labels[index]!);
  return { ...assessment, temperature: fitTemperature(logits, Uint8Array.from(labels)) };
}
