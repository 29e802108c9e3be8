import { openDB, type IDBPDatabase } from 'idb';
import { DATABASE_VERSION, MIGRATIONS } from './migrations';
import type { InklingSchema } from './schema';

/** An open connection. */
export type Connection = IDBPDatabase<InklingSchema>;

/** The name of the app's database. Tests use names of their own. */
export const DATABASE_NAME = 'inkling';

/**
 * Another tab is asked to let go, and may save a training first: it is not called silent before that, in
 * milliseconds.
 */
const PATIENCE_MS = 1500;

/**
 * How long what was lost waits before it is tried again, in milliseconds: a browser that clears an origin's data
 * closes also the connection that is opened meanwhile.
 */
const RETRY_AFTER_MS = [0, 100, 400] as const;

/** What another tab keeps the database from, by not letting go of it. */
export type Waiting = 'open' | 'erase' | undefined;

/** The browser closed the connection, ended a transaction with it, or could not read: nothing was written. */
const LOST: ReadonlySet<string> = new Set(['InvalidStateError', 'AbortError', 'UnknownError']);

/**
 * The one door to IndexedDB. It opens the database when it is first used, and again when the browser
 * closed the connection behind our back.
 */
export class Database {
  private connecting: Promise<Connection> | undefined;
  private readonly farewells = new Set<() => Promise<unknown>>();
  private readonly waiters = new Set<(waitsTo: Waiting) => void>();

  constructor(
    readonly name: string = DATABASE_NAME,
    private readonly patienceMs = PATIENCE_MS,
  ) {}

  /**
   * Runs `work` with an open connection. Throws `storage-full` where the device has no room left,
   * `storage-unavailable` where the browser lets nothing be kept or cannot read what was, and `conflict`
   * where a newer version of the app has changed the database.
   */
  async use<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    try {
      return await this.insist(work);
    } catch (error) {
      // What is said of a failure is no part of the first paint.
      const { explainFailure } = await import('./explain-failure');
      throw explainFailure(error);
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

  /** Calls back when another tab does not let go of the database, and with undefined once it has. */
  onWaiting(listener: (waitsTo: Waiting) => void): void {
    this.waiters.add(listener);
  }

  /** Asks for what other tabs have to make way for; `ask` is given what is to be called where one does not. */
  async whenOthersLetGo<T>(
    goal: NonNullable<Waiting>,
    ask: (onBlocked: () => void) => Promise<T>,
  ): Promise<T> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isTold = false;
    const tell = (waitsTo: Waiting) => {
      isTold = true;
      for (const waiter of this.waiters) waiter(waitsTo);
    };
    try {
      return await ask(() => (timer ??= setTimeout(() => tell(goal), this.patienceMs)));
    } finally {
      clearTimeout(timer);
      if (isTold) tell(undefined);
    }
  }

  /** Closes the connection; the next use opens it again. */
  async close(connecting = this.connecting): Promise<void> {
    this.forget(connecting);
    // What could not be opened need not be closed.
    await connecting?.then(
      (connection) => connection.close(),
      () => undefined,
    );
  }

  private async insist<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    for (const pauseMs of RETRY_AFTER_MS) {
      try {
        return await this.attempt(work);
      } catch (error) {
        if (!isLost(error)) throw error;
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
    }
    return this.attempt(work);
  }

  private async attempt<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    const connecting = (this.connecting ??= this.connect());
    try {
      return await work(await connecting);
    } catch (error) {
      // Closed, too: where it is not lost after all, nobody else could, and upgrades would wait for it.
      if (isLost(error)) void this.close(connecting);
      throw error;
    }
  }

  /** Forgets this connection: whoever was slower to notice must not drop the one that took its place. */
  private forget(connecting: Promise<Connection> | undefined): void {
    if (this.connecting === connecting) this.connecting = undefined;
  }

  private connect(): Promise<Connection> {
    const connecting = this.open({
      makeWay: (isErased) => (isErased ? this.close(connecting) : this.makeWay(connecting)),
      terminated: () => this.forget(connecting),
    });
    connecting.catch(() => this.forget(connecting));
    return connecting;
  }

  private async makeWay(connecting: Promise<Connection>): Promise<void> {
    await Promise.allSettled([...this.farewells].map((farewell) => farewell()));
    await this.close(connecting);
  }

  private async open(events: {
    readonly makeWay: (isErased: boolean) => Promise<void>;
    readonly terminated: () => void;
  }): Promise<Connection> {
    // Some browsers have none in windows that keep nothing.
    if (!globalThis.indexedDB) throw new DOMException('indexedDB', 'SecurityError');
    return this.whenOthersLetGo('open', (onBlocked) =>
      openDB<InklingSchema>(this.name, DATABASE_VERSION, {
        upgrade: (database, oldVersion, _newVersion, transaction) => {
          for (const migrate of MIGRATIONS.slice(oldVersion)) migrate(database, transaction);
        },
        // Another tab opens a newer version, or deletes all: let it. This one reads on after a reload.
        blocking: (_, blockedVersion) => void events.makeWay(blockedVersion === null),
        blocked: onBlocked,
        terminated: events.terminated,
      }),
    );
  }
}

function isLost(error: unknown): boolean {
  return error instanceof DOMException && LOST.has(error.name);
}
