/**
 * Lets a new version take over only when the page says so: under a training it never does. The first
 * one takes the page that installed it, so that a first visit is ready for offline at once.
 */
export function takeOverWhenTold(worker: ServiceWorkerGlobalScope): void {
  worker.addEventListener('message', ({ data }) => {
    if (data?.type === 'SKIP_WAITING') void worker.skipWaiting();
  });
  worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()));
}
