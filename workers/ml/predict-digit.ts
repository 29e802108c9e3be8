import { isDigit } from '../../src/domain/digitness';
import type { ModelVersionId } from '../../src/domain/ids';
import { toPrediction } from '../../src/domain/prediction';
import type { PredictResult } from '../../src/protocol/ml-protocol';
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
