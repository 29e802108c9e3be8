import { concatenateBytes } from '../../src/domain/bytes';
import { AppError } from '../../src/domain/errors';
import { IMAGE_PIXELS, type SampleBlock } from '../../src/domain/sample';
import type { ShardedSplitName } from '../../src/domain/shard-manifest';
import { sha256 } from '../../src/platform/sha256';
import type { ShardRecord } from '../../src/storage/schema';
import type { ShardRepository } from '../../src/storage/shard-repository';

/**
 * Reads the first `count` samples of a stored split, or all of them. Each shard is checked as it is
 * read. Throws `not-found` where the data set is not whole, also where a shard turns out damaged.
 */
export async function loadShardedSplit(
  shards: ShardRepository,
  dataset: string,
  split: ShardedSplitName,
  count = Infinity,
): Promise<SampleBlock> {
  const record = await shards.findDataset(dataset);
  if (!record) throw notWhole('MNIST is not on this device yet.');
  const parts: ShardRecord[] = [];
  let found = 0;
  for (let index = 0; index < record.shardCounts[split] && found < count; index++) {
    const shard = await shards.load(dataset, split, index);
    if (!shard || !(await isIntact(shard))) {
      await shards.reopenDataset(dataset);
      throw notWhole(`Part ${index + 1} of MNIST (${split}) was damaged on this device.`);
    }
    parts.push(shard);
    found += shard.labels.length;
  }
  return joinParts(parts, Math.min(count, found));
}

/** True where a shard's bytes are still those that were verified when it arrived. */
export async function isIntact({ pixels, labels, sha256: expected }: ShardRecord): Promise<boolean> {
  return (await sha256(concatenateBytes(pixels, labels))) === expected;
}

function joinParts(parts: readonly ShardRecord[], count: number): SampleBlock {
  const block = { pixels: new Uint8Array(count * IMAGE_PIXELS), labels: new Uint8Array(count) };
  let at = 0;
  for (const { pixels, labels } of parts) {
    const taken = Math.min(labels.length, count - at);
    block.pixels.set(pixels.subarray(0, taken * IMAGE_PIXELS), at * IMAGE_PIXELS);
    block.labels.set(labels.subarray(0, taken), at);
    at += taken;
  }
  return block;
}

function notWhole(message: string): AppError {
  return new AppError('not-found', message, {
    reason: 'MNIST_NOT_STORED',
    kept: 'What was fetched before is kept.',
    remedy: 'Get MNIST first. Only the missing part is fetched.',
  });
}
