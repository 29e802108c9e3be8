/**
 * Digits that nobody wrote: an endless stream of handwriting, made of drawings and chance.
 * A seed and a number name a digit; the same pair gives the same digit for ever.
 */
import { inkPaths } from './digit-inking';
import { ALLOGRAPHS, type Allograph, type Drawing } from './digit-skeletons';
import { writeDrawing } from './digit-writing';
import { inkToPixels } from './preprocess';
import { createRandom, mixSeed, type Random } from './random';
import { CLASS_COUNT, IMAGE_PIXELS, type SampleBlock } from './sample';

/** From 1 on: the greater, the more a mixture of drawings resembles just one of them. */
const MIX_CONTRAST = 3;
/** How far a mixture may lie outside of its drawings: 1 is not at all. */
const MIX_STRETCH = 1.15;

/** The digit number `index` of the endless stream that `seed` names: a pure function. */
export function generateDigit(
  seed: number,
  index: number,
): { label: number; pixels: Uint8Array<ArrayBuffer> } {
  const random = createRandom(mixSeed(seed, index));
  const label = random.integer(CLASS_COUNT);
  const drawing = mixDrawings(pickAllograph(ALLOGRAPHS[label]!, random).drawings, random);
  const pixels = inkToPixels(inkPaths(writeDrawing(drawing, random), random));
  return { label, pixels: pixels ?? new Uint8Array(IMAGE_PIXELS) };
}

/** `count` digits of the stream from number `first` on. */
export function generateDigits(seed: number, first: number, count: number): SampleBlock {
  const pixels = new Uint8Array(count * IMAGE_PIXELS);
  const labels = new Uint8Array(count);
  for (let row = 0; row < count; row++) {
    const digit = generateDigit(seed, first + row);
    pixels.set(digit.pixels, row * IMAGE_PIXELS);
    labels[row] = digit.label;
  }
  return { pixels, labels };
}

/** One of the allographs, each as often as its share says. */
function pickAllograph(allographs: readonly Allograph[], random: Random): Allograph {
  const total = allographs.reduce((sum, { share }) => sum + share, 0);
  let left = random.uniform(0, total);
  return allographs.find(({ share }) => (left -= share) < 0) ?? random.pick(allographs);
}

/** A drawing somewhere between the given ones: the weighted mean of each point. */
function mixDrawings(drawings: readonly Drawing[], random: Random): Drawing {
  const weights = drawMixture(drawings.length, random);
  const mean = (stroke: number, point: number, axis: 'x' | 'y') =>
    drawings.reduce((sum, drawing, k) => sum + weights[k]! * drawing[stroke]![point]![axis], 0);
  return drawings[0]!.map((points, stroke) =>
    points.map(({ isCorner }, point) => ({
      x: mean(stroke, point, 'x'),
      y: mean(stroke, point, 'y'),
      isCorner,
    })),
  );
}

/** Random weights that add up to 1. */
function drawMixture(count: number, random: Random): readonly number[] {
  // Exponentially distributed parts would make every mixture equally likely.
  const parts = Array.from({ length: count }, () => (-Math.log(1 - random.next())) ** MIX_CONTRAST);
  const sum = parts.reduce((total, part) => total + part, 0);
  return parts.map((part) => 1 / count + MIX_STRETCH * (part / sum - 1 / count));
}
