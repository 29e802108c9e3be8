import { createRandom, mixSeed } from './random';

/**
 * The order in which an epoch visits its samples: a permutation of 0 … length − 1 (Fisher and Yates).
 * A pure function of its arguments, so a resumed run needs no saved random state.
 */
export function permutation(length: number, seed: number, epoch: number): Uint32Array {
  const random = createRandom(mixSeed(seed, epoch, length));
  const order = Uint32Array.from({ length }, (_, index) => index);
  for (let last = length - 1; last > 0; last--) {
    const other = random.integer(last + 1);
    const moved = order[last]!;
    order[last] = order[other]!;
    order[other] = moved;
  }
  return order;
}
