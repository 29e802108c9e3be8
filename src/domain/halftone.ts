/** Halftones: maps as marks of different size, whose shape says for or against. */

/** A mark in a grid. */
export interface HalftoneMark {
  readonly row: number;
  readonly column: number;
  /** The side or diameter as a share of its cell, above 0 and at most 1. */
  readonly size: number;
  /** For: a filled square. Against: a hollow circle. */
  readonly isFor: boolean;
}

/** Smaller marks than this could not be told apart. */
const SMALLEST = 0.14;

/**
 * The marks of a map, [rows, columns] numbers of either sign. A mark's area shows how strong it is beside
 * the strongest, which is 1 unless `largest` says what is to fill a cell.
 */
export function halftone(
  values: ArrayLike<number>,
  columns: number,
  largest = largestSize(values),
): readonly HalftoneMark[] {
  if (largest === 0) return [];
  return Array.from(values).flatMap((value, at) => {
    const size = Math.min(1, Math.sqrt(Math.abs(value) / largest));
    if (size < SMALLEST) return [];
    return [{ row: Math.floor(at / columns), column: at % columns, size, isFor: value > 0 }];
  });
}

/** The means of squares of `block` × `block` numbers: [side / block, side / block]. */
export function poolMeans(values: Float32Array, side: number, block: number): Float32Array<ArrayBuffer> {
  const cells = side / block;
  const means = new Float32Array(cells * cells);
  values.forEach((value, at) => {
    const row = Math.floor(at / side / block);
    const column = Math.floor((at % side) / block);
    means[row * cells + column]! += value / (block * block);
  });
  return means;
}

/** The largest absolute value; 0 where there is none. */
export function largestSize(values: ArrayLike<number>): number {
  let largest = 0;
  for (let at = 0; at < values.length; at++) largest = Math.max(largest, Math.abs(values[at]!));
  return largest;
}
