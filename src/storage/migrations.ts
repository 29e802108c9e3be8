import type { IDBPDatabase } from 'idb';
import type { InklingSchema } from './schema';

type Migration = (database: IDBPDatabase<InklingSchema>) => void;

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
];

/** The version of the database that this code reads and writes. */
export const DATABASE_VERSION = MIGRATIONS.length;
