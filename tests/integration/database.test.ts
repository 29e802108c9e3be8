import { expect } from 'chai';
import { deleteDB, openDB } from 'idb';
import { eraseDatabase } from '../../src/storage/erase-database';
import { DATABASE_VERSION, MIGRATIONS } from '../../src/storage/migrations';
import { Database, type Waiting } from '../../src/storage/open-database';
import { reasonOf } from '../helpers/tables';
import { freshDatabaseName } from '../helpers/worker';

const countRuns = (database: Database) => database.use((db) => db.count('runs'));

describe('the one door to the database', () => {
  let database: Database;

  beforeEach(() => {
    database = new Database(freshDatabaseName(), 0);
  });
  afterEach(async () => {
    await database.close();
    await deleteDB(database.name);
  });

  /** What becomes of a deletion: a connection that nobody holds any more, but nobody closed, blocks it. */
  const tryToDelete = () =>
    new Promise<string>((resolve, reject) => {
      const deleting = deleteDB(database.name, { blocked: () => resolve('blocked') });
      deleting.then(() => resolve('deleted'), reject);
    });

  it('is opened once for all who lost their connection, also for who is slower to notice, and none is left behind', async () => {
    const connections = new Set<unknown>();
    const count = (until: Promise<unknown> = Promise.resolve()) =>
      database.use(async (db) => {
        connections.add(db);
        await until;
        return db.count('runs');
      });
    await database.use(async (db) => db.close());
    const first = count();
    expect(await Promise.all([first, count(first), count(first)])).to.deep.equal([0, 0, 0]);
    expect(connections.size, 'the lost one, and one more').to.equal(2);
    expect(await tryToDelete()).to.equal('deleted');
  });

  it('closes a connection of which it cannot know that it was lost', async () => {
    let first = true;
    await database.use(async (db) => {
      if (!first) return;
      first = false;
      const tx = db.transaction('settings', 'readwrite');
      const reading = tx.store.get('champion');
      tx.abort();
      await Promise.all([reading, tx.done]);
    });
    expect(first).to.equal(false);
    expect(await tryToDelete()).to.equal('deleted');
  });

  it('says that an older tab does not let go of it, and goes on by itself once it has', async () => {
    // It hears nothing of what it is asked, as a frozen tab.
    const older = await openDB(database.name, DATABASE_VERSION - 1, {
      upgrade: (old, _from, _to, transaction) => {
        for (const migrate of MIGRATIONS.slice(0, -1)) migrate(old as never, transaction as never);
      },
    });
    const { told, untilTold } = listen();
    const counting = countRuns(database);
    await untilTold('open');
    older.close();
    expect(await counting).to.equal(0);
    expect(told).to.deep.equal(['open', undefined]);
  });

  it('says that a tab keeps it from being deleted, and deletes it once that has closed', async () => {
    await countRuns(database);
    const frozen = await openDB(database.name);
    const { told, untilTold } = listen();
    const erasing = eraseDatabase(database);
    await untilTold('erase');
    frozen.close();
    await erasing;
    expect(told).to.deep.equal(['erase', undefined]);
  });

  function listen() {
    const told: Waiting[] = [];
    let look = () => {};
    database.onWaiting((waitsTo) => {
      told.push(waitsTo);
      look();
    });
    const untilTold = (expected: Waiting) =>
      new Promise<void>((resolve) => {
        look = () => told.includes(expected) && resolve();
        look();
      });
    return { told, untilTold };
  }
});

describe('a browser that does not open the database', () => {
  const { open } = IDBFactory.prototype;
  afterEach(() => {
    IDBFactory.prototype.open = open;
  });

  /** From now on each opening ends like this, the first `times` of them. */
  function failToOpen(name: string, times = Infinity): void {
    let failures = 0;
    IDBFactory.prototype.open = function (...parameters) {
      if (failures++ < times) throw new DOMException('', name);
      return open.apply(this, parameters);
    };
  }

  it('is asked once more, which is enough where it only stumbled', async () => {
    const database = new Database(freshDatabaseName());
    failToOpen('UnknownError', 1);
    expect(await countRuns(database)).to.equal(0);
    await eraseDatabase(database);
  });

  it('because it is forbidden, or broken, is told apart, and can be asked again later', async () => {
    const database = new Database(freshDatabaseName());
    failToOpen('SecurityError');
    expect(await reasonOf(countRuns(database))).to.equal('STORAGE_FORBIDDEN');
    failToOpen('UnknownError');
    expect(await reasonOf(countRuns(database))).to.equal('DATABASE_BROKEN');
    await database.close();
    IDBFactory.prototype.open = open;
    expect(await countRuns(database)).to.equal(0);
    await eraseDatabase(database);
  });
});
