/**
 * Digits of a pen so thick that its line fills what it should go around. A network has seen few of them; thinned to
 * a line of a usual width they are digits as others write them. Lines of a usual width are left as they are.
 */
import { longerSide, type Box, type GreyImage } from './raster';
import { areaSample, resample } from './resample';

/** Half of a line's width, in parts of the digit's longer side, from which on it is thick. */
const THICK = 0.112;
/** A line so thick, along the digit's longer side, fills at least this share of that side's square. */
const LEAST_FILLED = 1.8 * THICK;
/** Half a thick line's width is its ink by its outline, which steps of pixels and ends make longer. */
const LEAST_PER_OUTLINE = 0.5 * THICK;
/** The share of a thick line's half width that is taken off on each side; chosen on validation digits. */
const TAKEN_OFF = 0.45;
/** The share of a line's places that may be thinner than what counts as its width: corners, and ends. */
const THINNER = 0.1;
/** Digits are measured and thinned with this many pixels along their longer side at most. */
const WORKING_SIDE = 96;
/** Digits with a longer side below this have too few pixels to be thinned. */
const SMALLEST_SIDE = 48;
/** Half ink and more is line. */
const LINE_INK = 128;

/**
 * The ink in the box with a thinner line; undefined where the line is not thick, or there are too few pixels to
 * tell. What comes back may be smaller than the box.
 */
export function thinThickPen(ink: GreyImage, box: Box): GreyImage | undefined {
  const side = longerSide(box);
  if (side < SMALLEST_SIDE || !mayBeThick(ink, box)) return undefined;
  const working = shrinkBox(ink, box, Math.max(1, side / WORKING_SIDE));
  const depths = measureDepths(working);
  const half = lineHalfWidth(working, depths);
  if (half < THICK * Math.max(working.width, working.height)) return undefined;
  const data = Uint8Array.from(depths, (depth) =>
    Math.round(255 * Math.min(1, Math.max(0, depth - TAKEN_OFF * half))),
  );
  return { ...working, data };
}

/** Whether a line may be thick, at a glance: by its ink, and by how much of it there is for its outline. */
function mayBeThick({ width, data }: GreyImage, box: Box): boolean {
  let area = 0;
  let outline = 0;
  for (let y = box.top; y < box.bottom; y++) {
    let wasLine = false;
    for (let at = y * width + box.left; at < y * width + box.right; at++) {
      const isLine = data[at]! >= LINE_INK;
      if (isLine) area += 1;
      if (isLine !== wasLine) outline += 1;
      if (isLine !== (y > box.top && data[at - width]! >= LINE_INK)) outline += 1;
      wasLine = isLine;
    }
  }
  const side = longerSide(box);
  return area >= LEAST_FILLED * side ** 2 && area >= LEAST_PER_OUTLINE * side * outline;
}

/** The ink in a box, `cell` source pixels to a pixel. */
function shrinkBox(ink: GreyImage, { left, top, right, bottom }: Box, cell: number): GreyImage {
  const samples = (start: number, end: number, length: number) =>
    Array.from({ length: Math.ceil((end - start) / cell) }, (_, index) =>
      areaSample(start + index * cell, start + (index + 1) * cell, length),
    );
  return resample(ink, samples(left, right, ink.width), samples(top, bottom, ink.height));
}

/** How far each pixel of the line lies from the nearest paper, in pixels; paper is 0, as is all around. */
function measureDepths({ width, height, data }: GreyImage): Float32Array {
  const down = new Float32Array(data.length);
  for (let x = 0; x < width; x++) {
    for (let y = 0, run = 0; y < height; y++) {
      run = data[y * width + x]! >= LINE_INK ? run + 1 : 0;
      down[y * width + x] = run;
    }
    for (let y = height - 1, run = 0; y >= 0; y--) {
      run = data[y * width + x]! >= LINE_INK ? run + 1 : 0;
      down[y * width + x] = Math.min(run, down[y * width + x]!);
    }
  }
  return down.map((depth, at) => nearestAlongRow(down, at, width, depth));
}

/** The way to the nearest paper when its place in each column of the row is known. */
function nearestAlongRow(down: Float32Array, at: number, width: number, depth: number): number {
  const x = at % width;
  let nearest = depth;
  for (let step = 1; step < nearest; step++) {
    const left = x < step ? 0 : down[at - step]!;
    const right = x + step >= width ? 0 : down[at + step]!;
    nearest = Math.min(nearest, Math.hypot(step, Math.min(left, right)));
  }
  return nearest;
}

/** Half of the line's width, in pixels: how deep its middle lies, nearly where it is thinnest. */
function lineHalfWidth({ width, height }: GreyImage, depths: Float32Array): number {
  const middle: number[] = [];
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const at = y * width + x;
      if (depths[at]! >= 1 && isSummit(depths, at, width)) middle.push(depths[at]!);
    }
  }
  return middle.sort((a, b) => a - b)[Math.floor(THINNER * middle.length)] ?? 0;
}

function isSummit(depths: Float32Array, at: number, width: number): boolean {
  for (const row of [at - width, at, at + width]) {
    for (let near = row - 1; near <= row + 1; near++) if (depths[near]! > depths[at]!) return false;
  }
  return true;
}
