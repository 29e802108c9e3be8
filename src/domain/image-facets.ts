/** Ways to divide the images of a test, so that one sees where a model fails. */
import { drawDigit, DRAWN_COUNT, type DrawnDigit } from './drawn-benchmark';
import { HANDS } from './drawn-hands';
import { IMAGE_PIXELS, imageAt, IMAGE_SIDE, type SampleBlock } from './sample';
import { isForValidation } from './split';

/** One way to divide images: what its parts are called, and in which of them each image is. */
export interface Facet {
  readonly title: string;
  readonly names: readonly string[];
  /** [count] bytes, each the place of a name. */
  readonly codes: Uint8Array<ArrayBuffer>;
}

/** Heights of drawn digits, in squares of the pad: below the first, between them, from the second on. */
const HEIGHTS = [12, 18] as const;

/** By the ink in them: thirds of the images, lightest first. Of fewer than three images there are none. */
export function inkFacet({ pixels, labels }: SampleBlock): readonly Facet[] {
  const count = labels.length;
  if (count < 3) return [];
  const ink = Float64Array.from(labels, (_, row) =>
    imageAt(pixels, row).reduce((sum, each) => sum + each, 0),
  );
  const order = Uint32Array.from(labels, (_, row) => row).sort((a, b) => ink[a]! - ink[b]! || a - b);
  const codes = new Uint8Array(count);
  order.forEach((row, place) => (codes[row] = Math.floor((3 * place) / count)));
  return [{ title: 'Ink', names: ['Lightest third', 'Middle third', 'Heaviest third'], codes }];
}

/** By what runs do with them: the first `trainCount` images are for training, and some of those to check. */
export function partFacet(pixels: Uint8Array<ArrayBuffer>, trainCount: number): Facet {
  const count = pixels.length / IMAGE_PIXELS;
  const partOf = (row: number) => {
    if (row >= trainCount) return 2;
    return isForValidation(imageAt(pixels, row)) ? 1 : 0;
  };
  const codes = Uint8Array.from({ length: count }, (_, row) => partOf(row));
  return { title: 'Part', names: ['To learn from', 'To check with', 'For testing'], codes };
}

/** By how the digits of the drawn benchmark were drawn: hand, device, pen, height, and place on the pad. */
export function drawnFacets(count = DRAWN_COUNT): readonly Facet[] {
  const digits = Array.from({ length: count }, (_, index) => drawDigit(index));
  const facet = (title: string, names: readonly string[], codeOf: (digit: DrawnDigit) => number): Facet => ({
    title,
    names,
    codes: Uint8Array.from(digits, codeOf),
  });
  const hands = HANDS.map(({ name }) => name);
  const devices = ['mouse', 'finger', 'pen'];
  const pens = [...new Set(digits.map(({ penWidth }) => penWidth))].sort((a, b) => a - b);
  return [
    facet('Hand', hands.map(capital), ({ hand }) => hands.indexOf(hand)),
    facet('Device', devices.map(capital), ({ device }) => devices.indexOf(device)),
    facet(
      'Pen',
      pens.map((width) => `${width} squares wide`),
      ({ penWidth }) => pens.indexOf(penWidth),
    ),
    facet(
      'Size',
      [
        `Below ${HEIGHTS[0]} squares`,
        `${HEIGHTS[0]} to ${HEIGHTS[1]} squares`,
        `Above ${HEIGHTS[1]} squares`,
      ],
      ({ strokes }) => HEIGHTS.filter((height) => heightOf(strokes) >= height).length,
    ),
    facet('Place', ['In a corner', 'Elsewhere'], (digit) => (isInCorner(digit) ? 0 : 1)),
  ];
}

function heightOf(strokes: DrawnDigit['strokes']): number {
  const [top, bottom] = ends(strokes.flat().map(({ y }) => y));
  return bottom - top;
}

/** True where the pen touched two sides of the pad that meet. */
function isInCorner({ strokes, penWidth }: DrawnDigit): boolean {
  const points = strokes.flat();
  const touches = (values: readonly number[]) => {
    const [first, last] = ends(values);
    const reach = penWidth / 2 + 1e-6;
    return first <= reach || last >= IMAGE_SIDE - reach;
  };
  return touches(points.map(({ x }) => x)) && touches(points.map(({ y }) => y));
}

function ends(values: readonly number[]): readonly [number, number] {
  return [Math.min(...values), Math.max(...values)];
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
