import { LANGUAGE_KEY } from '../i18n/speech';
import { keep } from '../platform/kept-choice';
import { eraseDatabase } from '../storage/erase-database';
import type { Database } from '../storage/open-database';
import { KEPT_KEY } from './kept-key';
import { THEME_KEY } from './theme-service';

/**
 * Deletes all that Inkling keeps on this device: the database, the theme, the language, the copy that works offline. What
 * else lives on the same origin is left alone. The page has to be loaded anew afterwards.
 */
export async function eraseAllData(database: Database, baseUrl: string): Promise<void> {
  await eraseDatabase(database);
  // Without the mark nobody is told that the browser has removed what a person deleted.
  for (const key of [THEME_KEY, LANGUAGE_KEY, KEPT_KEY]) keep(key, null);
  // Workbox names its caches after the scope of the service worker.
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.endsWith(baseUrl)).map((name) => caches.delete(name)));
  const registration = await navigator.serviceWorker.getRegistration(baseUrl);
  await registration?.unregister();
}
