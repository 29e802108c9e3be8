/** Pictures that no browser writes: animations, and a JPEG in printers' colours. */
import { concatenateBytes } from '../../src/domain/bytes';
import type { GreyImage, Raster } from '../../src/domain/raster';
import { encode } from './image-files';

type Bytes = Uint8Array<ArrayBuffer>;

const text = (characters: string): Bytes =>
  Uint8Array.from(characters, (character) => character.charCodeAt(0));
const uint16 = (value: number) => [value & 255, value >> 8];
const uint24 = (value: number) => [...uint16(value & 0xffff), value >> 16];

/** A GIF of these frames, in 128 greys (GIF89a). The codes stay so short that none is longer than a byte. */
export function gif(...frames: readonly GreyImage[]): Bytes {
  const { width, height } = frames[0]!;
  const palette = Array.from({ length: 128 }, (_, index) => Array(3).fill(greyOf(index)) as number[]).flat();
  const size = [...uint16(width), ...uint16(height)];
  const pictures = frames.flatMap((frame) => [
    Uint8Array.of(0x21, 0xf9, 4, 0, ...uint16(10), 0, 0),
    Uint8Array.of(0x2c, 0, 0, 0, 0, ...size, 0, 7),
    blocks(gifCodes(frame)),
  ]);
  const screen = Uint8Array.of(...size, 0xf6, 0, 0);
  return concatenateBytes(text('GIF89a'), screen, Uint8Array.from(palette), ...pictures, Uint8Array.of(0x3b));
}

const greyOf = (index: number) => (index === 127 ? 255 : index * 2);

/** One code a pixel; the table is cleared before its codes would need nine bits. */
function gifCodes({ data }: GreyImage): number[] {
  const codes: number[] = [];
  data.forEach((level, at) => {
    if (at % 100 === 0) codes.push(128);
    codes.push(level >> 1);
  });
  return [...codes, 129];
}

function blocks(bytes: readonly number[]): Bytes {
  const parts: number[] = [];
  for (let at = 0; at < bytes.length; at += 255) {
    const block = bytes.slice(at, at + 255);
    parts.push(block.length, ...block);
  }
  return Uint8Array.of(...parts, 0);
}

/** A WebP of these frames, each as the browser writes it (RFC 9649, section 2.7). */
export async function animatedWebp(...frames: readonly Raster[]): Promise<Bytes> {
  const { width, height } = frames[0]!;
  const size = [...uint24(width - 1), ...uint24(height - 1)];
  const pictures = await Promise.all(
    frames.map(async (frame) => {
      const picture = await webpPicture(frame);
      return chunk(
        'ANMF',
        concatenateBytes(Uint8Array.of(...uint24(0), ...uint24(0), ...size, 100, 0, 0, 0), picture),
      );
    }),
  );
  const body = concatenateBytes(
    text('WEBP'),
    chunk('VP8X', Uint8Array.of(2, 0, 0, 0, ...size)),
    chunk('ANIM', Uint8Array.of(255, 255, 255, 255, 0, 0)),
    ...pictures,
  );
  return chunk('RIFF', body);
}

function chunk(type: string, data: Bytes): Bytes {
  const length = Uint8Array.of(...uint16(data.length & 0xffff), ...uint16(data.length >>> 16));
  return concatenateBytes(text(type), length, data, new Uint8Array(data.length % 2));
}

/** The chunk with a picture's data out of the browser's file. */
async function webpPicture(frame: Raster): Promise<Bytes> {
  const bytes = new Uint8Array(await (await encode(frame, 'image/webp')).arrayBuffer());
  const view = new DataView(bytes.buffer);
  let at = 12;
  while (!['VP8 ', 'VP8L'].includes(String.fromCharCode(...bytes.slice(at, at + 4)))) {
    at += 8 + view.getUint32(at + 4, true) + (view.getUint32(at + 4, true) % 2);
  }
  return bytes.slice(at, at + 8 + view.getUint32(at + 4, true) + (view.getUint32(at + 4, true) % 2));
}

/**
 * A JPEG in cyan, magenta, yellow and black as Adobe writes it, inverted (ITU-T T.81, annex B). Each pixel
 * of the image, dark or light, becomes a flat block of 8 × 8.
 */
export function cmykJpeg({ width, height, data }: GreyImage): Bytes {
  const segment = (marker: number, ...content: readonly number[]) => {
    const length = content.length + 2;
    return Uint8Array.of(0xff, marker, length >> 8, length & 255, ...content);
  };
  const high16 = (value: number) => [value >> 8, value & 255];
  const components = [1, 2, 3, 4];
  return concatenateBytes(
    Uint8Array.of(0xff, 0xd8),
    segment(0xee, ...text('Adobe'), 0, 100, 0, 0, 0, 0, 0),
    segment(0xdb, 0, ...Array<number>(64).fill(8)),
    segment(
      0xc0,
      8,
      ...high16(height * 8),
      ...high16(width * 8),
      4,
      ...components.flatMap((id) => [id, 0x11, 0]),
    ),
    // Differences of twelve sizes in codes of four bits; of the other coefficients only "no more".
    segment(
      0xc4,
      0x00,
      0,
      0,
      0,
      12,
      ...Array<number>(12).fill(0),
      ...Array.from({ length: 12 }, (_, size) => size),
    ),
    segment(0xc4, 0x10, 1, ...Array<number>(15).fill(0), 0),
    segment(0xda, 4, ...components.flatMap((id) => [id, 0]), 0, 63, 0),
    cmykScan(data),
    Uint8Array.of(0xff, 0xd9),
  );
}

/** Grey is in the fourth colour alone; the other three are left out, which is full light: inverted, 255. */
function cmykScan(levels: Uint8Array): Bytes {
  const before = [0, 0, 0, 0];
  let bits = '';
  for (const level of levels) {
    [255, 255, 255, level].forEach((value, component) => {
      const average = value - 128;
      bits += differenceBits(average - before[component]!) + '0';
      before[component] = average;
    });
  }
  const padded = bits.padEnd(Math.ceil(bits.length / 8) * 8, '1');
  const bytes = padded.match(/.{8}/g)!.map((byte) => parseInt(byte, 2));
  return Uint8Array.from(bytes.flatMap((byte) => (byte === 255 ? [255, 0] : [byte])));
}

/** The size in four bits, then the difference in as many; a negative one less one (T.81, F.1.2.1). */
function differenceBits(difference: number): string {
  const size = Math.abs(difference).toString(2).length * Math.sign(Math.abs(difference));
  const value = difference < 0 ? difference + 2 ** size - 1 : difference;
  return size.toString(2).padStart(4, '0') + (size === 0 ? '' : value.toString(2).padStart(size, '0'));
}
