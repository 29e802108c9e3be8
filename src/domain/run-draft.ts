import { mostSamples, sampleCount, type Dataset, type DatasetChoice } from './dataset';
import { NO_CONTEXT, type DraftContext, type StartVersion } from './draft-context';
import { draftParts, type MixtureShare } from './draft-parts';
import type { EngineChoice } from './engine';
import { SHIPPED_MODEL, type ModelVersionId } from './ids';
import { findRecipe, RECIPES, type Recipe } from './recipe';
import type { RunConfig } from './run';
import { isSame } from './is-same';

/** What a recipe settles, and a person may settle otherwise. */
export type RunSettings = Omit<Recipe, 'id' | 'title' | 'epochs'>;

/** Old images that are mixed in while a model is trained further, so that it does not forget them. */
export type Replay = 'none' | 'mnist' | 'generated';

/** The model that a run goes on from, while somebody still chooses. */
export interface StartDraft {
  readonly versionId: ModelVersionId;
  readonly replay: Replay;
  /** The share of old images among all, in per cent. */
  readonly replayShare: number;
}

/** The settings of a run while somebody still types: numbers may be wrong. */
export interface RunDraft {
  /** `mnist`, `generated`, `mixture`, or the name of a set of one's own. */
  readonly dataset: string;
  /** The sets of a mixture; kept while another choice is tried. */
  readonly mixture: readonly MixtureShare[];
  readonly sampleCount: number;
  readonly recipeId: string;
  readonly epochs: number;
  readonly engine: EngineChoice;
  readonly seed: number;
  readonly settings: RunSettings;
  /** Undefined to start from scratch. */
  readonly startFrom: StartDraft | undefined;
}

/** The choice of several sets, as a draft names it. */
export const MIXTURE = 'mixture';
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
    mixture: [
      { set: 'mnist', share: 50 },
      { set: 'generated', share: 50 },
    ],
    sampleCount: usualSamples(dataset),
    recipeId: recipe.id,
    epochs: recipe.epochs,
    engine: 'auto',
    seed: 1,
    settings: settingsOf(recipe),
    startFrom: undefined,
  };
}

/** What a recipe settles but its name and its epochs. */
export function settingsOf({ id: _id, title: _title, epochs: _epochs, ...settings }: Recipe): RunSettings {
  return settings;
}

/** The draft with a recipe in place of all its own settings. Throws a RangeError for an unknown one. */
export function chooseRecipe(draft: RunDraft, recipeId: string): RunDraft {
  const recipe = requireRecipe(recipeId);
  return { ...draft, recipeId, epochs: recipe.epochs, settings: settingsOf(recipe) };
}

/** The draft with another set, and with as many images as one usually takes of it. */
export function chooseDataset(draft: RunDraft, dataset: string, sets: readonly Dataset[]): RunDraft {
  const own = sets.find(({ name }) => name === dataset);
  return { ...draft, dataset, sampleCount: own ? sampleCount(own, 'train') : usualSamples(dataset) };
}

/** True where a person has settled anything otherwise than the recipe. */
export function hasOwnSettings({ recipeId, settings, startFrom }: RunDraft): boolean {
  return startFrom !== undefined || !isSame(settings, settingsOf(requireRecipe(recipeId)));
}

/** The version that a draft goes on from; undefined where it starts from scratch or the version is gone. */
export function startVersion({ startFrom }: RunDraft, { versions }: DraftContext): StartVersion | undefined {
  return startFrom && versions.find(({ id }) => id === startFrom.versionId);
}

/** A beginning of fine-tuning: the shipped model, and a fifth of MNIST where that can be had and is not new. */
export function newStart(draft: RunDraft, isMnistAbsent: boolean): StartDraft {
  const isReplayed = !isMnistAbsent && !freshSets(draft).includes('mnist');
  return { versionId: SHIPPED_MODEL, replay: isReplayed ? 'mnist' : 'none', replayShare: 20 };
}

/** The sets that a draft trains on, but for old images. */
export function freshSets({ dataset, mixture }: RunDraft): readonly string[] {
  return dataset === MIXTURE ? mixture.map(({ set }) => set) : [dataset];
}

/** The run that a draft without errors asks for. Throws a RangeError for an unknown recipe. */
export function toRunConfig(draft: RunDraft, context: DraftContext = NO_CONTEXT): RunConfig {
  const { engine, seed } = draft;
  const version = startVersion(draft, context);
  return {
    dataset: toChoice(draft, context),
    recipe: toRecipe(draft, version),
    seed,
    engine,
    ...(version ? { startFrom: { versionId: version.id, weightsHash: version.weightsHash } } : {}),
  };
}

function toRecipe({ recipeId, epochs, settings }: RunDraft, version: StartVersion | undefined): Recipe {
  const base = requireRecipe(recipeId);
  const wanted = version ? { ...settings, architecture: version.architecture } : settings;
  if (isSame(wanted, settingsOf(base))) return { ...base, epochs };
  return { ...wanted, id: 'own', title: `${base.title}, changed`, epochs };
}

function toChoice(draft: RunDraft, context: DraftContext): DatasetChoice {
  const parts = draftParts(draft, context.sets);
  const [first] = parts;
  if (first && parts.length === 1) return first;
  return { kind: 'mixture', parts, sampleCount: parts.reduce((sum, part) => sum + part.sampleCount, 0) };
}

function requireRecipe(id: string): Recipe {
  const recipe = findRecipe(id);
  if (!recipe) throw new RangeError(`There is no recipe ${id}`);
  return recipe;
}
