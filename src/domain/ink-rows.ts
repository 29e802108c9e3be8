/**
 * Black and white images, [28, 28] pixels, as 28 numbers: a row is a number, a pixel is a bit, the leftmost the
 * lowest. What has to be counted of each image that is answered takes a twentieth of the time that it takes by pixels.
 */
import { IMAGE_SIDE } from './sample';

/** An image with an empty row above and below, so that each row of it has neighbours. */
export type InkRows = readonly number[];

/** The pixels of an image, [28, 28] bytes, that have so much ink: `least` and more, `most` and less. */
export function toRows(pixels: Uint8Array, least: number, most: number): InkRows {
  const rows = [0];
  for (let y = 0, at = 0; y < IMAGE_SIDE; y++) {
    let row = 0;
    for (let bit = 1; bit < 1 << IMAGE_SIDE; bit <<= 1, at++) {
      const ink = pixels[at]!;
      if (ink >= least && ink <= most) row |= bit;
    }
    rows.push(row);
  }
  rows.push(0);
  return rows;
}

/** How many pixels are set. */
export function countSet(rows: InkRows): number {
  return rows.reduce((sum, row) => sum + countBits(row), 0);
}

/** Takes an image apart: pixels that touch each other, also by a corner, are one piece. */
export function splitPieces(rows: InkRows): readonly InkRows[] {
  const left = rows.slice();
  const pieces: InkRows[] = [];
  for (let y = 1; y <= IMAGE_SIDE; y++) {
    while (left[y] !== 0) {
      const piece = growPiece(left, y);
      pieces.push(piece);
      piece.forEach((row, at) => (left[at]! &= ~row));
    }
  }
  return pieces;
}

/** The piece of the first pixel of `start`, the first row that is not empty: down and up until no row has grown. */
function growPiece(rows: InkRows, start: number): InkRows {
  const piece = rows.map(() => 0);
  piece[start] = rows[start]! & -rows[start]!;
  let hasGrown = true;
  const grow = (y: number) => {
    const row = growAlong(piece[y - 1]! | piece[y]! | piece[y + 1]!, rows[y]!);
    hasGrown ||= row !== piece[y];
    piece[y] = row;
  };
  while (hasGrown) {
    hasGrown = false;
    for (let y = start; y <= IMAGE_SIDE; y++) grow(y);
    for (let y = IMAGE_SIDE; y >= start; y--) grow(y);
  }
  return piece;
}

/** All pixels of a row that hang together with those that touch it. */
function growAlong(touching: number, row: number): number {
  let reached = 0;
  let grown = (touching | (touching << 1) | (touching >> 1)) & row;
  while (grown !== reached) {
    reached = grown;
    grown = (reached | (reached << 1) | (reached >> 1)) & row;
  }
  return reached;
}

/** How many bits of 32 are set (Warren, Hacker's Delight). */
export function countBits(bits: number): number {
  const pairs = bits - ((bits >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
