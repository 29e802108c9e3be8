import { learningRateAt } from './learning-rate';
import type { Cursor, Run, RunConfig } from './run';
import { countHalvings } from './setback';

/**
 * The rate of extra epochs, as a share of the recipe's: a schedule has come down to next to nothing when a
 * run ends, and rising to its peak again would undo what was learned.
 */
const EXTRA_RATE = 0.05;

/**
 * The learning rate of the step at the cursor; `progress` is the share of the run that is done. Extra
 * epochs have a low, constant rate; where the recipe's own is constant, they keep it. A run that has
 * diverged goes on at half the rate each time.
 */
export function stepRate(
  { config, setbacks }: Pick<Run, 'config' | 'setbacks'>,
  cursor: Cursor,
  progress: number,
): number {
  const { recipe, extraEpochs = 0 } = config;
  const planned = recipe.epochs - extraEpochs;
  const rate =
    cursor.epoch >= planned && recipe.schedule !== 'constant'
      ? recipe.learningRate * EXTRA_RATE
      : learningRateAt(recipe, (progress * recipe.epochs) / Math.max(1, planned));
  return rate / 2 ** countHalvings(setbacks);
}

/**
 * The config of a run that ended at the cursor and is to go on for some more epochs. An epoch that was
 * begun is finished first; all of it that is left counts as extra.
 */
export function extendConfig(config: RunConfig, { epoch, batch }: Cursor, epochs: number): RunConfig {
  const total = epoch + (batch > 0 ? 1 : 0) + epochs;
  // Who asks for more epochs does not want them stopped early.
  const { earlyStopping: _, ...recipe } = config.recipe;
  return { ...config, recipe: { ...recipe, epochs: total }, extraEpochs: total - epoch };
}
