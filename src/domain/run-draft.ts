import { FEWEST_SAMPLES, mostSamples, type DatasetChoice } from './dataset';
import type { EngineChoice } from './engine';
import { findRecipe, RECIPES } from './recipe';
import type { RunConfig } from './run';

/** The settings of a run while somebody still types: numbers may be wrong. */
export interface RunDraft {
  readonly dataset: DatasetChoice['kind'];
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
/** Generated digits to begin with: enough to read real ones, few enough to wait for. */
const GENERATED_START = 12_000;

/** The samples that a data set is offered with. */
export function usualSamples(kind: DatasetChoice['kind']): number {
  return kind === 'mnist' ? mostSamples(kind) : GENERATED_START;
}

/** The draft that a person begins with. */
export function newDraft(dataset: DatasetChoice['kind'] = 'mnist'): RunDraft {
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

/** Says what has to be mended before the run can begin. */
export function findDraftErrors(draft: RunDraft): DraftErrors {
  return {
    ...requireWhole('sampleCount', draft.sampleCount, FEWEST_SAMPLES, mostSamples(draft.dataset)),
    ...requireWhole('epochs', draft.epochs, 1, MOST_EPOCHS),
    ...requireWhole('seed', draft.seed, 0, LARGEST_SEED),
  };
}

function requireWhole(field: keyof RunDraft, value: number, low: number, high: number): DraftErrors {
  if (Number.isInteger(value) && value >= low && value <= high) return {};
  const format = (bound: number) => bound.toLocaleString('en');
  return { [field]: `Use a whole number from ${format(low)} to ${format(high)}.` };
}

/** The run that a draft without errors asks for. Throws a RangeError for an unknown recipe. */
export function toRunConfig({ dataset, sampleCount, recipeId, epochs, engine, seed }: RunDraft): RunConfig {
  const recipe = findRecipe(recipeId);
  if (!recipe) throw new RangeError(`There is no recipe ${recipeId}`);
  return {
    dataset: dataset === 'mnist' ? { kind: 'mnist', sampleCount } : { kind: 'generated', sampleCount, seed },
    recipe: { ...recipe, epochs },
    seed,
    engine,
  };
}
