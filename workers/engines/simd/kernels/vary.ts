/** What `src/domain/augment.ts` says happens to an image, done to the very same bytes. */
import {
  IMAGE_PIXELS,
  IMAGE_SIDE,
  VARY_BORDER,
  VARY_SIDE,
  VARY_SCRATCH_BYTES,
  VARIATION_BYTES,
} from './layout';

const GRID: i32 = 4;
/** Offset of the grid's displacements in a variation, and the length of those along one axis. */
const GRID_X: usize = 32;
const GRID_BYTES: usize = 64;
/** Offsets of how much is blurred, and of how contrast is multiplied. */
const BLUR: usize = 160;
const CONTRAST: usize = 164;
/** From the border's corner to the first pixel of an image in the scratch, and to the scratch's other image. */
const FIRST: usize = VARY_BORDER * VARY_SIDE + VARY_BORDER;
const OTHER: usize = VARY_SIDE * VARY_SIDE;

/**
 * Varies images, [images, 784] bytes, as variations say, to floats 0 … 1. `places` is the table of
 * `gridPlaces`; `scratch` is room for two images with zeros around them.
 */
export function varyPixels(
  source: usize,
  variations: usize,
  images: i32,
  places: usize,
  scratch: usize,
  target: usize,
): void {
  memory.fill(scratch, 0, VARY_SCRATCH_BYTES);
  for (let image = 0; image < images; image++) {
    changeThickness(source, load<i32>(variations, 24), scratch);
    warp(scratch, variations, places, scratch + OTHER);
    let from = scratch + OTHER;
    let to = scratch;
    for (let blur = load<i32>(variations, BLUR); blur > 0; blur -= 256) {
      mixNeighbours(from, to, min(256, blur));
      const blurred = to;
      to = from;
      from = blurred;
    }
    finish(from, load<i32>(variations, CONTRAST), target);
    source += IMAGE_PIXELS;
    variations += VARIATION_BYTES;
    target += IMAGE_PIXELS << 2;
  }
}

/** Copies an image into the middle of the scratch, its strokes grown or shrunk. */
function changeThickness(source: usize, amount: i32, scratch: usize): void {
  let to = scratch + FIRST;
  const share = abs(amount);
  for (let y = 0; y < IMAGE_SIDE; y++, to += VARY_SIDE - IMAGE_SIDE) {
    for (let x = 0; x < IMAGE_SIDE; x++, source++, to++) {
      const own = load<u8>(source) as i32;
      if (amount === 0) {
        store<u8>(to, own);
        continue;
      }
      const left: i32 = x > 0 ? load<u8>(source - 1) : 0;
      const right: i32 = x < IMAGE_SIDE - 1 ? load<u8>(source + 1) : 0;
      const above: i32 = y > 0 ? load<u8>(source - IMAGE_SIDE) : 0;
      const below: i32 = y < IMAGE_SIDE - 1 ? load<u8>(source + IMAGE_SIDE) : 0;
      const extreme =
        amount > 0
          ? max(own, max(max(left, right), max(above, below)))
          : min(own, min(min(left, right), min(above, below)));
      store<u8>(to, own + (((extreme - own) * share + 128) >> 8));
    }
  }
}

function warp(scratch: usize, variation: usize, places: usize, target: usize): void {
  target += FIRST;
  const xx = load<i32>(variation);
  const xy = load<i32>(variation, 4);
  const yx = load<i32>(variation, 8);
  const yy = load<i32>(variation, 12);
  const hasGrid = load<i32>(variation, 28) !== 0;
  const grid = variation + GRID_X;
  let rowX = load<i32>(variation, 16);
  let rowY = load<i32>(variation, 20);
  for (let y = 0; y < IMAGE_SIDE; y++, rowX += xy, rowY += yy, target += VARY_SIDE - IMAGE_SIDE) {
    let sourceX = rowX;
    let sourceY = rowY;
    for (let x = 0; x < IMAGE_SIDE; x++, sourceX += xx, sourceY += yx, target++) {
      let atX = sourceX;
      let atY = sourceY;
      if (hasGrid) {
        atX += displacementAt(grid, places, x, y);
        atY += displacementAt(grid + GRID_BYTES, places, x, y);
      }
      store<u8>(target, sampleLinear(scratch, atX, atY));
    }
  }
}

/** Each pixel with its neighbours, 1 2 1 along both axes, mixed in by a share in 1/256. */
function mixNeighbours(from: usize, to: usize, share: i32): void {
  from += FIRST;
  to += FIRST;
  for (let y = 0; y < IMAGE_SIDE; y++, from += VARY_SIDE - IMAGE_SIDE, to += VARY_SIDE - IMAGE_SIDE) {
    for (let x = 0; x < IMAGE_SIDE; x++, from++, to++) {
      const own = load<u8>(from) as i32;
      const sum = sumRow(from - VARY_SIDE) + 2 * sumRow(from) + sumRow(from + VARY_SIDE);
      store<u8>(to, own + (((((sum + 8) >> 4) - own) * share + 128) >> 8));
    }
  }
}

function sumRow(at: usize): i32 {
  return (load<u8>(at - 1) as i32) + 2 * (load<u8>(at) as i32) + (load<u8>(at + 1) as i32);
}

/** Multiplies contrast about the middle grey, by a factor in 1/256, and gives floats 0 … 1. */
function finish(from: usize, factor: i32, target: usize): void {
  from += FIRST;
  for (let y = 0; y < IMAGE_SIDE; y++, from += VARY_SIDE - IMAGE_SIDE) {
    for (let x = 0; x < IMAGE_SIDE; x++, from++, target += 4) {
      const value = ((((load<u8>(from) as i32) - 128) * factor) >> 8) + 128;
      f32.store(target, (min(255, max(0, value)) as f32) / 255);
    }
  }
}

function displacementAt(grid: usize, places: usize, x: i32, y: i32): i32 {
  const column = places + (x << 3);
  const row = places + (y << 3);
  const right = load<i32>(column, 4);
  const below = load<i32>(row, 4);
  const at = grid + ((load<i32>(row) * GRID + load<i32>(column)) << 2);
  const upper = (load<i32>(at) * (256 - right) + load<i32>(at, 4) * right) >> 8;
  const lower = (load<i32>(at, 16) * (256 - right) + load<i32>(at, 20) * right) >> 8;
  return (upper * (256 - below) + lower * below) >> 8;
}

/** Positions beyond the image are moved to its border of zeros, where every neighbour is zero, too. */
function sampleLinear(scratch: usize, x: i32, y: i32): i32 {
  const left = min(max(x >> 16, -VARY_BORDER), IMAGE_SIDE);
  const top = min(max(y >> 16, -VARY_BORDER), IMAGE_SIDE);
  const right = (x >> 8) & 255;
  const below = (y >> 8) & 255;
  const at = scratch + (top + VARY_BORDER) * VARY_SIDE + left + VARY_BORDER;
  const upper = (load<u8>(at) as i32) * (256 - right) + (load<u8>(at, 1) as i32) * right;
  const lower =
    (load<u8>(at, VARY_SIDE) as i32) * (256 - right) + (load<u8>(at, VARY_SIDE + 1) as i32) * right;
  return (upper * (256 - below) + lower * below + 32768) >> 16;
}
