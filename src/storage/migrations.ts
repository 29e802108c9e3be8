import type { IDBPDatabase, IDBPTransaction, StoreNames } from 'idb';
import { MNIST, MNIST_FACTS } from '../domain/mnist';
import type { InklingSchema } from './schema';

/** What a migration works on: the database, and the transaction that holds all of it. */
type Migration = (database: MigratedDatabase, transaction: UpgradeTransaction) => void;
type MigratedDatabase = IDBPDatabase<InklingSchema>;
type UpgradeTransaction = IDBPTransaction<InklingSchema, StoreNames<InklingSchema>[], 'versionchange'>;

/** Migration n takes version n to n + 1. Append only: databases of every version are out there. */
export const MIGRATIONS: readonly Migration[] = [
  (database) => {
    database.createObjectStore('shards', { keyPath: ['dataset', 'split', 'index'] });
    database.createObjectStore('datasets', { keyPath: 'name' });
    database.createObjectStore('runs', { keyPath: 'id', autoIncrement: true });
    database.createObjectStore('epochMetrics', { keyPath: ['runId', 'epoch'] });
    database.createObjectStore('checkpoints', { keyPath: 'runId' });
    database.createObjectStore('checkpointWeights', { keyPath: 'runId' });
    database.createObjectStore('modelVersions', { keyPath: 'id', autoIncrement: true });
    database.createObjectStore('modelWeights', { keyPath: 'versionId' });
    database.createObjectStore('evaluations', { keyPath: ['versionId', 'dataset'] });
    database.createObjectStore('settings');
  },
  (database, transaction) => {
    database.createObjectStore('sampleEdits', { keyPath: ['dataset', 'split', 'index'] });
    // MNIST was the only set there could be; a set has a title, a source and counts now.
    const datasets = transaction.objectStore('datasets');
    void datasets.get(MNIST).then((mnist) => {
      if (mnist) void datasets.put({ ...mnist, ...MNIST_FACTS });
    });
  },
  (database) => void database.createObjectStore('epochFindings', { keyPath: ['runId', 'epoch'] }),
  (database, transaction) => void giveCheckpointsSlots(database, transaction),
  (database) =>
    void database.createObjectStore('evaluationAnswers', { keyPath: ['versionId', 'pixelsHash'] }),
  (database, transaction) => void openGate(database, transaction),
  (database) => void database.createObjectStore('stressRuns', { keyPath: 'id', autoIncrement: true }),
];

/**
 * A run had one checkpoint, and has two slots and a head now. What was there becomes the first slot. It has
 * no hash, which cannot be computed within a migration: it is trusted once, and the next one has one.
 */
async function giveCheckpointsSlots(database: MigratedDatabase, transaction: UpgradeTransaction) {
  const stores = ['checkpoints', 'checkpointWeights'] as const;
  const [records, large] = await Promise.all([
    transaction.objectStore('checkpoints').getAll(),
    transaction.objectStore('checkpointWeights').getAll(),
  ]);
  for (const store of stores) database.deleteObjectStore(store);
  for (const store of stores) database.createObjectStore(store, { keyPath: ['runId', 'slot'] });
  database.createObjectStore('checkpointHeads', { keyPath: 'runId' });
  const place = { slot: 0, serial: 1 } as const;
  for (const record of records) {
    void transaction.objectStore('checkpoints').put({ ...record, ...place });
    void transaction.objectStore('checkpointHeads').put({ runId: record.runId, ...place });
  }
  for (const record of large) void transaction.objectStore('checkpointWeights').put({ ...record, slot: 0 });
}

/** What was there before the gate is not judged by itself: nobody asked for it to answer. */
async function openGate(database: MigratedDatabase, transaction: UpgradeTransaction) {
  database.createObjectStore('gateRecords', { keyPath: 'versionId' });
  const last = (await transaction.objectStore('modelVersions').getAllKeys()).at(-1);
  if (last !== undefined) void transaction.objectStore('settings').put(last, 'lastUngated');
}

/** The version of the database that this code reads and writes. */
export const DATABASE_VERSION = MIGRATIONS.length;
