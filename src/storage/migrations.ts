import type { IDBPDatabase, IDBPTransaction, StoreNames } from 'idb';
import { MNIST, MNIST_FACTS } from '../domain/mnist';
import type { InklingSchema } from './schema';

/** What a migration works on: the database, and the transaction that holds all of it. */
type Migration = (database: IDBPDatabase<InklingSchema>, transaction: UpgradeTransaction) => void;
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
];

/** The version of the database that this code reads and writes. */
export const DATABASE_VERSION = MIGRATIONS.length;
