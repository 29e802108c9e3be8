/**
 * Answers to images that nobody has learned from: several small networks, each trained without a part of
 * them, each asked about the part that it has not seen.
 */
import { ARCHITECTURES } from './architecture';
import { NO_AUGMENTATION } from './augmentation';
import { ADAM } from './optimizer';
import type { Recipe } from './recipe';
import { permutation } from './shuffle';

/** How the networks are trained, chosen on MNIST's training images and on generated ones (docs/decisions/0024). */
export const CHECKING_RECIPE: Recipe = {
  id: 'checking',
  title: 'Checking',
  architecture: ARCHITECTURES.fast,
  epochs: 5,
  batchSize: 32,
  optimizer: ADAM,
  learningRate: 0.015,
  schedule: 'one-cycle',
  labelSmoothing: 0.05,
  augmentation: { ...NO_AUGMENTATION, shift: 1 },
};

/** Parts, and so networks: each learns from three quarters of the images. */
export const FOLDS = 4;
/** With fewer images, what a network has learned says little about the others. */
export const FEWEST_TO_CHECK = 100;

/** What a network learns from, and what it is asked about, by their numbers. */
export interface Fold {
  readonly learned: Uint32Array;
  readonly held: Uint32Array;
}

/** Parts of the same size, with as much of each digit in each as there is: every image is held once. */
export function foldsOf(labels: Uint8Array, count: number, seed: number): readonly Fold[] {
  const parts: number[][] = Array.from({ length: count }, () => []);
  const shuffled = [...permutation(labels.length, seed, 0)];
  // Digit by digit, dealt like cards.
  shuffled.sort((a, b) => labels[a]! - labels[b]!).forEach((row, at) => parts[at % count]!.push(row));
  return parts.map((held, part) => ({
    held: Uint32Array.from(held).toSorted(),
    learned: Uint32Array.from(parts.filter((_, other) => other !== part).flat()).toSorted(),
  }));
}

/** Images that all networks together learn from, epoch after epoch: what the checking costs. */
export function checkingCost(count: number): number {
  return (FOLDS - 1) * count * CHECKING_RECIPE.epochs;
}
