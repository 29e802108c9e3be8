import type { JSZip } from 'jszip';
import { abortedError } from '../../domain/errors';
import { Pace, type WorkOptions } from '../pace';
import { ByteCollector } from './byte-collector';
import { endOfArchive } from './zip64-end';

/** A file in an archive. */
export interface ArchiveEntry {
  /** With `/` between folders, which need no entries of their own. */
  readonly path: string;
  /** A Blob is for what is large: it is written as it comes, its length behind it. */
  readonly content: Uint8Array<ArrayBuffer> | Blob;
  /** True for what is compressed already. */
  readonly isPacked?: boolean;
}

/** The first day that a ZIP can tell. Every entry has it, so that the same content gives the same bytes. */
const FIRST_DAY = new Date(Date.UTC(1980, 0, 1));

/**
 * Writes a ZIP file, its entries in the given order: the same entries give the same bytes. Throws `aborted`.
 */
export async function writeArchive(
  entries: Iterable<ArchiveEntry>,
  options: WorkOptions = {},
): Promise<Blob> {
  // Loaded here, so that only who exports pays for it.
  const { default: JSZip } = await import('jszip');
  const zip = new JSZip();
  const { count, hasLarge } = await addEntries(zip, entries, options);
  const { body, end } = await generate(zip, hasLarge, options);
  body.add(endOfArchive(end, count, body.length));
  return body.toBlob('application/zip');
}

async function addEntries(
  zip: JSZip,
  entries: Iterable<ArchiveEntry>,
  { signal }: WorkOptions,
): Promise<{ count: number; hasLarge: boolean }> {
  const pace = new Pace({ signal });
  let count = 0;
  let hasLarge = false;
  for (const { path, content, isPacked } of entries) {
    const compression = isPacked ? 'STORE' : 'DEFLATE';
    zip.file(path, content, { compression, date: FIRST_DAY, createFolders: false });
    count += 1;
    hasLarge ||= content instanceof Blob;
    await pace.step(0);
  }
  return { count, hasLarge };
}

/** The bytes of the archive; its last record apart, because it may need to be changed. */
function generate(
  zip: JSZip,
  streamFiles: boolean,
  { signal, onProgress }: WorkOptions,
): Promise<{ body: ByteCollector; end: Uint8Array<ArrayBuffer> }> {
  const pace = new Pace({ onProgress });
  const body = new ByteCollector();
  let last = new Uint8Array(0);
  return new Promise((resolve, reject) => {
    const stream = zip.generateInternalStream({ type: 'uint8array', streamFiles });
    // JSZip cannot be called off, but what is paused and forgotten is as good.
    const stop = () => {
      stream.pause();
      reject(abortedError());
    };
    signal?.addEventListener('abort', stop, { once: true });
    stream
      .on('data', (piece, { percent }) => {
        body.add(last);
        last = piece;
        pace.report(percent / 100);
      })
      .on('error', reject)
      .on('end', () => {
        signal?.removeEventListener('abort', stop);
        resolve({ body, end: last });
      })
      .resume();
  });
}
