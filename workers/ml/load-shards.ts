import { concatenateBytes } from '../../src/domain/bytes';
import { AppError } from '../../src/domain/errors';
import { MNIST } from '../../src/domain/mnist';
import { IMAGE_PIXELS } from '../../src/domain/sample';
import { applyEdits, type EditedBlock } from '../../src/domain/sample-edits';
import type { ShardedSplitName } from '../../src/domain/shard-manifest';
import { sha256 } from '../../src/platform/sha256';
import type { ShardRecord } from '../../src/storage/schema';
import type { ShardRepository } from '../../src/storage/shard-repository';

/**
 * Reads the first `count` stored samples of a split, or all of them, as they count now: relabelled, and
 * without those that were deleted. Each shard is checked as it is read. Throws `not-found` where the set
 * is not whole, also where a shard turns out damaged.
 */
export async function loadShardedSplit(
  shards: ShardRepository,
  dataset: string,
  split: ShardedSplitName,
  count = Infinity,
): Promise<EditedBlock> {
  const record = await shards.findDataset(dataset);
  if (!record) throw dataset === MNIST ? mnistMissing('MNIST is not on this device yet.') : setMissing();
  const parts: ShardRecord[] = [];
  let found = 0;
  for (let index = 0; index < record.shardCounts[split] && found < count; index++) {
    const shard = await shards.load(dataset, split, index);
    if (!shard || !(await isIntact(shard))) throw await giveUpDamaged(shards, dataset, split, index);
    parts.push(shard);
    found += shard.labels.length;
  }
  const edits = await shards.listEdits(dataset);
  return applyEdits(
    joinParts(parts, Math.min(count, found)),
    edits.filter((edit) => edit.split === split),
  );
}

/** True where a shard's bytes are still those that were verified when it arrived. */
export async function isIntact({ pixels, labels, sha256: expected }: ShardRecord): Promise<boolean> {
  return (await sha256(concatenateBytes(pixels, labels))) === expected;
}

/** MNIST can be fetched again; what was brought by hand stays listed, so that it can be brought again. */
async function giveUpDamaged(
  shards: ShardRepository,
  dataset: string,
  split: ShardedSplitName,
  index: number,
): Promise<AppError> {
  const part = `Part ${index + 1} (${split})`;
  if (dataset !== MNIST) return setDamaged(part);
  await shards.reopenDataset(dataset);
  return mnistMissing(`${part} of MNIST was damaged on this device.`);
}

function joinParts(parts: readonly ShardRecord[], count: number) {
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

function mnistMissing(message: string): AppError {
  return new AppError('not-found', message, {
    reason: 'MNIST_NOT_STORED',
    kept: 'What was fetched before is kept.',
    remedy: 'Get MNIST first. Only the missing part is fetched.',
  });
}

function setMissing(): AppError {
  return new AppError('not-found', 'This data set is not on this device.', {
    reason: 'DATASET_MISSING',
    kept: 'Nothing was changed.',
    remedy: 'Choose another one, or add its file again on the Data page.',
  });
}

function setDamaged(part: string): AppError {
  return new AppError('not-found', `${part} of this data set was damaged on this device.`, {
    reason: 'DATASET_DAMAGED',
    kept: 'All other data sets are as they were.',
    remedy: 'Delete it on the Data page and add its file again.',
  });
}
