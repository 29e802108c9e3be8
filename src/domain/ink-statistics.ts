import { countBits, countSet, splitPieces, toRows, type InkRows } from './ink-rows';
import { IMAGE_SIDE } from './sample';

/** How many numbers `measureInk` gives. */
export const INK_STATISTICS = 6;

/** Half ink and more is a line. */
const LINE_INK = 128;
/** A quarter and less is paper that can be surrounded. */
const PAPER_INK = 64;
/** The fewest pixels of a hole. */
const SMALLEST_HOLE = 4;
/** The pixels of a row at the left and the right rim. */
const RIM = 1 | (1 << (IMAGE_SIDE - 1));

/**
 * What can be counted of an image, [28, 28] bytes, whatever it shows: its ink in full pixels, the length
 * of its outline in pixels, the pieces of ink, the areas of paper that ink surrounds, its width and its
 * height. Six numbers.
 */
export function measureInk(pixels: Uint8Array): readonly number[] {
  const line = toRows(pixels, LINE_INK, 255);
  const paper = toRows(pixels, 0, PAPER_INK);
  const columns = line.reduce((all, row) => all | row, 0);
  const top = line.findIndex((row) => row !== 0);
  return [
    sumOf(pixels) / 255,
    measureOutline(line),
    splitPieces(line).length,
    splitPieces(paper).filter(isHole).length,
    top < 0 ? 0 : Math.clz32(columns & -columns) - Math.clz32(columns) + 1,
    top < 0 ? 0 : line.findLastIndex((row) => row !== 0) - top + 1,
  ];
}

function sumOf(pixels: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < pixels.length; at++) sum += pixels[at]!;
  return sum;
}

/** Sides of pixels between line and paper, to the right and below: beyond those rims all is paper. */
function measureOutline(line: InkRows): number {
  let sides = 0;
  for (let y = 1; y <= IMAGE_SIDE; y++) {
    const row = line[y]!;
    sides += countBits(row ^ (row >> 1)) + countBits(row ^ line[y + 1]!);
  }
  return sides;
}

/** An area of paper that does not hang together with the rim, of four pixels or more. */
function isHole(paper: InkRows): boolean {
  const isAtRim = paper[1] !== 0 || paper[IMAGE_SIDE] !== 0 || paper.some((row) => (row & RIM) !== 0);
  return !isAtRim && countSet(paper) >= SMALLEST_HOLE;
}
