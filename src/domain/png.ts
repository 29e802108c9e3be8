/**
 * Images as PNG files (PNG specification, 2nd edition). The bytes are written as they are, 0 = paper = black
 * and 255 = ink = white, as in the PNG folders of MNIST that go around: what is read back is the same.
 */
import { concatenateBytes } from './bytes';
import { crc32 } from './crc32';
import { deflateRuns } from './deflate-runs';
import { IMAGE_SIDE } from './sample';

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
/** Eight bits of grey, deflate, no interlacing. */
const FORMAT = [8, 0, 0, 0, 0];
const HEAD = concatenateBytes(
  SIGNATURE,
  chunk('IHDR', Uint8Array.of(...uint32(IMAGE_SIDE), ...uint32(IMAGE_SIDE), ...FORMAT)),
);
const END = chunk('IEND', new Uint8Array(0));

/** A PNG file of an image, [28, 28] bytes: 8 bits of grey. The same image gives the same bytes. */
export function encodeGreyPng(pixels: Uint8Array): Uint8Array<ArrayBuffer> {
  return concatenateBytes(HEAD, chunk('IDAT', toZlib(toScanlines(pixels))), END);
}

/** Each row behind the number of its filter: 0, none. */
function toScanlines(pixels: Uint8Array): Uint8Array {
  const lines = new Uint8Array(IMAGE_SIDE * (1 + IMAGE_SIDE));
  for (let y = 0; y < IMAGE_SIDE; y++) {
    lines.set(pixels.subarray(y * IMAGE_SIDE, (y + 1) * IMAGE_SIDE), y * (1 + IMAGE_SIDE) + 1);
  }
  return lines;
}

/** A zlib stream with the lowest of its levels of compression (RFC 1950, section 2.2). */
function toZlib(bytes: Uint8Array): Uint8Array {
  return concatenateBytes(
    Uint8Array.of(0x78, 0x01),
    deflateRuns(bytes),
    Uint8Array.from(uint32(adler32(bytes))),
  );
}

/** RFC 1950, section 9. Up to 5,552 bytes, the sums stay below 2³² without a division in between. */
function adler32(bytes: Uint8Array): number {
  let a = 1;
  let b = 0;
  for (let at = 0; at < bytes.length; at++) {
    a += bytes[at]!;
    b += a;
  }
  return (((b % 65521) << 16) | (a % 65521)) >>> 0;
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const body = concatenateBytes(
    Uint8Array.from(type, (_, at) => type.charCodeAt(at)),
    data,
  );
  return concatenateBytes(Uint8Array.from(uint32(data.length)), body, Uint8Array.from(uint32(crc32(body))));
}

/** Four bytes, the highest first. */
function uint32(value: number): number[] {
  return [value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff];
}
