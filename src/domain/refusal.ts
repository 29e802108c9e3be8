import { estimateShare, type Estimate } from './intervals';
import { allRows, confidenceOf, isRight, type Readings } from './readings';

/** What is left when the least sure answers are refused. */
export interface Refusal {
  /** The share of all images that is refused, 0 … 1. */
  readonly refused: number;
  /** How many are still answered. */
  readonly answered: number;
  /** Of those that are answered, with its 95 % interval. */
  readonly accuracy: Estimate;
  /** The surest of the refused answers: what is no surer is refused. */
  readonly threshold: number;
}

/** The shares that are looked at: steps of 1 % up to a fifth, of 5 % up to a half. */
const SHARES = [
  ...Array.from({ length: 20 }, (_, at) => at / 100),
  ...Array.from({ length: 7 }, (_, at) => (20 + 5 * at) / 100),
];

/** How accuracy grows when the least sure answers are refused. Nothing where there are no images. */
export function refusalCurve(readings: Readings): readonly Refusal[] {
  const { count } = readings;
  if (count === 0) return [];
  const rows = allRows(readings).sort((a, b) => confidenceOf(readings, a) - confidenceOf(readings, b));
  // Right answers from each place on to the surest.
  const rightFrom = new Uint32Array(count + 1);
  for (let at = count - 1; at >= 0; at--) {
    rightFrom[at] = rightFrom[at + 1]! + (isRight(readings, rows[at]!) ? 1 : 0);
  }
  return SHARES.map((refused) => {
    const first = Math.floor(refused * count);
    return {
      refused,
      answered: count - first,
      accuracy: estimateShare({ correct: rightFrom[first]!, total: count - first }),
      threshold: first === 0 ? 0 : confidenceOf(readings, rows[first - 1]!),
    };
  });
}
