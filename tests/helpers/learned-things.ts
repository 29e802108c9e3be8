/**
 * What the refusal of not-digits is learned from, never scored on: letters and signs drawn otherwise than in
 * `not-digits.ts`, figures of chance, scribbles, specks, and digits that are turned or mirrored.
 */
import { curveThrough, type ControlPoint, type Path } from '../../src/domain/curve';
import { inkPaths } from '../../src/domain/digit-inking';
import { parseAllograph } from '../../src/domain/digit-skeletons';
import { writeDrawing } from '../../src/domain/digit-writing';
import { inkToPixels } from '../../src/domain/preprocess';
import { createRandom, mixSeed, type Random } from '../../src/domain/random';
import { IMAGE_PIXELS, IMAGE_SIDE, type SampleBlock } from '../../src/domain/sample';
import { LEARNED_GLYPHS } from './learned-glyphs';

/** The kinds of drawn things, in the order of their numbers. */
export const LEARNED_KINDS = [
  'capitals',
  'small letters',
  'signs',
  'figures',
  'scribbles',
  'specks',
] as const;
export type LearnedKind = (typeof LEARNED_KINDS)[number];

/** Turned a quarter to the left or to the right, or mirrored, these digits are none any more. */
const TURNED = [2, 3, 4, 5, 7];
const MIRRORED = [3, 4, 7, 9];

/** The thing number `index` of a kind, as the network reads it: [28, 28] bytes. A pure function. */
export function drawLearned(kind: LearnedKind, seed: number, index: number): Uint8Array<ArrayBuffer> {
  const random = createRandom(mixSeed(seed, LEARNED_KINDS.indexOf(kind), index));
  // What is drawn too small to leave ink is drawn again.
  for (;;) {
    const pixels = inkToPixels(inkPaths(drawPaths(kind, random), random));
    if (pixels) return pixels;
  }
}

/** A digit of the block that is turned or mirrored so that it is none; undefined for one that stays one. */
export function spoilDigit(
  block: SampleBlock,
  index: number,
  random: Random,
): Uint8Array<ArrayBuffer> | undefined {
  const label = block.labels[index]!;
  const ways = [
    ...(TURNED.includes(label) ? [turnLeft, turnRight] : []),
    ...(MIRRORED.includes(label) ? [mirror] : []),
  ];
  if (ways.length === 0) return undefined;
  const from = random.pick(ways);
  const ink = new Uint8Array(IMAGE_PIXELS);
  for (let y = 0; y < IMAGE_SIDE; y++) {
    for (let x = 0; x < IMAGE_SIDE; x++) {
      ink[y * IMAGE_SIDE + x] = block.pixels[index * IMAGE_PIXELS + from(x, y)]!;
    }
  }
  return inkToPixels({ width: IMAGE_SIDE, height: IMAGE_SIDE, data: ink });
}

const LAST = IMAGE_SIDE - 1;
const turnLeft = (x: number, y: number) => x * IMAGE_SIDE + LAST - y;
const turnRight = (x: number, y: number) => (LAST - x) * IMAGE_SIDE + y;
const mirror = (x: number, y: number) => y * IMAGE_SIDE + LAST - x;

function drawPaths(kind: LearnedKind, random: Random): readonly Path[] {
  switch (kind) {
    case 'figures':
      return drawFigure(random);
    case 'scribbles':
      return scribble(random);
    case 'specks':
      return random.next() < 0.5 ? drawSpecks(random) : drawDashes(random);
    default: {
      const drawings = [random.pick(LEARNED_GLYPHS[kind])];
      return writeDrawing(parseAllograph({ share: 1, drawings }).drawings[0]!, random);
    }
  }
}

/** Lines and arcs between the places of a coarse grid: a letter of an alphabet that nobody has. */
function drawFigure(random: Random): readonly Path[] {
  const place = (): ControlPoint => ({
    x: 40 * random.integer(3) + random.normal(5),
    y: 50 * random.integer(3) + random.normal(5),
    isCorner: random.next() < 0.5,
  });
  const strokes = 2 + random.integer(4);
  return writeDrawing(
    Array.from({ length: strokes }, () => Array.from({ length: 2 + random.integer(3) }, place)),
    random,
  );
}

/** A line without aim: round and round, to and fro, or anywhere. */
function scribble(random: Random): readonly Path[] {
  const turns = random.uniform(2, 6);
  const points = Math.ceil(turns * random.uniform(3, 7));
  const loose = random.uniform(4, 22);
  const [wide, high] = [random.uniform(15, 50), random.uniform(15, 50)];
  const angle = random.uniform(0, 2 * Math.PI);
  const drift = random.uniform(30, 160);
  const [driftX, driftY] = [drift * Math.cos(angle), drift * Math.sin(angle)];
  const way = random.integer(3);
  const place = (share: number): readonly [number, number] => {
    const round = 2 * Math.PI * turns * share;
    if (way === 0) return [wide * Math.cos(round) + driftX * share, high * Math.sin(round) + driftY * share];
    if (way === 1) return [wide * (Math.abs((2 * turns * share) % 2) - 1) * 2, high * 3 * share];
    return [random.uniform(-50, 50), random.uniform(-50, 50)];
  };
  const path = Array.from({ length: points }, (_, at) => {
    const [x, y] = place(at / points);
    return {
      x: x + random.normal(loose),
      y: y + random.normal(loose),
      isCorner: way === 1 ? random.next() < 0.7 : random.next() < 0.1,
    };
  });
  const turn = random.uniform(0, Math.PI);
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  return [curveThrough(path, 6).map(({ x, y }) => ({ x: cos * x - sin * y, y: sin * x + cos * y }))];
}

/** Specks: few or many, gathered or strewn. */
function drawSpecks(random: Random): readonly Path[] {
  const spread = random.uniform(12, 45);
  return Array.from({ length: 2 + random.integer(24) }, () => {
    const [x, y] = [random.normal(spread), random.normal(spread)];
    const length = random.uniform(0, 6);
    return [
      { x, y },
      { x: x + random.normal(length), y: y + random.normal(length) },
    ];
  });
}

/** Dashes beside and across each other; one alone would be a 1. */
function drawDashes(random: Random): readonly Path[] {
  const direction = random.uniform(0, Math.PI);
  const spread = random.pick([0.1, 0.3, 1.5]);
  return Array.from({ length: 2 + random.integer(7) }, () => {
    const [x, y] = [random.uniform(-50, 50), random.uniform(-50, 50)];
    const angle = direction + random.normal(spread);
    const length = random.uniform(8, 45);
    const [dx, dy] = [length * Math.cos(angle), length * Math.sin(angle)];
    return [
      { x: x - dx, y: y - dy },
      { x: x + dx, y: y + dy },
    ];
  });
}
