/** Digits that nobody wrote: an endless stream of handwriting, made from skeletons and chance. */
import { curveThrough, roundTurns, type ControlPoint, type Path, type Point } from './curve';
import { ALLOGRAPHS, type Allograph, type Drawing } from './digit-skeletons';
import { DIGIT_SIDE, inkToPixels } from './preprocess';
import { createRandom, mixSeed, type Random } from './random';
import { CLASS_COUNT, IMAGE_PIXELS, type SampleBlock } from './sample';
import { createInkPad, inkStroke, type InkPad, type Stroke } from './strokes';

const STEP = 5;
const MARGIN = 1;

/** The digit number `index` of the endless stream that `seed` names: a pure function. */
export function generateDigit(
  seed: number,
  index: number,
): { label: number; pixels: Uint8Array<ArrayBuffer> } {
  const random = createRandom(mixSeed(seed, index));
  const label = random.integer(CLASS_COUNT);
  const pixels = inkToPixels(inkDigit(writeDigit(label, random), random));
  return { label, pixels: pixels ?? new Uint8Array(IMAGE_PIXELS) };
}

/** `count` digits of the stream from number `first` on. */
export function generateDigits(seed: number, first: number, count: number): SampleBlock {
  const pixels = new Uint8Array(count * IMAGE_PIXELS);
  const labels = new Uint8Array(count);
  for (let row = 0; row < count; row++) {
    const digit = generateDigit(seed, first + row);
    pixels.set(digit.pixels, row * IMAGE_PIXELS);
    labels[row] = digit.label;
  }
  return { pixels, labels };
}

function writeDigit(label: number, random: Random): readonly Path[] {
  const drawing = mixDrawings(pickAllograph(ALLOGRAPHS[label]!, random).drawings, random);
  const sloppiness = 4.5 * Math.exp(random.normal(0.4));
  const share = random.uniform(0, 0.9);
  const times = random.integer(4);
  const bend = createBend(random);
  const tremor = 0.25 * Math.exp(random.normal(0.5));
  return drawing.map((stroke) => {
    const path = roundTurns(curveThrough(disturb(stroke, sloppiness, random), STEP), share, times);
    return path.map((point) => {
      const bent = bend(point);
      return { x: bent.x + random.normal(tremor), y: bent.y + random.normal(tremor) };
    });
  });
}

function pickAllograph(allographs: readonly Allograph[], random: Random): Allograph {
  const total = allographs.reduce((sum, { share }) => sum + share, 0);
  let left = random.uniform(0, total);
  return allographs.find(({ share }) => (left -= share) < 0) ?? random.pick(allographs);
}

function mixDrawings(drawings: readonly Drawing[], random: Random): Drawing {
  const raw = drawings.map(() => (-Math.log(1 - random.next())) ** 2.2);
  const sum = raw.reduce((a, b) => a + b, 0);
  const weights = raw.map((w) => 1.15 * (w / sum - 1 / drawings.length) + 1 / drawings.length);
  return drawings[0]!.map((stroke, s) =>
    stroke.map(({ isCorner }, p) => {
      let x = 0;
      let y = 0;
      drawings.forEach((drawing, d) => {
        const point = drawing[s]![p]!;
        x += weights[d]! * point.x;
        y += weights[d]! * point.y;
      });
      return { x, y, isCorner };
    }),
  );
}

function disturb(stroke: readonly ControlPoint[], amount: number, random: Random): readonly ControlPoint[] {
  const moveX = random.normal(0.6 * amount);
  const moveY = random.normal(0.6 * amount);
  const points = stroke.map(({ x, y, isCorner }) => ({
    x: x + moveX + random.normal(amount),
    y: y + moveY + random.normal(amount),
    isCorner,
  }));
  const last = points.length - 1;
  overshoot(points, 0, 1, random.normal(0.12));
  overshoot(points, last, last - 1, random.normal(0.15));
  return points;
}

function overshoot(points: ControlPoint[], end: number, inner: number, share: number): void {
  const a = points[end]!;
  const b = points[inner]!;
  points[end] = { ...a, x: a.x + share * (a.x - b.x), y: a.y + share * (a.y - b.y) };
}

function createBend(random: Random): (point: Point) => Point {
  const slant = 0.13 + random.normal(0.26);
  const rotation = random.normal(0.09);
  const width = 1.05 * Math.exp(random.normal(0.19));
  const taper = random.normal(0.1);
  const waist = random.normal(5);
  const waveX = createWave(4, random);
  const waveY = createWave(4, random);
  const cos = Math.cos(rotation);
  const sin = Math.sin(rotation);
  return ({ x, y }) => {
    const u = x - 36 + waveX(x, y);
    const v = y - 50 + waveY(x, y) + waist * Math.sin((Math.PI * y) / 100);
    const across = width * u * (1 + (taper * v) / 50) - slant * v;
    return { x: cos * across - sin * v, y: sin * across + cos * v };
  };
}

function createWave(amplitude: number, random: Random): (x: number, y: number) => number {
  const size = random.normal(amplitude);
  const fx = random.normal(0.04);
  const fy = random.normal(0.04);
  const phase = random.uniform(0, 2 * Math.PI);
  return (x, y) => size * Math.sin(fx * x + fy * y + phase);
}

function inkDigit(paths: readonly Path[], random: Random): InkPad {
  const pen = Math.min(5, Math.max(1.2, 2.4 * Math.exp(random.normal(0.26))));
  const points = paths.flat();
  const left = Math.min(...points.map(({ x }) => x));
  const top = Math.min(...points.map(({ y }) => y));
  const side = Math.max(
    Math.max(...points.map(({ x }) => x)) - left,
    Math.max(...points.map(({ y }) => y)) - top,
  );
  const scale = (DIGIT_SIDE - pen) / side;
  const pad = createInkPad(DIGIT_SIDE + 2 * MARGIN, random.uniform(1.4, 2.6));
  const offset = MARGIN + pen / 2;
  for (const path of paths) {
    const pressure = createPressure(path.length, random);
    const stroke: Stroke = path.map(({ x, y }, at) => ({
      x: offset + scale * (x - left),
      y: offset + scale * (y - top),
      width: pen * pressure(at),
    }));
    inkStroke(pad, stroke);
  }
  threshold(pad, 128);
  return pad;
}

function createPressure(length: number, random: Random): (at: number) => number {
  const swell = random.normal(0.12);
  const cycles = random.uniform(0.3, 1.5);
  const phase = random.uniform(0, 2 * Math.PI);
  return (at) =>
    Math.max(0.5, 1 + swell * Math.sin((2 * Math.PI * cycles * at) / length + phase) + random.normal(0.08));
}

function threshold(pad: InkPad, level: number): void {
  const { data } = pad;
  for (let at = 0; at < data.length; at++) data[at] = data[at]! >= level ? 255 : 0;
}
