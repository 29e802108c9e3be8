import type { Recipe } from './recipe';

/** The share of a one-cycle run during which the learning rate rises. */
const WARM_UP_SHARE = 0.25;
/** What a one-cycle run starts with and ends on, as a share of the peak. */
const LOWEST_RATE = 0.01;

/**
 * The learning rate of a step. `progress` is the share of the run that is done, 0 … 1. One-cycle rises
 * in a straight line for the first quarter, then falls in one (after Smith, 2017, arXiv:1708.07120).
 * Cosine falls from the first step on (Loshchilov and Hutter, 2016, arXiv:1608.03983).
 */
export function learningRateAt(
  { schedule, learningRate }: Pick<Recipe, 'schedule' | 'learningRate'>,
  progress: number,
): number {
  switch (schedule) {
    case 'constant':
      return learningRate;
    case 'one-cycle': {
      const height =
        progress < WARM_UP_SHARE ? progress / WARM_UP_SHARE : (1 - progress) / (1 - WARM_UP_SHARE);
      return learningRate * (LOWEST_RATE + (1 - LOWEST_RATE) * Math.max(0, height));
    }
    case 'cosine':
      return (learningRate * (1 + Math.cos(Math.PI * Math.min(1, progress)))) / 2;
  }
}
