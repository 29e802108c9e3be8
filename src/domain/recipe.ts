import { ARCHITECTURES, type Architecture } from './architecture';
import { NO_AUGMENTATION, type Augmentation } from './augmentation';
import type { EarlyStopping } from './early-stopping';
import { ADAM, type OptimizerChoice } from './optimizer';

/** How the learning rate goes over a run. */
export type ScheduleKind = 'constant' | 'one-cycle' | 'cosine';

/** Everything about a training but the data and the seed. */
export interface Recipe {
  readonly id: string;
  readonly title: string;
  readonly architecture: Architecture;
  readonly epochs: number;
  readonly batchSize: number;
  readonly optimizer: OptimizerChoice;
  /** The learning rate: its peak, where the schedule has one. */
  readonly learningRate: number;
  readonly schedule: ScheduleKind;
  /** The share of each target that is spread over all ten digits, 0 … 1. */
  readonly labelSmoothing: number;
  readonly augmentation: Augmentation;
  /** Ends the run before its last epoch where nothing gets better; without it, all epochs are trained. */
  readonly earlyStopping?: EarlyStopping;
}

/** What the recipes of our own networks have in common; chosen on the validation split (docs/decisions/0011). */
const OWN = {
  optimizer: ADAM,
  learningRate: 0.015,
  schedule: 'one-cycle',
  labelSmoothing: 0.05,
} as const;

const GENTLE: Augmentation = { ...NO_AUGMENTATION, shift: 1 };
const HANDS: Augmentation = { shift: 1, rotation: 10, scale: 0.1, shear: 0.15, thickness: 0.6, elastic: 1.5 };
/** The same, and what other pens and devices do. */
const DEVICES: Augmentation = { ...HANDS, blur: 1.5, contrast: 2 };

/** The recipes that a person can choose from. */
export const RECIPES: readonly Recipe[] = [
  {
    ...OWN,
    id: 'quick',
    title: 'Quick',
    architecture: ARCHITECTURES.fast,
    epochs: 1,
    batchSize: 24,
    augmentation: NO_AUGMENTATION,
  },
  {
    ...OWN,
    id: 'balanced',
    title: 'Balanced',
    architecture: ARCHITECTURES.fast,
    epochs: 4,
    batchSize: 64,
    augmentation: GENTLE,
  },
  {
    ...OWN,
    id: 'best',
    title: 'Best',
    architecture: ARCHITECTURES.best,
    epochs: 12,
    batchSize: 64,
    learningRate: 0.01,
    augmentation: HANDS,
  },
  {
    ...OWN,
    id: 'champion',
    title: 'Champion',
    architecture: ARCHITECTURES.champion,
    epochs: 20,
    batchSize: 64,
    optimizer: { kind: 'adam', weightDecay: 0.01 },
    learningRate: 0.01,
    augmentation: DEVICES,
  },
  {
    id: 'seed',
    title: 'Course project',
    architecture: ARCHITECTURES.seed,
    epochs: 5,
    batchSize: 32,
    optimizer: ADAM,
    learningRate: 0.001,
    schedule: 'constant',
    labelSmoothing: 0,
    augmentation: NO_AUGMENTATION,
  },
];

/** The recipe of that name, or undefined. */
export function findRecipe(id: string): Recipe | undefined {
  return RECIPES.find((recipe) => recipe.id === id);
}
