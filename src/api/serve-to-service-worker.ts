import { APP_VERSION } from '../platform/app-version';
import { holdForLife } from '../platform/locks';
import { apiPath } from '../protocol/api-contract';
import { relayVersion, type ServeMessage, type WhoServesMessage } from '../protocol/api-relay-protocol';
import { RequestLine } from './request-line';
import type { Router } from './router';

/** The lock of the one tab that answers; the tabs that wait for it take its place in turn. */
const HOLDER_LOCK = `inkling-api-${relayVersion(APP_VERSION)}`;

/** Waits until this tab is the one that answers, and then answers what service workers send on. */
export async function serveToServiceWorker(router: Router): Promise<void> {
  const { serviceWorker } = navigator;
  await holdForLife(HOLDER_LOCK);
  const lifeLock = `inkling-api-holder-${crypto.randomUUID()}`;
  await holdForLife(lifeLock);
  const line = new RequestLine(router);
  const offer = (to: ServiceWorker | null) => {
    if (to) connect(to, lifeLock, line);
  };
  serviceWorker.addEventListener('message', ({ data, source }: MessageEvent<WhoServesMessage>) => {
    if (data?.kind === 'who-serves-api') offer(source as ServiceWorker | null);
  });
  serviceWorker.startMessages();
  serviceWorker.addEventListener('controllerchange', () => offer(serviceWorker.controller));
  offer((await serviceWorker.ready).active);
}

/** Gives a service worker a port of its own. */
function connect(worker: ServiceWorker, lifeLock: string, line: RequestLine): void {
  const { port1, port2 } = new MessageChannel();
  line.serve(port1);
  const version = relayVersion(APP_VERSION);
  worker.postMessage({ kind: 'serve-api', version, lifeLock } satisfies ServeMessage, [port2]);
}

/**
 * On the first visit no service worker is in control yet, and a request would go to the host, which knows
 * nothing of the API: until then `fetch` asks this page for the API's addresses, and for nothing else.
 */
export function answerUntilControlled(
  baseUrl: string,
  handle: (request: Request) => Promise<Response>,
): void {
  const { serviceWorker } = navigator;
  if (serviceWorker.controller) return;
  const platformFetch = globalThis.fetch;
  globalThis.fetch = (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input, document.baseURI).href;
    return apiPath(url, baseUrl) === undefined || serviceWorker.controller
      ? platformFetch(input, init)
      : handle(new Request(input, init));
  };
  const restore = () => (globalThis.fetch = platformFetch);
  serviceWorker.addEventListener('controllerchange', restore, { once: true });
}
