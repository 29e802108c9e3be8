import { createRandom, mixSeed, type Random } from './random';
import { IMAGE_PIXELS, IMAGE_SIDE } from './sample';

/** How much training images are varied. Each value is the most; what happens is drawn evenly up to it. */
export interface Augmentation {
  /** Whole pixels, along each axis. */
  readonly shift: number;
  /** Degrees, either way. */
  readonly rotation: number;
  /** Share by which the size changes, up or down. */
  readonly scale: number;
  /** Share of the height by which the top leans, either way. */
  readonly shear: number;
  /** How far strokes grow or shrink: 1 is a whole pixel on each side. */
  readonly thickness: number;
}

/** Images as they are. */
export const NO_AUGMENTATION: Augmentation = { shift: 0, rotation: 0, scale: 0, shear: 0, thickness: 0 };

const CENTRE = (IMAGE_SIDE - 1) / 2;

/**
 * One training image as epoch `epoch` sees it: a pure function of (seed, epoch, index), so that a
 * resumed run sees the same. `image` is [28, 28] bytes, written to `target` from `offset` on.
 */
export function augmentImage(
  image: Uint8Array,
  augmentation: Augmentation,
  [seed, epoch, index]: readonly [seed: number, epoch: number, index: number],
  target: Uint8Array,
  offset: number,
): void {
  const random = createRandom(mixSeed(seed, epoch, index));
  const source = changeThickness(image, random.uniform(-1, 1) * augmentation.thickness);
  const [xx, xy, yx, yy] = drawTransform(augmentation, random);
  const shiftX = drawShift(augmentation.shift, random);
  const shiftY = drawShift(augmentation.shift, random);
  for (let y = 0; y < IMAGE_SIDE; y++) {
    for (let x = 0; x < IMAGE_SIDE; x++) {
      const dx = x - CENTRE - shiftX;
      const dy = y - CENTRE - shiftY;
      const at = offset + y * IMAGE_SIDE + x;
      target[at] = sampleLinear(source, xx * dx + xy * dy + CENTRE, yx * dx + yy * dy + CENTRE);
    }
  }
}

function drawShift(most: number, random: Random): number {
  return random.integer(2 * most + 1) - most;
}

/** The 2 × 2 matrix from a place in the new image to the place in the old one, relative to the centre. */
function drawTransform(
  augmentation: Augmentation,
  random: Random,
): readonly [number, number, number, number] {
  const angle = (random.uniform(-1, 1) * augmentation.rotation * Math.PI) / 180;
  const scaleX = 1 + random.uniform(-1, 1) * augmentation.scale;
  const scaleY = 1 + random.uniform(-1, 1) * augmentation.scale;
  const shear = random.uniform(-1, 1) * augmentation.shear;
  const cosine = Math.cos(angle);
  const sine = Math.sin(angle);
  return [
    (cosine + shear * sine) / scaleX,
    (sine - shear * cosine) / scaleX,
    -sine / scaleY,
    cosine / scaleY,
  ];
}

function sampleLinear(image: Uint8Array, x: number, y: number): number {
  const left = Math.floor(x);
  const top = Math.floor(y);
  const right = x - left;
  const below = y - top;
  const upper = pixelAt(image, left, top) * (1 - right) + pixelAt(image, left + 1, top) * right;
  const lower = pixelAt(image, left, top + 1) * (1 - right) + pixelAt(image, left + 1, top + 1) * right;
  return Math.round(upper * (1 - below) + lower * below);
}

function pixelAt(image: Uint8Array, x: number, y: number): number {
  return x < 0 || y < 0 || x >= IMAGE_SIDE || y >= IMAGE_SIDE ? 0 : image[y * IMAGE_SIDE + x]!;
}

/** Grows (amount > 0) or shrinks strokes: a mixture with the largest or smallest of each cross of five. */
function changeThickness(image: Uint8Array, amount: number): Uint8Array {
  if (amount === 0) return image;
  const choose = amount > 0 ? Math.max : Math.min;
  const share = Math.abs(amount);
  const changed = new Uint8Array(IMAGE_PIXELS);
  for (let y = 0; y < IMAGE_SIDE; y++) {
    for (let x = 0; x < IMAGE_SIDE; x++) {
      const own = image[y * IMAGE_SIDE + x]!;
      const extreme = choose(
        own,
        pixelAt(image, x - 1, y),
        pixelAt(image, x + 1, y),
        pixelAt(image, x, y - 1),
        pixelAt(image, x, y + 1),
      );
      changed[y * IMAGE_SIDE + x] = Math.round(own + share * (extreme - own));
    }
  }
  return changed;
}
