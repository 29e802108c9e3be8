import { isDigit } from '../../src/domain/digitness';
import type { ModelVersionId } from '../../src/domain/ids';
import { toPrediction } from '../../src/domain/prediction';
import { CLASS_COUNT, IMAGE_PIXELS } from '../../src/domain/sample';
import type { PredictManyResult, PredictResult } from '../../src/protocol/ml-protocol';
import type { Honesty, Refusal } from './honesty';
import type { ModelCache } from './model-cache';

/** What a model version says about one image, [28, 28] bytes. */
export async function predictDigit(
  versionId: ModelVersionId,
  pixels: Uint8Array,
  cache: ModelCache,
  { temperature, refusal }: Honesty,
): Promise<Omit<PredictResult, 'engine'>> {
  const network = await cache.open(versionId);
  const startedAt = performance.now();
  const logits = await network.logits(pixels);
  const areDigits = await findDigits(pixels, logits, refusal);
  return {
    prediction: toPrediction(logits, temperature),
    isDigit: areDigits[0] === 1,
    computeMs: performance.now() - startedAt,
  };
}

/** What it says about many, [count, 28, 28] bytes, in one pass. */
export async function predictDigits(
  versionId: ModelVersionId,
  pixels: Uint8Array,
  cache: ModelCache,
  { temperature, refusal }: Honesty,
): Promise<Omit<PredictManyResult, 'engine'>> {
  const network = await cache.open(versionId);
  const logits = await network.logits(pixels);
  const count = pixels.length / IMAGE_PIXELS;
  const probabilities = new Float64Array(count * CLASS_COUNT);
  const digits = new Uint8Array(count);
  for (let image = 0; image < count; image++) {
    const prediction = toPrediction(rowOf(logits, image, CLASS_COUNT), temperature);
    probabilities.set(prediction.probabilities, image * CLASS_COUNT);
    digits[image] = prediction.digit;
  }
  return { probabilities, digits, areDigits: await findDigits(pixels, logits, refusal) };
}

/** Which images, [count, 28, 28], are taken for digits: 0 or 1 each, [count]. `own` are the model's logits. */
async function findDigits(
  pixels: Uint8Array,
  own: Float32Array,
  refusal: Refusal | undefined,
): Promise<Uint8Array<ArrayBuffer>> {
  const count = pixels.length / IMAGE_PIXELS;
  if (!refusal) return new Uint8Array(count).fill(1);
  const { digitness, refuser, judge } = refusal;
  const kinds = await refuser.logits(pixels);
  const logits = judge ? await judge.logits(pixels) : own;
  return Uint8Array.from({ length: count }, (_, image) => {
    const seen = {
      pixels: rowOf(pixels, image, IMAGE_PIXELS),
      logits: rowOf(logits, image, CLASS_COUNT),
      kinds: rowOf(kinds, image, kinds.length / count),
    };
    return Number(isDigit(seen, digitness));
  });
}

function rowOf<Values extends Uint8Array | Float32Array>(
  values: Values,
  row: number,
  length: number,
): Values {
  return values.subarray(row * length, (row + 1) * length) as Values;
}
