/** What the system calls when files are opened with the installed app; Chromium alone does. */
interface LaunchQueue {
  setConsumer(consumer: (launch: { readonly files: readonly FileSystemFileHandle[] }) => void): void;
}

/** The address, inside the app, that files are shared to; the service worker answers it. */
export const SHARE_PATH = 'share';
/** Where the service worker leaves shared files until a page has asked about them. */
export const SHARE_CACHE = 'inkling-shared';
/** The header that carries a shared file's name, percent-encoded. */
export const NAME_HEADER = 'X-Inkling-Name';

/** Calls back with the files that the system opens with the app, now and later. */
export function watchLaunches(onFiles: (files: readonly File[]) => void): void {
  const { launchQueue } = globalThis as { readonly launchQueue?: LaunchQueue };
  launchQueue?.setConsumer(({ files }) => {
    if (files.length === 0) return;
    void Promise.all(files.map((handle) => handle.getFile())).then(onFiles);
  });
}

/** Takes the files that were shared with the app; they are gone from where the service worker left them. */
export async function takeSharedFiles(baseUrl: string): Promise<readonly File[]> {
  const name = `${SHARE_CACHE} ${baseUrl}`;
  if (!(await caches.has(name))) return [];
  const cache = await caches.open(name);
  const files: File[] = [];
  for (const key of await cache.keys()) {
    const response = await cache.match(key);
    if (!response) continue;
    const blob = await response.blob();
    files.push(new File([blob], decodeURIComponent(response.headers.get(NAME_HEADER) ?? 'file'), blob));
  }
  await caches.delete(name);
  return files;
}
