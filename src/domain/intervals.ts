import type { Score } from './metrics';

/** The normal quantile of a two-sided 95 % interval. */
const Z_95 = 1.959963984540054;

/** A range of shares, 0 … 1. */
export interface Interval {
  readonly low: number;
  readonly high: number;
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
