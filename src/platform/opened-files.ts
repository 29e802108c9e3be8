/** What the system calls when files are opened with the installed app; Chromium alone does. */
interface LaunchQueue {
  setConsumer(consumer: (launch: Launch) => void): void;
}

interface Launch {
  readonly files: readonly FileSystemFileHandle[];
  /** The address that was started, such as that of a shortcut. */
  readonly targetURL?: string;
}

/** What the system starts the app with. */
export interface LaunchEvents {
  readonly onFiles: (files: readonly File[]) => void;
  /** The part of the address from `#` on. Only of the app's own addresses. */
  readonly onAddress: (hash: string) => void;
}

/** How many of the files that another app shared were taken; fewer where they were too many, none where that failed. */
export interface ShareTally {
  readonly taken: number;
  readonly sent: number;
}

/** The address, inside the app, that files are shared to; the service worker answers it. */
export const SHARE_PATH = 'share';
/** No more is taken from a share, in files and in bytes. */
export const MOST_SHARED_FILES = 50;
export const MOST_SHARED_BYTES = 200 * 1024 * 1024;
/** Where the service worker leaves shared files until a page has asked about them. */
export const SHARE_CACHE = 'inkling-shared';
/** The header that carries a shared file's name, percent-encoded. */
export const NAME_HEADER = 'X-Inkling-Name';

/**
 * Calls back with the files that the system opens with the app, now and later, and with the addresses that it
 * starts the open app at: it brings the window to the front and leaves it to the page to go there.
 */
export function watchLaunches(baseUrl: string, { onFiles, onAddress }: LaunchEvents): void {
  const { launchQueue } = globalThis as { readonly launchQueue?: LaunchQueue };
  // What waits already opened this page, or is told again to one that was reloaded: it is where it should be.
  let isOpening = true;
  launchQueue?.setConsumer(({ files, targetURL = '' }) => {
    if (files.length > 0) void Promise.all(files.map((handle) => handle.getFile())).then(onFiles);
    else if (!isOpening && targetURL.startsWith(`${baseUrl}#`)) onAddress(targetURL.slice(baseUrl.length));
  });
  isOpening = false;
}

/** The address, from # on, that a share leads to; it says what became of it where not all of it was taken. */
export function shareAddress({ taken, sent }: ShareTally): string {
  return taken === sent && sent > 0 ? '#/draw' : `#/draw?shared=${taken}-of-${sent}`;
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
