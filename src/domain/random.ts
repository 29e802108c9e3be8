/** A seeded stream of pseudo-random numbers. The same seed gives the same stream on every device. */
export interface Random {
  /** A float, uniform in [0, 1). */
  next(): number;
  /** A float, uniform in [low, high). */
  uniform(low: number, high: number): number;
  /** An integer, uniform in [0, bound). */
  integer(bound: number): number;
  /** A float, normally distributed with mean 0 and the given standard deviation. */
  normal(deviation?: number): number;
  /** One of the items, each equally likely. Throws a RangeError where there is none. */
  pick<T>(items: readonly T[]): T;
}

/**
 * Mixes integers into one 32-bit seed, so that (seed, epoch, index) names an independent stream.
 * The step is the finalizer of MurmurHash3 (https://github.com/aappleby/smhasher, public domain).
 */
export function mixSeed(...parts: readonly number[]): number {
  let hash = 0x9e3779b9;
  for (const part of parts) {
    hash = Math.imul(hash ^ (part | 0), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    hash = (hash ^ (hash >>> 16)) + 0x9e3779b9;
  }
  return hash >>> 0;
}

/** The sfc32 generator: 128 bits of state, a period of at least 2^32 (PractRand, Chris Doty-Humphrey). */
function sfc32(seed: number): () => number {
  let a = mixSeed(seed, 1);
  let b = mixSeed(seed, 2);
  let c = mixSeed(seed, 3);
  let counter = 1;
  return () => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return (sum >>> 0) / 4294967296;
  };
}

/** Creates the stream that a seed (an integer, 32 bits are used) names. */
export function createRandom(seed: number): Random {
  const next = sfc32(seed);
  return {
    next,
    uniform: (low, high) => low + (high - low) * next(),
    integer: (bound) => Math.floor(next() * bound),
    normal: (deviation = 1) =>
      // Box and Muller, 1958; 1 - next() keeps the logarithm finite.
      deviation * Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    pick: (items) => {
      const item = items[Math.floor(next() * items.length)];
      if (item === undefined) throw new RangeError('pick() needs at least one item');
      return item;
    },
  };
}
