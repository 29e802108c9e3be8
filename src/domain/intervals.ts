import type { Score } from './metrics';

/** The normal quantile of a two-sided 95 % interval. */
const Z_95 = 1.959963984540054;

/** A range of shares, 0 … 1. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** A share that was measured, and its 95 % interval. */
export interface Estimate extends Interval {
  readonly value: number;
}

/**
 * The 95 % interval of a share that was measured on a sample (Wilson, 1927, doi:10.2307/2276774).
 * Where nothing was measured it is all of [0, 1].
 */
export function wilsonInterval({ correct, total }: Score): Interval {
  if (total === 0) return { low: 0, high: 1 };
  const share = correct / total;
  const z2 = Z_95 * Z_95;
  const centre = share + z2 / (2 * total);
  const spread = Z_95 * Math.sqrt((share * (1 - share)) / total + z2 / (4 * total * total));
  const scale = 1 + z2 / total;
  return { low: Math.max(0, (centre - spread) / scale), high: Math.min(1, (centre + spread) / scale) };
}

/** A measured share with Wilson's interval. */
export function estimateShare(score: Score): Estimate {
  return { value: score.total === 0 ? 0 : score.correct / score.total, ...wilsonInterval(score) };
}

/**
 * An F1 with its 95 % interval. F1 is 2 J / (1 + J), where J is the share of right ones among all images that
 * are or were read as the class: Wilson's interval of J, taken along.
 */
export function estimateF1(score: Score): Estimate {
  const { value, low, high } = estimateShare(score);
  const toF1 = (share: number) => (2 * share) / (1 + share);
  return { value: toF1(value), low: toF1(low), high: toF1(high) };
}

/**
 * The mean of estimates with its 95 % interval, from theirs (MOVER: Zou and Donner, 2008,
 * doi:10.1002/sim.3095). They are taken as independent, which classes are only nearly.
 */
export function averageEstimates(estimates: readonly Estimate[]): Estimate {
  const count = estimates.length;
  if (count === 0) return { value: 0, low: 0, high: 1 };
  const value = estimates.reduce((sum, estimate) => sum + estimate.value, 0) / count;
  const spread = (distance: (estimate: Estimate) => number) =>
    Math.sqrt(estimates.reduce((sum, estimate) => sum + distance(estimate) ** 2, 0)) / count;
  return {
    value,
    low: Math.max(0, value - spread((estimate) => estimate.value - estimate.low)),
    high: Math.min(1, value + spread((estimate) => estimate.high - estimate.value)),
  };
}
