/** Width and height of the image that a network reads, in pixels. */
export const IMAGE_SIDE = 28;
/** Bytes of such an image: row by row, 0 = paper, 255 = ink. The canonical form everywhere. */
export const IMAGE_PIXELS = IMAGE_SIDE * IMAGE_SIDE;
/** The digits, and so the number of classes. */
export const CLASS_COUNT = 10;

/**
 * Many labelled images in one block. `pixels` is [count, 28, 28] bytes, `labels` is [count] bytes 0 … 9.
 */
export interface SampleBlock {
  readonly pixels: Uint8Array<ArrayBuffer>;
  readonly labels: Uint8Array<ArrayBuffer>;
}

/** The bytes of one image of a block, [28, 28]; a view, not a copy. */
export function imageAt(pixels: Uint8Array<ArrayBuffer>, index: number): Uint8Array<ArrayBuffer> {
  return pixels.subarray(index * IMAGE_PIXELS, (index + 1) * IMAGE_PIXELS);
}

/** Copies the chosen samples into a new block, in the order of `indices`. */
export function gatherSamples(block: SampleBlock, indices: ArrayLike<number>): SampleBlock {
  const pixels = new Uint8Array(indices.length * IMAGE_PIXELS);
  const labels = new Uint8Array(indices.length);
  for (let row = 0; row < indices.length; row++) {
    const index = indices[row]!;
    pixels.set(imageAt(block.pixels, index), row * IMAGE_PIXELS);
    labels[row] = block.labels[index]!;
  }
  return { pixels, labels };
}
