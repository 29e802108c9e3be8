/**
 * Photographs of digits on paper: uneven light, shadow, ruled lines, coloured ink, grain, specks. What a
 * clean picture needs is in `extract-ink.ts`; this file finds out which of the two it is.
 */
import { findInkPieces, keepPieces, type InkPiece } from './ink-pieces';
import { boxMean, close } from './morphology';
import type { GreyImage, Raster } from './raster';
import { findRuledLines } from './ruled-lines';
import { shrinkRaster } from './shrink';

/** Photographs are read at this many pixels a side at most. */
const WORKING_SIDE = 448;
/** Enough to tell dark ink from light ink. */
const COARSE_SIDE = 128;
/** A picture with a longer side below this is taken as it is: too small to tell light from ink. */
const SMALLEST_PHOTOGRAPH = 64;
/** The border of a clean picture differs by no more than this from its paper, in grey levels. */
const EVEN_BORDER = 10;
/** The share of a border that may differ more. */
const UNEVEN_SHARE = 0.005;
/** Paper whose light differs by more than this, in grey levels, lies in no even light. */
const EVEN_PAPER = 24;
/** Pictures with a shorter side below this are not smoothed: their lines are a few pixels wide. */
const SMOOTHED_SIDE = 200;
/** What is nowhere wider than twice this is ink, what is wider is shadow; in parts of the longer side. */
const INK_RADIUS = 0.13;
/** The share of a picture that is certainly less than the ink of one digit. */
const STRONGEST_SHARE = 0.0004;
/** In parts of the strongest ink: where ink begins, what holds a line together, its core, full ink. */
const EDGE_INK = 0.15;
const WEAK_INK = 0.35;
const CORE_INK = 0.6;
const FULL_INK = 0.8;
/** A page's lines may be paler than its ink; in bytes of ink. */
const LINE_INK = 30;
/** How far above the grain's usual deviation ink rises. */
const GRAIN_DEVIATIONS = 4;
/** The weakest contrast that is ink at all, in parts of the paper's brightness. */
const FAINTEST_INK = 0.08;
/** Pieces with less than this share of the largest one's pixels are specks. */
const SPECK_SHARE = 0.025;
/** A piece at least this long, in parts of the longer side, is not dust. */
const DIGIT_SIZE = 0.08;

/** How a photograph was read: each step as a picture of the same size. */
export interface PhotographSteps {
  /** The channel in which the ink is strongest, 0 black … 255 white; dark ink, whatever it was. */
  readonly contrast: GreyImage;
  /** The paper as it would look without ink: light and shadow. */
  readonly light: GreyImage;
  /** The picture in even light, with ruled lines: 0 paper … 255 ink. */
  readonly evened: GreyImage;
  /** Ruled lines, 255 where there is one; undefined where there are none. */
  readonly lines: GreyImage | undefined;
  /** What is left: 0 paper … 255 ink. */
  readonly ink: GreyImage;
}

/** Reads a photograph. Undefined for a clean picture, and for one without ink. `grey` is the same in grey. */
export function readPhotograph(raster: Raster, grey: GreyImage): PhotographSteps | undefined {
  if (Math.max(raster.width, raster.height) < SMALLEST_PHOTOGRAPH) return undefined;
  if (hasEvenBorder(grey) || isTransparent(raster)) return undefined;
  const contrast = pickContrast(shrinkRaster(raster, WORKING_SIDE));
  const light = close(contrast, Math.round(INK_RADIUS * Math.max(contrast.width, contrast.height)));
  const depth = measureDepth(contrast, light);
  const all = levelsOf(depth);
  if (!all) return undefined;
  const evened = toInk(depth, all);
  const lines = findRuledLines(evened, LINE_INK);
  if (!lines && isEven(light)) return undefined;
  const left = lines ? eraseLines(depth, lines) : depth;
  const ink = dropSpecks(toInk(left, levelsOf(left) ?? all));
  return { contrast, light, evened, lines: lines && { ...evened, data: lines.map((is) => is * 255) }, ink };
}

function isTransparent({ data }: Raster): boolean {
  for (let at = 3; at < data.length; at += 4) if (data[at]! !== 255) return true;
  return false;
}

/** True where hardly a pixel of the picture's outermost frame differs from the others. */
function hasEvenBorder({ width, height, data }: GreyImage): boolean {
  const histogram = new Uint32Array(256);
  for (let x = 0; x < width; x++) {
    histogram[data[x]!]! += 1;
    histogram[data[(height - 1) * width + x]!]! += 1;
  }
  for (let y = 0; y < height; y++) {
    histogram[data[y * width]!]! += 1;
    histogram[data[(y + 1) * width - 1]!]! += 1;
  }
  const usual = histogram.indexOf(Math.max(...histogram));
  const unusual = histogram.reduce(
    (sum, count, level) => sum + (Math.abs(level - usual) > EVEN_BORDER ? count : 0),
    0,
  );
  return unusual <= UNEVEN_SHARE * 2 * (width + height);
}

/** True where the paper's light is the same nearly everywhere. */
function isEven({ data }: GreyImage): boolean {
  const histogram = new Uint32Array(256);
  for (let at = 0; at < data.length; at++) histogram[data[at]!]! += 1;
  const levelAt = (share: number) => {
    let seen = 0;
    return histogram.findIndex((count) => (seen += count) >= share * data.length);
  };
  return levelAt(0.98) - levelAt(0.02) <= EVEN_PAPER;
}

/**
 * The picture in grey so that its ink is dark and as strong as can be. Dark ink is darkest in one of the
 * channels, whatever its colour; light ink is brightest in one. Grain is smoothed.
 */
function pickContrast(raster: Raster): GreyImage {
  const luma = extremeChannel(
    shrinkRaster(raster, COARSE_SIDE),
    (r, g, b) => 0.299 * r + 0.587 * g + 0.114 * b,
  );
  const contrast = isInkDark(luma)
    ? extremeChannel(raster, (r, g, b) => Math.min(r, g, b))
    : extremeChannel(raster, (r, g, b) => 255 - Math.max(r, g, b));
  return Math.min(raster.width, raster.height) < SMOOTHED_SIDE ? contrast : boxMean(contrast, 1);
}

function extremeChannel(
  { width, height, data }: Raster,
  levelOf: (red: number, green: number, blue: number) => number,
): GreyImage {
  const grey = new Uint8Array(width * height);
  for (let pixel = 0, at = 0; pixel < grey.length; pixel++, at += 4) {
    grey[pixel] = levelOf(data[at]!, data[at + 1]!, data[at + 2]!);
  }
  return { width, height, data: grey };
}

/** Ink is what few pixels are: it lies on the longer side of how levels differ from those around. */
function isInkDark(luma: GreyImage): boolean {
  const around = boxMean(luma, Math.round(Math.max(luma.width, luma.height) / 6));
  let skew = 0;
  for (let at = 0; at < luma.data.length; at++) skew += (luma.data[at]! - around.data[at]!) ** 3;
  return skew <= 0;
}

/** How much light each pixel swallows, in parts of its paper's, less what paper itself does. */
function measureDepth({ width, height, data }: GreyImage, light: GreyImage): Depth {
  const raw = new Float32Array(data.length);
  for (let at = 0; at < raw.length; at++) raw[at] = 1 - data[at]! / Math.max(1, light.data[at]!);
  const paper = quantileOf(raw, 0.5);
  for (let at = 0; at < raw.length; at++) raw[at]! -= paper;
  return { width, height, data: raw };
}

/** A contrast for each pixel, in parts of the paper's brightness: 0 is paper, 1 is black. */
interface Depth {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/** Where ink begins and where it is full, in the units of `Depth`. */
interface InkLevels {
  readonly from: number;
  readonly full: number;
}

/** Reads off how strong the ink is; undefined where there is none. */
function levelsOf({ data }: Depth): InkLevels | undefined {
  const strongest = quantileOf(data, 1 - STRONGEST_SHARE);
  // Half of the grain lies below the middle, 0.6745 deviations deep on average: ink is not among it.
  const grain = -quantileOf(data, 0.25) / 0.6745;
  if (strongest < Math.max(FAINTEST_INK, 2 * GRAIN_DEVIATIONS * grain)) return undefined;
  const from = Math.max(EDGE_INK * strongest, 0.5 * GRAIN_DEVIATIONS * grain);
  return { from, full: FULL_INK * strongest };
}

function toInk({ width, height, data }: Depth, { from, full }: InkLevels): GreyImage {
  const ink = new Uint8Array(data.length);
  for (let at = 0; at < ink.length; at++) {
    const share = (data[at]! - from) / (full - from);
    ink[at] = share <= 0 ? 0 : share >= 1 ? 255 : Math.round(255 * share);
  }
  return { width, height, data: ink };
}

function eraseLines({ width, height, data }: Depth, lines: Uint8Array): Depth {
  const left = Float32Array.from(data);
  for (let at = 0; at < left.length; at++) if (lines[at] === 1) left[at] = 0;
  return { width, height, data: left };
}

/** Keeps what may be a digit, or a stroke of one. */
function dropSpecks(ink: GreyImage): GreyImage {
  const found = findInkPieces(ink, 255 * WEAK_INK);
  const strong = found.pieces.filter(({ peak }) => peak >= 255 * CORE_INK);
  const inside = strong.filter((piece) => !touchesBorder(piece, ink));
  const least = DIGIT_SIZE * Math.max(ink.width, ink.height);
  // The desk, or the page's edge: unless there is nothing else.
  const candidates = inside.some((piece) => sizeOf(piece) >= least) ? inside : strong;
  const largest = candidates.reduce((most, { area }) => Math.max(most, area), 0);
  return keepPieces(
    ink,
    found,
    candidates.filter(({ area }) => area >= SPECK_SHARE * largest),
    2,
  );
}

function sizeOf({ left, top, right, bottom }: InkPiece): number {
  return Math.max(right - left, bottom - top);
}

function touchesBorder({ left, top, right, bottom }: InkPiece, { width, height }: GreyImage): boolean {
  return left <= 1 || top <= 1 || right >= width - 1 || bottom >= height - 1;
}

/** The value below which the given share of all values lies, to a 4,096th of the range -1 … 1. */
function quantileOf(values: Float32Array, share: number): number {
  const bins = new Uint32Array(4097);
  for (let at = 0; at < values.length; at++) {
    const value = Math.max(-1, Math.min(1, values[at]!));
    bins[Math.round((value + 1) * 2048)]! += 1;
  }
  let seen = 0;
  const bin = bins.findIndex((count) => (seen += count) >= share * values.length);
  return bin / 2048 - 1;
}
