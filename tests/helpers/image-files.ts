/** Picture files that tests make, byte by byte where no browser would write them. */
import { crc32 } from '../../src/domain/crc32';
import type { Raster } from '../../src/domain/raster';

/** A picture as a file, written by the browser. */
export async function encode({ width, height, data }: Raster, type = 'image/png'): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height);
  const pixels = new ImageData(Uint8ClampedArray.from(data), width, height);
  canvas.getContext('2d')!.putImageData(pixels, 0, 0);
  return canvas.convertToBlob({ type, quality: 0.95 });
}

/** A PNG made of the given chunks, CRCs included (PNG specification, section 5). */
export function png(
  ...chunks: readonly (readonly [type: string, data: Uint8Array])[]
): Uint8Array<ArrayBuffer> {
  const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
  const parts = chunks.map(([type, data]) => {
    const body = Uint8Array.of(...new TextEncoder().encode(type), ...data);
    return Uint8Array.of(...uint32(data.length), ...body, ...uint32(crc32(body)));
  });
  return Uint8Array.of(...signature, ...parts.flatMap((part) => [...part]));
}

/** A PNG that claims a size and holds not a single pixel. */
export function hollowPng(width: number, height: number): Blob {
  const header = Uint8Array.of(...uint32(width), ...uint32(height), 8, 0, 0, 0, 0);
  return new Blob([png(['IHDR', header], ['IEND', new Uint8Array(0)])]);
}

/** A PNG of 16 bits a pixel: the left half black, the right half white. */
export async function png16(side: number): Promise<Blob> {
  const row = [0, ...Array.from({ length: side }, (_, x) => (x < side / 2 ? [0, 0] : [255, 255])).flat()];
  const raw = Uint8Array.from(Array.from({ length: side }, () => row).flat());
  const header = Uint8Array.of(...uint32(side), ...uint32(side), 16, 0, 0, 0, 0);
  const data = await deflate(raw);
  return new Blob([png(['IHDR', header], ['IDAT', data], ['IEND', new Uint8Array(0)])]);
}

/** A JPEG with an EXIF orientation, 1 … 8, put right behind its first marker (EXIF 2.3, 4.6.4). */
export async function withOrientation(jpeg: Blob, orientation: number): Promise<Blob> {
  const bytes = new Uint8Array(await jpeg.arrayBuffer());
  const directory = [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0];
  const tiff = [0, 42, 0, 0, 0, 8, 0, 1].concat(directory, [0, 0, 0, 0]);
  const head = new TextEncoder().encode('Exif\0\0MM');
  const length = head.length + tiff.length + 2;
  const segment = Uint8Array.of(0xff, 0xe1, length >> 8, length & 0xff, ...head, ...tiff);
  return new Blob([bytes.slice(0, 2), segment, bytes.slice(2)], { type: 'image/jpeg' });
}

/** The picture that, shown with an orientation, looks like the given one (EXIF's table, turned round). */
export function unorient({ width, height, data }: Raster, orientation: number): Raster {
  const isTurned = orientation >= 5;
  const [storedWidth, storedHeight] = isTurned ? [height, width] : [width, height];
  const stored = new Uint8ClampedArray(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [sx, sy] = storedPlace(orientation, x, y, width, height);
      const from = (y * width + x) * 4;
      stored.set(data.slice(from, from + 4), (sy * storedWidth + sx) * 4);
    }
  }
  return { width: storedWidth, height: storedHeight, data: stored };
}

function storedPlace(orientation: number, x: number, y: number, width: number, height: number) {
  const right = width - 1 - x;
  const below = height - 1 - y;
  const places = [
    [x, y],
    [right, y],
    [right, below],
    [x, below],
    [y, x],
    [y, right],
    [below, right],
    [below, x],
  ] as const;
  return places[orientation - 1]!;
}

/** A number in four bytes, the highest first. */
export function uint32(value: number): readonly number[] {
  return [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
}

/** Bytes packed as a PNG's data are. */
export async function deflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
