/** What people draw that is no digit: letters, shapes, scribbles, dots. Made of strokes and chance. */
import { inkPaths } from '../../src/domain/digit-inking';
import { parseAllograph } from '../../src/domain/digit-skeletons';
import { writeDrawing } from '../../src/domain/digit-writing';
import { curveThrough, type ControlPoint, type Path } from '../../src/domain/curve';
import { inkToPixels } from '../../src/domain/preprocess';
import { createRandom, mixSeed, type Random } from '../../src/domain/random';

/** The kinds, in the order in which they are reported. */
export const NOT_DIGIT_KINDS = ['letters', 'shapes', 'scribbles', 'dots'] as const;
export type NotDigitKind = (typeof NOT_DIGIT_KINDS)[number];

/**
 * Letters that no digit looks like. Left out are those that a digit does: B, D, G, I, J, L, O, Q, S, Z
 * and, written quickly, C, Y, T, U, V.
 */
const LETTERS = [
  '10,100! 40,0! 70,100! / 22,62! 58,62!',
  '10,0! 10,100! / 70,0! 10,0! / 60,48! 10,48! / 70,100! 10,100!',
  '10,0! 10,100! / 70,0! 10,0! / 55,48! 10,48!',
  '10,0! 10,100! / 65,0! 65,100! / 10,50! 65,50!',
  '10,0! 10,100! / 65,0! 12,52! 68,100!',
  '5,100! 15,0! 40,60! 65,0! 75,100!',
  '10,100! 10,0! 65,100! 65,0!',
  '12,100! 12,0! 55,5 65,28 50,50 14,52!',
  '12,100! 12,0! 55,5 62,26 48,48 14,50! 66,100!',
  '0,0! 18,100! 40,35! 62,100! 80,0!',
  '8,0! 68,100! / 68,0! 8,100!',
  '10,30! 10,100! / 12,48 26,32 38,40 40,100! / 42,48 56,32 68,40 70,100!',
  '10,30! 20,100! 38,50! 56,100! 68,30!',
  '62,42 40,30 14,50 14,80 40,100 60,84 64,34! 64,88 76,100',
];

/** Shapes that everybody draws. */
const SHAPES = [
  '10,10! 80,10! 80,90! 10,90! 10,10!',
  '45,5! 90,95! 0,95! 45,5!',
  '45,0! 45,100! / 0,50! 90,50!',
  '20,100! 45,0! 70,100! 5,38! 85,38! 20,100!',
  '45,100! 5,45 5,10 30,0 45,25! 60,0 85,10 85,45 45,100!',
  '0,50! 90,50! / 60,20! 90,50! 60,80!',
  '0,60! 30,100! 90,0!',
  '0,50! 15,20 30,80 45,20 60,80 75,20 90,50!',
  '10,0! 10,100! / 40,0! 40,100! / 70,0! 70,100!',
  '45,50 52,42 60,52 46,66 28,52 44,26 74,44 60,86 18,80 12,26 50,4 92,36 90,90',
  '45,0 0,50 45,100 90,50 45,0 / 25,35! 30,36! / 60,35! 65,36! / 25,65 45,80 65,65',
  '0,35! 90,35! / 0,65! 90,65! / 30,5! 25,95! / 65,5! 60,95!',
  '45,0! 85,50! 45,100! 5,50! 45,0!',
];

/** The thing number `index` of a kind, as the network reads it: [28, 28] bytes. A pure function. */
export function drawNotDigit(kind: NotDigitKind, seed: number, index: number): Uint8Array<ArrayBuffer> {
  const random = createRandom(mixSeed(seed, NOT_DIGIT_KINDS.indexOf(kind), index));
  const pixels = inkToPixels(inkPaths(drawPaths(kind, random), random));
  if (!pixels) throw new RangeError(`Number ${index} of the ${kind} has no ink`);
  return pixels;
}

function drawPaths(kind: NotDigitKind, random: Random): readonly Path[] {
  switch (kind) {
    case 'letters':
      return writeDrawing(
        parseAllograph({ share: 1, drawings: [random.pick(LETTERS)] }).drawings[0]!,
        random,
      );
    case 'shapes':
      return writeDrawing(parseAllograph({ share: 1, drawings: [random.pick(SHAPES)] }).drawings[0]!, random);
    case 'scribbles':
      return scribble(random);
    case 'dots':
      return Array.from({ length: 3 + random.integer(12) }, () => dot(random));
  }
}

/** A line that turns wherever it likes: dense, or a few long strokes. */
function scribble(random: Random): readonly Path[] {
  const points: ControlPoint[] = Array.from({ length: 9 + random.integer(22) }, () => ({
    x: random.uniform(0, 90),
    y: random.uniform(0, 100),
    isCorner: random.next() < 0.2,
  }));
  return [curveThrough(points, 6)];
}

function dot(random: Random): Path {
  const [x, y] = [random.uniform(0, 90), random.uniform(0, 100)];
  return [
    { x, y },
    { x: x + random.normal(3), y: y + random.normal(3) },
  ];
}
