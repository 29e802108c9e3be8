import {
  MOST_SHARED_BYTES,
  MOST_SHARED_FILES,
  NAME_HEADER,
  SHARE_CACHE,
  SHARE_PATH,
  shareAddress,
  type ShareTally,
} from '../../src/platform/opened-files';

/**
 * Takes what other apps share with Inkling: leaves the files where the page finds them, and opens the page,
 * which asks before it does anything with them. Any site can send such a form: nothing comes of it but the
 * question. What could not be taken is told by the address of the page.
 */
export function takeShares(worker: ServiceWorkerGlobalScope): void {
  const { scope } = worker.registration;
  const target = new URL(SHARE_PATH, scope).href;
  worker.addEventListener('fetch', (event) => {
    if (event.request.method !== 'POST' || event.request.url !== target) return;
    event.respondWith(
      store(event.request, scope).then((tally) => Response.redirect(`${scope}${shareAddress(tally)}`, 303)),
    );
  });
}

/** Never rejects: whoever shares is to see a page, also where the device is full or the form is damaged. */
async function store(request: Request, scope: string): Promise<ShareTally> {
  const tally = { taken: 0, sent: 0 };
  try {
    const form = await request.formData();
    const files = form.getAll('files').filter((value): value is File => value instanceof File);
    tally.sent = files.length;
    const name = `${SHARE_CACHE} ${scope}`;
    await caches.delete(name);
    const cache = await caches.open(name);
    let bytes = 0;
    for (const [index, file] of files.slice(0, MOST_SHARED_FILES).entries()) {
      bytes += file.size;
      if (bytes > MOST_SHARED_BYTES) break;
      const headers = { 'Content-Type': file.type, [NAME_HEADER]: encodeURIComponent(file.name) };
      await cache.put(new URL(`kept/shared-${index}`, scope), new Response(file, { headers }));
      tally.taken += 1;
    }
  } catch (error) {
    console.info(error);
  }
  return tally;
}
