/** Photographs without a digit, made by computation: empty pages, and things that are no page at all. */
import { AppError } from '../../src/domain/errors';
import { preprocess } from '../../src/domain/preprocess';
import type { Random } from '../../src/domain/random';
import type { Raster } from '../../src/domain/raster';
import { segmentDigits } from '../../src/domain/segment-digits';
import { photograph, randomScene } from './photographs';
import { paint } from './pictures';

/** Something that a camera may be held over. */
export interface SeenThing {
  readonly name: string;
  readonly take: (random: Random) => Raster;
}

const WIDTH = 200;
const HEIGHT = 150;
/** Cells across of the coarsest and the finest structure of a thing. */
const COARSEST = 2;
const FINEST = 32;

export const THINGS_SEEN: readonly SeenThing[] = [
  { name: 'blank pages', take: takeBlankPage },
  { name: 'photographs of other things', take: takeThing },
];

/** The digits that are found in a picture, as the network reads them; none where it is blank. */
export function readPage(picture: Raster): readonly Uint8Array[] {
  try {
    return segmentDigits(preprocess(picture).ink).digits.map(({ pixels }) => pixels);
  } catch (error) {
    if (error instanceof AppError && error.help.reason === 'BLANK_IMAGE') return [];
    throw error;
  }
}

function takeBlankPage(random: Random): Raster {
  return photograph({ ...randomScene(random.integer(2 ** 31), [], 0.3), width: WIDTH, height: HEIGHT });
}

/** Coloured structures of all sizes, and one thing with an edge in front of them. */
function takeThing(random: Random): Raster {
  const planes = [0, 1, 2].map(() => createStructure(random));
  const [x0, y0, radius] = [random.uniform(0, WIDTH), random.uniform(0, HEIGHT), random.uniform(10, 80)];
  const front = [0, 1, 2].map(() => random.uniform(0, 255));
  const stretch = random.uniform(0.3, 3);
  return paint(WIDTH, HEIGHT, (x, y) => {
    const share = Math.hypot(x - x0, (y - y0) * stretch) < radius ? 0.7 : 0;
    const [red, green, blue] = planes.map((plane, k) => plane(x, y) * (1 - share) + front[k]! * share);
    return [red!, green!, blue!, 255];
  });
}

/** Grey levels that change smoothly on several scales: the coarser, the more. */
function createStructure(random: Random): (x: number, y: number) => number {
  const octaves: { readonly cells: number; readonly values: readonly number[] }[] = [];
  for (let cells = COARSEST; cells <= FINEST; cells *= 2) {
    octaves.push({ cells, values: Array.from({ length: (cells + 1) ** 2 }, () => random.uniform(-1, 1)) });
  }
  return (x, y) =>
    128 + octaves.reduce((sum, { cells, values }) => sum + (200 / cells) * valueAt(values, cells, x, y), 0);
}

function valueAt(values: readonly number[], cells: number, x: number, y: number): number {
  const [u, v] = [(x / WIDTH) * cells, (y / HEIGHT) * cells];
  const at = Math.floor(v) * (cells + 1) + Math.floor(u);
  const [dx, dy] = [u % 1, v % 1];
  const above = values[at]! * (1 - dx) + values[at + 1]! * dx;
  const below = values[at + cells + 1]! * (1 - dx) + values[at + cells + 2]! * dx;
  return above * (1 - dy) + below * dy;
}
