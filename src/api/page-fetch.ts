import { apiPath } from '../protocol/api-contract';
import { CALL_HEADER, type CallOffMessage } from '../protocol/api-relay-protocol';
import { isOurs } from './serve-to-service-worker';

type Handle = (request: Request) => Promise<Response>;

/**
 * Has the `fetch` of this page ask for the API's addresses as a server would be asked, and touches nothing else. On
 * the first visit no service worker is in control, and a request would go to the host, which knows nothing of the
 * API: until then this page answers itself. Later it tells the service worker what is called off, which the
 * browser keeps from it (Chromium 156; https://github.com/w3c/ServiceWorker/issues/1544).
 */
export function fetchApiInPage(baseUrl: string, handle: Handle): void {
  // Some private windows have no container: there the page answers for good.
  const container = 'serviceWorker' in navigator ? navigator.serviceWorker : undefined;
  const platformFetch = globalThis.fetch;
  globalThis.fetch = (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input, document.baseURI).href;
    if (apiPath(url, baseUrl) === undefined) return platformFetch(input, init);
    const controller = container?.controller;
    if (!controller || !isOurs(controller, baseUrl)) return answerHere(new Request(input, init), handle);
    const canBeCalledOff = Boolean(init?.signal) || input instanceof Request;
    return canBeCalledOff
      ? fetchTelling(new Request(input, init), controller, platformFetch)
      : platformFetch(input, init);
  };
}

/** Ends as a fetch does: with the reason of whoever calls it off, at once. */
function answerHere(request: Request, handle: Handle): Promise<Response> {
  const { signal } = request;
  if (signal.aborted) return Promise.reject(signal.reason as Error);
  const calledOff = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
  return Promise.race([calledOff, handle(request)]);
}

/** Asks the service worker, and tells it where that is called off before there is an answer. */
async function fetchTelling(
  request: Request,
  controller: ServiceWorker,
  platformFetch: typeof fetch,
): Promise<Response> {
  const call = crypto.randomUUID();
  request.headers.set(CALL_HEADER, call);
  const tell = () => controller.postMessage({ kind: 'call-off', call } satisfies CallOffMessage);
  request.signal.addEventListener('abort', tell);
  try {
    return await platformFetch(request);
  } finally {
    request.signal.removeEventListener('abort', tell);
  }
}
