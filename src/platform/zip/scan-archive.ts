/**
 * Reads what an archive says it holds and refuses one that is not what it says, before anything is
 * unpacked. Written here because readers of ZIP files mend what they should refuse: the last of two
 * entries of a name wins, an entry's own header decides its name, entries that lie over each other melt
 * into one.
 */
import { IMPORT_LIMITS } from '../../domain/import-limits';
import { LOCKED, readDirectory, type DirectoryEntry } from './directory';
import { readEndRecord } from './end-record';
import { placeEntries, type PlacedEntries } from './place-entries';
import { refuseArchive } from './refuse-archive';

/** The method of entries that a password locks in the newer way. */
const LOCKED_METHOD = 99;

/**
 * The entries of a ZIP file, zip64 included, each with its place. Throws `invalid-input` with one of the
 * reasons of `ArchiveRefusal`.
 */
export function scanArchive(bytes: Uint8Array<ArrayBuffer>): PlacedEntries {
  requireReasonableFile(bytes.length);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = readEndRecord(bytes, view);
  const directory = readDirectory(bytes, view, end);
  requireOpen(directory);
  const placed = placeEntries(bytes, view, directory, end);
  requireNoBomb(directory);
  return placed;
}

/** Throws TOO_LARGE for a file that need not even be read. */
export function requireReasonableFile(fileBytes: number): void {
  if (fileBytes > IMPORT_LIMITS.fileBytes) throw refuseArchive('TOO_LARGE');
}

function requireOpen(entries: readonly DirectoryEntry[]): void {
  const isLocked = ({ flags, method }: DirectoryEntry) => flags & LOCKED || method === LOCKED_METHOD;
  if (entries.some(isLocked)) throw refuseArchive('ZIP_ENCRYPTED');
}

function requireNoBomb(entries: readonly DirectoryEntry[]): void {
  const { ratio, ratioFromBytes, totalBytes } = IMPORT_LIMITS;
  let total = 0;
  let packed = 0;
  for (const { size, packedSize } of entries) {
    if (size > ratioFromBytes && size > packedSize * ratio) throw refuseArchive('ZIP_BOMB');
    total += size;
    packed += packedSize;
  }
  if (total > totalBytes) throw refuseArchive(total > packed * ratio ? 'ZIP_BOMB' : 'TOO_LARGE');
}
