import { wilsonInterval, type Interval } from './intervals';
import type { Score } from './metrics';

/** A share that was measured, and where the true one lies with 95 % certainty; all 0 … 1. */
export interface MeasuredShare extends Interval {
  readonly name: string;
  readonly share: number;
  /** How many it was measured on. */
  readonly total: number;
}

/** What was measured of the shipped model: `public/models/evaluation.json`, written by `npm run evaluate`. */
export interface ModelEvaluation {
  /** Of the weights that were measured. */
  readonly weightsHash: string;
  readonly downloadBytes: number;
  /** Right on MNIST's test set: the shipped weights alone. */
  readonly test: MeasuredShare;
  /** Right on MNIST's test set: the recipe, over seeds. The interval is of the mean (Student's t). */
  readonly seeds: MeasuredShare & { readonly deviation: number; readonly seeds: readonly number[] };
  /** How far confidence and accuracy lie apart on the test set. The interval is a bootstrap's. */
  readonly calibrationError: MeasuredShare;
  /** Test digits that are refused as being none. */
  readonly refusedDigits: MeasuredShare;
  /** Refused of what is no digit, by kind. */
  readonly refusedThings: readonly MeasuredShare[];
  /** Test digits written again by other pens, at other sizes, places and slants, and by poor devices: right. */
  readonly redrawn: readonly MeasuredShare[];
  /** Right on MNIST's test set: another network, which learned from generated digits alone. */
  readonly fromGenerated: MeasuredShare;
  readonly drawToAnswer: AnswerTime;
}

/** From a movement of the pen until the page shows the answer, in milliseconds; the interval is p95's. */
export interface AnswerTime extends Interval {
  readonly median: number;
  readonly p95: number;
  /** How many movements were measured. */
  readonly count: number;
  /** Cores and processor. */
  readonly machine: string;
}

/** A measured share with Wilson's interval. */
export function measureShare(name: string, score: Score): MeasuredShare {
  return { name, share: score.correct / score.total, total: score.total, ...wilsonInterval(score) };
}
