/**
 * The benchmark of drawn digits: what people draw on the pad, which is not what MNIST's forms hold. Recorded
 * strokes are replayed by other hands, with every pen and device, small and large, slanted, in all corners,
 * and inked, found and scaled by the code that reads a real drawing. Fixed for ever, and never learned from.
 */
import { curveThrough, type Path, type Point } from './curve';
import { HANDS } from './drawn-hands';
import { createRandom, mixSeed, type Random } from './random';
import { CLASS_COUNT, IMAGE_PIXELS, IMAGE_SIDE, type SampleBlock } from './sample';
import { segmentDigits } from './segment-digits';
import { inkStrokes, pressedWidth, type Stroke } from './strokes';

/** Digits in it. */
export const DRAWN_COUNT = 500;

const SEED = 20_260;
/** The height of the grid that recordings are written on, and its middle. */
const GRID = 100;
const MIDDLE = { x: 47, y: 50 };

/** How drawings on a pad differ. Lengths are in squares of the pad, angles in degrees. */
const PAD = {
  /** The app's own pens. */
  pens: [1.4, 2, 2.8],
  devices: ['mouse', 'finger', 'pen'],
  /** Smaller than this, or than so many widths of the pen, nobody could read it either. */
  smallest: 7,
  smallestPens: 5,
  largest: 25,
  slant: 20,
  turn: 6,
  /** How much wider or narrower, as the deviation of its logarithm. */
  stretch: 0.1,
  /** How far points tremble, as a share of the height. */
  tremor: { mouse: 0.012, finger: 0.008, pen: 0.004 },
  /** Squares between two points that the device saw, at least and at most: the pen's speed. */
  closest: 0.4,
  farthest: 2.5,
  /** The share of drawings that begin in a corner of the pad. */
  corners: 0.4,
} as const;

type Device = (typeof PAD.devices)[number];

/** A digit as it was drawn. */
export interface DrawnDigit {
  readonly label: number;
  /** Whose hand it is. */
  readonly hand: string;
  readonly device: Device;
  /** In squares; what a pen is pressed comes on top. */
  readonly penWidth: number;
  readonly strokes: readonly Stroke[];
}

/** Digit number `index` of the benchmark: a pure function. */
export function drawDigit(index: number): DrawnDigit {
  const random = createRandom(mixSeed(SEED, index));
  const label = index % CLASS_COUNT;
  const hand = HANDS[Math.floor(index / CLASS_COUNT) % HANDS.length]!;
  const device = random.pick(PAD.devices);
  const penWidth = random.pick(PAD.pens);
  const size = random.uniform(Math.max(PAD.smallest, PAD.smallestPens * penWidth), PAD.largest - penWidth);
  const step = (random.uniform(PAD.closest, PAD.farthest) / size) * GRID;
  const write = writer(size, device, random);
  const paths = hand.drawings[label]!.map((points) => curveThrough(points, step).map(write));
  const placed = placeOnPad(paths, penWidth, random);
  const strokes = placed.map((path) => press(path, penWidth, device, random));
  return { label, hand: hand.name, device, penWidth, strokes };
}

/** The whole benchmark as labelled images. The same bytes on every device. */
export function drawnBenchmark(count = DRAWN_COUNT): SampleBlock {
  const block = { pixels: new Uint8Array(count * IMAGE_PIXELS), labels: new Uint8Array(count) };
  for (let index = 0; index < count; index++) {
    const { label, strokes } = drawDigit(index);
    // Where it was taken for several digits, the first one is what the page would show first.
    const [first] = segmentDigits(inkStrokes(strokes)).digits;
    if (first) block.pixels.set(first.pixels, index * IMAGE_PIXELS);
    block.labels[index] = label;
  }
  return block;
}

/** What a hand does to each point of a recording: from the grid to squares, about the digit's middle. */
function writer(size: number, device: Device, random: Random): (point: Point) => Point {
  const scale = size / GRID;
  const lean = Math.tan(radians(random.uniform(-PAD.slant, PAD.slant)));
  const turn = radians(random.uniform(-PAD.turn, PAD.turn));
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const stretch = Math.exp(random.normal(PAD.stretch));
  const tremor = PAD.tremor[device] * size;
  return ({ x, y }) => {
    const down = (y - MIDDLE.y) * scale;
    const right = (x - MIDDLE.x) * scale * stretch - lean * down;
    return {
      x: cos * right - sin * down + random.normal(tremor),
      y: sin * right + cos * down + random.normal(tremor),
    };
  };
}

/** Moves a drawing to somewhere on the pad, often into a corner; one that has no room becomes smaller. */
function placeOnPad(paths: readonly Path[], penWidth: number, random: Random): readonly Path[] {
  const points = paths.flat();
  const [left, width] = extent(points.map(({ x }) => x));
  const [top, height] = extent(points.map(({ y }) => y));
  const room = IMAGE_SIDE - penWidth;
  const scale = Math.min(1, room / Math.max(width, height));
  const isCorner = random.next() < PAD.corners;
  const place = (length: number) => {
    const share = isCorner ? random.integer(2) : random.next();
    return penWidth / 2 + share * (room - scale * length);
  };
  const [startX, startY] = [place(width), place(height)];
  return paths.map((path) =>
    path.map(({ x, y }) => ({ x: startX + scale * (x - left), y: startY + scale * (y - top) })),
  );
}

/** The least of some numbers, and how far the greatest is from it. */
function extent(values: readonly number[]): readonly [number, number] {
  const least = Math.min(...values);
  return [least, Math.max(...values) - least];
}

/** A path as the device tells it: only a pen knows how hard it is pressed. */
function press(path: Path, penWidth: number, device: Device, random: Random): Stroke {
  return path.map(({ x, y }, at) => {
    if (device !== 'pen') return { x, y, width: penWidth };
    const swell = Math.sin((Math.PI * (at + 0.5)) / path.length);
    const pressure = Math.min(1, Math.max(0.05, 0.25 + 0.35 * swell + random.normal(0.05)));
    return { x, y, width: pressedWidth(penWidth, pressure) };
  });
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
