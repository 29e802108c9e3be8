import type { GreyImage } from './raster';

/** Which source pixels one pixel of the result is made of along one axis, and how much of each. */
export interface AxisSample {
  readonly first: number;
  readonly weights: Float64Array;
}

/** The mean over [from, to) of a row of `length` pixels; what lies outside the row counts as 0. */
export function areaSample(from: number, to: number, length: number): AxisSample {
  const first = Math.max(0, Math.floor(from));
  // Rounding errors of a division must not reach into one more pixel.
  const end = Math.min(length, Math.ceil(to - 1e-9));
  const weights = new Float64Array(Math.max(0, end - first));
  for (let k = 0; k < weights.length; k++) {
    const covered = Math.min(to, first + k + 1) - Math.max(from, first + k);
    weights[k] = Math.max(0, covered) / (to - from);
  }
  return { first, weights };
}

/** The value at a point of a row of `length` pixels, linear between their centres, 0 outside. */
export function linearSample(at: number, length: number): AxisSample {
  const left = Math.floor(at - 0.5);
  const share = at - 0.5 - left;
  const weights = [1 - share, share].filter((_, k) => left + k >= 0 && left + k < length);
  return { first: Math.max(0, left), weights: Float64Array.from(weights) };
}

/** Scales an image: the result's pixel [y, x] is `rows[y]` of `columns[x]` of the source, rounded. */
export function resample(
  source: GreyImage,
  columns: readonly AxisSample[],
  rows: readonly AxisSample[],
): GreyImage {
  const width = columns.length;
  const narrow = resampleRows(source, columns, rows);
  const data = new Uint8Array(width * rows.length);
  for (let y = 0; y < rows.length; y++) {
    const { first, weights } = rows[y]!;
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let k = 0; k < weights.length; k++) sum += weights[k]! * narrow[(first + k) * width + x]!;
      data[y * width + x] = Math.round(sum);
    }
  }
  return { width, height: rows.length, data };
}

/** Scales along x only, for just the rows that are used: floats, [source height, columns]. */
function resampleRows(
  { width, height, data }: GreyImage,
  columns: readonly AxisSample[],
  rows: readonly AxisSample[],
): Float32Array {
  const scaled = new Float32Array(height * columns.length);
  const used = rows.filter((row) => row.weights.length > 0);
  const top = Math.min(height, ...used.map((row) => row.first));
  const bottom = Math.max(0, ...used.map((row) => row.first + row.weights.length));
  for (let y = top; y < bottom; y++) {
    for (let x = 0; x < columns.length; x++) {
      const { first, weights } = columns[x]!;
      let sum = 0;
      for (let k = 0; k < weights.length; k++) sum += weights[k]! * data[y * width + first + k]!;
      scaled[y * columns.length + x] = sum;
    }
  }
  return scaled;
}
