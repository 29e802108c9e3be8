import { mixSeed } from './random';
import { IMAGE_PIXELS, imageAt } from './sample';

/** One sample in twelve checks the training: of MNIST's 60,000 training images, 5,000. */
const VALIDATION_SHARE = 1 / 12;
/** The first number with which MNIST's training images give exactly 5,000 to validation. */
const SPLIT_SALT = 15;
const VALIDATION_BELOW = Math.floor(2 ** 32 * VALIDATION_SHARE);

/** FNV-1a over the bytes of an image, 32 bits (http://www.isthe.com/chongo/tech/comp/fnv/). */
export function hashPixels(pixels: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < pixels.length; at++) hash = Math.imul(hash ^ pixels[at]!, 0x01000193);
  return hash >>> 0;
}

/**
 * Whether an image is for checking rather than for learning: a pure function of its bytes, so that a
 * sample is never in both, whatever set it comes with.
 */
export function isForValidation(pixels: Uint8Array): boolean {
  return mixSeed(hashPixels(pixels), SPLIT_SALT) < VALIDATION_BELOW;
}

/** The indices of the samples to learn from and to check with. `pixels` is [count, 28, 28] bytes. */
export function splitIndices(pixels: Uint8Array<ArrayBuffer>): {
  readonly train: Uint32Array;
  readonly validation: Uint32Array;
} {
  const train: number[] = [];
  const validation: number[] = [];
  const count = pixels.length / IMAGE_PIXELS;
  for (let index = 0; index < count; index++) {
    (isForValidation(imageAt(pixels, index)) ? validation : train).push(index);
  }
  return { train: Uint32Array.from(train), validation: Uint32Array.from(validation) };
}
