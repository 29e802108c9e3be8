import {
  CHECKING_RECIPE,
  FEWEST_TO_CHECK,
  FOLDS,
  foldsOf,
  type Fold,
} from '../../src/domain/cross-validation';
import { learningRateAt } from '../../src/domain/learning-rate';
import type { Recipe } from '../../src/domain/recipe';
import { batchesPerEpoch } from '../../src/domain/run';
import { CLASS_COUNT, gatherSamples, type SampleBlock } from '../../src/domain/sample';
import type { EvaluatedData } from '../../src/domain/evaluated-data';
import { AppError, throwIfAborted } from '../../src/domain/errors';
import { initialWeights } from '../../src/domain/weights';
import { yieldToEvents } from '../../src/platform/yield-to-events';
import type { ShareProgress } from '../../src/protocol/ml-protocol';
import type { ShardRepository } from '../../src/storage/shard-repository';
import type { Engine, Network } from '../engines/engine';
import type { CallContext } from '../rpc/serve';
import { createBatches } from './batch-source';
import { loadEvaluated } from './evaluated-samples';
import { inParts } from './in-parts';

/** How images are checked; others than the usual ways are for measuring. */
export interface Checking {
  readonly recipe: Recipe;
  readonly folds: number;
  readonly seed: number;
}

const USUAL: Checking = { recipe: CHECKING_RECIPE, folds: FOLDS, seed: 1 };

/** Whom to tell, and who may call it off. */
interface Watch {
  readonly signal: AbortSignal;
  /** Told how much is done, 0 … 1. */
  readonly onShare: (share: number) => void;
}

/**
 * Asks about the images of an evaluation. Throws `invalid-input` (TOO_FEW_TO_CHECK, ONE_DIGIT_TO_CHECK) where
 * there is too little to learn from, and as `loadEvaluated` does.
 */
export async function answerUnseenOf(
  data: EvaluatedData,
  shards: ShardRepository,
  engine: Engine,
  { signal, emit }: CallContext<ShareProgress>,
): Promise<Float32Array<ArrayBuffer>> {
  const samples = await loadEvaluated(shards, data, { signal, emit: () => undefined });
  const digits = new Set(samples.labels);
  if (samples.labels.length < FEWEST_TO_CHECK) throw tooFew(samples.labels.length);
  if (digits.size === 1) throw oneDigit([...digits][0]!);
  return answerUnseen(samples, engine, { signal, onShare: (share) => emit({ share }) });
}

/**
 * The logits, [count, 10], of networks that have not learned from the image in question: see
 * `domain/cross-validation.ts`. Throws `aborted`.
 */
export async function answerUnseen(
  block: SampleBlock,
  engine: Engine,
  { signal, onShare }: Watch,
  checking: Checking = USUAL,
): Promise<Float32Array<ArrayBuffer>> {
  const logits = new Float32Array(block.labels.length * CLASS_COUNT);
  const folds = foldsOf(block.labels, checking.folds, checking.seed);
  for (const [at, fold] of folds.entries()) {
    const onPart = (share: number) => onShare((at + share) / folds.length);
    await answerFold(block, fold, engine, { signal, onShare: onPart }, checking, logits);
  }
  return logits;
}

/** Trains one network, and writes its answers to what it has not seen. */
async function answerFold(
  block: SampleBlock,
  { learned, held }: Fold,
  engine: Engine,
  watch: Watch,
  checking: Checking,
  logits: Float32Array,
): Promise<void> {
  const { recipe, seed } = checking;
  const { architecture, optimizer, labelSmoothing } = recipe;
  const weights = initialWeights(architecture, seed);
  const network = engine.create(architecture, weights, { optimizer, labelSmoothing, seed });
  try {
    await learn(network, block, learned, watch, checking);
    for await (const { first, end } of inParts(held.length, watch.signal)) {
      const rows = held.subarray(first, end);
      const answers = await network.logits(gatherSamples(block, rows).pixels);
      rows.forEach((row, at) => {
        logits.set(answers.subarray(at * CLASS_COUNT, (at + 1) * CLASS_COUNT), row * CLASS_COUNT);
      });
    }
  } finally {
    network.dispose();
  }
}

async function learn(
  network: Network,
  block: SampleBlock,
  learned: Uint32Array,
  { signal, onShare }: Watch,
  { recipe, seed }: Checking,
): Promise<void> {
  const batches = batchesPerEpoch(recipe, learned.length);
  const batchOf = createBatches({ recipe, seed }, block, learned);
  const steps = recipe.epochs * batches;
  for (let step = 0; step < steps; step++) {
    throwIfAborted(signal);
    const batch = batchOf(Math.floor(step / batches), step % batches);
    await network.trainBatch(batch, learningRateAt(recipe, step / steps));
    onShare((step + 1) / steps);
    await yieldToEvents();
  }
}

function tooFew(count: number): AppError {
  return new AppError('invalid-input', `${count} images are too few to learn from.`, {
    reason: 'TOO_FEW_TO_CHECK',
    kept: 'The test and its figures are kept.',
    remedy: `Choose a set of ${FEWEST_TO_CHECK} images or more.`,
  });
}

function oneDigit(digit: number): AppError {
  return new AppError('invalid-input', `All of these are labelled ${digit}: nothing can be told apart.`, {
    reason: 'ONE_DIGIT_TO_CHECK',
    kept: 'The test and its figures are kept.',
    remedy: 'Choose a set that has other digits, too.',
  });
}
