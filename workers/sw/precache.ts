import { addPlugins, cleanupOutdatedCaches, precacheAndRoute, type PrecacheEntry } from 'workbox-precaching';
import { withSecurityHeaders } from './security-headers';

/** Keeps the whole app, so that every later visit works offline. MNIST is kept in IndexedDB instead. */
export function precacheApp(entries: readonly (PrecacheEntry | string)[]): void {
  addPlugins([{ handlerWillRespond: async ({ response }) => withSecurityHeaders(response) }]);
  precacheAndRoute([...entries]);
  cleanupOutdatedCaches();
}
