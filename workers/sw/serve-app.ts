import { KEEP_HEADER, type FromServiceWorker, type KeptFile } from '../../src/protocol/sw-protocol';
import { fetchFile } from './fetch-file';
import type { GenerationLog } from './generations';
import type { KeptFiles } from './kept-files';
import { withSecurityHeaders } from './security-headers';

/** What the service worker answers from. */
export interface KeptApp {
  readonly files: readonly KeptFile[];
  readonly kept: KeptFiles;
  readonly generations: GenerationLog;
}

/**
 * Answers for the files of the app, from what is kept and otherwise from the host; what comes from the host
 * is checked and kept. A damaged file is fetched again, and where that is not possible it is an error: never
 * is it answered.
 */
export function serveApp(worker: ServiceWorkerGlobalScope, app: KeptApp): void {
  const byPath = new Map(app.files.map((file) => [file.path, file]));
  worker.addEventListener('fetch', (event) => {
    const path = pathInside(event.request, worker.registration.scope);
    if (path === undefined) return;
    const file = byPath.get(path);
    if (file) event.respondWith(answer(worker, app, file, event).then(withSecurityHeaders));
    else if (path.startsWith('assets/')) {
      event.respondWith(answerFormer(app, path, event.request).then(withSecurityHeaders));
    } else if (event.request.mode === 'navigate') {
      event.respondWith(fetch(event.request).then(withSecurityHeaders));
    }
  });
}

/** The address inside the app, without what follows `?`; undefined for what is none of the app's files. */
function pathInside({ method, url }: Request, scope: string): string | undefined {
  const { origin, pathname } = new URL(url);
  const inside = `${origin}${pathname}`;
  if (method !== 'GET' || !inside.startsWith(scope)) return undefined;
  return inside.slice(scope.length) || 'index.html';
}

async function answer(
  worker: ServiceWorkerGlobalScope,
  { kept }: KeptApp,
  file: KeptFile,
  event: FetchEvent,
): Promise<Response> {
  const found = await kept.read(file);
  if (found) return found;
  if (file.part === 'mnist' && !event.request.headers.has(KEEP_HEADER))
    return passOn(worker, kept, file, event);
  try {
    const response = await fetchFile(kept, file, event.request.signal);
    await tellPages(worker);
    return response;
  } catch (error) {
    console.info(error);
    return Response.error();
  }
}

/**
 * Images go to whoever asked as they come, who checks them as well and knows how to wait for a slow host;
 * a copy of them is checked and kept.
 */
async function passOn(
  worker: ServiceWorkerGlobalScope,
  kept: KeptFiles,
  file: KeptFile,
  event: FetchEvent,
): Promise<Response> {
  const response = await fetch(event.request);
  if (!response.ok || !response.body) return response;
  const [forPage, forUs] = response.body.tee();
  const { status, headers } = response;
  const keeping = kept.keep(file, new Response(forUs, { status, headers })).then(
    () => tellPages(worker),
    (error: unknown) => console.info(error),
  );
  event.waitUntil(keeping);
  return new Response(forPage, { status, headers });
}

/** What the version before had: a page of it is open, and loads its code as it goes. */
async function answerFormer(
  { kept, generations }: KeptApp,
  path: string,
  request: Request,
): Promise<Response> {
  const former = await generations.findFormer(path);
  const found = former && (await kept.read(former));
  return found ?? fetch(request);
}

async function tellPages(worker: ServiceWorkerGlobalScope): Promise<void> {
  const message: FromServiceWorker = { kind: 'kept' };
  for (const client of await worker.clients.matchAll({ type: 'window' })) client.postMessage(message);
}
