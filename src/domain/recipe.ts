import { ARCHITECTURES, type Architecture } from './architecture';
import { NO_AUGMENTATION, type Augmentation } from './augment';

/** How the learning rate goes over a run. */
export type ScheduleKind = 'constant' | 'one-cycle';

/** Everything about a training but the data and the seed. The optimizer is Adam (Kingma and Ba, 2014). */
export interface Recipe {
  readonly id: string;
  readonly title: string;
  readonly architecture: Architecture;
  readonly epochs: number;
  readonly batchSize: number;
  /** The learning rate: its peak, where the schedule has one. */
  readonly learningRate: number;
  readonly schedule: ScheduleKind;
  readonly augmentation: Augmentation;
}

/** The share of a one-cycle run during which the learning rate rises. */
const WARM_UP_SHARE = 0.25;
/** What a one-cycle run starts with and ends on, as a share of the peak. */
const LOWEST_RATE = 0.01;

/**
 * The learning rate of a step. `progress` is the share of the run that is done, 0 … 1. One-cycle rises
 * in a straight line for the first quarter, then falls in one (after Smith, 2017, arXiv:1708.07120).
 */
export function learningRateAt(recipe: Recipe, progress: number): number {
  if (recipe.schedule === 'constant') return recipe.learningRate;
  const height = progress < WARM_UP_SHARE ? progress / WARM_UP_SHARE : (1 - progress) / (1 - WARM_UP_SHARE);
  return recipe.learningRate * (LOWEST_RATE + (1 - LOWEST_RATE) * Math.max(0, height));
}

/** Batches in an epoch; the last one may be smaller. */
export function batchesPerEpoch(recipe: Recipe, sampleCount: number): number {
  return Math.ceil(sampleCount / recipe.batchSize);
}

const GENTLE: Augmentation = { ...NO_AUGMENTATION, shift: 1 };
const HANDS: Augmentation = { shift: 1, rotation: 10, scale: 0.1, shear: 0.15, thickness: 0.6 };

/** The recipes that a person can choose from. */
export const RECIPES: readonly Recipe[] = [
  {
    id: 'quick',
    title: 'Quick',
    architecture: ARCHITECTURES.fast,
    epochs: 1,
    batchSize: 32,
    learningRate: 0.01,
    schedule: 'one-cycle',
    augmentation: NO_AUGMENTATION,
  },
  {
    id: 'balanced',
    title: 'Balanced',
    architecture: ARCHITECTURES.fast,
    epochs: 3,
    batchSize: 64,
    learningRate: 0.01,
    schedule: 'one-cycle',
    augmentation: GENTLE,
  },
  {
    id: 'careful',
    title: 'Careful',
    architecture: ARCHITECTURES.fast,
    epochs: 6,
    batchSize: 64,
    learningRate: 0.01,
    schedule: 'one-cycle',
    augmentation: HANDS,
  },
  {
    id: 'seed',
    title: 'Course project',
    architecture: ARCHITECTURES.seed,
    epochs: 5,
    batchSize: 32,
    learningRate: 0.001,
    schedule: 'constant',
    augmentation: NO_AUGMENTATION,
  },
];

/** The recipe of that name, or undefined. */
export function findRecipe(id: string): Recipe | undefined {
  return RECIPES.find((recipe) => recipe.id === id);
}
