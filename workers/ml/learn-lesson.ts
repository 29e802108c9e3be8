import { throwIfAborted } from '../../src/domain/errors';
import { firstFilters, type Findings } from '../../src/domain/findings';
import type { LessonData } from '../../src/domain/lesson';
import type { Assessment, Score } from '../../src/domain/metrics';
import { learningRateAt } from '../../src/domain/learning-rate';
import type { Recipe } from '../../src/domain/recipe';
import { batchesPerEpoch, type RunConfig } from '../../src/domain/run';
import type { Weights } from '../../src/domain/weights';
import { yieldToEvents } from '../../src/platform/yield-to-events';
import type { AdoptedEpoch } from '../../src/storage/checkpoint-repository';
import type { Network } from '../engines/engine';
import { assess } from './assess';
import { createBatches } from './batch-source';
import { EpochLog } from './epoch-log';

/** How a lesson went. */
export interface Learned {
  readonly epochs: readonly AdoptedEpoch[];
  /** After the last epoch, on old images that were not learned from. */
  readonly validation: Score;
}

/** Takes all steps of a lesson. `onShare` tells how far it is, 0 … 1. Throws `aborted`. */
export async function learn(
  network: Network,
  config: RunConfig,
  data: LessonData,
  signal: AbortSignal,
  onShare: (share: number) => void,
): Promise<Learned> {
  const { recipe } = config;
  const batches = batchesPerEpoch(recipe, data.train.length);
  const batchOf = createBatches(config, data.block, data.train);
  const epochs: AdoptedEpoch[] = [];
  let validation: Score = { correct: 0, total: 0 };
  for (let epoch = 0; epoch < recipe.epochs; epoch++) {
    const log = new EpochLog(batches);
    const startedAt = performance.now();
    for (let batch = 0; batch < batches; batch++) {
      throwIfAborted(signal);
      const progress = (epoch + batch / batches) / recipe.epochs;
      log.add(batch, await network.trainBatch(batchOf(epoch, batch), learningRateAt(recipe, progress)));
      onShare(progress);
      await yieldToEvents();
    }
    const checked = await assess(network, data.block, data.validation, signal, () => undefined);
    validation = { correct: checked.correct, total: checked.total };
    const { weights } = await network.export();
    const durationMs = performance.now() - startedAt;
    epochs.push(describeEpoch(recipe, epoch, { log, batches, checked, weights, durationMs }));
  }
  return { epochs, validation };
}

interface EndOfEpoch {
  readonly log: EpochLog;
  readonly batches: number;
  readonly checked: Assessment & Findings;
  readonly weights: Weights;
  readonly durationMs: number;
}

/** What an epoch brought, as every run keeps it. */
function describeEpoch(
  recipe: Recipe,
  epoch: number,
  { log, batches, checked, weights, durationMs }: EndOfEpoch,
): AdoptedEpoch {
  const { correct, total, loss, matrix, hardest } = checked;
  const filters = firstFilters(recipe.architecture, weights);
  return {
    metrics: {
      epoch,
      ...log.means(),
      validationLoss: loss,
      validationAccuracy: correct / total,
      learningRate: learningRateAt(recipe, (epoch + 1 - 1 / batches) / recipe.epochs),
      durationMs,
      curve: log.curve(epoch),
    },
    findings: { epoch, matrix, hardest, ...(filters ? { filters } : {}) },
  };
}
