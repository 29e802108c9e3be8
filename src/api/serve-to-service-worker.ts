import { APP_VERSION } from '../platform/app-version';
import { holdForLife } from '../platform/locks';
import { apiPath } from '../protocol/api-contract';
import { relayVersion, type ServeMessage, type WhoServesMessage } from '../protocol/api-relay-protocol';
import { RequestLine } from './request-line';
import type { Router } from './router';

/** The lock of the one tab that answers; the tabs that wait for it take its place in turn. */
const holderLock = (baseUrl: string) => `inkling-api-${relayVersion(APP_VERSION)} ${baseUrl}`;

/**
 * Waits until this tab is the one that answers, and then answers what the service worker of this app sends on:
 * of another Inkling on the same origin, tabs and service workers go by their own addresses.
 */
export async function serveToServiceWorker(router: Router, baseUrl: string): Promise<void> {
  const { serviceWorker } = navigator;
  await holdForLife(holderLock(baseUrl));
  const lifeLock = `inkling-api-holder-${crypto.randomUUID()}`;
  await holdForLife(lifeLock);
  const line = new RequestLine(router);
  const offer = (to: ServiceWorker | null) => {
    if (to && isOurs(to, baseUrl)) connect(to, lifeLock, line);
  };
  serviceWorker.addEventListener('message', ({ data, source }: MessageEvent<WhoServesMessage>) => {
    if (data?.kind === 'who-serves-api') offer(source as ServiceWorker | null);
  });
  serviceWorker.startMessages();
  serviceWorker.addEventListener('controllerchange', () => offer(serviceWorker.controller));
  offer((await serviceWorker.ready).active);
}

/** False for the service worker of another Inkling, such as one above this one, which controls a first visit here. */
function isOurs(worker: ServiceWorker, baseUrl: string): boolean {
  return worker.scriptURL === new URL('service-worker.js', baseUrl).href;
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
  // Some private windows have no container: there the page answers for good.
  const serviceWorker = 'serviceWorker' in navigator ? navigator.serviceWorker : undefined;
  const isControlled = () => {
    const controller = serviceWorker?.controller;
    return Boolean(controller && isOurs(controller, baseUrl));
  };
  if (isControlled()) return;
  const platformFetch = globalThis.fetch;
  globalThis.fetch = (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input, document.baseURI).href;
    return apiPath(url, baseUrl) === undefined || isControlled()
      ? platformFetch(input, init)
      : answerHere(new Request(input, init), handle);
  };
  serviceWorker?.addEventListener('controllerchange', () => {
    if (isControlled()) globalThis.fetch = platformFetch;
  });
}

/** Ends as a fetch does: with the reason of whoever calls it off, at once. */
function answerHere(request: Request, handle: (request: Request) => Promise<Response>): Promise<Response> {
  const { signal } = request;
  if (signal.aborted) return Promise.reject(signal.reason as Error);
  const calledOff = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
  return Promise.race([calledOff, handle(request)]);
}
