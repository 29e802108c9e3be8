/**
 * From any picture to the 784 bytes a network reads, as MNIST itself was made: "size normalized to fit
 * in a 20x20 pixel box while preserving their aspect ratio … centered in a 28x28 image by computing the
 * center of mass of the pixels" (LeCun, Cortes and Burges, the MNIST page). Measured on the set: the
 * longer side is 20 pixels, the centre of mass lies in [13.5, 14.5] on both axes.
 *
 * One pure function, four callers: drawing, upload, archive and API. Arrays only: a canvas would scale
 * differently in each browser.
 */
import { AppError } from './errors';
import { darkenPale, extractInk, flattenToGrey } from './extract-ink';
import { readPhotograph, type PhotographSteps } from './photograph';
import { longerSide, type Box, type GreyImage, type Raster } from './raster';
import { areaSample, linearSample, resample, type AxisSample } from './resample';
import { IMAGE_PIXELS, IMAGE_SIDE } from './sample';
import { thinThickPen } from './thick-pen';

/** Changes whenever the bytes change; stored with each sample and model version. */
export const PREPROCESS_VERSION = 3;
/** The longer side of a digit in the 28 × 28 image, in pixels. */
export const DIGIT_SIDE = 20;
/** The pixel index that the centre of mass comes to lie on. */
export const CENTRE_INDEX = 14;
/** A picture whose longer side is shorter than this holds no readable digit, in pixels. */
export const MIN_PICTURE_SIDE = 8;

/** Ink weaker than this does not decide where a digit ends: anti-aliasing, or the halo of a JPEG. */
const BOUNDS_INK = 16;
/** Pixels kept on both ends of a scaled digit's shorter side, for the soft edge outside its bounds. */
const SOFT_EDGE = 2;

/** Every step's picture, so that a person can see what happened. */
export interface PreprocessSteps {
  /** Grey levels, 0 black … 255 white, transparency laid on paper. */
  readonly grey: GreyImage;
  /** How it was read as a photograph; undefined for a clean picture. */
  readonly photograph: PhotographSteps | undefined;
  /** The same as ink, 0 paper … 255 ink; a photograph's may be smaller. */
  readonly ink: GreyImage;
  /** What the network reads: [28, 28] bytes. */
  readonly pixels: Uint8Array<ArrayBuffer>;
}

/**
 * A picture to what the network reads: [28, 28] bytes.
 * Throws `invalid-input` with reason IMAGE_TOO_SMALL or BLANK_IMAGE.
 */
export function toPixels(raster: Raster): Uint8Array<ArrayBuffer> {
  return preprocess(raster).pixels;
}

/** The same with the picture of every step. */
export function preprocess(raster: Raster): PreprocessSteps {
  if (Math.max(raster.width, raster.height) < MIN_PICTURE_SIDE) throw pictureTooSmall(raster);
  const grey = flattenToGrey(raster);
  const photograph = readPhotograph(raster, grey);
  const ink = photograph?.ink ?? extractInk(grey);
  const pixels = inkToPixels(ink);
  if (!pixels) throw blankPicture();
  return { grey, photograph, ink, pixels };
}

/**
 * Ink (0 paper … 255 ink) to what the network reads: the second half of `toPixels`, for strokes that
 * never were a picture. Returns undefined where there is no ink.
 */
export function inkToPixels(ink: GreyImage): Uint8Array<ArrayBuffer> | undefined {
  if (isNormalized(ink)) return Uint8Array.from(ink.data);
  const bounds = inkBounds(ink, BOUNDS_INK);
  const scaled = fitDigit((bounds && thinThickPen(ink, bounds)) ?? ink);
  return scaled && placeByCentreOfMass(scaled);
}

/**
 * True for an image that is in MNIST's form already, so that it passes unchanged. Among MNIST's own
 * are a few whose 20 pixels did not fit around their centre of mass: the field's edge cut one off.
 */
export function isNormalized(ink: GreyImage): boolean {
  if (ink.width !== IMAGE_SIDE || ink.height !== IMAGE_SIDE) return false;
  const bounds = inkBounds(ink, 1);
  if (!bounds) return false;
  const { x, y } = centreOfMass(ink);
  const isCentred = Math.max(Math.abs(x - CENTRE_INDEX), Math.abs(y - CENTRE_INDEX)) <= 0.5;
  const isCut =
    Math.min(bounds.left, bounds.top) === 0 || Math.max(bounds.right, bounds.bottom) === IMAGE_SIDE;
  const side = longerSide(bounds);
  return isCentred && (side === DIGIT_SIDE || (isCut && side === DIGIT_SIDE - 1));
}

/**
 * The box around all ink of at least the given strength, or undefined where there is none. Only what
 * lies in `within` counts: the whole image, unless a box is given.
 */
export function inkBounds(
  { width, height, data }: GreyImage,
  strength: number,
  within: Box = { left: 0, top: 0, right: width, bottom: height },
): Box | undefined {
  let left = width;
  let right = 0;
  let top = height;
  let bottom = 0;
  for (let y = within.top; y < within.bottom; y++) {
    for (let x = within.left; x < within.right; x++) {
      if (data[y * width + x]! < strength) continue;
      if (x < left) left = x;
      if (x >= right) right = x + 1;
      if (y < top) top = y;
      bottom = y + 1;
    }
  }
  return left < right ? { left, top, right, bottom } : undefined;
}

/**
 * Step 3: finds the digit and scales it. The box is tightened until its scaled picture reaches all of
 * its sides, so that dust or a hair, which vanish at 20 pixels, do not make the digit smaller.
 * Returns undefined where there is no ink.
 */
export function fitDigit(ink: GreyImage): GreyImage | undefined {
  let bounds = inkBounds(ink, BOUNDS_INK);
  while (bounds) {
    const scaled = scaleInk(ink, bounds);
    const visible = inkBounds(scaled, BOUNDS_INK);
    if (!visible) return undefined;
    if (longerSide(visible) >= DIGIT_SIDE) return scaled;
    bounds = inkBounds(ink, BOUNDS_INK, cutInvisible(bounds, visible, scaled));
  }
  return undefined;
}

/** Cuts off the sides of the box that are not visible when scaled, at least one source pixel each. */
function cutInvisible(bounds: Box, visible: Box, scaled: GreyImage): Box {
  const { cell, softX, softY } = scaledGrid(bounds);
  const cut = (empty: number, soft: number) =>
    empty > soft ? Math.max(1, Math.floor((empty - soft) * cell)) : 0;
  return {
    left: bounds.left + cut(visible.left, softX),
    top: bounds.top + cut(visible.top, softY),
    right: bounds.right - cut(scaled.width - visible.right, softX),
    bottom: bounds.bottom - cut(scaled.height - visible.bottom, softY),
  };
}

/** How a box is scaled: source pixels per pixel, the pixels it fills, and the soft ones around them. */
function scaledGrid(bounds: Box) {
  const cell = longerSide(bounds) / DIGIT_SIDE;
  const cells = (length: number) => Math.ceil(length / cell - 1e-9);
  const soft = (count: number) => Math.min(SOFT_EDGE, Math.floor((DIGIT_SIDE - count) / 2));
  const columns = cells(bounds.right - bounds.left);
  const rows = cells(bounds.bottom - bounds.top);
  return { cell, columns, rows, softX: soft(columns), softY: soft(rows) };
}

/**
 * Step 4: the ink in the box, scaled so that its longer side is 20 pixels, with a little room along the
 * shorter side. Each pixel is the mean of the area that it covers (where the picture is enlarged: of
 * its linear interpolation).
 */
export function scaleInk(ink: GreyImage, bounds: Box): GreyImage {
  const { cell, columns, rows, softX, softY } = scaledGrid(bounds);
  const scaled = resample(
    ink,
    axisSamples(bounds.left, columns, softX, cell, ink.width),
    axisSamples(bounds.top, rows, softY, cell, ink.height),
  );
  // A hairline fills little of a pixel; it is ink all the same.
  return { ...scaled, data: darkenPale(scaled.data) };
}

function axisSamples(
  start: number,
  count: number,
  soft: number,
  cell: number,
  length: number,
): readonly AxisSample[] {
  return Array.from({ length: count + 2 * soft }, (_, index) => {
    const from = start + (index - soft) * cell;
    return cell >= 1 ? areaSample(from, from + cell, length) : linearSample(from + cell / 2, length);
  });
}

/**
 * Step 5: the scaled digit in a 28 × 28 field, moved by whole pixels so that its centre of mass comes
 * to lie on pixel index 14. A shape too lopsided for that is moved only so far that all of it stays.
 */
export function placeByCentreOfMass(scaled: GreyImage): Uint8Array<ArrayBuffer> {
  const pixels = new Uint8Array(IMAGE_PIXELS);
  const visible = inkBounds(scaled, 1);
  if (!visible) return pixels;
  const centre = centreOfMass(scaled);
  const moveX = placeAxis(centre.x, visible.left, visible.right);
  const moveY = placeAxis(centre.y, visible.top, visible.bottom);
  for (let y = visible.top; y < visible.bottom; y++) {
    const row = scaled.data.subarray(y * scaled.width + visible.left, y * scaled.width + visible.right);
    pixels.set(row, (y + moveY) * IMAGE_SIDE + visible.left + moveX);
  }
  return pixels;
}

/** The whole number of pixels to move by along one axis; halves stay, as MNIST's own do at 13.5. */
function placeAxis(centre: number, first: number, end: number): number {
  const wanted = Math.ceil(CENTRE_INDEX - centre - 0.5);
  return Math.min(IMAGE_SIDE - end, Math.max(-first, wanted));
}

/** The mean position of the ink, in pixel indices. */
export function centreOfMass({ width, height, data }: GreyImage): { x: number; y: number } {
  let mass = 0;
  let momentX = 0;
  let momentY = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const ink = data[y * width + x]!;
      mass += ink;
      momentX += ink * x;
      momentY += ink * y;
    }
  }
  return { x: momentX / mass, y: momentY / mass };
}

function pictureTooSmall({ width, height }: Raster): AppError {
  return new AppError('invalid-input', `This picture is only ${width} × ${height} pixels.`, {
    reason: 'IMAGE_TOO_SMALL',
    kept: 'Nothing was changed.',
    remedy: `Use a picture of at least ${MIN_PICTURE_SIDE} pixels a side.`,
  });
}

function blankPicture(): AppError {
  return new AppError('invalid-input', 'There is no digit to see in this picture.', {
    reason: 'BLANK_IMAGE',
    kept: 'Nothing was changed.',
    remedy: 'Use a picture with one digit, clearly darker or lighter than the paper.',
  });
}
