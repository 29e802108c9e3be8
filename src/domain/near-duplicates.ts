/** Images that are in a set more than once: byte for byte, or almost. */
import { findPrincipalComponents, projectImages } from './principal-components';
import { IMAGE_PIXELS, IMAGE_SIDE } from './sample';
import { hashPixels } from './split';

/** Indices of images that are the same, ascending; the first stands for the others. */
export type DuplicateGroup = readonly number[];

/**
 * Images are nearly the same if their difference is no more than this share of the fainter one (both as
 * Euclidean lengths), once both are moved to the middle: a correlation above 0.99. No two of MNIST's
 * training images are so near; at 0.2 there would be 250 groups, nearly all of them simple strokes for 1.
 */
export const NEAR_SHARE = 0.12;

/** Enough to tell most images apart; each further one makes the projection slower. */
const COMPONENTS = 8;
/** Projections are floats of 32 bits: a distance may come out too great by a little. */
const ROUNDING = 0.01;
/** Has no divisor in common with 784: pixels are visited all over the image, so that differences show soon. */
const STRIDE = 365;

/** Groups of images, [n, 28, 28] bytes, that are equal byte for byte. Linear in n. */
export function findExactDuplicates(pixels: Uint8Array): readonly DuplicateGroup[] {
  return groupsOf(linkExact(pixels));
}

/**
 * Groups of images, [n, 28, 28] bytes, that are nearly equal: also if one was moved by whole pixels, as
 * long as no ink was lost. Exact duplicates are among them. Groups are chains: their ends may differ by
 * more than neighbours do.
 *
 * Images are moved so that the middle of their ink is in the middle; equal ones are joined by a hash, and
 * the rest is sorted along its first principal component. Pairs within reach there and in the next seven
 * are compared pixel by pixel. Projecting never makes a distance greater, so that only one kind of pair is
 * missed: images whose middles round to different pixels, of which there are the more the more they
 * differ. The work is n log n and the pairs within reach in the first component: for MNIST a third of
 * all (60,000 images take about 4 s), all of them where all images resemble each other.
 */
export function findNearDuplicates(pixels: Uint8Array, share = NEAR_SHARE): readonly DuplicateGroup[] {
  const centred = centreImages(pixels);
  const links = linkExact(centred);
  const alone = Array.from(links.keys()).filter((index) => links[index] === index);
  const places = projectImages(centred, findPrincipalComponents(centred, COMPONENTS));
  linkNear(centred, sortPlaces(places, alone), share, links);
  return groupsOf(links);
}

/** Each image's link is an earlier image of its group, or itself. */
type Links = Uint32Array;

function linkExact(pixels: Uint8Array): Links {
  const links = Uint32Array.from({ length: pixels.length / IMAGE_PIXELS }, (_, index) => index);
  const firstWith = new Map<number, number[]>();
  for (const index of links.keys()) {
    const image = viewOf(pixels, index);
    const hash = hashPixels(image);
    const firsts = firstWith.get(hash) ?? [];
    const equal = firsts.find((first) => areEqual(viewOf(pixels, first), image));
    if (equal === undefined) firstWith.set(hash, [...firsts, index]);
    else links[index] = equal;
  }
  return links;
}

/** Images in the order of their first coordinate. `coordinates` is [n, 8] in that order. */
interface SortedPlaces {
  readonly indices: readonly number[];
  readonly coordinates: Float32Array;
}

function sortPlaces(places: Float32Array, chosen: readonly number[]): SortedPlaces {
  const indices = [...chosen].sort((a, b) => places[a * COMPONENTS]! - places[b * COMPONENTS]!);
  const coordinates = new Float32Array(indices.length * COMPONENTS);
  indices.forEach((index, row) => {
    coordinates.set(places.subarray(index * COMPONENTS, (index + 1) * COMPONENTS), row * COMPONENTS);
  });
  return { indices, coordinates };
}

function linkNear(pixels: Uint8Array, sorted: SortedPlaces, share: number, links: Links): void {
  const { indices, coordinates } = sorted;
  const limits = Float64Array.from(indices, (index) => share * share * squaresOf(pixels, index));
  const compare = (row: number, other: number) => {
    const [a, b] = [indices[row]!, indices[other]!];
    const limit = Math.min(limits[row]!, limits[other]!);
    if (rootOf(links, a) !== rootOf(links, b) && areWithin(pixels, a, b, limit)) join(links, a, b);
  };
  for (let row = 0; row < indices.length; row++) {
    forEachInReach(coordinates, row, Math.sqrt(limits[row]!) + ROUNDING, compare);
  }
}

/** Calls for each later row whose place is no further than `reach` from that of `row`. */
function forEachInReach(
  coordinates: Float32Array,
  row: number,
  reach: number,
  call: (row: number, other: number) => void,
): void {
  const here = row * COMPONENTS;
  const [x, y, z] = [coordinates[here]!, coordinates[here + 1]!, coordinates[here + 2]!];
  const limit = reach * reach;
  for (let there = here + COMPONENTS; there < coordinates.length; there += COMPONENTS) {
    const right = coordinates[there]! - x;
    if (right > reach) return;
    // Without a branch for each of them: this is asked a few hundred million times.
    const down = coordinates[there + 1]! - y;
    const deep = coordinates[there + 2]! - z;
    if (right * right + down * down + deep * deep > limit) continue;
    if (distanceOf(coordinates, here, there) <= limit) call(row, there / COMPONENTS);
  }
}

/** The square of the distance of two places. */
function distanceOf(coordinates: Float32Array, here: number, there: number): number {
  let distance = 0;
  for (let k = 0; k < COMPONENTS; k++) distance += (coordinates[here + k]! - coordinates[there + k]!) ** 2;
  return distance;
}

/** Whether the squares of the differences of two images add up to no more than `limit`. */
function areWithin(pixels: Uint8Array, a: number, b: number, limit: number): boolean {
  let sum = 0;
  for (let k = 0, at = 0; k < IMAGE_PIXELS && sum <= limit; k++, at = (at + STRIDE) % IMAGE_PIXELS) {
    const step = pixels[a * IMAGE_PIXELS + at]! - pixels[b * IMAGE_PIXELS + at]!;
    sum += step * step;
  }
  return sum <= limit;
}

function squaresOf(pixels: Uint8Array, index: number): number {
  let sum = 0;
  for (const ink of viewOf(pixels, index)) sum += ink * ink;
  return sum;
}

function rootOf(links: Links, index: number): number {
  let root = index;
  while (links[root] !== root) root = links[root]!;
  // Shortens the way for the next who asks.
  links[index] = root;
  return root;
}

function join(links: Links, a: number, b: number): void {
  const [first, second] = [rootOf(links, a), rootOf(links, b)];
  links[Math.max(first, second)] = Math.min(first, second);
}

function groupsOf(links: Links): readonly DuplicateGroup[] {
  const groups = new Map<number, number[]>();
  for (const index of links.keys()) {
    const root = rootOf(links, index);
    if (root === index) groups.set(index, [index]);
    else groups.get(root)!.push(index);
  }
  return [...groups.values()].filter(({ length }) => length > 1);
}

/** Moves each image by whole pixels so that the middle of its ink is in the middle. */
function centreImages(pixels: Uint8Array): Uint8Array {
  const centred = new Uint8Array(pixels.length);
  for (let start = 0; start < pixels.length; start += IMAGE_PIXELS) {
    const { x, y } = middleOf(pixels, start);
    const [right, down] = [x, y].map((middle) => IMAGE_SIDE / 2 - Math.round(middle));
    moveImage(pixels, centred, start, right!, down!);
  }
  return centred;
}

/** The centre of mass of an image's ink. */
function middleOf(pixels: Uint8Array, start: number): { x: number; y: number } {
  let [mass, x, y] = [0, 0, 0];
  for (let at = 0; at < IMAGE_PIXELS; at++) {
    const ink = pixels[start + at]!;
    mass += ink;
    x += ink * (at % IMAGE_SIDE);
    y += ink * Math.floor(at / IMAGE_SIDE);
  }
  const isBlank = mass === 0;
  return isBlank ? { x: IMAGE_SIDE / 2, y: IMAGE_SIDE / 2 } : { x: x / mass, y: y / mass };
}

/** Copies the ink that stays on the paper; the rest is gone. */
function moveImage(from: Uint8Array, to: Uint8Array, start: number, right: number, down: number): void {
  const isInside = (value: number) => value >= 0 && value < IMAGE_SIDE;
  for (let at = 0; at < IMAGE_PIXELS; at++) {
    if (from[start + at] === 0) continue;
    const x = (at % IMAGE_SIDE) + right;
    const y = Math.floor(at / IMAGE_SIDE) + down;
    if (isInside(x) && isInside(y)) to[start + y * IMAGE_SIDE + x] = from[start + at]!;
  }
}

function viewOf(pixels: Uint8Array, index: number): Uint8Array {
  return pixels.subarray(index * IMAGE_PIXELS, (index + 1) * IMAGE_PIXELS);
}

function areEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.every((value, at) => value === b[at]);
}
