import { concatenateBytes } from '../../src/domain/bytes';
import { noCounts, type Dataset } from '../../src/domain/dataset';
import type { ImportedSample, SampleSink } from '../../src/domain/import-report';
import { SHARD_IMAGES } from '../../src/domain/mnist';
import { PREPROCESS_VERSION } from '../../src/domain/preprocess';
import { IMAGE_PIXELS, type SampleBlock } from '../../src/domain/sample';
import type { ShardedSplitName } from '../../src/domain/shard-manifest';
import { hashPixels } from '../../src/domain/split';
import { contentHash, sha256 } from '../../src/platform/sha256';
import type { ShardRepository } from '../../src/storage/shard-repository';

/** One split while it grows: the shard that is being filled, and how many are full. */
interface Growing {
  pixels: Uint8Array<ArrayBuffer>;
  labels: Uint8Array<ArrayBuffer>;
  filled: number;
  shards: number;
  readonly counts: number[];
}

const nothingYet = (): Growing => ({
  pixels: new Uint8Array(SHARD_IMAGES * IMAGE_PIXELS),
  labels: new Uint8Array(SHARD_IMAGES),
  filled: 0,
  shards: 0,
  counts: noCounts(),
});

/**
 * Stores samples as the shards of a set that nobody sees yet: it is listed when the page writes the record
 * that `finish` returns, and until then `ShardRepository.deleteDataset` takes all of it back. Holds one
 * shard for each split in memory.
 */
export class StagingSink implements SampleSink {
  private readonly splits = { train: nothingYet(), test: nothingYet() };
  /** The label of each image that is in the set, by a 53-bit hash of its pixels. */
  private readonly labels = new Map<number, number>();

  constructor(
    private readonly shards: ShardRepository,
    private readonly name: string,
  ) {}

  async add({ pixels, label, split }: ImportedSample): Promise<'added' | 'duplicate' | 'conflict'> {
    const hash = wideHash(pixels);
    const known = this.labels.get(hash);
    if (known !== undefined) return known === label ? 'duplicate' : 'conflict';
    this.labels.set(hash, label);
    const growing = this.splits[split];
    growing.pixels.set(pixels, growing.filled * IMAGE_PIXELS);
    growing.labels[growing.filled] = label;
    growing.filled += 1;
    growing.counts[label]! += 1;
    if (growing.filled === SHARD_IMAGES) await this.store(split);
    return 'added';
  }

  /** Takes many samples at once, whatever they resemble. */
  async addBlock({ pixels, labels }: SampleBlock, split: ShardedSplitName): Promise<void> {
    for (let row = 0; row < labels.length; row++) {
      const image = pixels.subarray(row * IMAGE_PIXELS, (row + 1) * IMAGE_PIXELS);
      await this.add({ pixels: image, label: labels[row]!, split });
    }
  }

  /** Stores what is left, and returns the record that makes the set whole; undefined where it is empty. */
  async finish(
    facts: Pick<Dataset, 'title' | 'source' | 'origin' | 'originHash'>,
  ): Promise<Dataset | undefined> {
    if (this.labels.size === 0) return undefined;
    for (const split of ['train', 'test'] as const) {
      if (this.splits[split].filled > 0) await this.store(split);
    }
    const { train, test } = this.splits;
    return {
      ...facts,
      name: this.name,
      contentHash: { train: await this.hash('train'), test: await this.hash('test') },
      shardCounts: { train: train.shards, test: test.shards },
      counts: { train: train.counts, test: test.counts },
      completedAt: Date.now(),
      // Tables hold images as they are to be; pictures were made into them here.
      ...(facts.source === 'archive' ? { preprocessVersion: PREPROCESS_VERSION } : {}),
    };
  }

  private async store(split: ShardedSplitName): Promise<void> {
    const growing = this.splits[split];
    const part = {
      pixels: growing.pixels.slice(0, growing.filled * IMAGE_PIXELS),
      labels: growing.labels.slice(0, growing.filled),
    };
    const hash = await sha256(concatenateBytes(part.pixels, part.labels));
    await this.shards.save({ dataset: this.name, split, index: growing.shards, ...part, sha256: hash });
    growing.shards += 1;
    growing.filled = 0;
  }

  /** The content hash needs all of a split at once, as the browser's SHA-256 does. */
  private async hash(split: ShardedSplitName): Promise<string> {
    const parts = [];
    for (let index = 0; index < this.splits[split].shards; index++) {
      parts.push((await this.shards.load(this.name, split, index))!);
    }
    return contentHash(
      concatenateBytes(...parts.map(({ pixels }) => pixels)),
      concatenateBytes(...parts.map(({ labels }) => labels)),
    );
  }
}

/** Two FNV hashes in one number: among 100,000 images the chance of a mistake is one in two million. */
function wideHash(pixels: Uint8Array): number {
  let other = 0x9747b28c;
  for (let at = 0; at < pixels.length; at++) other = Math.imul(other ^ pixels[at]!, 0x5bd1e995);
  return hashPixels(pixels) * 2 ** 21 + (other >>> 11);
}
