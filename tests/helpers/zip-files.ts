/** ZIP files that tests make, byte by byte, with every lie that one can tell (APPNOTE 6.3.10). */
import { concatenateBytes } from '../../src/domain/bytes';
import { crc32 } from '../../src/domain/crc32';

type Bytes = Uint8Array<ArrayBuffer>;

/** What both headers of an entry say. */
interface HeaderFields {
  readonly name: string | Bytes;
  readonly method: number;
  readonly flags: number;
  readonly crc: number;
  readonly packedSize: number;
  readonly size: number;
}

/** An entry: its name, what is in it, and what is claimed of it. */
export interface ZipPart {
  readonly name: string | Bytes;
  readonly content?: Bytes | string;
  readonly isDeflated?: boolean;
  /** The packed bytes themselves, in place of the content's. */
  readonly packed?: Bytes;
  /** Claimed by both headers. */
  readonly claims?: Partial<HeaderFields>;
  /** Claimed by the entry's own header alone. */
  readonly localClaims?: Partial<HeaderFields>;
  /** Extra bytes of the entry's own header. */
  readonly localExtra?: Bytes;
  /** The Unix mode. */
  readonly mode?: number;
  /** Sizes and sum in 64 bits, and the short ones left open. */
  readonly isLong?: boolean;
  /** Sizes and sum behind the data, and none in the entry's own header. */
  readonly sizesFollow?: boolean;
  /** Where the directory says that the entry is, in place of where it is. */
  readonly claimedAt?: number;
  /** No bytes of its own: only the directory knows of it. */
  readonly isGhost?: boolean;
}

/** What is claimed of the archive as a whole, and what stands around it. */
export interface ZipShape {
  readonly before?: Bytes;
  readonly after?: Bytes;
  readonly comment?: Bytes;
  /** In place of the number of entries. */
  readonly count?: number;
  /** With the 64-bit end record. */
  readonly isLong?: boolean;
}

const LONG_EXTRA_BYTES = 20;
const UTF8_NAME = 1 << 11;
const SIZES_FOLLOW = 1 << 3;

/** Writes an archive. The same parts always give the same bytes. */
export async function zip(parts: readonly ZipPart[], shape: ZipShape = {}): Promise<Bytes> {
  const chunks: Bytes[] = [];
  const directory: Bytes[] = [];
  let at = 0;
  for (const part of parts) {
    const fields = await fieldsOf(part);
    directory.push(directoryHeader(part, fields, part.claimedAt ?? at));
    if (part.isGhost) continue;
    const entry = localEntry(part, fields, await packedOf(part));
    chunks.push(...entry);
    at += entry.reduce((sum, chunk) => sum + chunk.length, 0);
  }
  const length = directory.reduce((sum, header) => sum + header.length, 0);
  const end = endRecords(shape.count ?? parts.length, length, at, shape);
  const none = new Uint8Array(0);
  return join([shape.before ?? none, ...chunks, ...directory, ...end, shape.after ?? none]);
}

/** An archive as a file that was chosen. */
export function asFile(bytes: Bytes, name = 'digits.zip'): File {
  return new File([bytes], name, { type: 'application/zip' });
}

/** Little-endian numbers of two or four bytes, one after another. */
export function fields(...numbers: readonly (readonly [bytes: 2 | 4 | 8, value: number])[]): Bytes {
  const bytes = new Uint8Array(numbers.reduce((sum, [length]) => sum + length, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [length, value] of numbers) {
    if (length === 2) view.setUint16(at, value, true);
    if (length === 4) view.setUint32(at, value, true);
    if (length === 8) view.setBigUint64(at, BigInt(value), true);
    at += length;
  }
  return bytes;
}

/** Text or bytes as bytes. */
export function toBytes(content: Bytes | string): Bytes {
  return typeof content === 'string' ? new TextEncoder().encode(content) : content;
}

/** Bytes packed as an entry holds them. */
export async function deflateRaw(bytes: Bytes): Promise<Bytes> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Unlike `concatenateBytes`, for hundreds of thousands of parts. */
function join(parts: readonly Bytes[]): Bytes {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

async function packedOf({ content = '', isDeflated, packed }: ZipPart): Promise<Bytes> {
  if (packed) return packed;
  return isDeflated ? deflateRaw(toBytes(content)) : toBytes(content);
}

async function fieldsOf(part: ZipPart): Promise<HeaderFields> {
  const content = toBytes(part.content ?? '');
  return {
    name: part.name,
    method: part.isDeflated ? 8 : 0,
    flags: UTF8_NAME | (part.sizesFollow ? SIZES_FOLLOW : 0),
    crc: crc32(content),
    packedSize: (await packedOf(part)).length,
    size: content.length,
    ...part.claims,
  };
}

function localEntry(part: ZipPart, claimed: HeaderFields, packed: Bytes): readonly Bytes[] {
  const own = part.sizesFollow ? { crc: 0, packedSize: 0, size: 0 } : {};
  const header = { ...claimed, ...own, ...part.localClaims };
  const extra = part.localExtra ?? (part.isLong ? longExtra(header) : new Uint8Array(0));
  const name = toBytes(header.name);
  const following = part.sizesFollow
    ? fields([4, 0x08074b50], [4, claimed.crc], [4, claimed.packedSize], [4, claimed.size])
    : new Uint8Array(0);
  const head = concatenateBytes(
    fields([4, 0x04034b50], [2, 20]),
    commonFields(header, part.isLong ?? false),
    fields([2, name.length], [2, extra.length]),
  );
  return [head, name, extra, packed, following];
}

function directoryHeader(part: ZipPart, header: HeaderFields, at: number): Bytes {
  const name = toBytes(header.name);
  const extra = part.isLong ? longExtra(header) : new Uint8Array(0);
  return concatenateBytes(
    fields([4, 0x02014b50], [2, (3 << 8) | 20], [2, 20]),
    commonFields(header, part.isLong ?? false),
    fields([2, name.length], [2, extra.length], [2, 0], [2, 0], [2, 0]),
    fields([4, (part.mode ?? 0o100644) * 0x10000], [4, at]),
    name,
    extra,
  );
}

/** Flags, method, the first of January 1980, sum and sizes. */
function commonFields({ flags, method, crc, packedSize, size }: HeaderFields, isLong: boolean): Bytes {
  const short = (value: number) => (isLong ? 0xffffffff : value);
  return fields([2, flags], [2, method], [2, 0], [2, 33], [4, crc], [4, short(packedSize)], [4, short(size)]);
}

function longExtra({ packedSize, size }: HeaderFields): Bytes {
  return fields([2, 1], [2, LONG_EXTRA_BYTES - 4], [8, size], [8, packedSize]);
}

function endRecords(count: number, length: number, at: number, { comment, isLong }: ZipShape): Bytes[] {
  const text = comment ?? new Uint8Array(0);
  const longEnd = fields(
    [4, 0x06064b50],
    [8, 44],
    [2, 45],
    [2, 45],
    [4, 0],
    [4, 0],
    [8, count],
    [8, count],
    [8, length],
    [8, at],
  );
  const locator = fields([4, 0x07064b50], [4, 0], [8, at + length], [4, 1]);
  const short = isLong ? 0xffff : count;
  const open = isLong ? 0xffffffff : undefined;
  const end = fields(
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, short],
    [2, short],
    [4, open ?? length],
    [4, open ?? at],
    [2, text.length],
  );
  return [...(isLong ? [longEnd, locator] : []), end, text];
}
