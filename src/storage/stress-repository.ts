import { AppError } from '../domain/errors';
import type { StressRun, StressRunId } from '../domain/stress-run';
import type { Changes } from './changes';
import type { Database } from './open-database';

/** The load tests of this device. */
export class StressRepository {
  constructor(
    private readonly database: Database,
    private readonly changes: Changes,
  ) {}

  /** All tests, the newest first. */
  async list(): Promise<readonly StressRun[]> {
    return (await this.database.use((db) => db.getAll('stressRuns'))).toReversed();
  }

  /** Stores a new test, and returns its number. Throws `storage-full`. */
  async add(run: Omit<StressRun, 'id'>): Promise<StressRunId> {
    const id = await this.database.use((db) => db.add('stressRuns', run as StressRun));
    this.changes.announce('stressRuns');
    return id;
  }

  /** Stores what is known of a test by now. Throws `not-found` where it was deleted meanwhile. */
  async save(run: StressRun): Promise<void> {
    await this.database.use(async (db) => {
      const tx = db.transaction('stressRuns', 'readwrite');
      if ((await tx.store.getKey(run.id)) === undefined) {
        throw new AppError('not-found', 'This test was deleted while it ran.', {
          kept: 'Its figures are on this page.',
          remedy: 'Download them, or start it again.',
        });
      }
      await Promise.all([tx.store.put(run), tx.done]);
    });
    this.changes.announce('stressRuns');
  }

  /** Deletes a test. */
  async remove(id: StressRunId): Promise<void> {
    await this.database.use((db) => db.delete('stressRuns', id));
    this.changes.announce('stressRuns');
  }

  /** Puts a deleted test back. Throws `storage-full`. */
  async restore(run: StressRun): Promise<void> {
    await this.database.use((db) => db.put('stressRuns', run));
    this.changes.announce('stressRuns');
  }
}
