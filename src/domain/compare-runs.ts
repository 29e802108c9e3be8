import { parameterCount } from './architecture';
import { bestEpoch, type EpochMetrics, type Run } from './run';
import { settingsOf, wordCount, wordNumber } from './run-settings';

/** A run that is compared, with its epochs. */
export interface ComparedRun {
  readonly run: Run;
  readonly epochs: readonly EpochMetrics[];
}

/** A setting of several runs. */
export interface ComparedSetting {
  readonly name: string;
  /** One for each run. */
  readonly values: readonly string[];
  readonly differs: boolean;
}

/** A number of several runs, as an axis of parallel coordinates. */
export interface ParallelAxis {
  readonly name: string;
  /** One for each run; undefined where the run has none. */
  readonly values: readonly (number | undefined)[];
  readonly format: (value: number) => string;
}

/** The settings of runs side by side, and where they differ. */
export function compareSettings(runs: readonly Run[]): readonly ComparedSetting[] {
  const lists = runs.map(settingsOf);
  const names = [...new Set(lists.flat().map(({ name }) => name))];
  return names.map((name) => {
    const values = lists.map((list) => list.find((setting) => setting.name === name)?.value ?? '–');
    return { name, values, differs: new Set(values).size > 1 };
  });
}

/**
 * The axes on which runs are laid side by side: the numbers in which they differ, and how they ended, which
 * is always there.
 */
export function parallelAxes(compared: readonly ComparedRun[]): readonly ParallelAxis[] {
  const axis = (
    name: string,
    valueOf: (one: ComparedRun) => number | undefined,
    format: (value: number) => string,
  ): ParallelAxis => ({ name, values: compared.map(valueOf), format });
  const settings = [
    axis('Images', ({ run }) => run.config.dataset.sampleCount, wordCount),
    axis('Weights', ({ run }) => parameterCount(run.config.recipe.architecture), wordCount),
    axis('Batch size', ({ run }) => run.config.recipe.batchSize, wordCount),
    axis('Learning rate', ({ run }) => run.config.recipe.learningRate, wordNumber),
    axis('Smoothing', ({ run }) => run.config.recipe.labelSmoothing, wordNumber),
    axis('Epochs', ({ run }) => run.config.recipe.epochs, wordCount),
    axis('Seed', ({ run }) => run.config.seed, String),
  ];
  return [
    ...settings.filter(({ values }) => new Set(values).size > 1),
    axis(
      'Seconds',
      ({ run }) => run.trainedMs / 1000,
      (seconds) => seconds.toFixed(1),
    ),
    axis('Accuracy', ({ epochs }) => bestEpoch(epochs)?.validationAccuracy, wordPercent),
  ];
}

/** Where a value lies between the lowest and the highest of its axis, 0 … 1; in the middle where all are one. */
export function placeOnAxis({ values }: ParallelAxis, value: number): number {
  const known = values.filter((other) => other !== undefined);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  return high === low ? 0.5 : (value - low) / (high - low);
}

function wordPercent(share: number): string {
  return `${(share * 100).toFixed(2)}%`;
}
