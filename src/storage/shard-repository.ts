import type { ShardedSplitName } from '../domain/shard-manifest';
import type { Changes } from './changes';
import type { Database } from './open-database';
import type { DatasetRecord, ShardRecord } from './schema';

/** The parts of packed data sets, and which sets are whole. */
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

  /** The data set of that name, or undefined while any part of it is missing. */
  findDataset(name: string): Promise<DatasetRecord | undefined> {
    return this.database.use((db) => db.get('datasets', name));
  }

  /** Declares a data set whole. Called when its last shard is stored. */
  async completeDataset(record: DatasetRecord): Promise<void> {
    await this.database.use((db) => db.put('datasets', record));
    this.changes.announce('datasets');
  }

  /** Declares a data set no longer whole: a part of it was found damaged. */
  async reopenDataset(name: string): Promise<void> {
    await this.database.use((db) => db.delete('datasets', name));
    this.changes.announce('datasets');
  }
}
