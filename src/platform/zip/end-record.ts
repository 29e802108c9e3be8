/** Where an archive's directory is: its end records (APPNOTE 6.3.10, sections 4.3.14 to 4.3.16). */
import { refuseArchive } from './refuse-archive';

const LOCAL_SIGNATURE = 0x04034b50;
const END_SIGNATURE = 0x06054b50;
const END_BYTES = 22;
const LONGEST_COMMENT = 0xffff;
const LONG_LOCATOR_SIGNATURE = 0x07064b50;
const LONG_LOCATOR_BYTES = 20;
const LONG_END_SIGNATURE = 0x06064b50;
const LONG_END_BYTES = 56;

/** What the end records say, and where they are; positions are those in the file, in bytes. */
export interface EndRecord {
  readonly count: number;
  /** Where the directory lies: from here … */
  readonly directoryAt: number;
  /** … to here. */
  readonly directoryEnd: number;
  /** Where the archive ends, its comment included. */
  readonly archiveEnd: number;
  /** What all offsets in the directory are counted from. */
  readonly base: number;
}

/** Finds and reads the end records. Throws ZIP_INVALID, ZIP_TRUNCATED or ZIP_AMBIGUOUS. */
export function readEndRecord(bytes: Uint8Array<ArrayBuffer>, view: DataView): EndRecord {
  const at = findEnd(bytes, view);
  if (at === undefined) throw refuseArchive(startsAsArchive(view) ? 'ZIP_TRUNCATED' : 'ZIP_INVALID');
  const long = readLongEnd(view, at);
  requireSinglePart(view, at);
  const count = agree(view.getUint16(at + 10, true), 0xffff, long?.count);
  const length = agree(view.getUint32(at + 12, true), 0xffffffff, long?.length);
  const offset = agree(view.getUint32(at + 16, true), 0xffffffff, long?.offset);
  const directoryEnd = long?.at ?? at;
  const directoryAt = directoryEnd - length;
  const base = directoryAt - offset;
  if (base < 0) throw refuseArchive('ZIP_TRUNCATED');
  return { count, directoryAt, directoryEnd, archiveEnd: archiveEndOf(view, at), base };
}

/** A 64-bit number; those that a double cannot hold exactly are far above every limit. */
export function readUint64(view: DataView, at: number): number {
  return view.getUint32(at + 4, true) * 2 ** 32 + view.getUint32(at, true);
}

/**
 * The last end record that fits into the file; rather one that ends with it than one that has bytes
 * behind it. Two that both end with the file are one inside the other's comment.
 */
function findEnd(bytes: Uint8Array<ArrayBuffer>, view: DataView): number | undefined {
  const lowestExact = bytes.length - END_BYTES - LONGEST_COMMENT;
  let exact: number | undefined;
  let last: number | undefined;
  for (const at of signaturesFromBehind(bytes, view)) {
    if (at < lowestExact && (exact ?? last) !== undefined) break;
    const end = archiveEndOf(view, at);
    if (end < bytes.length) last ??= at;
    if (end !== bytes.length) continue;
    if (exact !== undefined) throw refuseArchive('ZIP_AMBIGUOUS');
    exact = at;
  }
  return exact ?? last;
}

function* signaturesFromBehind(bytes: Uint8Array<ArrayBuffer>, view: DataView): Generator<number> {
  let before = bytes.length - END_BYTES + 1;
  while (before > 0) {
    const at = bytes.lastIndexOf(END_SIGNATURE & 255, before - 1);
    if (at < 0) return;
    if (view.getUint32(at, true) === END_SIGNATURE) yield at;
    before = at;
  }
}

function archiveEndOf(view: DataView, at: number): number {
  return at + END_BYTES + view.getUint16(at + 20, true);
}

function startsAsArchive(view: DataView): boolean {
  return view.byteLength >= 4 && view.getUint32(0, true) === LOCAL_SIGNATURE;
}

/** The zip64 end record, which stands right in front of its locator, and that in front of the end. */
function readLongEnd(view: DataView, endAt: number) {
  const locatorAt = endAt - LONG_LOCATOR_BYTES;
  const at = locatorAt - LONG_END_BYTES;
  if (at < 0 || view.getUint32(locatorAt, true) !== LONG_LOCATOR_SIGNATURE) return undefined;
  if (view.getUint32(at, true) !== LONG_END_SIGNATURE) throw refuseArchive('ZIP_AMBIGUOUS');
  return {
    at,
    count: readUint64(view, at + 32),
    length: readUint64(view, at + 40),
    offset: readUint64(view, at + 48),
  };
}

/** The other parts of a split archive are missing. */
function requireSinglePart(view: DataView, at: number): void {
  const isPart = (part: number) => part !== 0 && part !== 0xffff;
  if (isPart(view.getUint16(at + 4, true)) || isPart(view.getUint16(at + 6, true))) {
    throw refuseArchive('ZIP_TRUNCATED');
  }
  if (view.getUint16(at + 8, true) !== view.getUint16(at + 10, true)) throw refuseArchive('ZIP_AMBIGUOUS');
}

/** A number that the short record and the long one both give, unless the short one leaves it open. */
function agree(short: number, open: number, long: number | undefined): number {
  if (long === undefined || short === long) return short;
  if (short === open) return long;
  throw refuseArchive('ZIP_AMBIGUOUS');
}
