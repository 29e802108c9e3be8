import { eraseDatabase } from '../storage/erase-database';
import type { Database } from '../storage/open-database';
import { THEME_KEY } from './theme-service';

/**
 * Deletes all that Inkling keeps on this device: the database, the theme, the copy that works offline. What
 * else lives on the same origin is left alone. The page has to be loaded anew afterwards.
 */
export async function eraseAllData(database: Database, baseUrl: string): Promise<void> {
  await eraseDatabase(database);
  localStorage.removeItem(THEME_KEY);
  // Workbox names its caches after the scope of the service worker.
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.endsWith(baseUrl)).map((name) => caches.delete(name)));
  const registration = await navigator.serviceWorker.getRegistration(baseUrl);
  await registration?.unregister();
}
