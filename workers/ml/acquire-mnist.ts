import { AppError, throwIfAborted } from '../../src/domain/errors';
import { MNIST, MNIST_FACTS } from '../../src/domain/mnist';
import {
  downloadBytes,
  offersShards,
  parseShardManifest,
  type ShardedSplitName,
  type ShardEntry,
  type ShardManifest,
} from '../../src/domain/shard-manifest';
import { isAsBuilt } from '../../src/platform/file-hashes';
import type { FetchProgress } from '../../src/protocol/ml-protocol';
import type { ShardRepository } from '../../src/storage/shard-repository';
import type { CallContext } from '../rpc/serve';
import { fetchShard } from './fetch-shard';
import { isIntact } from './load-shards';

/** The path of the list inside the app. */
const MANIFEST_PATH = 'mnist/manifest.json';
/** The shortest time between two reports of progress, in milliseconds. */
const REPORT_INTERVAL_MS = 100;

/**
 * Fetches the parts of MNIST that are not stored yet, one after another; each is stored as soon as it
 * is checked, so that being cut off costs one part at most. Throws `not-found` (MNIST_ABSENT) where
 * this copy of the app came without MNIST.
 */
export async function acquireMnist(
  shards: ShardRepository,
  baseUrl: string,
  { signal, emit }: CallContext<FetchProgress>,
): Promise<{ fetchedBytes: number }> {
  const folder = new URL('mnist/', baseUrl);
  const manifest = await fetchManifest(baseUrl, signal);
  const totalBytes = downloadBytes(manifest);
  const tell = (bytes: number) => emit({ doneBytes: bytes, totalBytes });
  const report = throttle(tell);
  tell(0);
  let doneBytes = 0;
  let fetchedBytes = 0;
  for (const { split, index, entry } of listParts(manifest)) {
    throwIfAborted(signal);
    if (!(await isStored(shards, split, index, entry))) {
      const name = `Part ${index + 1} of ${manifest.splits[split].shards.length} (${split})`;
      const before = doneBytes;
      const content = await fetchShard(new URL(entry.path, folder), entry, name, signal, (bytes) =>
        report(before + bytes),
      );
      await shards.save({ dataset: MNIST, split, index, ...content, sha256: entry.sha256 });
      fetchedBytes += entry.byteLength;
    }
    doneBytes += entry.byteLength;
    report(doneBytes);
  }
  await completeMnist(shards, manifest);
  return { fetchedBytes };
}

function completeMnist(shards: ShardRepository, { splits }: ShardManifest): Promise<void> {
  return shards.completeDataset({
    name: MNIST,
    contentHash: { train: splits.train.contentHash, test: splits.test.contentHash },
    shardCounts: { train: splits.train.shards.length, test: splits.test.shards.length },
    ...MNIST_FACTS,
    completedAt: Date.now(),
  });
}

interface Part {
  readonly split: ShardedSplitName;
  readonly index: number;
  readonly entry: ShardEntry;
}

function listParts({ splits }: ShardManifest): readonly Part[] {
  return (['train', 'test'] as const).flatMap((split) =>
    splits[split].shards.map((entry, index) => ({ split, index, entry })),
  );
}

async function isStored(
  shards: ShardRepository,
  split: ShardedSplitName,
  index: number,
  entry: ShardEntry,
): Promise<boolean> {
  const shard = await shards.load(MNIST, split, index);
  return shard?.sha256 === entry.sha256 && (await isIntact(shard));
}

/** The list of the parts, which must be the one that the app was built with: it vouches for every part. */
async function fetchManifest(baseUrl: string, signal: AbortSignal): Promise<ShardManifest> {
  const response = await fetch(new URL(MANIFEST_PATH, baseUrl), { signal, cache: 'no-store' }).catch(
    (cause: unknown) => {
      throwIfAborted(signal);
      throw new AppError(
        'not-found',
        'MNIST could not be reached.',
        {
          reason: 'MNIST_UNREACHABLE',
          kept: 'The parts that arrived earlier are kept.',
          remedy: 'Check the connection and try again, or train on generated digits.',
        },
        { cause },
      );
    },
  );
  if (!response.ok) throw mnistAbsent();
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  // A host that answers every address with its start page has no manifest either.
  if (!isJson) throw mnistAbsent();
  const bytes = new Uint8Array(await response.arrayBuffer());
  const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
  if (!offersShards(value)) throw mnistAbsent();
  const manifest = parseShardManifest(value);
  if (!(await isAsBuilt(MANIFEST_PATH, bytes))) throw manifestForeign();
  return manifest;
}

function manifestForeign(): AppError {
  return new AppError(
    'invalid-input',
    'The host lists other parts of MNIST than this Inkling was built with.',
    {
      reason: 'MANIFEST_FOREIGN',
      kept: 'None of them was fetched. The parts that arrived earlier are kept.',
      remedy: 'Reload this page. If that does not help, add the four MNIST files by hand.',
    },
  );
}

function mnistAbsent(): AppError {
  return new AppError('not-found', 'This copy of Inkling came without MNIST.', {
    reason: 'MNIST_ABSENT',
    kept: 'Everything else works.',
    remedy: 'Train on generated digits, or add the four MNIST files.',
  });
}

/** Reports the latest number, and no more often than somebody can see. */
function throttle(report: (bytes: number) => void): (bytes: number) => void {
  let latest = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  return (bytes) => {
    latest = bytes;
    timer ??= setTimeout(() => {
      timer = undefined;
      report(latest);
    }, REPORT_INTERVAL_MS);
  };
}
