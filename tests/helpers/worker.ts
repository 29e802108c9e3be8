/** Real workers and a real database for tests, each test with names of its own. */
import { deleteDB } from 'idb';
import { MlClient } from '../../src/ml-client/ml-client';
import { spawnMlWorker } from '../../src/ml-client/spawn-ml-worker';
import { createRepositories, type Repositories } from '../../src/storage/repositories';

let count = 0;

/** A database that no other test has. */
export function freshDatabaseName(): string {
  return `inkling-test-${Date.now()}-${++count}`;
}

/** A worker with a database of its own, and the page's view of that database. */
export interface Bench extends Repositories {
  readonly client: MlClient;
  /** Another worker on the same database, as another tab has one. */
  readonly anotherClient: () => MlClient;
  readonly close: () => Promise<void>;
}

/** Sets up a worker and a database; `basePath` is where the app's files are. */
export function openBench(basePath = '/'): Bench {
  const databaseName = freshDatabaseName();
  const repositories = createRepositories(databaseName);
  const baseUrl = new URL(basePath, location.origin).href;
  const clients: MlClient[] = [];
  const anotherClient = () => {
    const client = new MlClient({ spawn: () => spawnMlWorker('test'), baseUrl, databaseName });
    clients.push(client);
    return client;
  };
  return {
    ...repositories,
    client: anotherClient(),
    anotherClient,
    close: async () => {
      for (const client of clients) client.terminate();
      repositories.changes.close();
      await repositories.database.close();
      await deleteDB(databaseName);
    },
  };
}
