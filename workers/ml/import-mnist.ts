import { concatenateBytes } from '../../src/domain/bytes';
import { AppError } from '../../src/domain/errors';
import { joinIdx, parseIdx } from '../../src/domain/idx';
import {
  identifyMnistFile,
  MNIST,
  MNIST_FACTS,
  MNIST_FILES,
  SHARD_IMAGES,
  type MnistFile,
} from '../../src/domain/mnist';
import { IMAGE_PIXELS, type SampleBlock } from '../../src/domain/sample';
import type { ShardedSplitName } from '../../src/domain/shard-manifest';
import { gunzip, isGzip } from '../../src/platform/gunzip';
import { contentHash, sha256 } from '../../src/platform/sha256';
import type { PlatformFile } from '../../src/protocol/ml-protocol';
import type { ShardRepository } from '../../src/storage/shard-repository';

/** No file of MNIST is longer, in bytes, unpacked or not. */
const MAX_FILE_BYTES = 48 * 1024 * 1024;

/**
 * Stores MNIST from its four files, in any order, compressed or not. Nothing is stored unless all four
 * are there and are the original ones. Throws `invalid-input` (MNIST_FILES_MISSING, MNIST_FILE_UNKNOWN).
 */
export async function importMnist(
  files: readonly PlatformFile[],
  shards: ShardRepository,
): Promise<{ imageCount: number }> {
  const found = await readFiles(files);
  const splits = {
    train: joinSplit(found, 'trainImages', 'trainLabels'),
    test: joinSplit(found, 'testImages', 'testLabels'),
  };
  const shardCounts = {
    train: await storeSplit(shards, 'train', splits.train),
    test: await storeSplit(shards, 'test', splits.test),
  };
  const hashes = {
    train: await contentHash(splits.train.pixels, splits.train.labels),
    test: await contentHash(splits.test.pixels, splits.test.labels),
  };
  await shards.completeDataset({
    name: MNIST,
    contentHash: hashes,
    shardCounts,
    ...MNIST_FACTS,
    completedAt: Date.now(),
  });
  return { imageCount: splits.train.labels.length + splits.test.labels.length };
}

type FoundFiles = ReadonlyMap<MnistFile, Uint8Array<ArrayBuffer>>;

async function readFiles(files: readonly PlatformFile[]): Promise<FoundFiles> {
  const found = new Map<MnistFile, Uint8Array<ArrayBuffer>>();
  for (const file of files) {
    const bytes = file.size <= MAX_FILE_BYTES ? await unpack(file) : undefined;
    const identity = bytes && identifyMnistFile(await sha256(bytes));
    if (!identity) throw notAdded('One of these files is not one of MNIST’s four.', 'MNIST_FILE_UNKNOWN');
    found.set(identity, bytes);
  }
  const missing = (Object.keys(MNIST_FILES) as MnistFile[]).filter((file) => !found.has(file));
  if (missing.length === 0) return found;
  const names = missing.map((file) => MNIST_FILES[file].name).join(', ');
  throw notAdded(`These files of MNIST are missing: ${names}.`, 'MNIST_FILES_MISSING');
}

async function unpack(file: PlatformFile): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  return isGzip(bytes) ? gunzip(bytes, MAX_FILE_BYTES) : bytes;
}

function joinSplit(found: FoundFiles, images: MnistFile, labels: MnistFile): SampleBlock {
  return joinIdx(parseIdx(found.get(images)!), parseIdx(found.get(labels)!));
}

/** Cuts a split into shards and stores them; returns how many. */
async function storeSplit(
  shards: ShardRepository,
  split: ShardedSplitName,
  { pixels, labels }: SampleBlock,
): Promise<number> {
  let index = 0;
  for (let start = 0; start < labels.length; start += SHARD_IMAGES, index++) {
    const end = Math.min(labels.length, start + SHARD_IMAGES);
    const part = {
      pixels: pixels.slice(start * IMAGE_PIXELS, end * IMAGE_PIXELS),
      labels: labels.slice(start, end),
    };
    const hash = await sha256(concatenateBytes(part.pixels, part.labels));
    await shards.save({ dataset: MNIST, split, index, ...part, sha256: hash });
  }
  return index;
}

function notAdded(message: string, reason: string): AppError {
  return new AppError('invalid-input', message, {
    reason,
    kept: 'Nothing was added.',
    remedy: 'Choose the four original files together, compressed (.gz) or not.',
  });
}
