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
  { temperature, refusal }: Honesty,
): Promise<Omit<PredictResult, 'engine'>> {
  const network = await cache.open(versionId);
  const startedAt = performance.now();
  const logits = await network.logits(pixels);
  const kinds = await refusal?.network.logits(pixels);
  return {
    prediction: toPrediction(logits, temperature),
    // Of a network that was not measured nothing is known: it takes everything for a digit.
    isDigit: !refusal || !kinds || isDigit({ pixels, logits, kinds }, refusal.digitness),
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
  const kinds = await refusal?.network.logits(pixels);
  const count = pixels.length / IMAGE_PIXELS;
  const probabilities = new Float64Array(count * CLASS_COUNT);
  const digits = new Uint8Array(count);
  const areDigits = new Uint8Array(count);
  for (let image = 0; image < count; image++) {
    const ofImage = <T extends Uint8Array | Float32Array>(values: T, length: number) =>
      values.subarray(image * length, (image + 1) * length) as T;
    const own = ofImage(logits, CLASS_COUNT);
    const prediction = toPrediction(own, temperature);
    probabilities.set(prediction.probabilities, image * CLASS_COUNT);
    digits[image] = prediction.digit;
    const answer = { pixels: ofImage(pixels, IMAGE_PIXELS), logits: own };
    areDigits[image] = Number(
      !refusal ||
        !kinds ||
        isDigit({ ...answer, kinds: ofImage(kinds, kinds.length / count) }, refusal.digitness),
    );
  }
  return { probabilities, digits, areDigits };
}
