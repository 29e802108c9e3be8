import { NAME_HEADER, SHARE_CACHE, SHARE_PATH } from '../../src/platform/opened-files';

/** No more is taken from a share, in files and in bytes. */
const MOST_FILES = 50;
const MOST_BYTES = 200 * 1024 * 1024;

/**
 * Takes what other apps share with Inkling: leaves the files where the page finds them, and opens the page,
 * which asks before it does anything with them. Any site can send such a form: nothing comes of it but the
 * question.
 */
export function takeShares(worker: ServiceWorkerGlobalScope): void {
  const { scope } = worker.registration;
  const target = new URL(SHARE_PATH, scope).href;
  worker.addEventListener('fetch', (event) => {
    if (event.request.method !== 'POST' || event.request.url !== target) return;
    event.respondWith(store(event.request, scope).then(() => Response.redirect(`${scope}#/draw`, 303)));
  });
}

async function store(request: Request, scope: string): Promise<void> {
  const form = await request.formData();
  const files = form.getAll('files').filter((value): value is File => value instanceof File);
  const name = `${SHARE_CACHE} ${scope}`;
  await caches.delete(name);
  const cache = await caches.open(name);
  let bytes = 0;
  for (const [index, file] of files.slice(0, MOST_FILES).entries()) {
    bytes += file.size;
    if (bytes > MOST_BYTES) break;
    const headers = { 'Content-Type': file.type, [NAME_HEADER]: encodeURIComponent(file.name) };
    await cache.put(new URL(`kept/shared-${index}`, scope), new Response(file, { headers }));
  }
}
