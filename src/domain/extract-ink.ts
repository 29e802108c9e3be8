/** From any picture to its ink: the first half of `preprocess.ts`, which says what it is for. */
import type { GreyImage, Raster } from './raster';

/** Ink whose strongest pixel is weaker than this is no ink at all. */
const FAINTEST_INK = 24;
/** A digit whose strongest pixel is weaker than this (a hard pencil) is darkened to full ink. */
const PALE_INK = 200;
/** Transparent pictures whose opaque pixels differ by less than this hold ink alone, no paper. */
const ONE_COLOUR_SPREAD = 64;
/** How far above its usual deviation the paper's grain must rise to count as ink. */
const GRAIN_DEVIATIONS = 6;

/** Step 1: colours to grey (ITU-R BT.601 luma, as PIL's "L"), transparency laid on fitting paper. */
export function flattenToGrey({ width, height, data }: Raster): GreyImage {
  const grey = new Uint8Array(width * height);
  const paper = paperUnderTransparency(data);
  for (let pixel = 0, at = 0; pixel < grey.length; pixel++, at += 4) {
    const luma = lumaAt(data, at);
    const alpha = data[at + 3]!;
    grey[pixel] = alpha === 255 ? luma : Math.round((luma * alpha + paper * (255 - alpha)) / 255);
  }
  return { width, height, data: grey };
}

function lumaAt(data: Raster['data'], at: number): number {
  return Math.round(0.299 * data[at]! + 0.587 * data[at + 1]! + 0.114 * data[at + 2]!);
}

/**
 * The grey level to lay a transparent picture on. Where the opaque pixels are of one colour they are
 * the ink, and the paper is its opposite; where they are not, they hold paper themselves, and most of
 * them are it.
 */
function paperUnderTransparency(data: Raster['data']): number {
  const histogram = new Uint32Array(256);
  let opaque = 0;
  for (let at = 0; at < data.length; at += 4) {
    if (data[at + 3]! < 128) continue;
    histogram[lumaAt(data, at)]! += 1;
    opaque += 1;
  }
  if (opaque === 0 || opaque * 4 === data.length) return 255;
  const median = quantile(histogram, opaque, 0.5);
  const spread = quantile(histogram, opaque, 0.98) - quantile(histogram, opaque, 0.02);
  if (spread >= ONE_COLOUR_SPREAD) return median;
  return median < 128 ? 255 : 0;
}

/** The smallest level below which at least `share` of the counted pixels lie. */
function quantile(histogram: Uint32Array, total: number, share: number): number {
  let seen = 0;
  for (let level = 0; level < histogram.length; level++) {
    seen += histogram[level]!;
    if (seen >= share * total) return level;
  }
  return histogram.length - 1;
}

/**
 * Step 2: grey levels to ink. The border tells the paper's level and its grain; what differs from it,
 * towards the side on which more differs, is ink. So light on dark and dark on light give the same.
 */
export function extractInk({ width, height, data }: GreyImage): GreyImage {
  const { paper, grain } = readPaper({ width, height, data });
  // There are only 256 levels: what becomes of each is found once.
  const counts = countLevels(data);
  let darker = 0;
  let lighter = 0;
  counts.forEach((count, level) => {
    if (level < paper) darker += count * (paper - level);
    else lighter += count * (level - paper);
  });
  const sign = darker >= lighter ? -1 : 1;
  const inkOf = Uint8Array.from(counts, (count, level) =>
    count > 0 ? Math.max(0, sign * (level - paper)) : 0,
  );
  const strongest = strongestOf(inkOf);
  // On paper with a shadow the border varies more than its grain does; half the contrast is always ink.
  const weakest = strongest < FAINTEST_INK ? Infinity : Math.min(grain, strongest / 2);
  const shown = darkenPale(inkOf.map((value) => (value > weakest ? value : 0)));
  const ink = new Uint8Array(data.length);
  for (let at = 0; at < ink.length; at++) ink[at] = shown[data[at]!]!;
  return { width, height, data: ink };
}

/** How many pixels have each level. */
function countLevels(data: Uint8Array): Uint32Array {
  const counts = new Uint32Array(256);
  for (let at = 0; at < data.length; at++) counts[data[at]!]! += 1;
  return counts;
}

/** Ink whose strongest pixel is pale, made so much darker that it is full; other ink as it is. */
export function darkenPale(ink: Uint8Array): Uint8Array {
  const strongest = strongestOf(ink);
  if (strongest === 0 || strongest >= PALE_INK) return ink;
  return ink.map((value) => Math.round((value * 255) / strongest));
}

function strongestOf(ink: Uint8Array): number {
  return ink.reduce((strongest, value) => Math.max(strongest, value), 0);
}

/** The median level along the border, and how far from it the border's own grain reaches. */
function readPaper(image: GreyImage): { paper: number; grain: number } {
  const histogram = new Uint32Array(256);
  const count = countBorder(image, histogram);
  const paper = quantile(histogram, count, 0.5);
  const deviations = new Uint32Array(256);
  histogram.forEach((pixels, level) => (deviations[Math.abs(level - paper)]! += pixels));
  // 1.4826 makes the median absolute deviation of normal noise its standard deviation.
  const grain = Math.ceil(GRAIN_DEVIATIONS * 1.4826 * quantile(deviations, count, 0.5));
  return { paper, grain };
}

/** Counts the levels of a frame that is a fiftieth of the shorter side thick; returns how many. */
function countBorder({ width, height, data }: GreyImage, histogram: Uint32Array): number {
  const thickness = Math.max(1, Math.floor(Math.min(width, height) / 50));
  let count = 0;
  for (let y = 0; y < height; y++) {
    const wholeRow = y < thickness || y >= height - thickness;
    for (let x = 0; x < width; x++) {
      if (!wholeRow && x === thickness) x = Math.max(x, width - thickness);
      histogram[data[y * width + x]!]! += 1;
      count += 1;
    }
  }
  return count;
}
