/** Images made worse on purpose, by a known amount: how much a model stands. Pure functions. */
import { plainVariation, varyImage } from './augment';
import type { Score } from './metrics';
import { createRandom, mixSeed } from './random';
import { IMAGE_PIXELS, IMAGE_SIDE } from './sample';

/** A way to make an image worse. */
export type DisturbanceKind = 'rotation' | 'shift' | 'scale' | 'noise' | 'blur' | 'thickness' | 'contrast';

/** What people call it, the amounts that are looked at, and the one that changes nothing. */
export interface DisturbanceFacts {
  readonly title: string;
  /** What an amount is measured in. */
  readonly unit: string;
  readonly amounts: readonly number[];
  readonly none: number;
}

/** All ways, in the order in which they are shown. */
export const DISTURBANCES: Readonly<Record<DisturbanceKind, DisturbanceFacts>> = {
  rotation: {
    title: 'Rotation',
    unit: 'degrees',
    amounts: [-60, -45, -30, -15, 0, 15, 30, 45, 60],
    none: 0,
  },
  shift: { title: 'Shift', unit: 'pixels to the right', amounts: [-8, -6, -4, -2, 0, 2, 4, 6, 8], none: 0 },
  scale: { title: 'Size', unit: 'times', amounts: [0.5, 0.6, 0.75, 0.9, 1, 1.1, 1.25, 1.4], none: 1 },
  noise: { title: 'Noise', unit: 'share of full ink', amounts: [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6], none: 0 },
  blur: { title: 'Blur', unit: 'pixels', amounts: [0, 0.5, 1, 1.5, 2, 2.5, 3], none: 0 },
  thickness: {
    title: 'Thickness',
    unit: 'pixels',
    amounts: [-1, -0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75, 1],
    none: 0,
  },
  contrast: { title: 'Contrast', unit: 'share of the ink', amounts: [0.1, 0.2, 0.35, 0.5, 0.75, 1], none: 1 },
};

/** How a model reads images that were made worse by an amount. */
export interface DisturbedScore extends Score {
  readonly amount: number;
}

const CENTRE = (IMAGE_SIDE - 1) / 2;
/** Positions of a variation are in 1/65536 pixel, its change of thickness in 1/256: see `augment.ts`. */
const ONE = 65_536;

/**
 * An image, [28, 28] bytes, made worse. `index` names the random numbers of noise: the same number, the same
 * noise. Amounts are in the unit of the kind; rotation turns to the right, thickness grows strokes.
 */
export function disturbImage(
  image: Uint8Array,
  kind: DisturbanceKind,
  amount: number,
  index = 0,
): Uint8Array<ArrayBuffer> {
  switch (kind) {
    case 'rotation':
      return place(image, { angle: (amount * Math.PI) / 180 });
    case 'shift':
      return place(image, { shift: amount });
    case 'scale':
      return place(image, { scale: amount });
    case 'thickness':
      return place(image, { thickness: amount });
    case 'noise':
      return addNoise(image, amount, index);
    case 'blur':
      return blur(image, amount);
    case 'contrast':
      return Uint8Array.from(image, (ink) => Math.round(ink * amount));
  }
}

/** Turns, moves, scales and thickens, as training images are varied. */
function place(
  image: Uint8Array,
  {
    angle = 0,
    shift = 0,
    scale = 1,
    thickness = 0,
  }: {
    readonly angle?: number;
    readonly shift?: number;
    readonly scale?: number;
    readonly thickness?: number;
  },
): Uint8Array<ArrayBuffer> {
  const [along, across] = [Math.cos(angle) / scale, Math.sin(angle) / scale];
  const startX = CENTRE - along * (CENTRE + shift) - across * CENTRE;
  const startY = CENTRE + across * (CENTRE + shift) - along * CENTRE;
  const matrix = [along, across, -across, along, startX, startY].map((value) => Math.round(value * ONE));
  const variation = plainVariation(matrix, Math.round(thickness * 256));
  const result = new Uint8Array(IMAGE_PIXELS);
  varyImage(image, variation, 0, result, 0);
  return result;
}

/** Normal noise of the given standard deviation, as a share of full ink. */
function addNoise(image: Uint8Array, deviation: number, index: number): Uint8Array<ArrayBuffer> {
  const random = createRandom(mixSeed(NOISE_SEED, index));
  return Uint8Array.from(image, (ink) => toByte(ink + random.normal(deviation * 255)));
}

const NOISE_SEED = 0x4e01;

/** A Gaussian blur of the given standard deviation, in pixels; beyond the edge there is no ink. */
function blur(image: Uint8Array, deviation: number): Uint8Array<ArrayBuffer> {
  if (deviation === 0) return Uint8Array.from(image);
  const reach = Math.ceil(3 * deviation);
  const weights = Array.from({ length: 2 * reach + 1 }, (_, at) =>
    Math.exp(-((at - reach) ** 2) / (2 * deviation ** 2)),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const kernel = weights.map((weight) => weight / total);
  const across = blurLines(Float64Array.from(image), kernel, 1, IMAGE_SIDE);
  return Uint8Array.from(blurLines(across, kernel, IMAGE_SIDE, 1), toByte);
}

/** Blurs along lines whose pixels lie `step` apart; the lines themselves lie `pitch` apart. */
function blurLines(
  image: Float64Array,
  kernel: readonly number[],
  step: number,
  pitch: number,
): Float64Array {
  const reach = (kernel.length - 1) / 2;
  const blurred = new Float64Array(IMAGE_PIXELS);
  for (let line = 0; line < IMAGE_SIDE; line++) {
    for (let at = 0; at < IMAGE_SIDE; at++) {
      let sum = 0;
      for (let k = Math.max(-reach, -at); k <= Math.min(reach, IMAGE_SIDE - 1 - at); k++) {
        sum += kernel[k + reach]! * image[line * pitch + (at + k) * step]!;
      }
      blurred[line * pitch + at * step] = sum;
    }
  }
  return blurred;
}

function toByte(value: number): number {
  return Math.min(255, Math.max(0, Math.round(value)));
}
