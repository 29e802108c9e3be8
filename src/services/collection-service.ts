import { concatenateBytes } from '../domain/bytes';
import { CORRECTED, countLabels, DRAWN, noCounts, type Dataset } from '../domain/dataset';
import { PREPROCESS_VERSION } from '../domain/preprocess';
import { IMAGE_PIXELS } from '../domain/sample';
import { withDatasetLock } from '../platform/locks';
import { contentHash, sha256 } from '../platform/sha256';
import type { ShardRecord } from '../storage/schema';
import type { ShardRepository } from '../storage/shard-repository';

/** Samples in a shard of a set that grows: each new one rewrites the last shard, 392 kB at most. */
const SHARD_SAMPLES = 500;

/** The sets that grow sample by sample, and what they are called. */
const TITLES = { [DRAWN]: 'Drawn here', [CORRECTED]: 'Corrections' } as const;

/** A sample that was kept, so that it can be taken back. */
export interface KeptSample {
  readonly dataset: keyof typeof TITLES;
  readonly index: number;
  readonly label: number;
  /** What the same drawing was kept as before. */
  readonly before?: number | undefined;
}

/** Keeps digits that were drawn in the app, as samples to learn from. */
export class CollectionService {
  constructor(
    private readonly shards: ShardRepository,
    /** Called when something is kept for the first time: the browser is asked not to clear it. */
    private readonly onFirstKept: () => void,
  ) {}

  /**
   * Keeps a digit: [28, 28] bytes, and what it is meant to be. The very same drawing is kept once: whoever says
   * something else of it has changed their mind. Throws `storage-full`.
   */
  keep(dataset: KeptSample['dataset'], pixels: Uint8Array<ArrayBuffer>, label: number): Promise<KeptSample> {
    return withDatasetLock(dataset, async () => {
      const record = (await this.shards.findDataset(dataset)) ?? (await emptySet(dataset));
      const earlier = await this.loadAll(record);
      const index = placeOf(pixels, earlier);
      return index === -1
        ? this.append(record, earlier, dataset, pixels, label)
        : this.keepAnew(record, earlier, { dataset, index, label });
    });
  }

  /** Takes a kept digit back: it is what it was before. */
  async takeBack(kept: KeptSample): Promise<void> {
    await withDatasetLock(kept.dataset, async () => {
      const record = await this.shards.findDataset(kept.dataset);
      if (record) await this.relabel(record, kept, kept.label, kept.before);
    });
  }

  private async keepAnew(
    record: Dataset,
    earlier: readonly ShardRecord[],
    kept: KeptSample,
  ): Promise<KeptSample> {
    const edits = await this.shards.listEdits(record.name);
    const edit = edits.find(({ split, index }) => split === 'train' && index === kept.index);
    const before = edit ? edit.label : labelAt(earlier, kept.index);
    if (before === kept.label) return kept;
    await this.relabel(record, kept, before, kept.label);
    return { ...kept, before };
  }

  /** Says of a sample that is stored what it counts as; undefined is as nothing. */
  private async relabel(
    { name, counts }: Dataset,
    { index }: KeptSample,
    before: number | undefined,
    label: number | undefined,
  ): Promise<void> {
    const train = counts.train.map(
      (count, digit) => count + Number(digit === label) - Number(digit === before),
    );
    const edit = { dataset: name, split: 'train', index, label, editedAt: Date.now() } as const;
    await this.shards.saveEdits(name, [edit], { ...counts, train });
  }

  private async append(
    record: Dataset,
    earlier: readonly ShardRecord[],
    dataset: KeptSample['dataset'],
    pixels: Uint8Array<ArrayBuffer>,
    label: number,
  ): Promise<KeptSample> {
    const last = earlier.at(-1);
    const isGrowing = last !== undefined && last.labels.length < SHARD_SAMPLES;
    const shard = await growShard(isGrowing ? last : emptyShard(dataset, earlier.length), pixels, label);
    const all = [...(isGrowing ? earlier.slice(0, -1) : earlier), shard];
    await this.shards.appendShard(await describe(record, all, label), shard);
    if (earlier.length === 0) this.onFirstKept();
    const index = all.reduce((sum, { labels }) => sum + labels.length, 0) - 1;
    return { dataset, index, label };
  }

  private async loadAll({ name, shardCounts }: Dataset): Promise<readonly ShardRecord[]> {
    const shards: ShardRecord[] = [];
    for (let index = 0; index < shardCounts.train; index++) {
      shards.push((await this.shards.load(name, 'train', index))!);
    }
    return shards;
  }
}

/** The place of the very same pixels among all samples; -1 where they are new. */
function placeOf(pixels: Uint8Array, shards: readonly ShardRecord[]): number {
  let before = 0;
  for (const { pixels: stored, labels } of shards) {
    for (let at = 0; at < labels.length; at++) {
      const start = at * IMAGE_PIXELS;
      if (pixels.every((value, pixel) => value === stored[start + pixel])) return before + at;
    }
    before += labels.length;
  }
  return -1;
}

function labelAt(shards: readonly ShardRecord[], index: number): number {
  return concatenateBytes(...shards.map(({ labels }) => labels))[index]!;
}

async function emptySet(dataset: KeptSample['dataset']): Promise<Dataset> {
  const nothing = await contentHash(new Uint8Array(0), new Uint8Array(0));
  return {
    name: dataset,
    title: TITLES[dataset],
    source: dataset,
    contentHash: { train: nothing, test: nothing },
    shardCounts: { train: 0, test: 0 },
    counts: { train: noCounts(), test: noCounts() },
    completedAt: Date.now(),
    preprocessVersion: PREPROCESS_VERSION,
  };
}

function emptyShard(dataset: string, index: number): ShardRecord {
  const nothing = { pixels: new Uint8Array(0), labels: new Uint8Array(0), sha256: '' };
  return { dataset, split: 'train', index, ...nothing };
}

async function growShard(
  shard: ShardRecord,
  pixels: Uint8Array<ArrayBuffer>,
  label: number,
): Promise<ShardRecord> {
  if (pixels.length !== IMAGE_PIXELS) throw new RangeError(`A sample has ${IMAGE_PIXELS} pixels`);
  const grown = {
    pixels: concatenateBytes(shard.pixels, pixels),
    labels: concatenateBytes(shard.labels, Uint8Array.of(label)),
  };
  return { ...shard, ...grown, sha256: await sha256(concatenateBytes(grown.pixels, grown.labels)) };
}

/** The set's record with one more sample: its counts go on from what counts now, not from what is stored. */
async function describe(record: Dataset, shards: readonly ShardRecord[], label: number): Promise<Dataset> {
  const added = countLabels(Uint8Array.of(label));
  const train = await contentHash(
    concatenateBytes(...shards.map(({ pixels }) => pixels)),
    concatenateBytes(...shards.map(({ labels }) => labels)),
  );
  return {
    ...record,
    contentHash: { ...record.contentHash, train },
    shardCounts: { ...record.shardCounts, train: shards.length },
    counts: { ...record.counts, train: record.counts.train.map((count, digit) => count + added[digit]!) },
  };
}
