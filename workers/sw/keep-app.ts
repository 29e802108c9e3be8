import { mapInOrder } from '../../src/domain/map-in-order';
import type { KeptFile, KeptPartName, KeptReport } from '../../src/protocol/sw-protocol';
import { fetchFile } from './fetch-file';
import { buildOf } from './generations';
import type { KeptFiles } from './kept-files';
import type { KeptApp } from './serve-app';

/** In the order in which they are worth having. */
const PARTS: readonly KeptPartName[] = ['shell', 'model', 'tensorflow', 'charts', 'mnist'];
/** How many files are fetched at a time. */
const WIDTH = 6;

/**
 * Keeps what opens the app before this version may take over, and takes the page that installed it, so that a
 * first visit is ready for offline. What arrived before the connection was cut is kept: the next try fetches
 * only the rest.
 */
export function keepShell(worker: ServiceWorkerGlobalScope, { files, kept, generations }: KeptApp): void {
  const shell = files.filter(({ part }) => part === 'shell');
  worker.addEventListener('install', (event) => event.waitUntil(keepMissing(kept, shell)));
  worker.addEventListener('activate', (event) =>
    event.waitUntil(generations.begin(files).then(() => worker.clients.claim())),
  );
}

async function keepMissing(kept: KeptFiles, files: readonly KeptFile[]): Promise<void> {
  let failure: unknown;
  const keepOne = async (file: KeptFile) => {
    // A host that is gone is not asked for all the others.
    if (failure) return;
    try {
      if (!(await kept.read(file))) await fetchFile(kept, file);
    } catch (error) {
      failure ??= error;
    }
  };
  for await (const _ of mapInOrder(files, WIDTH, keepOne));
  if (failure) throw failure;
}

/** What is kept of this version. A deep report reads every file and drops what is damaged. */
export async function reportKept({ files, kept }: KeptApp, isDeep: boolean): Promise<KeptReport> {
  const isKept = async (file: KeptFile) =>
    isDeep ? (await kept.read(file)) !== undefined : await kept.has(file);
  const present = new Set<KeptFile>();
  const check = async (file: KeptFile) => void ((await isKept(file)) && present.add(file));
  for await (const _ of mapInOrder(files, WIDTH, check));
  const ofPart = (name: KeptPartName) => files.filter(({ part }) => part === name);
  return {
    build: buildOf(files),
    parts: PARTS.map((name) => {
      const here = ofPart(name).filter((file) => present.has(file));
      return {
        name,
        files: ofPart(name).length,
        keptFiles: here.length,
        bytes: sumBytes(ofPart(name)),
        keptBytes: sumBytes(here),
      };
    }),
    missing: PARTS.flatMap(ofPart).flatMap((file) => (present.has(file) ? [] : file.path)),
  };
}

function sumBytes(files: readonly KeptFile[]): number {
  return files.reduce((sum, { byteLength }) => sum + byteLength, 0);
}
