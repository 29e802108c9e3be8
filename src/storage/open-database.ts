import { openDB, type IDBPDatabase } from 'idb';
import { AppError } from '../domain/errors';
import { DATABASE_VERSION, MIGRATIONS } from './migrations';
import type { InklingSchema } from './schema';

/** An open connection. */
export type Connection = IDBPDatabase<InklingSchema>;

/** The name of the app's database. Tests use names of their own. */
export const DATABASE_NAME = 'inkling';

/**
 * The one door to IndexedDB. It opens the database when it is first used, and once more when the
 * browser closed the connection behind our back.
 */
export class Database {
  private connecting: Promise<Connection> | undefined;
  private readonly farewells = new Set<() => Promise<unknown>>();

  constructor(readonly name: string = DATABASE_NAME) {}

  /**
   * Runs `work` with an open connection. Throws `storage-full` where the device has no room left, and
   * `conflict` where a newer version of the app has changed the database.
   */
  async use<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    try {
      return await work(await this.connect());
    } catch (error) {
      if (!isConnectionLost(error)) throw translate(error);
    }
    this.forget();
    try {
      return await work(await this.connect());
    } catch (error) {
      throw translate(error);
    }
  }

  /**
   * Does `work` before another tab's newer version changes the database: afterwards this one can no longer
   * open it. Returns what calls that off.
   */
  beforeUpgrade(work: () => Promise<unknown>): () => void {
    this.farewells.add(work);
    return () => this.farewells.delete(work);
  }

  /** Closes the connection; the next use opens it again. */
  async close(): Promise<void> {
    const connecting = this.connecting;
    this.forget();
    if (connecting) (await connecting).close();
  }

  private forget(): void {
    this.connecting = undefined;
  }

  private connect(): Promise<Connection> {
    this.connecting ??= this.open().catch((error: unknown) => {
      this.forget();
      throw error;
    });
    return this.connecting;
  }

  private async makeWay(): Promise<void> {
    await Promise.allSettled([...this.farewells].map((farewell) => farewell()));
    await this.close();
  }

  private open(): Promise<Connection> {
    return openDB<InklingSchema>(this.name, DATABASE_VERSION, {
      upgrade: (database, oldVersion, _newVersion, transaction) => {
        for (const migrate of MIGRATIONS.slice(oldVersion)) migrate(database, transaction);
      },
      // Another tab opens a newer version, or deletes all: let it. This one reads on after a reload.
      blocking: (_, blockedVersion) => void (blockedVersion === null ? this.close() : this.makeWay()),
      terminated: () => this.forget(),
    });
  }
}

/** The browser closed the connection, or ended a transaction with it: nothing of that was written. */
function isConnectionLost(error: unknown): boolean {
  return error instanceof DOMException && (error.name === 'InvalidStateError' || error.name === 'AbortError');
}

function translate(error: unknown): unknown {
  if (!(error instanceof DOMException)) return error;
  if (error.name === 'QuotaExceededError') {
    return new AppError(
      'storage-full',
      'This device has no room left for Inkling’s data.',
      {
        reason: 'QUOTA_EXCEEDED',
        kept: 'All that was saved before is kept.',
        remedy: 'Free some space on this device, then try again.',
      },
      { cause: error },
    );
  }
  if (error.name === 'VersionError') {
    return new AppError('conflict', 'A newer Inkling has changed the data on this device.', {
      reason: 'DATABASE_NEWER',
      kept: 'Nothing was lost.',
      remedy: 'Reload this page.',
    });
  }
  return error;
}
