/**
 * Digits written again as other hands, pens and devices would: an image is thinned to its middle line and
 * inked anew, or spoilt as cheap scanners do. What comes out is ink on a pad, not yet what a network reads.
 */
import { inkBounds } from '../../src/domain/preprocess';
import { longerSide, type GreyImage } from '../../src/domain/raster';
import { areaSample, linearSample, resample } from '../../src/domain/resample';
import { IMAGE_PIXELS, IMAGE_SIDE } from '../../src/domain/sample';
import { createInkPad, inkSegment } from '../../src/domain/strokes';

/** The width of the pad's usual pen, in squares. */
const PEN_WIDTH = 2;
/** The size of a digit on the pad, in squares along its longer side, and the room to the pad's edge. */
const DIGIT_SIZE = 20;
const EDGE = 0.5;
/** Pixels per square: of the image that is thinned, and of the pad. */
const THINNING_SCALE = 3;
const PAD_SCALE = 4;
/** Ink from this strength on belongs to the shape. */
const SHAPE_INK = 112;

/** How a digit is written again. */
export interface Hand {
  /** The pen's width, in widths of the pad's usual pen. */
  readonly pen?: number;
  /** The digit's size, in parts of the usual one. */
  readonly size?: number;
  /** Degrees by which it leans to the right. */
  readonly slant?: number;
  /** Where it lies: 0 at the left or at the top, 1 at the other end. */
  readonly place?: readonly [x: number, y: number];
}

/** A way to make another image of a digit, [28, 28] bytes. */
export interface Redrawing {
  readonly name: string;
  readonly draw: (pixels: Uint8Array) => GreyImage;
}

/** Other pens, sizes, places and slants. */
export const OTHER_HANDS: readonly Redrawing[] = [
  hand('usual pen', {}),
  hand('pen × 0.5', { pen: 0.5 }),
  hand('pen × 1.5', { pen: 1.5 }),
  hand('pen × 2', { pen: 2 }),
  hand('pen × 3', { pen: 3 }),
  hand('half as large, upper left corner', { size: 0.5, place: [0, 0] }),
  hand('half as large, lower right corner, pen × 0.5', { size: 0.5, pen: 0.5, place: [1, 1] }),
  hand('20° to the right', { slant: 20 }),
  hand('20° to the left', { slant: -20 }),
];

/** What cheap devices make of a digit. */
export const OTHER_DEVICES: readonly Redrawing[] = [
  { name: 'blurred', draw: (pixels) => blur(blur(asImage(pixels))) },
  { name: 'black and white', draw: (pixels) => blackAndWhite(pixels) },
  { name: '10 × 10 pixels', draw: (pixels) => shrink(asImage(pixels), 10) },
];

function hand(name: string, how: Hand): Redrawing {
  return { name, draw: (pixels) => redraw(pixels, how) };
}

/** Writes a digit, [28, 28] bytes, again. */
export function redraw(
  pixels: Uint8Array,
  { pen = 1, size = 1, slant = 0, place = [0.5, 0.5] }: Hand,
): GreyImage {
  const width = pen * PEN_WIDTH;
  const { side, points } = middleLine(pixels);
  const lean = Math.tan((slant * Math.PI) / 180);
  const leaning = points.map(({ x, y }) => ({ x: x - lean * y, y }));
  const lefts = leaning.map(({ x }) => x);
  const tops = leaning.map(({ y }) => y);
  const [left, top] = [Math.min(...lefts), Math.min(...tops)];
  const [across, down] = [Math.max(...lefts) - left, Math.max(...tops) - top];
  const room = IMAGE_SIDE - width - 2 * EDGE;
  const longest = Math.max(across, down, 1e-6);
  const scale = Math.min((size * DIGIT_SIZE) / side, room / longest);
  const at = (index: number) => ({
    x: EDGE + width / 2 + place[0] * (room - scale * across) + scale * (leaning[index]!.x - left),
    y: EDGE + width / 2 + place[1] * (room - scale * down) + scale * (leaning[index]!.y - top),
    width,
  });
  const pad = createInkPad(IMAGE_SIDE, PAD_SCALE);
  points.forEach(({ next }, index) => {
    const from = at(index);
    if (next.length === 0) inkSegment(pad, from, from);
    for (const neighbour of next) inkSegment(pad, from, at(neighbour));
  });
  return pad;
}

/** A place of a middle line, and the places after it that it is joined to. */
interface LinePoint {
  readonly x: number;
  readonly y: number;
  readonly next: readonly number[];
}

/** Where the line's neighbours are looked for: right, then the row below. */
const FORWARD = [
  [1, 0],
  [-1, 1],
  [0, 1],
  [1, 1],
] as const;

/** A shape's middle line; `side` is the shape's longer side in the line's unit. */
interface MiddleLine {
  readonly side: number;
  readonly points: readonly LinePoint[];
}

/** Thinning takes longest, and the same digit is written again by many hands. */
const middleLines = new WeakMap<Uint8Array, MiddleLine>();

function middleLine(pixels: Uint8Array): MiddleLine {
  const known = middleLines.get(pixels) ?? findMiddleLine(pixels);
  middleLines.set(pixels, known);
  return known;
}

function findMiddleLine(pixels: Uint8Array): MiddleLine {
  const shape = enlarge(asImage(pixels), THINNING_SCALE);
  const strength = Math.min(SHAPE_INK, Math.max(...shape.data));
  const side = longerSide(inkBounds(shape, strength)!);
  const ink = thin(shape, strength);
  const indices = new Map<number, number>();
  ink.forEach((isInk, at) => {
    if (isInk) indices.set(at, indices.size);
  });
  const points = [...indices.keys()].map((at) => ({
    x: at % shape.width,
    y: Math.floor(at / shape.width),
    next: FORWARD.flatMap(([dx, dy]) => indices.get(at + dx + dy * shape.width) ?? []),
  }));
  return { side, points };
}

/**
 * Thins a shape to lines one pixel wide, which hold together as it did (Zhang and Suen, 1984,
 * doi:10.1145/357994.358023). Nothing may lie on the image's border.
 */
function thin({ width, height, data }: GreyImage, strength: number): Uint8Array {
  const ink = Uint8Array.from(data, (value) => Number(value >= strength));
  for (let at = 0; at < ink.length; at++) {
    const [x, y] = [at % width, Math.floor(at / width)];
    if (x === 0 || y === 0 || x === width - 1 || y === height - 1) ink[at] = 0;
  }
  let last = [...ink.keys()].filter((at) => ink[at] === 1);
  for (;;) {
    const before = last.length;
    for (const pass of [0, 1]) {
      const gone = last.filter((at) => isOuter(ink, at, width, pass));
      for (const at of gone) ink[at] = 0;
      last = last.filter((at) => ink[at] === 1);
    }
    if (last.length === before) return ink;
  }
}

/** Whether a pixel may go: it lies on the edge of the shape and nothing comes apart without it. */
function isOuter(ink: Uint8Array, at: number, width: number, pass: number): boolean {
  const [n, ne, e, se] = [ink[at - width]!, ink[at - width + 1]!, ink[at + 1]!, ink[at + width + 1]!];
  const [s, sw, w, nw] = [ink[at + width]!, ink[at + width - 1]!, ink[at - 1]!, ink[at - width - 1]!];
  const count = n + ne + e + se + s + sw + w + nw;
  if (count < 2 || count > 6) return false;
  const rises =
    Number(n < ne) +
    Number(ne < e) +
    Number(e < se) +
    Number(se < s) +
    Number(s < sw) +
    Number(sw < w) +
    Number(w < nw) +
    Number(nw < n);
  if (rises !== 1) return false;
  return pass === 0 ? n * e * s === 0 && e * s * w === 0 : n * e * w === 0 && n * s * w === 0;
}

function asImage(pixels: Uint8Array): GreyImage {
  return { width: IMAGE_SIDE, height: IMAGE_SIDE, data: pixels };
}

function enlarge(image: GreyImage, times: number): GreyImage {
  const samples = Array.from({ length: IMAGE_SIDE * times }, (_, at) =>
    linearSample((at + 0.5) / times, IMAGE_SIDE),
  );
  return resample(image, samples, samples);
}

function shrink(image: GreyImage, side: number): GreyImage {
  const cell = IMAGE_SIDE / side;
  const samples = Array.from({ length: side }, (_, at) => areaSample(at * cell, (at + 1) * cell, IMAGE_SIDE));
  return resample(image, samples, samples);
}

/** Each pixel with its neighbours, 1 2 1 along both axes. */
function blur(image: GreyImage): GreyImage {
  const data = new Uint8Array(IMAGE_PIXELS);
  const at = (x: number, y: number) =>
    x < 0 || y < 0 || x >= IMAGE_SIDE || y >= IMAGE_SIDE ? 0 : image.data[y * IMAGE_SIDE + x]!;
  const row = (x: number, y: number) => at(x - 1, y) + 2 * at(x, y) + at(x + 1, y);
  for (let y = 0; y < IMAGE_SIDE; y++) {
    for (let x = 0; x < IMAGE_SIDE; x++) {
      data[y * IMAGE_SIDE + x] = (row(x, y - 1) + 2 * row(x, y) + row(x, y + 1) + 8) >> 4;
    }
  }
  return { ...image, data };
}

function blackAndWhite(pixels: Uint8Array): GreyImage {
  return asImage(pixels.map((ink) => (ink >= 128 ? 255 : 0)));
}
