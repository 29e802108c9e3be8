import { FEWEST_SAMPLES, mostSamples, sampleCount, type Dataset, type DatasetChoice } from './dataset';
import type { EngineChoice } from './engine';
import { findRecipe, RECIPES } from './recipe';
import type { RunConfig } from './run';

/** The settings of a run while somebody still types: numbers may be wrong. */
export interface RunDraft {
  /** `mnist`, `generated`, or the name of a set of one's own. */
  readonly dataset: string;
  readonly sampleCount: number;
  readonly recipeId: string;
  readonly epochs: number;
  readonly engine: EngineChoice;
  readonly seed: number;
}

/** What is wrong with a draft, field by field; empty where nothing is. */
export type DraftErrors = Partial<Record<keyof RunDraft, string>>;

const MOST_EPOCHS = 200;
const LARGEST_SEED = 2 ** 31 - 1;
/** A class of fewer samples is hardly learned. */
const FEWEST_OF_A_CLASS = 10;
/** Generated digits to begin with: enough to read real ones, few enough to wait for. */
const GENERATED_START = 12_000;

/** The samples that MNIST or generated digits are offered with. */
export function usualSamples(dataset: string): number {
  return dataset === 'generated' ? GENERATED_START : mostSamples('mnist');
}

/** The draft that a person begins with. */
export function newDraft(dataset: 'mnist' | 'generated' = 'mnist'): RunDraft {
  const recipe = RECIPES[0]!;
  return {
    dataset,
    sampleCount: usualSamples(dataset),
    recipeId: recipe.id,
    epochs: recipe.epochs,
    engine: 'auto',
    seed: 1,
  };
}

/** Says what has to be mended before the run can begin. `own` is the chosen set, where it is one's own. */
export function findDraftErrors(draft: RunDraft, own?: Dataset): DraftErrors {
  const kind = draft.dataset === 'generated' ? 'generated' : 'mnist';
  return {
    ...(own
      ? requireClasses(own)
      : requireWhole('sampleCount', draft.sampleCount, FEWEST_SAMPLES, mostSamples(kind))),
    ...requireWhole('epochs', draft.epochs, 1, MOST_EPOCHS),
    ...requireWhole('seed', draft.seed, 0, LARGEST_SEED),
  };
}

/** What a person should know before training on a set of their own; undefined where all is well. */
export function warnOfSet({ counts }: Dataset): string | undefined {
  const missing = counts.train.flatMap((count, digit) => (count === 0 ? [digit] : []));
  if (missing.length > 0) return `No ${missing.join(', ')} in it: a network trained on it never reads one.`;
  if (sampleCount({ counts }, 'train') < FEWEST_SAMPLES) {
    return 'A small set: a network learns it by heart and reads others worse.';
  }
  const fewest = Math.min(...counts.train);
  return fewest < FEWEST_OF_A_CLASS
    ? `Only ${fewest} of the rarest digit: it will be read less surely.`
    : undefined;
}

function requireClasses({ counts }: Dataset): DraftErrors {
  const classes = counts.train.filter((count) => count > 0).length;
  return classes >= 2
    ? {}
    : { dataset: 'A network learns to tell digits apart: two different ones at least.' };
}

function requireWhole(field: keyof RunDraft, value: number, low: number, high: number): DraftErrors {
  if (Number.isInteger(value) && value >= low && value <= high) return {};
  const format = (bound: number) => bound.toLocaleString('en');
  return { [field]: `Use a whole number from ${format(low)} to ${format(high)}.` };
}

/** The run that a draft without errors asks for. Throws a RangeError for an unknown recipe. */
export function toRunConfig(draft: RunDraft, own?: Dataset): RunConfig {
  const { recipeId, epochs, engine, seed } = draft;
  const recipe = findRecipe(recipeId);
  if (!recipe) throw new RangeError(`There is no recipe ${recipeId}`);
  return { dataset: toChoice(draft, own), recipe: { ...recipe, epochs }, seed, engine };
}

function toChoice({ dataset, sampleCount: count, seed }: RunDraft, own?: Dataset): DatasetChoice {
  if (own) {
    const { name, title } = own;
    return { kind: 'stored', name, title, sampleCount: sampleCount(own, 'train') };
  }
  if (dataset === 'generated') return { kind: 'generated', sampleCount: count, seed };
  return { kind: 'mnist', sampleCount: count };
}
