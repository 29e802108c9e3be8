import { APP_VERSION } from '../platform/app-version';
import { holdForLife } from '../platform/locks';
import { relayVersion, type ServeMessage, type WhoServesMessage } from '../protocol/api-relay-protocol';
import { RequestLine } from './request-line';
import type { Router } from './router';

/** The lock of the one tab that answers; the tabs that wait for it take its place in turn. */
const holderLock = (baseUrl: string) =>
  `inkling-api-${relayVersion(APP_VERSION)} ${buildOfPage(baseUrl)} ${baseUrl}`;

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
    if (to && isOurs(to, baseUrl)) connect(to, { lifeLock, build: buildOfPage(baseUrl) }, line);
  };
  serviceWorker.addEventListener('message', ({ data, source }: MessageEvent<WhoServesMessage>) => {
    if (data?.kind === 'who-serves-api') offer(source as ServiceWorker | null);
  });
  serviceWorker.startMessages();
  serviceWorker.addEventListener('controllerchange', () => offer(serviceWorker.controller));
  offer((await serviceWorker.ready).active);
}

/** False for the service worker of another Inkling, such as one above this one, which controls a first visit here. */
export function isOurs(worker: ServiceWorker, baseUrl: string): boolean {
  return worker.scriptURL === new URL('service-worker.js', baseUrl).href;
}

/** The file that this page began with, whose name has a hash of all the code that follows from it. */
function buildOfPage(baseUrl: string): string {
  const script = document.querySelector<HTMLScriptElement>('script[type=module]:not([async])');
  return script?.src.slice(baseUrl.length) ?? '';
}

/** Gives a service worker a port of its own. */
function connect(
  worker: ServiceWorker,
  words: Pick<ServeMessage, 'lifeLock' | 'build'>,
  line: RequestLine,
): void {
  const { port1, port2 } = new MessageChannel();
  line.serve(port1);
  const version = relayVersion(APP_VERSION);
  worker.postMessage({ kind: 'serve-api', version, ...words } satisfies ServeMessage, [port2]);
}
