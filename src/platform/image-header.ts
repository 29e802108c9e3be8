import { AppError } from '../domain/errors';
import { readBoxedFormat, readBoxedSize } from './boxed-picture';

/** The kinds of pictures that are read; AVIF and HEIC where the browser can. */
export type PictureFormat = 'PNG' | 'JPEG' | 'GIF' | 'WebP' | 'BMP' | 'AVIF' | 'HEIC';

/** What a picture's first bytes say about it. */
export interface PictureHeader {
  readonly format: PictureFormat;
  readonly width: number;
  readonly height: number;
}

/** What is accepted, in words. */
export const ACCEPTED_FORMATS = 'PNG, JPEG, GIF, WebP or BMP';

/**
 * Reads format and size from a picture's bytes without decoding it, so that a small file cannot ask for
 * gigabytes of pixels. Throws `invalid-input` with reason NOT_IMAGE, SVG_NOT_SUPPORTED,
 * FORMAT_UNSUPPORTED or IMAGE_CORRUPT.
 */
export function readPictureHeader(bytes: Uint8Array<ArrayBuffer>): PictureHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const format = sniffFormat(bytes);
  const size = readSize(format, view);
  if (!size && isOptional(format)) throw refuseFormat(format);
  if (!size) throw refuse(`This ${format} picture is damaged: it ends inside its header.`, 'IMAGE_CORRUPT');
  return { format, width: size[0], height: size[1] };
}

/** True for a format that not every browser reads. */
export function isOptional(format: PictureFormat): format is 'AVIF' | 'HEIC' {
  return format === 'AVIF' || format === 'HEIC';
}

/** A picture of a kind that this browser does not read, or none does. */
export function refuseFormat(format: 'AVIF' | 'HEIC' | 'TIFF', options?: ErrorOptions): AppError {
  return refuse(`This ${format} picture cannot be read here.`, 'FORMAT_UNSUPPORTED', options);
}

/** Width and height in pixels. */
type Size = readonly [width: number, height: number];

function readSize(format: PictureFormat, view: DataView): Size | undefined {
  switch (format) {
    case 'PNG':
      return view.byteLength < 24 ? undefined : [view.getUint32(16), view.getUint32(20)];
    case 'GIF':
      return view.byteLength < 10 ? undefined : [view.getUint16(6, true), view.getUint16(8, true)];
    case 'BMP':
      // A negative height means that the rows run from the top.
      return view.byteLength < 26 ? undefined : [view.getInt32(18, true), Math.abs(view.getInt32(22, true))];
    case 'WebP':
      return readWebpSize(view);
    case 'JPEG':
      return readJpegSize(view);
    case 'AVIF':
    case 'HEIC':
      return readBoxedSize(view);
  }
}

/** RIFF container, then a VP8 (lossy), VP8L (lossless) or VP8X (extended) chunk (RFC 9649). */
function readWebpSize(view: DataView): Size | undefined {
  if (view.byteLength < 30) return undefined;
  const chunk = textAt(view, 12, 4);
  if (chunk === 'VP8X') {
    const uint24 = (at: number) => view.getUint16(at, true) + view.getUint8(at + 2) * 65536;
    return [uint24(24) + 1, uint24(27) + 1];
  }
  if (chunk === 'VP8L') {
    const bits = view.getUint32(21, true);
    return [(bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1];
  }
  return [view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff];
}

/** Walks the segments to the first frame header (ITU-T T.81, B.2.2). */
function readJpegSize(view: DataView): Size | undefined {
  let at = 2;
  while (at + 9 <= view.byteLength) {
    if (view.getUint8(at) !== 0xff) return undefined;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    // C0 … CF are frame headers, but for the tables C4 and CC and the reserved C8.
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return [view.getUint16(at + 7), view.getUint16(at + 5)];
    const isAlone = marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
    at += isAlone ? 2 : 2 + view.getUint16(at + 2);
  }
  return undefined;
}

function sniffFormat(bytes: Uint8Array<ArrayBuffer>): PictureFormat {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = textAt(view, 0, 16);
  if (start.startsWith('\x89PNG\r\n\x1a\n')) return 'PNG';
  if (start.startsWith('\xff\xd8\xff')) return 'JPEG';
  if (start.startsWith('GIF87a') || start.startsWith('GIF89a')) return 'GIF';
  if (start.startsWith('RIFF') && start.slice(8, 12) === 'WEBP') return 'WebP';
  if (start.startsWith('BM')) return 'BMP';
  const boxed = start.slice(4, 8) === 'ftyp' ? readBoxedFormat(start.slice(8, 12)) : undefined;
  if (boxed) return boxed;
  throw refuseUnknown(view, start);
}

function refuseUnknown(view: DataView, start: string): AppError {
  if (/^\s*(?:<\?xml|<!--|<!DOCTYPE svg|<svg)/i.test(stripByteOrderMark(textAt(view, 0, 256)))) {
    return refuse('SVG drawings are not read: they can hold programs.', 'SVG_NOT_SUPPORTED');
  }
  if (start.startsWith('II*\0') || start.startsWith('MM\0*')) return refuseFormat('TIFF');
  return refuse('This file is not a picture.', 'NOT_IMAGE');
}

function stripByteOrderMark(text: string): string {
  return text.replace(/^\xef\xbb\xbf/, '');
}

/** Bytes as Latin-1 text, as far as there are any. */
function textAt(view: DataView, start: number, length: number): string {
  const end = Math.min(view.byteLength, start + length);
  let text = '';
  for (let at = start; at < end; at++) text += String.fromCharCode(view.getUint8(at));
  return text;
}

/** A picture that cannot be used, and why. */
export function refuse(message: string, reason: string, options?: ErrorOptions): AppError {
  return new AppError(
    'invalid-input',
    message,
    {
      reason,
      kept: 'Your drawing is as it was.',
      remedy: `Choose a ${ACCEPTED_FORMATS} file that shows one digit.`,
    },
    options,
  );
}
