import { deleteDB } from 'idb';
import type { Database } from './open-database';

/** Deletes the whole database. Other tabs and workers let go of it when they are asked. */
export async function eraseDatabase(database: Database): Promise<void> {
  await database.close();
  await deleteDB(database.name);
}
