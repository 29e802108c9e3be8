import { accuracyOf, type Score } from '../../src/domain/metrics';
import { learningRateAt } from '../../src/domain/learning-rate';
import { findRecipe, type Recipe } from '../../src/domain/recipe';
import { batchesPerEpoch } from '../../src/domain/run';
import type { SampleBlock } from '../../src/domain/sample';
import { splitIndices } from '../../src/domain/split';
import { initialWeights } from '../../src/domain/weights';
import type { Network } from '../../workers/engines/engine';
import { openSimdEngine } from '../../workers/engines/simd/simd-engine';
import { assess } from '../../workers/ml/assess';
import { createBatches } from '../../workers/ml/batch-source';
import { fetchMnist } from './mnist';

export interface TrainOptions {
  /** One of the app's recipes, or one to try. */
  readonly recipeId?: string;
  readonly recipe?: Recipe;
  readonly seed: number;
  readonly threads?: number;
  /** Checks so often within an epoch, besides its end. */
  readonly checksPerEpoch?: number;
  /** Scores the test set at the end: only for figures that are published, never to choose by. */
  readonly scoresTest?: boolean;
  /** Is shown the network at the end of each epoch, for what the report does not hold. */
  readonly onEpoch?: (network: Network, epoch: number, validation: Score) => Promise<void>;
}

export interface TrainReport {
  /** Training alone: without loading and checking. */
  readonly seconds: number;
  readonly validation: Score;
  readonly test?: Score;
  /** Seconds of training and validation accuracy at each check. */
  readonly checks: readonly (readonly [seconds: number, accuracy: number])[];
}

const never = new AbortController().signal;

/** Trains a recipe on MNIST without its validation split, as a run does, on the simd engine. */
export async function trainOnMnist(options: TrainOptions): Promise<TrainReport> {
  const {
    recipeId = '',
    recipe = findRecipe(recipeId),
    seed,
    threads,
    checksPerEpoch = 1,
    scoresTest = false,
    onEpoch,
  } = options;
  if (!recipe) throw new RangeError(`There is no recipe ${recipeId}`);
  const block = await fetchMnist('train');
  const { train, validation } = splitIndices(block.pixels);
  const engine = await openSimdEngine(threads === undefined ? {} : { threads });
  const { optimizer, labelSmoothing, architecture } = recipe;
  const network = engine.create(architecture, initialWeights(architecture, seed), {
    optimizer,
    labelSmoothing,
    seed,
  });
  const config = { recipe, seed, dataset: { kind: 'mnist', sampleCount: 60_000 }, engine: 'simd' } as const;
  const batchOf = createBatches(config, block, train);
  const batches = batchesPerEpoch(recipe, train.length);
  const checkEvery = Math.ceil(batches / checksPerEpoch);
  const checks: [number, number][] = [];
  let milliseconds = 0;

  let score: Score = { correct: 0, total: 0 };
  for (let epoch = 0; epoch < recipe.epochs; epoch++) {
    let startedAt = performance.now();
    for (let batch = 0; batch < batches; batch++) {
      const progress = (epoch * batches + batch) / (recipe.epochs * batches);
      await network.trainBatch(batchOf(epoch, batch), learningRateAt(recipe, progress));
      if ((batch + 1) % checkEvery !== 0 && batch + 1 !== batches) continue;
      milliseconds += performance.now() - startedAt;
      score = await check(network, block, validation);
      checks.push([milliseconds / 1000, accuracyOf(score)]);
      startedAt = performance.now();
    }
    await onEpoch?.(network, epoch, score);
  }
  const report = { seconds: milliseconds / 1000, validation: score, checks };
  return scoresTest ? { ...report, test: await scoreTest(network) } : report;
}

function check(network: Network, block: SampleBlock, indices: Uint32Array): Promise<Score> {
  return assess(network, block, indices, never, () => undefined);
}

async function scoreTest(network: Network): Promise<Score> {
  const block = await fetchMnist('test');
  return check(
    network,
    block,
    Uint32Array.from(block.labels, (_, index) => index),
  );
}
