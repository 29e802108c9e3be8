/** Which of many vectors point the same way as another one. */

/** A vector that was found: its number, and 1 less the cosine of the angle between the two, 0 … 2. */
export interface Neighbour {
  readonly index: number;
  readonly distance: number;
}

/** Makes each row of [count, width] one long, in place; a row of zeros stays as it is. */
export function normalizeRows(rows: Float32Array, width: number): void {
  for (let start = 0; start < rows.length; start += width) {
    const row = rows.subarray(start, start + width);
    const length = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0));
    if (length > 0) row.forEach((value, at) => (row[at] = value / length));
  }
}

/** The `count` rows nearest to a vector, the nearest first. Rows and vector are one long. */
export function findNearest(rows: Float32Array, vector: Float32Array, count: number): readonly Neighbour[] {
  const distances = Float32Array.from({ length: rows.length / vector.length }, (_, index) => {
    let cosine = 0;
    const start = index * vector.length;
    for (let at = 0; at < vector.length; at++) cosine += rows[start + at]! * vector[at]!;
    return Math.max(0, 1 - cosine);
  });
  return Array.from(distances.keys())
    .sort((a, b) => distances[a]! - distances[b]!)
    .slice(0, count)
    .map((index) => ({ index, distance: distances[index]! }));
}
