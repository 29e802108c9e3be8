import { ARCHITECTURES } from '../domain/architecture';
import { sampleCount, type Dataset } from '../domain/dataset';
import type { DraftContext } from '../domain/draft-context';
import { findDraftErrors } from '../domain/draft-errors';
import type { EngineChoice } from '../domain/engine';
import type { ModelVersionId } from '../domain/ids';
import { findRecipe, RECIPES } from '../domain/recipe';
import type { RunConfig } from '../domain/run';
import { chooseDataset, chooseRecipe, newDraft, toRunConfig, type RunDraft } from '../domain/run-draft';
import { refuse } from './refusal';

/** What a request may say of a retraining; what it leaves out is as usual. */
export interface RetrainOptions {
  readonly recipe?: string;
  readonly epochs?: number;
  readonly seed?: number;
  readonly engine?: EngineChoice;
  /** `mnist`, `generated`, or the name of a set on this device. */
  readonly dataset?: string;
  /** Images of MNIST or of generated digits. */
  readonly samples?: number;
}

const ENGINES: readonly string[] = ['auto', 'webgl', 'simd', 'cpu'] satisfies readonly EngineChoice[];
const NUMBERS = ['epochs', 'seed', 'samples'] as const;

/** How a model is trained further on digits that were sent: gently, with as many old ones beside them. */
const FURTHER = { epochs: 3, learningRate: 0.001, batchSize: 32, labelSmoothing: 0.05, replayShare: 50 };
/** MNIST has no more images to mix in. */
const MOST_REPLAYED = 60_000;

/** Reads the options of a request. Throws a Refusal, 400, for what is none. Other keys are passed over. */
export function readRetrainOptions(given: Readonly<Record<string, unknown>>): RetrainOptions {
  const options: Record<string, unknown> = {};
  for (const name of NUMBERS) {
    if (given[name] === undefined) continue;
    const value = given[name] === '' ? NaN : Number(given[name]);
    if (!Number.isInteger(value)) throw refuse(`${name}: use a whole number.`, 'OPTION_INVALID');
    options[name] = value;
  }
  for (const name of ['recipe', 'engine', 'dataset'] as const) {
    if (given[name] === undefined) continue;
    if (typeof given[name] !== 'string') throw refuse(`${name}: use a name.`, 'OPTION_INVALID');
    options[name] = given[name];
  }
  const { recipe, engine } = options as RetrainOptions;
  if (recipe !== undefined && !findRecipe(recipe)) {
    throw refuse(`recipe: use one of ${RECIPES.map(({ id }) => id).join(', ')}.`, 'OPTION_INVALID');
  }
  if (engine !== undefined && !ENGINES.includes(engine)) {
    throw refuse(`engine: use one of ${ENGINES.join(', ')}.`, 'OPTION_INVALID');
  }
  return options as RetrainOptions;
}

/** The run that `retrain` asks for, from scratch. Throws a Refusal, 400, for one that cannot be. */
export function planRetraining(options: RetrainOptions, context: DraftContext): RunConfig {
  const { dataset = context.isMnistAbsent ? 'generated' : 'mnist', recipe, samples } = options;
  const base = chooseDataset(newDraft(), dataset, context.sets);
  const draft = recipe === undefined ? base : chooseRecipe(base, recipe);
  return requireRun({ ...withCommon(draft, options), ...(samples ? { sampleCount: samples } : {}) }, context);
}

/**
 * The run on a set that was sent: the model that answers is trained further on it, with old images mixed
 * in so that it does not forget them; with a recipe, from scratch. Throws as `planRetraining` does.
 */
export function planFurtherTraining(
  set: Dataset,
  champion: ModelVersionId,
  options: RetrainOptions,
  context: DraftContext,
): RunConfig {
  const sets = [...context.sets.filter(({ name }) => name !== set.name), set];
  if (options.recipe !== undefined) {
    return planRetraining({ ...options, dataset: set.name }, { ...context, sets });
  }
  const base = chooseDataset(newDraft(), set.name, sets);
  const { epochs, replayShare, ...rates } = FURTHER;
  const most = Math.floor((100 * MOST_REPLAYED) / (sampleCount(set, 'train') + MOST_REPLAYED));
  const draft: RunDraft = {
    ...base,
    epochs,
    settings: { ...base.settings, architecture: ARCHITECTURES.champion, ...rates },
    startFrom: {
      versionId: champion,
      replay: context.isMnistAbsent ? 'generated' : 'mnist',
      replayShare: Math.max(1, Math.min(replayShare, most)),
    },
  };
  return requireRun(withCommon(draft, options), { ...context, sets });
}

function withCommon(draft: RunDraft, { epochs, seed, engine }: RetrainOptions): RunDraft {
  return {
    ...draft,
    epochs: epochs ?? draft.epochs,
    seed: seed ?? draft.seed,
    engine: engine ?? draft.engine,
  };
}

function requireRun(draft: RunDraft, context: DraftContext): RunConfig {
  const [first] = Object.entries(findDraftErrors(draft, context));
  if (first) throw refuse(`${first[0]}: ${first[1]}`, 'OPTION_INVALID');
  return toRunConfig(draft, context);
}
