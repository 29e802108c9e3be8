/** How well a probability tells the images of one digit from all others, whatever the threshold. */
import { probabilityOf, type Readings } from './readings';

/** A point of a curve, both 0 … 1. */
export interface CurvePlace {
  readonly x: number;
  readonly y: number;
}

/** The two curves of a digit. */
export interface ClassRanking {
  readonly digit: number;
  /** From (0, 0) to (1, 1): x is the share of the others taken for the digit, y the share of it found. */
  readonly roc: readonly CurvePlace[];
  /** The area below; undefined where the digit, or everything else, is missing. */
  readonly rocArea: number | undefined;
  /** x is recall, y precision, from few images taken for the digit to all of them. */
  readonly precisionRecall: readonly CurvePlace[];
  /** Average precision, as scikit-learn computes it: no straight lines between points. */
  readonly averagePrecision: number | undefined;
}

/** Points that are kept of a curve: more than can be told apart on a screen. */
const MOST_POINTS = 201;

/** Counts down to a threshold: how many of the images above it are the digit, and how many are not. */
interface Cut {
  readonly hits: number;
  readonly others: number;
}

/** The curves of a digit. */
export function rankClass(readings: Readings, digit: number): ClassRanking {
  const cuts = cutsOf(readings, digit);
  const { hits, others } = cuts.at(-1) ?? { hits: 0, others: 0 };
  const roc = cuts.map((cut) => ({ x: divide(cut.others, others), y: divide(cut.hits, hits) }));
  const taken = cuts.slice(1);
  const precisionRecall = taken.map((cut) => ({
    x: divide(cut.hits, hits),
    y: divide(cut.hits, cut.hits + cut.others),
  }));
  return {
    digit,
    roc: thin(roc),
    rocArea: hits > 0 && others > 0 ? areaBelow(roc) : undefined,
    precisionRecall: thin(precisionRecall),
    averagePrecision: hits > 0 ? averagePrecision(precisionRecall) : undefined,
  };
}

/** One cut for each different probability, the highest first, after one above them all. */
function cutsOf(readings: Readings, digit: number): readonly Cut[] {
  const scores = Float32Array.from({ length: readings.count }, (_, row) =>
    probabilityOf(readings, row, digit),
  );
  const order = Uint32Array.from({ length: readings.count }, (_, row) => row).sort(
    (a, b) => scores[b]! - scores[a]!,
  );
  const cuts: Cut[] = [{ hits: 0, others: 0 }];
  let hits = 0;
  let others = 0;
  order.forEach((row, at) => {
    if (readings.labels[row] === digit) hits += 1;
    else others += 1;
    const next = order[at + 1];
    // Equal probabilities cannot be told apart by any threshold.
    if (next === undefined || scores[next] !== scores[row]) cuts.push({ hits, others });
  });
  return cuts;
}

/** The area below a curve of straight pieces. */
function areaBelow(curve: readonly CurvePlace[]): number {
  let area = 0;
  for (let at = 1; at < curve.length; at++) {
    const [from, to] = [curve[at - 1]!, curve[at]!];
    area += ((to.x - from.x) * (to.y + from.y)) / 2;
  }
  return area;
}

function averagePrecision(curve: readonly CurvePlace[]): number {
  let before = 0;
  let sum = 0;
  for (const { x: recall, y: precision } of curve) {
    sum += (recall - before) * precision;
    before = recall;
  }
  return sum;
}

/** As many points as can be told apart: a point stays where it lies far enough from the last that stayed. */
function thin(curve: readonly CurvePlace[]): readonly CurvePlace[] {
  const reach = 2 / (MOST_POINTS - 1);
  let last: CurvePlace | undefined;
  return curve.filter((place, at) => {
    const isFar = last === undefined || Math.abs(place.x - last.x) + Math.abs(place.y - last.y) >= reach;
    if (!isFar && at < curve.length - 1) return false;
    last = place;
    return true;
  });
}

function divide(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
