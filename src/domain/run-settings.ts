/** The settings of a run in words, for whoever compares or reports. */
import { parameterCount, type Layer } from './architecture';
import type { Augmentation } from './augmentation';
import { countText } from './count-text';
import { choiceTitle } from './dataset';
import { ENGINE_TITLES } from './engine';
import { versionName } from './ids';
import type { OptimizerChoice } from './optimizer';
import type { Recipe } from './recipe';
import type { Run } from './run';

/** A setting as people read it. */
export interface Setting {
  readonly name: string;
  readonly value: string;
}

/** The setting that tells data apart at a glance; where there is room, the whole hash is better. */
export const SHORT_HASH = 'Data hash';

/** All settings of a run, in the order in which they are chosen. */
export function settingsOf(run: Pick<Run, 'config' | 'engine' | 'data'>): readonly Setting[] {
  const { dataset, recipe, seed, engine, startFrom } = run.config;
  return [
    setting('Data', choiceTitle(dataset)),
    setting('Images', wordCount(dataset.sampleCount)),
    setting('Recipe', recipe.title),
    ...recipeSettings(recipe),
    setting('Start', startFrom ? `From ${versionName(startFrom.versionId)}` : 'From scratch'),
    setting('Seed', String(seed)),
    setting('Engine', wordEngine(engine, run.engine)),
    setting(SHORT_HASH, run.data?.contentHash.slice(0, 12) ?? '–'),
  ];
}

function recipeSettings(recipe: Recipe): readonly Setting[] {
  const { architecture, optimizer, augmentation, earlyStopping } = recipe;
  return [
    setting('Network', architecture.layers.map(wordLayer).filter(Boolean).join(', ')),
    setting('Weights to learn', wordCount(parameterCount(architecture))),
    setting('Epochs', String(recipe.epochs)),
    setting('Batch size', String(recipe.batchSize)),
    setting('Optimizer', wordOptimizer(optimizer)),
    setting('Weight decay', wordNumber(optimizer.weightDecay)),
    setting('Learning rate', wordNumber(recipe.learningRate)),
    setting('Schedule', capitalize(recipe.schedule.replaceAll('-', ' '))),
    setting('Label smoothing', wordNumber(recipe.labelSmoothing)),
    setting('Augmentation', wordAugmentation(augmentation)),
    setting('Early stop', earlyStopping ? `After ${earlyStopping.patience} epochs without gain` : 'No'),
  ];
}

/** A whole number with separators. */
export function wordCount(count: number): string {
  return countText(count);
}

/** A number with at most three digits that count: 0.015, 1e-7. */
export function wordNumber(value: number): string {
  return String(Number(value.toPrecision(3)));
}

function setting(name: string, value: string): Setting {
  return { name, value };
}

/** Dense layers and convolutions with their sizes; what every network has in between is left out. */
function wordLayer(layer: Layer): string {
  switch (layer.kind) {
    case 'conv': {
      const stride = layer.stride > 1 ? ` by ${layer.stride}` : '';
      return `${layer.filters} filters ${layer.kernelSize} × ${layer.kernelSize}${stride}`;
    }
    case 'max-pool':
      return `pool ${layer.size}`;
    case 'dropout':
      return `dropout ${wordNumber(layer.rate)}`;
    case 'dense':
      return `${layer.units} units`;
    case 'batch-norm':
      return 'norm';
    case 'relu':
    case 'flatten':
      return '';
  }
}

function wordOptimizer(optimizer: OptimizerChoice): string {
  return optimizer.kind === 'momentum' ? `Momentum ${wordNumber(optimizer.momentum)}` : 'Adam';
}

function wordEngine(asked: Run['config']['engine'], used: Run['engine']): string {
  if (used === undefined) return '–';
  return asked === 'auto' ? `${ENGINE_TITLES[used]}, the fastest` : ENGINE_TITLES[used];
}

function wordAugmentation(augmentation: Augmentation): string {
  const parts = Object.entries(augmentation).filter(([, amount]) => amount > 0);
  return parts.length === 0 ? 'None' : parts.map(([name, amount]) => `${name} ${amount}`).join(', ');
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
