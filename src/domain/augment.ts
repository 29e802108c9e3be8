/**
 * Training images, varied: a pure function of (seed, epoch, index). What happens to an image is drawn here,
 * as a list of integers, and done here or by an engine's kernel: integer arithmetic, so that both come to the
 * very same bytes.
 */
import type { Augmentation } from './augmentation';
import { createRandom, mixSeed, type Random } from './random';
import { IMAGE_PIXELS, IMAGE_SIDE } from './sample';

/** Points of the elastic grid along an axis. */
const GRID = 4;
const GRID_POINTS = GRID * GRID;
const CENTRE = (IMAGE_SIDE - 1) / 2;
/** Positions and displacements are in 1/65536 pixel. */
const ONE = 65_536;

/**
 * Integers of a variation: the matrix [xx, xy, yx, yy] and the position [x, y] from which the first pixel is
 * taken, all in 1/65536; the change of thickness in 1/256; 1 where there is a grid; then the grid's
 * displacements along x and along y; then how much is blurred and how contrast is multiplied, in 1/256.
 * `kernels/vary.ts` reads the same.
 */
export const VARIATION_LENGTH = 8 + 2 * GRID_POINTS + 2;
const BLUR_AT = VARIATION_LENGTH - 2;
/** Multiplies contrast by one. */
const SAME_CONTRAST = 256;

/** True where an augmentation changes anything. */
export function isVaried(augmentation: Augmentation): boolean {
  return Object.values(augmentation).some((amount) => amount > 0);
}

/**
 * A variation that moves an image and changes its thickness, and nothing else. `placing` is the matrix and the
 * position; all numbers are the integers above.
 */
export function plainVariation(placing: readonly number[], thickness: number): Int32Array {
  const variation = new Int32Array(VARIATION_LENGTH);
  variation.set([...placing, thickness]);
  variation[BLUR_AT + 1] = SAME_CONTRAST;
  return variation;
}

/** Draws what happens to an image, into `target` from `offset` on. */
export function drawVariation(
  augmentation: Augmentation,
  [seed, epoch, index]: readonly [seed: number, epoch: number, index: number],
  target: Int32Array,
  offset: number,
): void {
  const random = createRandom(mixSeed(seed, epoch, index));
  const thickness = random.uniform(-1, 1) * augmentation.thickness;
  const matrix = drawMatrix(augmentation, random);
  const shiftX = drawShift(augmentation.shift, random);
  const shiftY = drawShift(augmentation.shift, random);
  const [xx, xy, yx, yy] = matrix;
  const fixed = [
    ...matrix,
    CENTRE - xx * (CENTRE + shiftX) - xy * (CENTRE + shiftY),
    CENTRE - yx * (CENTRE + shiftX) - yy * (CENTRE + shiftY),
  ].map((value) => Math.round(value * ONE));
  target.set([...fixed, Math.round(thickness * 256), augmentation.elastic > 0 ? 1 : 0], offset);
  for (let point = 0; point < 2 * GRID_POINTS; point++) {
    target[offset + 8 + point] = Math.round(random.uniform(-1, 1) * augmentation.elastic * ONE);
  }
  const { blur = 0, contrast = 0 } = augmentation;
  target[offset + BLUR_AT] = Math.round(256 * blur * Math.max(0, random.uniform(-3, 1)));
  target[offset + BLUR_AT + 1] = Math.round(256 * 2 ** (contrast * Math.max(0, random.uniform(-3, 1))));
}

function drawShift(most: number, random: Random): number {
  return random.integer(2 * most + 1) - most;
}

/** The 2 × 2 matrix from a place in the new image to the place in the old one, relative to the centre. */
function drawMatrix(augmentation: Augmentation, random: Random): readonly [number, number, number, number] {
  const angle = (random.uniform(-1, 1) * augmentation.rotation * Math.PI) / 180;
  const scaleX = 1 + random.uniform(-1, 1) * augmentation.scale;
  const scaleY = 1 + random.uniform(-1, 1) * augmentation.scale;
  const shear = random.uniform(-1, 1) * augmentation.shear;
  const cosine = Math.cos(angle);
  const sine = Math.sin(angle);
  return [
    (cosine + shear * sine) / scaleX,
    (sine - shear * cosine) / scaleX,
    -sine / scaleY,
    cosine / scaleY,
  ];
}

/**
 * Does to an image, [28, 28] bytes, what a variation says. The result is written to `target` from `offset`
 * on; the variation is read from `from` on.
 */
export function varyImage(
  image: Uint8Array,
  variation: Int32Array,
  from: number,
  target: Uint8Array,
  offset: number,
): void {
  const [xx, xy, yx, yy, startX, startY, thickness, hasGrid] = variation.subarray(
    from,
    from + 8,
  ) as unknown as [number, number, number, number, number, number, number, number];
  const source = changeThickness(image, thickness);
  const grid = variation.subarray(from + 8, from + BLUR_AT);
  for (let y = 0; y < IMAGE_SIDE; y++) {
    for (let x = 0; x < IMAGE_SIDE; x++) {
      let sourceX = startX + xx * x + xy * y;
      let sourceY = startY + yx * x + yy * y;
      if (hasGrid) {
        sourceX += displacementAt(grid, 0, x, y);
        sourceY += displacementAt(grid, GRID_POINTS, x, y);
      }
      target[offset + y * IMAGE_SIDE + x] = sampleLinear(source, sourceX, sourceY);
    }
  }
  const varied = target.subarray(offset, offset + IMAGE_PIXELS);
  for (let blur = variation[from + BLUR_AT]!; blur > 0; blur -= 256)
    mixNeighbours(varied, Math.min(256, blur));
  multiplyContrast(varied, variation[from + BLUR_AT + 1]!);
}

/** Where a pixel lies between the grid's points: the cell, and a smooth weight, 0 … 256, of its far end. */
const GRID_PLACES = Array.from({ length: IMAGE_SIDE }, (_, pixel) => {
  const at = (pixel * (GRID - 1)) / (IMAGE_SIDE - 1);
  const cell = Math.min(GRID - 2, Math.floor(at));
  const share = at - cell;
  return { cell, weight: Math.round(256 * share * share * (3 - 2 * share)) };
});

/** Cells and weights, one pair for each pixel of an axis: the table that a kernel needs. */
export function gridPlaces(): Int32Array {
  return Int32Array.from(GRID_PLACES.flatMap(({ cell, weight }) => [cell, weight]));
}

function displacementAt(grid: Int32Array, first: number, x: number, y: number): number {
  const { cell: column, weight: right } = GRID_PLACES[x]!;
  const { cell: row, weight: below } = GRID_PLACES[y]!;
  const at = first + row * GRID + column;
  const upper = (grid[at]! * (256 - right) + grid[at + 1]! * right) >> 8;
  const lower = (grid[at + GRID]! * (256 - right) + grid[at + GRID + 1]! * right) >> 8;
  return (upper * (256 - below) + lower * below) >> 8;
}

/** The value at a position in 1/65536 pixel, linear between pixels' centres in steps of 1/256. */
function sampleLinear(image: Uint8Array, x: number, y: number): number {
  const left = x >> 16;
  const top = y >> 16;
  const right = (x >> 8) & 255;
  const below = (y >> 8) & 255;
  const upper = pixelAt(image, left, top) * (256 - right) + pixelAt(image, left + 1, top) * right;
  const lower = pixelAt(image, left, top + 1) * (256 - right) + pixelAt(image, left + 1, top + 1) * right;
  return (upper * (256 - below) + lower * below + 32_768) >> 16;
}

function pixelAt(image: Uint8Array, x: number, y: number): number {
  return x < 0 || y < 0 || x >= IMAGE_SIDE || y >= IMAGE_SIDE ? 0 : image[y * IMAGE_SIDE + x]!;
}

/** Grows (amount > 0) or shrinks strokes: a mixture with the largest or smallest of each cross of five. */
function changeThickness(image: Uint8Array, amount: number): Uint8Array {
  if (amount === 0) return image;
  const choose = amount > 0 ? Math.max : Math.min;
  const share = Math.abs(amount);
  const changed = new Uint8Array(IMAGE_PIXELS);
  for (let y = 0; y < IMAGE_SIDE; y++) {
    for (let x = 0; x < IMAGE_SIDE; x++) {
      const own = image[y * IMAGE_SIDE + x]!;
      const extreme = choose(
        own,
        pixelAt(image, x - 1, y),
        pixelAt(image, x + 1, y),
        pixelAt(image, x, y - 1),
        pixelAt(image, x, y + 1),
      );
      changed[y * IMAGE_SIDE + x] = own + (((extreme - own) * share + 128) >> 8);
    }
  }
  return changed;
}

/** Mixes each pixel, by a share in 1/256, with the mean of its neighbourhood: 1 2 1 along both axes. */
function mixNeighbours(image: Uint8Array, share: number): void {
  const sharp = Uint8Array.from(image);
  const row = (x: number, y: number) =>
    pixelAt(sharp, x - 1, y) + 2 * pixelAt(sharp, x, y) + pixelAt(sharp, x + 1, y);
  for (let y = 0; y < IMAGE_SIDE; y++) {
    for (let x = 0; x < IMAGE_SIDE; x++) {
      const own = sharp[y * IMAGE_SIDE + x]!;
      const mean = (row(x, y - 1) + 2 * row(x, y) + row(x, y + 1) + 8) >> 4;
      image[y * IMAGE_SIDE + x] = own + (((mean - own) * share + 128) >> 8);
    }
  }
}

/** Moves values away from the middle grey, by a factor in 1/256. */
function multiplyContrast(image: Uint8Array, factor: number): void {
  if (factor === 256) return;
  for (let at = 0; at < image.length; at++) {
    image[at] = Math.min(255, Math.max(0, (((image[at]! - 128) * factor) >> 8) + 128));
  }
}
