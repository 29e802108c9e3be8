/**
 * How people write the digits: for each digit some allographs (ways to write it), for each allograph
 * some drawings.
 *
 * A drawing lists the points that the pen passes through, in the order of writing, on a grid that is 100
 * high: `x,y`, x to the right and y down. `!` after a point makes a sharp turn there; ` / ` lifts the pen.
 * What gets written is a random mixture of an allograph's drawings. So they have the same strokes with the
 * same number of points, and show its extremes. `share` is how usual the allograph is within its digit,
 * relative to the others.
 *
 * To add a drawing: sketch it on squared paper and add its points as a line to its allograph. To add an
 * allograph: add a `share` and at least one drawing.
 */
import type { ControlPoint } from './curve';
import { four, one, three, two, zero } from './digit-skeletons-0-4';
import { eight, five, nine, seven, six } from './digit-skeletons-5-9';

/** One drawing: strokes of control points. */
export type Drawing = readonly (readonly ControlPoint[])[];

/** One way to write a digit. There is at least one drawing. */
export interface Allograph {
  readonly share: number;
  readonly drawings: readonly Drawing[];
}

/** An allograph as it is written down. */
export interface AllographSource {
  readonly share: number;
  readonly drawings: readonly string[];
}

/** The allographs of each digit: `ALLOGRAPHS[digit]`. */
export const ALLOGRAPHS: readonly (readonly Allograph[])[] = [
  zero,
  one,
  two,
  three,
  four,
  five,
  six,
  seven,
  eight,
  nine,
].map((sources) => sources.map(parseAllograph));

/** Throws a RangeError where a point cannot be read or the drawings do not match. */
export function parseAllograph({ share, drawings: sources }: AllographSource): Allograph {
  const drawings = sources.map(parseDrawing);
  const forms = new Set(drawings.map((drawing) => drawing.map((stroke) => stroke.length).join(' / ')));
  if (forms.size !== 1) throw new RangeError(`These drawings do not match: ${sources.join('; ')}`);
  return { share, drawings };
}

function parseDrawing(source: string): Drawing {
  return source.split(' / ').map((stroke) => stroke.split(' ').map(parsePoint));
}

function parsePoint(source: string): ControlPoint {
  const match = /^(-?\d+),(-?\d+)(!?)$/.exec(source);
  if (!match) throw new RangeError(`"${source}" is no point of a drawing`);
  return { x: Number(match[1]), y: Number(match[2]), isCorner: match[3] === '!' };
}
