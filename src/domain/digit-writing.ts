/** A drawing as somebody writes it down: never twice the same. */
import { curveThrough, roundTurns, type ControlPoint, type Path, type Point } from './curve';
import type { Drawing } from './digit-skeletons';
import type { Random } from './random';

/** The middle of a drawing, about which a hand slants, turns and stretches it. */
const CENTRE = { x: 36, y: 50 };
/** The length of the straight pieces of a path. */
const STEP = 6;

/**
 * How much hands differ from each other and from themselves. Deviations are standard deviations, lengths
 * are in units of the drawings' grid, whose height is 100.
 */
const HAND = {
  /** How far points lie off their places in the middling hand, and the deviation of its logarithm. */
  sloppiness: 5.5,
  sloppinessSpread: 0.3,
  /** How far a stroke lies off its place as a whole, in parts of the sloppiness. */
  strokeShift: 0.6,
  /** How much of a point's error the next point has too. */
  drift: 0.5,
  /** How far a stroke's ends go too far or not far enough, in parts of the way to the next point. */
  overshoot: 0.14,
  /** Turns are rounded fewer times than this. */
  roundings: 4,
  /** How far to the right a line leans per unit of height. */
  slant: 0.13,
  slantSpread: 0.24,
  /** How far a digit is turned, in radians. */
  rotation: 0.09,
  /** Width in parts of the drawing's, and the deviation of its logarithm. */
  width: 1.05,
  widthSpread: 0.15,
  /** How much wider the bottom is than the middle, in parts. */
  taper: 0.1,
  /** How far the middle lies too low. */
  waist: 5,
  /** The height of a slow wave through the whole digit, and its radians per unit of length. */
  wave: 4,
  waveNumber: 0.04,
  /** How far the points of a path tremble in the middling hand, and the deviation of its logarithm. */
  tremor: 0.25,
  tremorSpread: 0.5,
} as const;

/** Writes a drawing once: a path for each stroke, in the units of the drawings' grid. */
export function writeDrawing(drawing: Drawing, random: Random): readonly Path[] {
  const sloppiness = HAND.sloppiness * Math.exp(random.normal(HAND.sloppinessSpread));
  const tremor = HAND.tremor * Math.exp(random.normal(HAND.tremorSpread));
  const roundings = random.integer(HAND.roundings);
  const bend = createBend(random);
  return drawing.map((stroke) => {
    const curve = curveThrough(misplace(stroke, sloppiness, random), STEP);
    return roundTurns(curve, roundings).map((point) => {
      const { x, y } = bend(point);
      return { x: x + random.normal(tremor), y: y + random.normal(tremor) };
    });
  });
}

/** A stroke whose points do not lie quite where they should, and whose ends come too early or too late. */
function misplace(
  stroke: readonly ControlPoint[],
  sloppiness: number,
  random: Random,
): readonly ControlPoint[] {
  const shiftX = random.normal(HAND.strokeShift * sloppiness);
  const shiftY = random.normal(HAND.strokeShift * sloppiness);
  const errorX = createDrift(sloppiness, random);
  const errorY = createDrift(sloppiness, random);
  const points = stroke.map(({ x, y, isCorner }) => ({
    x: x + shiftX + errorX(),
    y: y + shiftY + errorY(),
    isCorner,
  }));
  moveEnd(points, 0, 1, random.normal(HAND.overshoot));
  moveEnd(points, points.length - 1, points.length - 2, random.normal(HAND.overshoot));
  return points;
}

/** A sequence of errors of which each resembles the one before: an autoregressive process. */
function createDrift(deviation: number, random: Random): () => number {
  const news = deviation * Math.sqrt(1 - HAND.drift ** 2);
  let error = random.normal(deviation);
  return () => (error = HAND.drift * error + random.normal(news));
}

/** Moves an end of a stroke along its last piece, outwards or (negative) inwards. */
function moveEnd(points: ControlPoint[], end: number, inner: number, share: number): void {
  const from = points[inner];
  const to = points[end];
  if (!from || !to) return;
  points[end] = { ...to, x: to.x + share * (to.x - from.x), y: to.y + share * (to.y - from.y) };
}

/** What a hand does to the whole digit: slant, turn, stretch and bend it. */
function createBend(random: Random): (point: Point) => Point {
  const slant = HAND.slant + random.normal(HAND.slantSpread);
  const rotation = random.normal(HAND.rotation);
  const cos = Math.cos(rotation);
  const sin = Math.sin(rotation);
  const width = HAND.width * Math.exp(random.normal(HAND.widthSpread));
  const taper = random.normal(HAND.taper);
  const waist = random.normal(HAND.waist);
  const waveX = createWave(random);
  const waveY = createWave(random);
  return ({ x, y }) => {
    const down = y - CENTRE.y + waveY(x, y) + waist * Math.sin((Math.PI * y) / 100);
    const right = width * (x - CENTRE.x + waveX(x, y)) * (1 + (taper * down) / 50) - slant * down;
    return { x: cos * right - sin * down, y: sin * right + cos * down };
  };
}

/** A slow wave across the paper, in a random direction. */
function createWave(random: Random): (x: number, y: number) => number {
  const height = random.normal(HAND.wave);
  const alongX = random.normal(HAND.waveNumber);
  const alongY = random.normal(HAND.waveNumber);
  const phase = random.uniform(0, 2 * Math.PI);
  return (x, y) => height * Math.sin(alongX * x + alongY * y + phase);
}
