import { sampleStatistics } from '../../src/domain/class-statistics';
import { dataKey, DRAWN_TEST, type EvaluatedData } from '../../src/domain/evaluated-data';
import { evaluateReadings, type Examined } from '../../src/domain/evaluation';
import type { ModelVersionId } from '../../src/domain/ids';
import { matrixScore } from '../../src/domain/confusion-matrix';
import type { Score } from '../../src/domain/metrics';
import { MNIST } from '../../src/domain/mnist';
import { matrixOf, readLogits } from '../../src/domain/readings';
import { CLASS_COUNT, IMAGE_PIXELS } from '../../src/domain/sample';
import { sha256 } from '../../src/platform/sha256';
import type { MlEvent } from '../../src/protocol/ml-protocol';
import type { Repositories } from '../../src/storage/repositories';
import type { Network } from '../engines/engine';
import type { CallContext } from '../rpc/serve';
import { facetsOf, loadEvaluated, type EvaluatedSamples } from './evaluated-samples';
import { inParts } from './in-parts';
import type { ModelCache } from './model-cache';
import type { Honesty } from './honesty';

/** MNIST's test images. */
export const MNIST_TEST: EvaluatedData = { kind: 'stored', name: MNIST, split: 'test' };

/** Which version, on which images. */
interface Evaluated {
  readonly versionId: ModelVersionId;
  readonly data?: EvaluatedData;
}

/** Where versions and images are found. */
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
  const quietly = { ...context, emit: () => undefined };
  if (!data) await answerAll({ versionId, data: DRAWN_TEST }, sources, quietly);
  return score;
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
  const { pixels, places, trainCount, preprocessVersion } = samples;
  const { preprocessVersion: model } = await sources.cache.load(question.versionId);
  return {
    evaluation: evaluateReadings(readings),
    readings,
    pixels,
    places,
    trainCount,
    facets: facetsOf(question.data, samples),
    statistics: sampleStatistics(samples),
    preprocess: { model, ...(preprocessVersion === undefined ? {} : { images: preprocessVersion }) },
  };
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
  for await (const { first, end } of inParts(total, signal)) {
    const part = pixels.subarray(first * IMAGE_PIXELS, end * IMAGE_PIXELS);
    logits.set(await network.logits(part), first * CLASS_COUNT);
    emit({ done: end, total });
  }
  return logits;
}
