import { deleteDB } from 'idb';
import { explainFailure } from './explain-failure';
import type { Database } from './open-database';

/**
 * Deletes the whole database. Other tabs and workers let go of it when they are asked; it waits for those that
 * do not. Throws `storage-unavailable` where the browser cannot delete it.
 */
export async function eraseDatabase(database: Database): Promise<void> {
  await database.close();
  try {
    await database.whenOthersLetGo('erase', (onBlocked) => deleteDB(database.name, { blocked: onBlocked }));
  } catch (error) {
    throw explainFailure(error);
  }
}
