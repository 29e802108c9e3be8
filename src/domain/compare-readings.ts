import { isRight, type Readings } from './readings';
import { CLASS_COUNT } from './sample';

/** Two models on the same images, side by side. */
export interface ReadingsComparison {
  readonly bothRight: number;
  readonly bothWrong: number;
  /** The numbers of the images that only one of them read rightly. */
  readonly onlyFirst: readonly number[];
  readonly onlySecond: readonly number[];
  /** McNemar's: how likely so large a difference is where both are equally good. */
  readonly pValue: number;
  /** By digit: how many more of its images the first reads rightly. */
  readonly gains: readonly number[];
}

/** Compares what two models read in the very same images. */
export function compareReadings(first: Readings, second: Readings): ReadingsComparison {
  const onlyFirst: number[] = [];
  const onlySecond: number[] = [];
  const gains = Array.from({ length: CLASS_COUNT }, () => 0);
  let bothRight = 0;
  for (let row = 0; row < first.count; row++) {
    const [isFirst, isSecond] = [isRight(first, row), isRight(second, row)];
    if (isFirst && isSecond) bothRight += 1;
    if (isFirst && !isSecond) onlyFirst.push(row);
    if (isSecond && !isFirst) onlySecond.push(row);
    gains[first.labels[row]!]! += Number(isFirst) - Number(isSecond);
  }
  return {
    bothRight,
    bothWrong: first.count - bothRight - onlyFirst.length - onlySecond.length,
    onlyFirst,
    onlySecond,
    pValue: mcNemarTest(onlyFirst.length, onlySecond.length),
    gains,
  };
}

/**
 * The exact two-sided p-value of McNemar's test (McNemar, 1947, doi:10.1007/BF02295996): of the pairs in which
 * only one is right, each is as likely to be the one. 1 where there is no such pair.
 */
export function mcNemarTest(onlyFirst: number, onlySecond: number): number {
  const pairs = onlyFirst + onlySecond;
  const fewer = Math.min(onlyFirst, onlySecond);
  // Logarithms: the share of a single outcome among 2^pairs may be too small for a number.
  let logTerm = -pairs * Math.LN2;
  let sum = Math.exp(logTerm);
  for (let k = 1; k <= fewer; k++) {
    logTerm += Math.log((pairs - k + 1) / k);
    sum += Math.exp(logTerm);
  }
  return Math.min(1, 2 * sum);
}
