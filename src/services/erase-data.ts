import { eraseDatabase } from '../storage/erase-database';
import type { Database } from '../storage/open-database';

/** What every key of ours in the browser's small storages begins with. */
const OUR_KEYS = 'inkling-';

/**
 * Deletes all that Inkling keeps on this device: the database, theme, language and lesson, the copy that works
 * offline. What else lives on the same origin is left alone. The page has to be loaded anew afterwards.
 */
export async function eraseAllData(database: Database, baseUrl: string): Promise<void> {
  await eraseDatabase(database);
  for (const storage of [localStorage, sessionStorage]) {
    const keys = Object.keys(storage).filter((key) => key.startsWith(OUR_KEYS));
    for (const key of keys) storage.removeItem(key);
  }
  // Workbox names its caches after the scope of the service worker.
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.endsWith(baseUrl)).map((name) => caches.delete(name)));
  if (!('serviceWorker' in navigator)) return;
  const registration = await navigator.serviceWorker.getRegistration(baseUrl);
  await registration?.unregister();
}
