import { drawVariation, isVaried, VARIATION_LENGTH } from '../../src/domain/augment';
import { choiceTitle, type DatasetPart } from '../../src/domain/dataset';
import { AppError, throwIfAborted } from '../../src/domain/errors';
import { generateDigits } from '../../src/domain/generated-digits';
import { joinBlocks, pickSamples } from '../../src/domain/mix-samples';
import { MNIST } from '../../src/domain/mnist';
import { mixSeed } from '../../src/domain/random';
import { batchesPerEpoch, type RunConfig, type RunDataPart } from '../../src/domain/run';
import { gatherSamples, IMAGE_PIXELS, type SampleBlock } from '../../src/domain/sample';
import { permutation } from '../../src/domain/shuffle';
import { splitIndices } from '../../src/domain/split';
import { contentHash } from '../../src/platform/sha256';
import { yieldToEvents } from '../../src/platform/yield-to-events';
import type { ShardRepository } from '../../src/storage/shard-repository';
import type { TrainingBatch } from '../engines/engine';
import { loadShardedSplit } from './load-shards';

/** Generated digits per turn; between turns a cancel can arrive. */
const GENERATED_CHUNK = 500;

/** The data of a run, opened: all of it in memory as bytes; batches are made when they are needed. */
export interface BatchSource {
  readonly block: SampleBlock;
  readonly train: Uint32Array;
  readonly validation: Uint32Array;
  readonly contentHash: string;
  /** What each part gave, of a mixture. */
  readonly parts?: readonly RunDataPart[];
  /** Batches in an epoch. */
  readonly batches: number;
  /** One batch, shuffled, and how its images are varied: a pure function of the run's seed and its numbers. */
  batch(epoch: number, batch: number): TrainingBatch;
}

/** Opens the data of a run. Throws `not-found` where it is not on this device. */
export async function openBatchSource(
  config: RunConfig,
  shards: ShardRepository,
  signal: AbortSignal,
  onProgress: () => void,
): Promise<BatchSource> {
  const { block, parts } = await loadSamples(config, shards, signal, onProgress);
  const { train, validation } = splitSamples(block.pixels, config.dataset.kind === 'stored');
  if (train.length === 0 || validation.length === 0) throw tooFew(block.labels.length);
  const hash = await contentHash(block.pixels, block.labels);
  return {
    block,
    train,
    validation,
    contentHash: hash,
    ...(parts ? { parts } : {}),
    batches: batchesPerEpoch(config.recipe, train.length),
    batch: createBatches(config, block, train),
  };
}

/**
 * What to learn from and what to check with. A set of one's own may be too small for both: then all of it
 * is learned and checked with, and the form has said so.
 */
function splitSamples(pixels: Uint8Array<ArrayBuffer>, isOwn: boolean) {
  const split = splitIndices(pixels);
  const isSmall = isOwn && (split.train.length === 0 || split.validation.length === 0);
  if (!isSmall) return split;
  const everything = Uint32Array.from({ length: pixels.length / IMAGE_PIXELS }, (_, index) => index);
  return { train: everything, validation: everything };
}

interface LoadedSamples {
  readonly block: SampleBlock;
  readonly parts?: readonly RunDataPart[];
}

async function loadSamples(
  { dataset, seed }: RunConfig,
  shards: ShardRepository,
  signal: AbortSignal,
  onProgress: () => void,
): Promise<LoadedSamples> {
  if (dataset.kind !== 'mixture') return { block: await loadWhole(dataset, shards, signal, onProgress) };
  const blocks: SampleBlock[] = [];
  const parts: RunDataPart[] = [];
  for (const [index, part] of dataset.parts.entries()) {
    throwIfAborted(signal);
    const block = await loadShare(part, mixSeed(seed, index), shards, signal, onProgress);
    const { pixels, labels } = block;
    blocks.push(block);
    parts.push({
      title: choiceTitle(part),
      sampleCount: labels.length,
      contentHash: await contentHash(pixels, labels),
    });
    onProgress();
  }
  return { block: joinBlocks(blocks), parts };
}

/** A part of a mixture: so many of its set's images, drawn by the seed. Generated ones are drawn anyway. */
async function loadShare(
  part: DatasetPart,
  seed: number,
  shards: ShardRepository,
  signal: AbortSignal,
  onProgress: () => void,
): Promise<SampleBlock> {
  if (part.kind === 'generated') return loadWhole(part, shards, signal, onProgress);
  const whole = await loadShardedSplit(shards, part.kind === 'mnist' ? MNIST : part.name, 'train');
  return pickSamples(whole, part.sampleCount, seed);
}

function loadWhole(
  dataset: DatasetPart,
  shards: ShardRepository,
  signal: AbortSignal,
  onProgress: () => void,
): Promise<SampleBlock> {
  switch (dataset.kind) {
    case 'mnist':
      return loadShardedSplit(shards, MNIST, 'train', dataset.sampleCount);
    case 'generated':
      return generateSamples(dataset.seed, dataset.sampleCount, signal, onProgress);
    case 'stored':
      return loadShardedSplit(shards, dataset.name, 'train');
  }
}

/** So many generated digits, a few at a time. Throws `aborted`. */
export async function generateSamples(
  seed: number,
  count: number,
  signal: AbortSignal,
  onProgress: () => void,
): Promise<SampleBlock> {
  const block = { pixels: new Uint8Array(count * IMAGE_PIXELS), labels: new Uint8Array(count) };
  for (let first = 0; first < count; first += GENERATED_CHUNK) {
    throwIfAborted(signal);
    const chunk = generateDigits(seed, first, Math.min(GENERATED_CHUNK, count - first));
    block.pixels.set(chunk.pixels, first * IMAGE_PIXELS);
    block.labels.set(chunk.labels, first);
    onProgress();
    await yieldToEvents();
  }
  return block;
}

/** The batches of a run: see `BatchSource.batch`. */
export function createBatches(
  { recipe, seed }: Pick<RunConfig, 'recipe' | 'seed'>,
  block: SampleBlock,
  train: Uint32Array,
) {
  const { augmentation, batchSize } = recipe;
  let order = { epoch: -1, indices: train };
  return (epoch: number, batch: number): TrainingBatch => {
    if (order.epoch !== epoch) {
      order = { epoch, indices: permutation(train.length, seed, epoch).map((row) => train[row]!) };
    }
    const indices = order.indices.subarray(batch * batchSize, (batch + 1) * batchSize);
    const samples = gatherSamples(block, indices);
    if (!isVaried(augmentation)) return samples;
    const variations = new Int32Array(indices.length * VARIATION_LENGTH);
    indices.forEach((index, row) =>
      drawVariation(augmentation, [seed, epoch, index], variations, row * VARIATION_LENGTH),
    );
    return { ...samples, variations };
  };
}

function tooFew(count: number): AppError {
  return new AppError('invalid-input', `${count} images are too few: some are needed to check with.`, {
    reason: 'TOO_FEW_SAMPLES',
    kept: 'Nothing was changed.',
    remedy: 'Use at least 100 images.',
  });
}
