/** Paths on paper, and the paper scanned: ink of a pen whose width and pressure differ. */
import type { Path, Point } from './curve';
import { DIGIT_SIDE } from './preprocess';
import type { Random } from './random';
import { createInkPad, inkStroke, type InkPad, type Stroke } from './strokes';

/** The paper around a digit, in squares of the pad. */
const MARGIN = 1;
/** Ink from this strength on is black to the scanner, the rest is white. */
const SCANNER_LEVEL = 128;

/** How pens, hands and scanners differ. Deviations are standard deviations, lengths in squares. */
const PEN = {
  /** The width of the middling pen, and the deviation of its logarithm. */
  width: 2.4,
  widthSpread: 0.26,
  thinnest: 1.2,
  thickest: 5,
  /** How much thicker or thinner the line becomes along a stroke, in parts, and in how many waves. */
  swell: 0.12,
  fewestWaves: 0.3,
  mostWaves: 1.5,
  /** How rough the line is: how much the width differs from point to point, in parts. */
  roughness: 0.08,
  /** What remains of the width where the pressure is least, in parts. */
  faintest: 0.5,
  /** Pixels of the scanner per square. */
  coarsestScan: 1.3,
  finestScan: 2.3,
} as const;

/**
 * Inks the strokes of one digit on a pad that they fill, as the scanner sees it: pixels are 0 or 255.
 * The paths may be of any size.
 */
export function inkPaths(paths: readonly Path[], random: Random): InkPad {
  const pen = PEN.width * Math.exp(random.normal(PEN.widthSpread));
  const width = Math.min(PEN.thickest, Math.max(PEN.thinnest, pen));
  const place = fitToPad(paths, width);
  const pad = createInkPad(DIGIT_SIDE + 2 * MARGIN, random.uniform(PEN.coarsestScan, PEN.finestScan));
  for (const path of paths) inkStroke(pad, pressPen(path.map(place), width, random));
  scan(pad);
  return pad;
}

/** A function that moves and scales points so that their lines fill the pad up to its margin. */
function fitToPad(paths: readonly Path[], penWidth: number): (point: Point) => Point {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { x, y } of paths.flat()) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  const scale = (DIGIT_SIDE - penWidth) / Math.max(right - left, bottom - top);
  const start = MARGIN + penWidth / 2;
  return ({ x, y }) => ({ x: start + scale * (x - left), y: start + scale * (y - top) });
}

/** A stroke along a path. Its width changes slowly with the hand's pressure, and roughly with the paper. */
function pressPen(path: Path, width: number, random: Random): Stroke {
  const swell = random.normal(PEN.swell);
  const waves = random.uniform(PEN.fewestWaves, PEN.mostWaves);
  const phase = random.uniform(0, 2 * Math.PI);
  return path.map(({ x, y }, at) => {
    const pressure = 1 + swell * Math.sin((2 * Math.PI * waves * at) / path.length + phase);
    return { x, y, width: width * Math.max(PEN.faintest, pressure + random.normal(PEN.roughness)) };
  });
}

/** Black or white, as the forms were scanned that MNIST comes from. */
function scan({ data }: InkPad): void {
  for (let pixel = 0; pixel < data.length; pixel++) data[pixel] = data[pixel]! >= SCANNER_LEVEL ? 255 : 0;
}
