/** What the neighbourhood of each pixel says: means, and the paper behind thin things. Edges are cut off. */
import type { GreyImage } from './raster';

/** The mean over (2 · radius + 1)² pixels around each one; at the edges over those that exist. */
export function boxMean({ width, height, data }: GreyImage, radius: number): GreyImage {
  const rows = new Float32Array(data.length);
  for (let y = 0; y < height; y++) meanAlong(data, rows, y * width, 1, width, radius);
  const both = new Uint8ClampedArray(data.length);
  for (let x = 0; x < width; x++) meanAlong(rows, both, x, width, height, radius);
  return { width, height, data: new Uint8Array(both.buffer) };
}

/** The running mean along one line of `length` values that lie `step` apart. */
function meanAlong(
  source: Uint8Array | Float32Array,
  target: Float32Array | Uint8ClampedArray,
  start: number,
  step: number,
  length: number,
  radius: number,
): void {
  let sum = 0;
  let count = 0;
  for (let at = -radius; at < length; at++) {
    const enters = at + radius;
    const leaves = at - radius - 1;
    if (enters < length) {
      sum += source[start + enters * step]!;
      count += 1;
    }
    if (leaves >= 0) {
      sum -= source[start + leaves * step]!;
      count -= 1;
    }
    if (at >= 0) target[start + at * step] = sum / count;
  }
}

/**
 * A closing by a square: whatever is dark and nowhere as wide as 2 · radius + 1 pixels takes the level
 * around it; edges of wider dark areas stay exactly where they are.
 */
export function close(image: GreyImage, radius: number): GreyImage {
  const dilated = extremes(image.data, image.width, image.height, radius);
  // The minimum is the maximum of the negative.
  negate(dilated);
  const eroded = extremes(dilated, image.width, image.height, radius);
  negate(eroded);
  return { ...image, data: eroded };
}

function negate(data: Uint8Array): void {
  for (let at = 0; at < data.length; at++) data[at] = 255 - data[at]!;
}

/** The maximum over a square around each pixel. */
function extremes(data: Uint8Array, width: number, height: number, radius: number): Uint8Array {
  const rows = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) maximumAlong(data, rows, y * width, 1, width, radius);
  const both = new Uint8Array(data.length);
  for (let x = 0; x < width; x++) maximumAlong(rows, both, x, width, height, radius);
  return both;
}

/**
 * The running maximum along one line in three comparisons a value, whatever the radius: the line is cut
 * into pieces as long as the window; each window is the end of one piece and the start of the next (van
 * Herk, 1992; Gil and Werman, 1993).
 */
function maximumAlong(
  source: Uint8Array,
  target: Uint8Array,
  start: number,
  step: number,
  length: number,
  radius: number,
): void {
  const window = 2 * radius + 1;
  const forward = new Uint8Array(length);
  const backward = new Uint8Array(length);
  for (let at = 0; at < length; at++) {
    const value = source[start + at * step]!;
    forward[at] = at % window === 0 ? value : Math.max(forward[at - 1]!, value);
  }
  for (let at = length - 1; at >= 0; at--) {
    const value = source[start + at * step]!;
    const isEnd = at % window === window - 1 || at === length - 1;
    backward[at] = isEnd ? value : Math.max(backward[at + 1]!, value);
  }
  for (let at = 0; at < length; at++) {
    const first = Math.max(0, at - radius);
    const last = Math.min(length - 1, at + radius);
    target[start + at * step] =
      Math.floor(first / window) !== Math.floor(last / window)
        ? Math.max(backward[first]!, forward[last]!)
        : // Within one piece, as at the line's ends, the window reaches up to one end of it.
          first % window === 0
          ? forward[last]!
          : backward[first]!;
  }
}
