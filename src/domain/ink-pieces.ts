/** Ink that hangs together, as pieces: what dust, strokes and digits are told apart by. */
import type { Box, GreyImage } from './raster';

/** Pixels of ink that touch each other, also by a corner. */
export interface InkPiece extends Box {
  /** The piece's number in `InkPieces.labels`, from 1 on. */
  readonly label: number;
  /** How many pixels it has. */
  readonly area: number;
  /** Its strongest ink. */
  readonly peak: number;
}

/** All pieces of an image, and for each pixel the number of its piece, 0 for paper. */
export interface InkPieces {
  readonly pieces: readonly InkPiece[];
  readonly labels: Int32Array;
}

/** The pieces of ink of at least the given strength. */
export function findInkPieces(ink: GreyImage, strength: number): InkPieces {
  const labels = new Int32Array(ink.data.length);
  const pieces: InkPiece[] = [];
  const stack: number[] = [];
  for (let at = 0; at < labels.length; at++) {
    if (ink.data[at]! < strength || labels[at] !== 0) continue;
    pieces.push(floodPiece(ink, strength, labels, stack, at, pieces.length + 1));
  }
  return { pieces, labels };
}

/** Labels all pixels that hang together with `start`. */
function floodPiece(
  { width, height, data }: GreyImage,
  strength: number,
  labels: Int32Array,
  stack: number[],
  start: number,
  label: number,
): InkPiece {
  const piece = { label, area: 0, peak: 0, left: width, top: height, right: 0, bottom: 0 };
  stack.push(start);
  labels[start] = label;
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    const x = at % width;
    const y = (at - x) / width;
    piece.area += 1;
    if (data[at]! > piece.peak) piece.peak = data[at]!;
    if (x < piece.left) piece.left = x;
    if (x >= piece.right) piece.right = x + 1;
    if (y < piece.top) piece.top = y;
    if (y >= piece.bottom) piece.bottom = y + 1;
    for (let ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++) {
      for (let nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
        const next = ny * width + nx;
        if (labels[next] !== 0 || data[next]! < strength) continue;
        labels[next] = label;
        stack.push(next);
      }
    }
  }
  return piece;
}

/**
 * The ink of the chosen pieces alone, with the faint ink up to `reach` pixels around them: where a line
 * ends, it fades.
 */
export function keepPieces(
  ink: GreyImage,
  { labels }: InkPieces,
  chosen: readonly InkPiece[],
  reach: number,
): GreyImage {
  const { width, height, data } = ink;
  const isChosen = new Set(chosen.map(({ label }) => label));
  const kept = new Uint8Array(data.length);
  for (const { left, top, right, bottom } of chosen) {
    for (let y = top; y < bottom; y++) {
      for (let x = left; x < right; x++) {
        if (!isChosen.has(labels[y * width + x]!)) continue;
        for (let ny = Math.max(0, y - reach); ny <= Math.min(height - 1, y + reach); ny++) {
          for (let nx = Math.max(0, x - reach); nx <= Math.min(width - 1, x + reach); nx++) {
            const at = ny * width + nx;
            if (labels[at] === 0 || isChosen.has(labels[at]!)) kept[at] = data[at]!;
          }
        }
      }
    }
  }
  return { width, height, data: kept };
}
