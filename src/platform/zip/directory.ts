/** What an archive's directory says about each entry (APPNOTE 6.3.10, section 4.3.12). */
import { IMPORT_LIMITS } from '../../domain/import-limits';
import { readUint64, type EndRecord } from './end-record';
import { refuseArchive } from './refuse-archive';

const HEADER_SIGNATURE = 0x02014b50;
const HEADER_BYTES = 46;
const ZIP64_EXTRA = 1;
/** A field of this value is given in 64 bits elsewhere. */
export const OPEN_FIELD = 0xffffffff;

/** Flags of an entry that a password locks: its data, or its headers too. */
export const LOCKED = (1 << 0) | (1 << 6) | (1 << 13);
/** The flag of an entry whose sizes follow its data. */
export const SIZES_FOLLOW = 1 << 3;

/** An entry as the directory has it. Sizes in bytes; positions are those in the file. */
export interface DirectoryEntry {
  readonly name: string;
  /** Where the name's bytes are, and how many. */
  readonly nameAt: number;
  readonly nameLength: number;
  readonly method: number;
  readonly flags: number;
  readonly crc: number;
  readonly packedSize: number;
  readonly size: number;
  readonly localAt: number;
  /** The Unix mode, where the archive comes from such a system. */
  readonly mode: number;
}

/** Reads the directory. Throws ZIP_EMPTY, ZIP_AMBIGUOUS, or TOO_LARGE for too many entries. */
export function readDirectory(
  bytes: Uint8Array<ArrayBuffer>,
  view: DataView,
  end: EndRecord,
): readonly DirectoryEntry[] {
  if (end.count > IMPORT_LIMITS.entries) throw refuseArchive('TOO_LARGE');
  const entries: DirectoryEntry[] = [];
  let at = end.directoryAt;
  while (at < end.directoryEnd) {
    const headerEnd = headerEndOf(view, at, end.directoryEnd);
    entries.push(readHeader(bytes, view, at, end.base));
    if (entries.length > end.count) throw refuseArchive('ZIP_AMBIGUOUS');
    at = headerEnd;
  }
  if (entries.length !== end.count) throw refuseArchive('ZIP_AMBIGUOUS');
  if (entries.length === 0) throw refuseArchive('ZIP_EMPTY');
  return entries;
}

/** Where the header at `at` ends, once it is certain that there is one. */
function headerEndOf(view: DataView, at: number, directoryEnd: number): number {
  const isHeader = at + HEADER_BYTES <= directoryEnd && view.getUint32(at, true) === HEADER_SIGNATURE;
  if (!isHeader) throw refuseArchive('ZIP_AMBIGUOUS');
  const lengths = [28, 30, 32].map((field) => view.getUint16(at + field, true));
  const headerEnd = lengths.reduce((sum, length) => sum + length, at + HEADER_BYTES);
  if (headerEnd > directoryEnd) throw refuseArchive('ZIP_AMBIGUOUS');
  return headerEnd;
}

function readHeader(
  bytes: Uint8Array<ArrayBuffer>,
  view: DataView,
  at: number,
  base: number,
): DirectoryEntry {
  const nameAt = at + HEADER_BYTES;
  const nameLength = view.getUint16(at + 28, true);
  const long = readLongFields(view, nameAt + nameLength, view.getUint16(at + 30, true));
  // The order is that of the long fields: only those are there that the header leaves open.
  const size = long(view.getUint32(at + 24, true));
  const packedSize = long(view.getUint32(at + 20, true));
  const localAt = base + long(view.getUint32(at + 42, true));
  return {
    name: decodeName(bytes.subarray(nameAt, nameAt + nameLength)),
    nameAt,
    nameLength,
    flags: view.getUint16(at + 8, true),
    method: view.getUint16(at + 10, true),
    crc: view.getUint32(at + 16, true),
    packedSize,
    size,
    localAt,
    mode: view.getUint16(at + 40, true),
  };
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Names count as UTF-8 whatever the header says; bytes that are none become U+FFFD, and name no digit. */
function decodeName(name: Uint8Array): string {
  return decoder.decode(name);
}

/** Takes the value of one field after another: the field's own, or where it is left open the long one. */
function readLongFields(view: DataView, extraAt: number, length: number): (field: number) => number {
  let next = extraAt + length;
  let end = next;
  for (let at = extraAt; at + 4 <= extraAt + length; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== ZIP64_EXTRA) continue;
    next = at + 4;
    end = Math.min(next + view.getUint16(at + 2, true), extraAt + length);
    break;
  }
  return (field) => {
    if (field !== OPEN_FIELD || next + 8 > end) return field;
    next += 8;
    return readUint64(view, next - 8);
  };
}
