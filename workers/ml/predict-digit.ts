import { isDigit } from '../../src/domain/digitness';
import type { ModelVersionId } from '../../src/domain/ids';
import { toPrediction } from '../../src/domain/prediction';
import { CLASS_COUNT, IMAGE_PIXELS } from '../../src/domain/sample';
import type { PredictManyResult, PredictResult } from '../../src/protocol/ml-protocol';
import type { ModelCache } from './model-cache';
import type { Honesty } from './shipped-honesty';

/** What a model version says about one image, [28, 28] bytes. */
export async function predictDigit(
  versionId: ModelVersionId,
  pixels: Uint8Array,
  cache: ModelCache,
  { temperature, digitness }: Honesty,
): Promise<Omit<PredictResult, 'engine'>> {
  const network = await cache.open(versionId);
  const startedAt = performance.now();
  const logits = await network.logits(pixels);
  return {
    prediction: toPrediction(logits, temperature),
    isDigit: isDigit(logits, pixels, digitness),
    computeMs: performance.now() - startedAt,
  };
}

/** What it says about many, [count, 28, 28] bytes, in one pass. */
export async function predictDigits(
  versionId: ModelVersionId,
  pixels: Uint8Array,
  cache: ModelCache,
  { temperature, digitness }: Honesty,
): Promise<Omit<PredictManyResult, 'engine'>> {
  const network = await cache.open(versionId);
  const logits = await network.logits(pixels);
  const count = pixels.length / IMAGE_PIXELS;
  const probabilities = new Float64Array(count * CLASS_COUNT);
  const digits = new Uint8Array(count);
  const areDigits = new Uint8Array(count);
  for (let image = 0; image < count; image++) {
    const own = logits.subarray(image * CLASS_COUNT, (image + 1) * CLASS_COUNT);
    const prediction = toPrediction(own, temperature);
    probabilities.set(prediction.probabilities, image * CLASS_COUNT);
    digits[image] = prediction.digit;
    const inked = pixels.subarray(image * IMAGE_PIXELS, (image + 1) * IMAGE_PIXELS);
    areDigits[image] = Number(isDigit(own, inked, digitness));
  }
  return { probabilities, digits, areDigits };
}
