import { AppError } from './errors';

/** One file of a data set: `count` images of 784 bytes, then `count` labels of one byte. */
export interface ShardEntry {
  /** File name, beside the manifest. */
  readonly path: string;
  readonly count: number;
  /** How the file is stored; a server may also have unpacked it on the way. */
  readonly encoding: 'gzip' | 'identity';
  /** Length of the file, in bytes. */
  readonly byteLength: number;
  /** Of the unpacked bytes, in hexadecimal. */
  readonly sha256: string;
}

/** One split of a data set, cut into shards. */
export interface ShardedSplit {
  readonly count: number;
  /** The content hash of all its images and labels, in hexadecimal: `contentHash` in `platform/sha256.ts`. */
  readonly contentHash: string;
  readonly shards: readonly ShardEntry[];
}

/** What `scripts/mnist.mjs` writes beside the shards. */
export interface ShardManifest {
  readonly format: 1;
  readonly name: string;
  readonly splits: { readonly train: ShardedSplit; readonly test: ShardedSplit };
}

/** The splits that come in shards; validation is cut from `train` by `split.ts`. */
export type ShardedSplitName = keyof ShardManifest['splits'];

/**
 * False for the manifest of a copy of the app that came without the data set: it has no splits. Such a
 * copy has a manifest all the same, so that asking for it is no error.
 */
export function offersShards(manifest: unknown): boolean {
  return asRecord(manifest, 'the manifest')['splits'] !== undefined;
}

/** All bytes that have to be fetched. */
export function downloadBytes(manifest: ShardManifest): number {
  const shards = [...manifest.splits.train.shards, ...manifest.splits.test.shards];
  return shards.reduce((sum, shard) => sum + shard.byteLength, 0);
}

const HASH = /^[0-9a-f]{64}$/;
const FILE_NAME = /^[a-z0-9][a-z0-9.-]*$/;

/** Checks what came over the network. Throws `invalid-input` (MANIFEST_INVALID) with what is wrong. */
export function parseShardManifest(value: unknown): ShardManifest {
  const manifest = asRecord(value, 'the manifest');
  if (manifest['format'] !== 1) throw invalidManifest('its format is unknown');
  const splits = asRecord(manifest['splits'], 'splits');
  return {
    format: 1,
    name: String(manifest['name']),
    splits: { train: parseSplit(splits['train'], 'train'), test: parseSplit(splits['test'], 'test') },
  };
}

function parseSplit(value: unknown, name: string): ShardedSplit {
  const split = asRecord(value, name);
  if (!Array.isArray(split['shards'])) throw invalidManifest(`${name} has no shards`);
  const shards = split['shards'].map((shard, index) => parseEntry(shard, `${name} ${index + 1}`));
  const count = shards.reduce((sum, shard) => sum + shard.count, 0);
  if (count === 0 || count !== split['count']) throw invalidManifest(`the counts of ${name} do not add up`);
  return { count, contentHash: asHash(split['contentHash'], name), shards };
}

function parseEntry(value: unknown, name: string): ShardEntry {
  const { path, count, encoding, byteLength, sha256 } = asRecord(value, name);
  if (typeof path !== 'string' || !FILE_NAME.test(path)) throw invalidManifest(`the path of ${name}`);
  if (encoding !== 'gzip' && encoding !== 'identity') throw invalidManifest(`the encoding of ${name}`);
  return {
    path,
    count: asCount(count, name),
    encoding,
    byteLength: asCount(byteLength, name),
    sha256: asHash(sha256, name),
  };
}

function asRecord(value: unknown, name: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw invalidManifest(`${name} is missing`);
  return value as Record<string, unknown>;
}

function asCount(value: unknown, name: string): number {
  if (Number.isInteger(value) && (value as number) > 0) return value as number;
  throw invalidManifest(`a length of ${name}`);
}

function asHash(value: unknown, name: string): string {
  if (typeof value === 'string' && HASH.test(value)) return value;
  throw invalidManifest(`the SHA-256 of ${name}`);
}

function invalidManifest(what: string): AppError {
  return new AppError('invalid-input', `The list of MNIST's parts cannot be used: ${what}.`, {
    reason: 'MANIFEST_INVALID',
    kept: 'Parts that were fetched earlier are kept.',
    remedy: 'Build it again with “npm run mnist”, or add the four MNIST files by hand.',
  });
}
