import { sampleStatistics } from '../../src/domain/class-statistics';
import { concatenateBytes } from '../../src/domain/bytes';
import type { DatasetDescription, DatasetMap, SampleChunk, SampleSplit } from '../../src/domain/dataset-view';
import { throwIfAborted } from '../../src/domain/errors';
import { findNearDuplicates } from '../../src/domain/near-duplicates';
import { evenIndices, findPrincipalComponents, projectImages } from '../../src/domain/principal-components';
import { gatherSamples, IMAGE_PIXELS, imageAt, type SampleBlock } from '../../src/domain/sample';
import type { EditedBlock } from '../../src/domain/sample-edits';
import { isForValidation } from '../../src/domain/split';
import { contentHash } from '../../src/platform/sha256';
import { yieldToEvents } from '../../src/platform/yield-to-events';
import type { ShardRepository } from '../../src/storage/shard-repository';
import { loadShardedSplit } from './load-shards';

/** Samples that go to the page in one message: 1.6 MB. */
const CHUNK = 2000;
/** Points of a map: more would keep the page from answering while they are drawn. */
const MAP_POINTS = 3000;

const SPLIT_CODES = { train: 0, validation: 1, test: 2 } satisfies Record<SampleSplit, number>;

/** Both stored splits of a set, as they count now. Throws `not-found`. */
export async function loadBothSplits(shards: ShardRepository, name: string) {
  const train = await loadShardedSplit(shards, name, 'train');
  return { train, test: await loadShardedSplit(shards, name, 'test') };
}

/** Sends a set's samples, chunk by chunk: those to train with first. Resolves to how many there are. */
export async function readSamples(
  shards: ShardRepository,
  name: string,
  signal: AbortSignal,
  emit: (chunk: SampleChunk) => void,
): Promise<{ count: number }> {
  const { train, test } = await loadBothSplits(shards, name);
  const total = train.labels.length + test.labels.length;
  for (const [block, before, isTest] of [
    [train, 0, false],
    [test, train.labels.length, true],
  ] as const) {
    for (let first = 0; first < block.labels.length; first += CHUNK) {
      throwIfAborted(signal);
      emit({ total, ...cutChunk(block, first, isTest), first: before + first });
      await yieldToEvents();
    }
  }
  return { count: total };
}

function cutChunk({ pixels, labels, places }: EditedBlock, first: number, isTest: boolean) {
  const end = Math.min(labels.length, first + CHUNK);
  const codeOf = (row: number) =>
    isTest
      ? SPLIT_CODES.test
      : isForValidation(imageAt(pixels, row))
        ? SPLIT_CODES.validation
        : SPLIT_CODES.train;
  return {
    pixels: pixels.slice(first * IMAGE_PIXELS, end * IMAGE_PIXELS),
    labels: labels.slice(first, end),
    splits: Uint8Array.from({ length: end - first }, (_, row) => codeOf(first + row)),
    places: places.slice(first, end) as Uint32Array<ArrayBuffer>,
  };
}

/** What a set looks like as a whole. */
export async function describeDataset(shards: ShardRepository, name: string): Promise<DatasetDescription> {
  const { train, test } = await loadBothSplits(shards, name);
  const hash = ({ pixels, labels }: SampleBlock) => contentHash(pixels, labels);
  return {
    statistics: sampleStatistics(joined(train, test)),
    contentHash: { train: await hash(train), test: await hash(test) },
  };
}

/** A set as points of a plane: up to 3,000 of its samples, at even distances. */
export async function mapDataset(shards: ShardRepository, name: string): Promise<DatasetMap> {
  const { train, test } = await loadBothSplits(shards, name);
  const block = joined(train, test);
  const components = findPrincipalComponents(block.pixels, 2);
  const indices = evenIndices(block.labels.length, MAP_POINTS);
  const places = projectImages(gatherSamples(block, indices).pixels, components);
  return {
    points: indices.map((index, row) => ({
      index,
      x: places[2 * row]!,
      y: places[2 * row + 1]!,
      group: block.labels[index]!,
    })),
    share: components.shares.reduce((sum, share) => sum + share, 0),
  };
}

/** Groups of samples that look the same, as their numbers in the set. */
export async function findDuplicates(
  shards: ShardRepository,
  name: string,
): Promise<readonly (readonly number[])[]> {
  const { train, test } = await loadBothSplits(shards, name);
  return findNearDuplicates(joined(train, test).pixels);
}

function joined(train: SampleBlock, test: SampleBlock): SampleBlock {
  if (test.labels.length === 0) return train;
  return {
    pixels: concatenateBytes(train.pixels, test.pixels),
    labels: concatenateBytes(train.labels, test.labels),
  };
}
