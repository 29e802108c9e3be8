import { findInkPieces } from './ink-pieces';
import { inkBounds } from './preprocess';
import { IMAGE_PIXELS, IMAGE_SIDE } from './sample';

/** How many numbers `measureInk` gives. */
export const INK_STATISTICS = 6;

/** Half ink and more is a line. */
const LINE_INK = 128;

/**
 * What can be counted of an image, [28, 28] bytes, whatever it shows: its ink in full pixels, the length
 * of its outline in pixels, the pieces of ink, the areas of paper that ink surrounds, its width and its
 * height. Six numbers.
 */
export function measureInk(pixels: Uint8Array): readonly number[] {
  const image = { width: IMAGE_SIDE, height: IMAGE_SIDE, data: pixels };
  const box = inkBounds(image, LINE_INK) ?? { left: 0, top: 0, right: 0, bottom: 0 };
  return [
    pixels.reduce((sum, ink) => sum + ink, 0) / 255,
    measureOutline(pixels),
    findInkPieces(image, LINE_INK).pieces.length,
    countHoles(pixels),
    box.right - box.left,
    box.bottom - box.top,
  ];
}

/** Sides of pixels between line and paper. */
function measureOutline(pixels: Uint8Array): number {
  let sides = 0;
  for (let at = 0; at < IMAGE_PIXELS; at++) {
    const isLine = pixels[at]! >= LINE_INK;
    const right = at % IMAGE_SIDE === IMAGE_SIDE - 1 ? 0 : pixels[at + 1]!;
    const below = pixels[at + IMAGE_SIDE] ?? 0;
    sides += Number(isLine !== right >= LINE_INK) + Number(isLine !== below >= LINE_INK);
  }
  return sides;
}

/** Areas of paper that do not hang together with the rim, of four pixels or more. */
function countHoles(pixels: Uint8Array): number {
  const paper = { width: IMAGE_SIDE, height: IMAGE_SIDE, data: pixels.map((ink) => 255 - ink) };
  const isInside = ({
    left,
    top,
    right,
    bottom,
    area,
  }: {
    left: number;
    top: number;
    right: number;
    bottom: number;
    area: number;
  }) => left > 0 && top > 0 && right < IMAGE_SIDE && bottom < IMAGE_SIDE && area >= 4;
  return findInkPieces(paper, 255 - LINE_INK / 2).pieces.filter(isInside).length;
}
