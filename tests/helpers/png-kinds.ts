/** The kinds of PNG that browsers read and few programs write (PNG specification, third edition). */
import { concatenateBytes } from '../../src/domain/bytes';
import type { GreyImage } from '../../src/domain/raster';
import { deflate, png, uint32 } from './image-files';

type Bytes = Uint8Array<ArrayBuffer>;
type Chunk = readonly [type: string, data: Uint8Array];

const END: Chunk = ['IEND', new Uint8Array(0)];
const ADAM7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

/** 8 bits of grey, each line with the filter that `filterAt` says, and more chunks before the data. */
export async function greyPng(
  image: GreyImage,
  { filterAt = () => 0, extra = [] }: { filterAt?: (y: number) => number; extra?: readonly Chunk[] } = {},
): Promise<Bytes> {
  const lines = filterLines(image.data, image.width, 1, filterAt);
  return png(header(image, 8, 0), ...extra, ['IDAT', await deflate(lines)], END);
}

/** 8 bits each of red, green and blue; `samples` are three bytes a pixel. */
export async function colourPng(samples: Uint8Array, width: number, filterAt: (y: number) => number) {
  const size = { width, height: samples.length / width / 3 };
  const lines = filterLines(samples, width * 3, 3, filterAt);
  return png(header(size, 8, 2), ['IDAT', await deflate(lines)], END);
}

/** One bit a pixel: black, or white from the middle grey on. */
export async function bitPng(image: GreyImage): Promise<Bytes> {
  const lineBytes = Math.ceil(image.width / 8);
  const lines = new Uint8Array((lineBytes + 1) * image.height);
  image.data.forEach((level, at) => {
    const x = at % image.width;
    const y = Math.floor(at / image.width);
    if (level >= 128) lines[y * (lineBytes + 1) + 1 + (x >> 3)]! |= 0x80 >> (x & 7);
  });
  return png(header(image, 1, 0), ['IDAT', await deflate(lines)], END);
}

/** A palette of all greys, the lightest first. */
export async function palettePng(image: GreyImage): Promise<Bytes> {
  const palette = Uint8Array.from({ length: 768 }, (_, at) => 255 - Math.floor(at / 3));
  const lines = filterLines(
    image.data.map((level) => 255 - level),
    image.width,
    1,
    () => 0,
  );
  return png(header(image, 8, 3), ['PLTE', palette], ['IDAT', await deflate(lines)], END);
}

/** In seven passes. */
export async function interlacedPng({ width, height, data }: GreyImage): Promise<Bytes> {
  const passes = ADAM7.map(([left, top, right, down]) => {
    const lines: number[] = [];
    for (let y = top; y < height; y += down) {
      lines.push(0);
      for (let x = left; x < width; x += right) lines.push(data[y * width + x]!);
    }
    return Uint8Array.from(lines);
  });
  return png(header({ width, height }, 8, 0, 1), ['IDAT', await deflate(concatenateBytes(...passes))], END);
}

/** Two frames, of which the first is also the picture. */
export async function animatedPng(first: GreyImage, second: GreyImage): Promise<Bytes> {
  const data = await Promise.all(
    [first, second].map((image) => deflate(filterLines(image.data, image.width, 1, () => 0))),
  );
  const control = (sequence: number) =>
    Uint8Array.of(...[sequence, first.width, first.height, 0, 0].flatMap(uint32), 0, 10, 0, 100, 0, 0);
  return png(
    header(first, 8, 0),
    ['acTL', Uint8Array.of(...uint32(2), ...uint32(0))],
    ['fcTL', control(0)],
    ['IDAT', data[0]!],
    ['fcTL', control(1)],
    ['fdAT', concatenateBytes(Uint8Array.of(...uint32(2)), data[1]!)],
    END,
  );
}

/** Claims that the levels are linear light, which would make them lighter. */
export const LINEAR_GAMMA: Chunk = ['gAMA', Uint8Array.of(...uint32(100_000))];

/** The same claim as a colour profile of linear grey (ICC.1, sections 7.2 and 9). */
export async function linearProfile(): Promise<Chunk> {
  const name = new TextEncoder().encode('grey\0\0');
  return ['iCCP', concatenateBytes(name, await deflate(greyProfile()))];
}

function greyProfile(): Bytes {
  const text = (characters: string) => [...characters].map((character) => character.charCodeAt(0));
  const whitePoint = [...text('XYZ '), ...[0, 0xf6d6, 0x10000, 0xd32d].flatMap(uint32)];
  const curve = [...text('curv'), ...uint32(0), ...uint32(1), 1, 0, 0, 0];
  const tag = (name: string, at: number, length: number) => [...text(name), ...uint32(at), ...uint32(length)];
  const tags = [
    ...uint32(2),
    ...tag('wtpt', 156, whitePoint.length),
    ...tag('kTRC', 156 + whitePoint.length, curve.length),
  ];
  const profile = new Uint8Array(156 + whitePoint.length + curve.length);
  profile.set(uint32(profile.length), 0);
  profile.set([2, 0x10, 0, 0, ...text('mntrGRAYXYZ ')], 8);
  profile.set(text('acsp'), 36);
  profile.set([0xf6d6, 0x10000, 0xd32d].flatMap(uint32), 68);
  profile.set([...tags, ...whitePoint, ...curve], 128);
  return profile;
}

function header(
  { width, height }: Omit<GreyImage, 'data'>,
  depth: number,
  type: number,
  interlace = 0,
): Chunk {
  return ['IHDR', Uint8Array.of(...uint32(width), ...uint32(height), depth, type, 0, 0, interlace)];
}

/** Puts each line's filter in front of it and applies it (section 9.2). */
function filterLines(
  samples: Uint8Array,
  lineBytes: number,
  pixelBytes: number,
  filterAt: (y: number) => number,
): Bytes {
  const height = samples.length / lineBytes;
  const lines = new Uint8Array((lineBytes + 1) * height);
  for (let y = 0; y < height; y++) {
    const filter = filterAt(y);
    lines[y * (lineBytes + 1)] = filter;
    for (let x = 0; x < lineBytes; x++) {
      const sample = (dx: number, dy: number) =>
        x - dx < 0 || y - dy < 0 ? 0 : samples[(y - dy) * lineBytes + x - dx]!;
      const [left, above, corner] = [sample(pixelBytes, 0), sample(0, 1), sample(pixelBytes, 1)];
      const guesses = [
        0,
        left,
        above,
        (left + above) >> 1,
        nearestTo(left + above - corner, left, above, corner),
      ];
      lines[y * (lineBytes + 1) + 1 + x] = sample(0, 0) - guesses[filter]!;
    }
  }
  return lines;
}

function nearestTo(target: number, ...values: readonly number[]): number {
  return values.reduce((best, value) => (Math.abs(target - value) < Math.abs(target - best) ? value : best));
}
