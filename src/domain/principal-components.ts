/** The directions in which images differ most: principal component analysis. */
import { IMAGE_PIXELS } from './sample';
import { largestEigenpairs } from './symmetric-eigen';

/** More images would hardly turn the components, and take longer. */
const MAX_IMAGES = 10_000;
const DEFAULT_SEED = 1;

/** A few directions in the space of images, those of the greatest variance first. */
export interface PrincipalComponents {
  /** The mean image, in bytes: [784]. */
  readonly mean: Float64Array;
  /** Unit vectors, at right angles to each other: each [784]. Their largest entry is positive. */
  readonly components: readonly Float64Array[];
  /** How much of all variance lies in each direction, 0 … 1. */
  readonly shares: readonly number[];
}

/**
 * Finds the first `count` components of images, [n, 28, 28] bytes. Of more than 10,000 images, 10,000 at
 * even distances are used. The work grows with the square of the inked pixels per image: 10,000 digits
 * take about a second, 10,000 pictures without paper several.
 */
export function findPrincipalComponents(
  pixels: Uint8Array,
  count: number,
  seed = DEFAULT_SEED,
): PrincipalComponents {
  const sums = new Float64Array(IMAGE_PIXELS);
  const products = Array.from({ length: IMAGE_PIXELS }, () => new Float64Array(IMAGE_PIXELS));
  const used = evenIndices(pixels.length / IMAGE_PIXELS, MAX_IMAGES);
  for (const index of used) addProducts(pixels, index * IMAGE_PIXELS, sums, products);
  const mean = sums.map((sum) => sum / Math.max(1, used.length));
  const variance = toCovariance(products, mean, Math.max(1, used.length));
  const pairs = largestEigenpairs(products, count, seed);
  return {
    mean,
    components: pairs.map(({ vector }) => orient(vector)),
    shares: pairs.map(({ value }) => (variance === 0 ? 0 : value / variance)),
  };
}

/** Where images, [n, 28, 28] bytes, lie along each component: [n, components], in bytes. */
export function projectImages(
  pixels: Uint8Array,
  { mean, components }: PrincipalComponents,
): Float32Array<ArrayBuffer> {
  const width = components.length;
  const places = new Float32Array((pixels.length / IMAGE_PIXELS) * width);
  const weights = interleave(components);
  const origin = components.map((component) => -dot(component, mean));
  const sums = new Float64Array(width);
  for (let row = 0; row * IMAGE_PIXELS < pixels.length; row++) {
    sums.set(origin);
    addProjection(pixels, row * IMAGE_PIXELS, weights, sums);
    places.set(sums, row * width);
  }
  return places;
}

/** Up to `limit` whole numbers below `count`, at even distances. */
export function evenIndices(count: number, limit: number): readonly number[] {
  const length = Math.min(count, limit);
  return Array.from({ length }, (_, k) => Math.floor((k * count) / length));
}

/** Adds an image to the sums and to the upper half of the products: paper adds nothing to either. */
function addProducts(
  pixels: Uint8Array,
  start: number,
  sums: Float64Array,
  products: readonly Float64Array[],
): void {
  const inked: number[] = [];
  for (let at = 0; at < IMAGE_PIXELS; at++) if (pixels[start + at] !== 0) inked.push(at);
  for (let a = 0; a < inked.length; a++) {
    const ink = pixels[start + inked[a]!]!;
    const row = products[inked[a]!]!;
    sums[inked[a]!]! += ink;
    for (let b = a; b < inked.length; b++) row[inked[b]!]! += ink * pixels[start + inked[b]!]!;
  }
}

/** Makes the sums of products, of which the upper half is given, into covariances; returns their trace. */
function toCovariance(products: readonly Float64Array[], mean: Float64Array, count: number): number {
  let trace = 0;
  for (let a = 0; a < IMAGE_PIXELS; a++) {
    for (let b = a; b < IMAGE_PIXELS; b++) {
      const covariance = products[a]![b]! / count - mean[a]! * mean[b]!;
      products[a]![b] = products[b]![a] = covariance;
    }
    trace += products[a]![a]!;
  }
  return trace;
}

/** An eigenvector may point either way; this makes it one of the two. */
function orient(vector: Float64Array): Float64Array {
  const largest = vector.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0);
  return largest < 0 ? vector.map((value) => -value) : vector;
}

/** [784, components]: what one pixel adds to each coordinate lies side by side. */
function interleave(components: readonly Float64Array[]): Float64Array {
  const weights = new Float64Array(IMAGE_PIXELS * components.length);
  components.forEach((component, k) =>
    component.forEach((value, at) => (weights[at * components.length + k] = value)),
  );
  return weights;
}

function addProjection(pixels: Uint8Array, start: number, weights: Float64Array, sums: Float64Array): void {
  const width = sums.length;
  for (let at = 0; at < IMAGE_PIXELS; at++) {
    const ink = pixels[start + at]!;
    if (ink === 0) continue;
    for (let k = 0; k < width; k++) sums[k]! += ink * weights[at * width + k]!;
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, at) => sum + value * b[at]!, 0);
}
