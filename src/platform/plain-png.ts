/**
 * Reads the PNGs that data sets are made of without the browser, which takes ten times as long for each:
 * small, 8 bits of grey or colour, in one pass, with nothing that could change a pixel. Whatever is not
 * exactly that is left to the browser, errors included.
 */
import { concatenateBytes } from '../domain/bytes';
import { crc32 } from '../domain/crc32';
import type { Raster } from '../domain/raster';
import type { PictureHeader } from './image-header';
import { inflate } from './inflate';
import { unfilter } from './png-filters';

/** Pictures of more pixels than this, or longer files, are left to the browser. */
const MOST_PIXELS = 128 * 128;
const MOST_BYTES = 64 * 1024;
/** Chunks that change no pixel: text, time, and how large the picture is meant to be shown. */
const HARMLESS = new Set(['tEXt', 'zTXt', 'iTXt', 'tIME', 'pHYs']);
/** Bytes of a pixel by colour type: grey, and red, green and blue. */
const CHANNELS: Readonly<Record<number, 1 | 3>> = { 0: 1, 2: 3 };
const SIGNATURE_BYTES = 8;
const HEADER_BYTES = 13;

/** The picture, or undefined where the browser must read it. */
export async function readPlainPng(
  bytes: Uint8Array<ArrayBuffer>,
  { format, width, height }: PictureHeader,
): Promise<Raster | undefined> {
  const isSmall = width * height <= MOST_PIXELS && bytes.length <= MOST_BYTES;
  if (format !== 'PNG' || !isSmall) return undefined;
  const chunks = readChunks(bytes);
  const channels = chunks && channelsOf(chunks[0]!.data);
  if (!channels) return undefined;
  const packed = concatenateBytes(...chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data));
  const length = (width * channels + 1) * height;
  const lines = await inflate(packed, 'deflate', length);
  if (typeof lines === 'string' || lines.length !== length) return undefined;
  const samples = unfilter(lines, width * channels, channels);
  return samples && { width, height, data: toRgba(samples, channels) };
}

interface Chunk {
  readonly type: string;
  readonly data: Uint8Array<ArrayBuffer>;
}

/** All chunks, or undefined where one is not known to be harmless, is damaged, or is out of place. */
function readChunks(bytes: Uint8Array<ArrayBuffer>): readonly Chunk[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: Chunk[] = [];
  let at = SIGNATURE_BYTES;
  while (at + 12 <= bytes.length && chunks.at(-1)?.type !== 'IEND') {
    const end = at + 8 + view.getUint32(at);
    if (end + 4 > bytes.length || crc32(bytes.subarray(at + 4, end)) !== view.getUint32(end))
      return undefined;
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    chunks.push({ type, data: bytes.subarray(at + 8, end) });
    at = end + 4;
  }
  return isPlainOrder(chunks.map(({ type }) => type)) ? chunks : undefined;
}

/** A header, harmless chunks, the data in one row, harmless chunks, the end. */
function isPlainOrder(types: readonly string[]): boolean {
  const essential = types.filter((type) => !HARMLESS.has(type)).join(' ');
  const dataSpan = types.slice(types.indexOf('IDAT'), types.lastIndexOf('IDAT') + 1);
  return (
    types[0] === 'IHDR' &&
    types.at(-1) === 'IEND' &&
    /^IHDR(?: IDAT)+ IEND$/.test(essential) &&
    dataSpan.every((type) => type === 'IDAT')
  );
}

/** Bytes of a pixel, or undefined for a header that is not of the plain kind. */
function channelsOf(header: Uint8Array): 1 | 3 | undefined {
  const [depth, colourType, compression, filter, interlace] = header.subarray(8);
  const isPlain = depth === 8 && compression === 0 && filter === 0 && interlace === 0;
  return header.length === HEADER_BYTES && isPlain ? CHANNELS[colourType!] : undefined;
}

function toRgba(samples: Uint8Array, channels: 1 | 3): Uint8Array {
  const data = new Uint8Array((samples.length / channels) * 4).fill(255);
  for (let pixel = 0; pixel * channels < samples.length; pixel++) {
    for (let channel = 0; channel < 3; channel++) {
      data[pixel * 4 + channel] = samples[pixel * channels + (channels === 1 ? 0 : channel)]!;
    }
  }
  return data;
}
