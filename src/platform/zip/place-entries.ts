/** Where an archive's entries lie, held against what their own headers say (APPNOTE, section 4.3.7). */
import { IMPORT_LIMITS } from '../../domain/import-limits';
import { LOCKED, OPEN_FIELD, SIZES_FOLLOW, type DirectoryEntry } from './directory';
import type { EndRecord } from './end-record';
import { refuseArchive } from './refuse-archive';

const LOCAL_SIGNATURE = 0x04034b50;
const LOCAL_BYTES = 30;
/** At most so many bytes follow the data of an entry whose sizes do. */
const FOLLOWING_BYTES = 24;
/** Flags that say how an entry is read; writers disagree with themselves about others. */
const READING_FLAGS = LOCKED | SIZES_FOLLOW;

/** An entry whose place in the file is certain. */
export interface ZipEntry extends DirectoryEntry {
  /** Where its packed bytes begin. */
  readonly dataAt: number;
}

/** All entries, in the directory's order, and how many bytes of the file belong to none. */
export interface PlacedEntries {
  readonly entries: readonly ZipEntry[];
  readonly strayBytes: number;
}

/**
 * Finds each entry's bytes. Throws ZIP_OVERLAP where two share some, ZIP_AMBIGUOUS where an entry's own
 * header says something else than the directory, or where too many bytes belong to nobody.
 */
export function placeEntries(
  bytes: Uint8Array<ArrayBuffer>,
  view: DataView,
  directory: readonly DirectoryEntry[],
  end: EndRecord,
): PlacedEntries {
  const entries = directory.map((entry) => ({ ...entry, dataAt: findData(view, entry, end.directoryAt) }));
  const strayBytes = countStrayBytes(entries, end) + bytes.length - end.archiveEnd;
  for (const entry of entries) requireSameHeader(bytes, view, entry);
  if (strayBytes > IMPORT_LIMITS.strayBytes) throw refuseArchive('ZIP_AMBIGUOUS');
  return { entries, strayBytes };
}

function findData(view: DataView, { localAt }: DirectoryEntry, directoryAt: number): number {
  const isHeader = localAt + LOCAL_BYTES <= directoryAt && view.getUint32(localAt, true) === LOCAL_SIGNATURE;
  if (!isHeader) throw refuseArchive('ZIP_AMBIGUOUS');
  return localAt + LOCAL_BYTES + view.getUint16(localAt + 26, true) + view.getUint16(localAt + 28, true);
}

/** Walks the entries as they lie in the file: what is between them belongs to nobody. */
function countStrayBytes(entries: readonly ZipEntry[], end: EndRecord): number {
  let stray = 0;
  let at = 0;
  let following = 0;
  const walkTo = (start: number) => {
    if (start < at) throw refuseArchive('ZIP_OVERLAP');
    stray += Math.max(0, start - at - following);
  };
  for (const { localAt, dataAt, packedSize, flags } of [...entries].sort((a, b) => a.localAt - b.localAt)) {
    walkTo(localAt);
    at = dataAt + packedSize;
    following = flags & SIZES_FOLLOW ? FOLLOWING_BYTES : 0;
  }
  walkTo(end.directoryAt);
  return stray;
}

/** A reader that trusts an entry's own header must see the same entry. */
function requireSameHeader(bytes: Uint8Array<ArrayBuffer>, view: DataView, entry: ZipEntry): void {
  const { localAt } = entry;
  const isSame =
    (view.getUint16(localAt + 6, true) & READING_FLAGS) === (entry.flags & READING_FLAGS) &&
    view.getUint16(localAt + 8, true) === entry.method &&
    isSameName(bytes, view, entry) &&
    (entry.flags & SIZES_FOLLOW || areSameSizes(view, entry));
  if (!isSame) throw refuseArchive('ZIP_AMBIGUOUS');
}

function isSameName(
  bytes: Uint8Array<ArrayBuffer>,
  view: DataView,
  { localAt, nameAt, nameLength }: ZipEntry,
): boolean {
  if (view.getUint16(localAt + 26, true) !== nameLength) return false;
  for (let k = 0; k < nameLength; k++) {
    if (bytes[localAt + LOCAL_BYTES + k] !== bytes[nameAt + k]) return false;
  }
  return true;
}

function areSameSizes(view: DataView, { localAt, crc, packedSize, size }: ZipEntry): boolean {
  const agrees = (field: number, value: number) => field === value || field === OPEN_FIELD;
  return (
    view.getUint32(localAt + 14, true) === crc &&
    agrees(view.getUint32(localAt + 18, true), packedSize) &&
    agrees(view.getUint32(localAt + 22, true), size)
  );
}
