import type { ClassCounts, Dataset } from '../domain/dataset';
import type { ShardedSplitName } from '../domain/shard-manifest';
import type { Changes } from './changes';
import type { Database } from './open-database';
import type { SampleEdit, ShardRecord } from './schema';

/** Data sets: their parts, which of them are whole, and what was changed of their samples. */
export class ShardRepository {
  constructor(
    private readonly database: Database,
    private readonly changes: Changes,
  ) {}

  /** A stored shard, or undefined. */
  load(dataset: string, split: ShardedSplitName, index: number): Promise<ShardRecord | undefined> {
    return this.database.use((db) => db.get('shards', [dataset, split, index]));
  }

  /** Stores a verified shard, in place of an older one. */
  async save(shard: ShardRecord): Promise<void> {
    await this.database.use(async (db) => {
      const tx = db.transaction('shards', 'readwrite');
      await Promise.all([tx.store.put(shard), tx.done]);
    });
  }

  /** All data sets that are whole, the oldest first. */
  async listDatasets(): Promise<readonly Dataset[]> {
    const datasets = await this.database.use((db) => db.getAll('datasets'));
    return datasets.toSorted((a, b) => a.completedAt - b.completedAt);
  }

  /** The data set of that name, or undefined while any part of it is missing. */
  findDataset(name: string): Promise<Dataset | undefined> {
    return this.database.use((db) => db.get('datasets', name));
  }

  /** Declares a data set whole. Called when its last shard is stored. */
  async completeDataset(dataset: Dataset): Promise<void> {
    await this.database.use((db) => db.put('datasets', dataset));
    this.changes.announce('datasets');
  }

  /** Stores a grown set's last shard and its record, both or neither. */
  async appendShard(dataset: Dataset, shard: ShardRecord): Promise<void> {
    await this.database.use(async (db) => {
      const tx = db.transaction(['datasets', 'shards'], 'readwrite');
      await Promise.all([
        tx.objectStore('shards').put(shard),
        tx.objectStore('datasets').put(dataset),
        tx.done,
      ]);
    });
    this.changes.announce('datasets');
  }

  /** Declares a data set no longer whole: a part of it was found damaged. */
  async reopenDataset(name: string): Promise<void> {
    await this.database.use((db) => db.delete('datasets', name));
    this.changes.announce('datasets');
  }

  /** Deletes a set with all its parts, or the parts of one that never became whole. */
  async deleteDataset(name: string): Promise<void> {
    const all = IDBKeyRange.bound([name], [name, []]);
    await this.database.use(async (db) => {
      const tx = db.transaction(['datasets', 'shards', 'sampleEdits'], 'readwrite');
      await Promise.all([
        tx.objectStore('datasets').delete(name),
        tx.objectStore('shards').delete(all),
        tx.objectStore('sampleEdits').delete(all),
        tx.done,
      ]);
    });
    this.changes.announce('datasets', 'sampleEdits');
  }

  /** The names of all sets that have a part stored, whole or not. */
  async listStoredNames(): Promise<ReadonlySet<string>> {
    const keys = await this.database.use((db) => db.getAllKeys('shards'));
    return new Set(keys.map(([dataset]) => dataset));
  }

  /** What was changed of a set's samples, in no order. */
  listEdits(dataset: string): Promise<readonly SampleEdit[]> {
    const all = IDBKeyRange.bound([dataset], [dataset, []]);
    return this.database.use((db) => db.getAll('sampleEdits', all));
  }

  /** Writes changes of samples and the set's new counts: all or nothing. */
  async saveEdits(
    name: string,
    edits: readonly SampleEdit[],
    counts: Readonly<Record<ShardedSplitName, ClassCounts>>,
  ): Promise<void> {
    await this.database.use(async (db) => {
      const tx = db.transaction(['datasets', 'sampleEdits'], 'readwrite');
      const store = tx.objectStore('sampleEdits');
      const dataset = await tx.objectStore('datasets').get(name);
      await Promise.all([
        ...edits.map((edit) => store.put(edit)),
        ...(dataset ? [tx.objectStore('datasets').put({ ...dataset, counts })] : []),
        tx.done,
      ]);
    });
    this.changes.announce('datasets', 'sampleEdits');
  }
}
