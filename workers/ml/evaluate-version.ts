import { DRAWN_BENCHMARK } from '../../src/domain/dataset';
import { dataKey, type EvaluatedData } from '../../src/domain/evaluated-data';
import { evaluateReadings, type Examined } from '../../src/domain/evaluation';
import { throwIfAborted } from '../../src/domain/errors';
import type { ModelVersionId } from '../../src/domain/ids';
import { matrixScore } from '../../src/domain/confusion-matrix';
import type { Score } from '../../src/domain/metrics';
import { MNIST } from '../../src/domain/mnist';
import { matrixOf, readLogits } from '../../src/domain/readings';
import { CLASS_COUNT, IMAGE_PIXELS } from '../../src/domain/sample';
import { sha256 } from '../../src/platform/sha256';
import { yieldToEvents } from '../../src/platform/yield-to-events';
import type { MlEvent } from '../../src/protocol/ml-protocol';
import type { Repositories } from '../../src/storage/repositories';
import type { Network } from '../engines/engine';
import type { CallContext } from '../rpc/serve';
import { loadEvaluated, type EvaluatedSamples } from './evaluated-samples';
import type { ModelCache } from './model-cache';
import { scoreDrawn } from './score-drawn';
import type { Honesty } from './shipped-honesty';

/** MNIST's test images. */
export const MNIST_TEST: EvaluatedData = { kind: 'stored', name: MNIST, split: 'test' };
/** Images per pass: enough to keep an engine busy, few enough to be called off at once. */
const CHUNK = 256;
/** The longest time without letting events in, in milliseconds: each time costs threads their way to sleep. */
const PAUSE_AFTER_MS = 30;

/** Which version, on which images. */
interface Evaluated {
  readonly versionId: ModelVersionId;
  readonly data?: EvaluatedData;
}

/** Where an evaluation finds models and images. */
export interface EvaluationSources {
  readonly repositories: Repositories;
  readonly cache: ModelCache;
}

type Context = CallContext<MlEvent<'evaluate'>>;

/**
 * Scores a model version and stores the result; where no data is named, on MNIST's test images and on the
 * drawn digits. Throws `not-found` where the version or the set is not on this device, and `invalid-input`
 * where there are no images.
 */
export async function evaluateVersion(
  { versionId, data }: Evaluated,
  sources: EvaluationSources,
  context: Context,
): Promise<Score> {
  const { score } = await answerAll({ versionId, data: data ?? MNIST_TEST }, sources, context);
  if (!data) await scoreOnDrawn(versionId, sources, context);
  return score;
}

async function scoreOnDrawn(
  versionId: ModelVersionId,
  { repositories, cache }: EvaluationSources,
  { signal }: Context,
): Promise<void> {
  const score = await scoreDrawn(await cache.open(versionId), signal);
  await repositories.models.saveEvaluation(versionId, DRAWN_BENCHMARK, score);
}

/** The same, with all that can be known of the answers. */
export async function examineVersion(
  question: Required<Evaluated>,
  sources: EvaluationSources,
  { temperature }: Honesty,
  context: Context,
): Promise<Examined> {
  const { samples, logits } = await answerAll(question, sources, context);
  const readings = readLogits(logits, samples.labels, temperature);
  const { pixels, places, trainCount } = samples;
  return { evaluation: evaluateReadings(readings), readings, pixels, places, trainCount };
}

/** The logits of all images of some data. The score is stored. */
async function answerAll(
  { versionId, data }: Required<Evaluated>,
  sources: EvaluationSources,
  context: Context,
): Promise<{ samples: EvaluatedSamples; logits: Float32Array<ArrayBuffer>; score: Score }> {
  const { shards, models } = sources.repositories;
  const samples = await loadEvaluated(shards, data, context);
  const logits = await answerImages(versionId, samples.pixels, sources, context);
  const score = matrixScore(matrixOf(readLogits(logits, samples.labels)));
  await models.saveEvaluation(versionId, dataKey(data), score);
  return { samples, logits, score };
}

/** A version's logits, [count, 10], for images, [count, 28, 28]: from the database where it has them. */
export async function answerImages(
  versionId: ModelVersionId,
  pixels: Uint8Array<ArrayBuffer>,
  { repositories: { evaluations }, cache }: EvaluationSources,
  context: Context,
): Promise<Float32Array<ArrayBuffer>> {
  const [pixelsHash, { weightsHash }] = await Promise.all([sha256(pixels), cache.load(versionId)]);
  const known = await evaluations.find(versionId, pixelsHash);
  if (known?.weightsHash === weightsHash) return known.logits;
  const logits = await computeLogits(await cache.open(versionId), pixels, context);
  await evaluations.save({ versionId, pixelsHash, weightsHash, logits });
  return logits;
}

async function computeLogits(
  network: Network,
  pixels: Uint8Array<ArrayBuffer>,
  { signal, emit }: Context,
): Promise<Float32Array<ArrayBuffer>> {
  const total = pixels.length / IMAGE_PIXELS;
  const logits = new Float32Array(total * CLASS_COUNT);
  let pausedAt = performance.now();
  for (let first = 0; first < total; first += CHUNK) {
    throwIfAborted(signal);
    const part = pixels.subarray(first * IMAGE_PIXELS, (first + CHUNK) * IMAGE_PIXELS);
    logits.set(await network.logits(part), first * CLASS_COUNT);
    emit({ done: Math.min(total, first + CHUNK), total });
    if (performance.now() - pausedAt < PAUSE_AFTER_MS) continue;
    await yieldToEvents();
    pausedAt = performance.now();
  }
  return logits;
}
