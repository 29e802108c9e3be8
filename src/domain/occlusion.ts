/** Occlusion: what an answer loses when a patch of paper is laid over a part of the digit. */
import { CLASS_COUNT, IMAGE_PIXELS, IMAGE_SIDE } from './sample';

/** The side of the patch, in pixels: about two strokes wide. */
export const PATCH_SIDE = 5;
const REACH = (PATCH_SIDE - 1) / 2;

/** The pixels at which the middle of a patch would cover ink. Elsewhere it changes nothing. */
export function patchCentres(pixels: Uint8Array): readonly number[] {
  const centres: number[] = [];
  for (let centre = 0; centre < IMAGE_PIXELS; centre++) {
    if (underPatch(centre).some((at) => pixels[at] !== 0)) centres.push(centre);
  }
  return centres;
}

/** One copy of an image for each centre, with the patch laid over it: [centres, 28, 28] bytes. */
export function coverEach(pixels: Uint8Array, centres: readonly number[]): Uint8Array<ArrayBuffer> {
  const copies = new Uint8Array(centres.length * IMAGE_PIXELS);
  centres.forEach((centre, row) => {
    copies.set(pixels, row * IMAGE_PIXELS);
    for (const at of underPatch(centre)) copies[row * IMAGE_PIXELS + at] = 0;
  });
  return copies;
}

/**
 * How much of a digit's lead over a rival goes with each patch: above 0 where the ink speaks for the
 * digit, below where it speaks against it (Zeiler and Fergus, 2014, arXiv:1311.2901). In logits, [28, 28].
 * `logits` is [centres, 10], `whole` those of the uncovered image.
 */
export function occlusionMap(
  centres: readonly number[],
  logits: Float32Array,
  whole: Float32Array,
  digit: number,
  rival: number,
): Float32Array<ArrayBuffer> {
  const map = new Float32Array(IMAGE_PIXELS);
  const lead = whole[digit]! - whole[rival]!;
  centres.forEach((centre, row) => {
    const at = row * CLASS_COUNT;
    map[centre] = lead - (logits[at + digit]! - logits[at + rival]!);
  });
  return map;
}

function underPatch(centre: number): readonly number[] {
  const [y, x] = [Math.floor(centre / IMAGE_SIDE), centre % IMAGE_SIDE];
  const covered: number[] = [];
  for (let row = Math.max(0, y - REACH); row <= Math.min(IMAGE_SIDE - 1, y + REACH); row++) {
    for (let column = Math.max(0, x - REACH); column <= Math.min(IMAGE_SIDE - 1, x + REACH); column++) {
      covered.push(row * IMAGE_SIDE + column);
    }
  }
  return covered;
}
