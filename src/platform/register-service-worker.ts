import { Workbox } from 'workbox-window';
import { trustedScriptUrl } from './trusted-script-url';

/** What happens to the service worker, for whoever tells the user. */
export interface ServiceWorkerEvents {
  /** The whole app is kept: from now on it works offline. */
  readonly onOfflineReady: () => void;
  /** A newer version waits; `apply` makes it take over and reloads the page. */
  readonly onUpdateReady: (apply: () => void) => void;
}

/** Registers the service worker that the build wrote beside the page. */
export async function registerServiceWorker(baseUrl: string, events: ServiceWorkerEvents): Promise<void> {
  const workbox = new Workbox(trustedScriptUrl(new URL('service-worker.js', baseUrl).href));
  workbox.addEventListener('activated', () => events.onOfflineReady());
  workbox.addEventListener('waiting', () => {
    events.onUpdateReady(() => {
      workbox.addEventListener('controlling', () => location.reload());
      workbox.messageSkipWaiting();
    });
  });
  const registration = await workbox.register();
  if (registration?.active) events.onOfflineReady();
}
