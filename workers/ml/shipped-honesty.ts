import type { Digitness } from '../../src/domain/digitness';
import { SHIPPED_MODEL, type ModelVersionId } from '../../src/domain/ids';
import { LESSON_RECIPE } from '../../src/domain/lesson';
import { unpackWeights } from '../../src/domain/weights';
import type { ModelRepository } from '../../src/storage/model-repository';
import type { Engine, Network } from '../engines/engine';
import { fetchModelFile, fetchShippedCard } from './load-model';

/** What is known of a model's answers: how sure they are, and which things it takes for digits. */
export interface Honesty {
  /** Divides the logits; 1 where it is absent. */
  readonly temperature?: number;
  /** Where it is absent, everything is taken for a digit. */
  readonly refusal?: { readonly digitness: Digitness; readonly network: Network };
}

/**
 * Reads the shipped model's card, once, for its honesty. Where the card cannot be read, the model itself
 * cannot either, and says so. A version that began as the shipped model and was only given lessons since is
 * judged by the same card: so gentle a training moves its answers little. Others were not measured, and have
 * none.
 */
export function createHonesty(
  baseUrl: string,
  models: ModelRepository,
  openEngine: () => Promise<Engine>,
): (id: ModelVersionId) => Promise<Honesty> {
  let shipped: Promise<Honesty> | undefined;
  /** Versions never change, so neither does what they began as. */
  const origins = new Map<ModelVersionId, Promise<ModelVersionId>>();
  return async (id) => {
    const origin = origins.get(id) ?? findOrigin(id, models);
    origins.set(id, origin);
    origin.catch(() => origins.delete(id));
    if ((await origin) !== SHIPPED_MODEL) return {};
    shipped ??= openHonesty(baseUrl, openEngine);
    shipped.catch(() => (shipped = undefined));
    return shipped;
  };
}

/** The version that a model was before its lessons. */
async function findOrigin(id: ModelVersionId, models: ModelRepository): Promise<ModelVersionId> {
  if (id === SHIPPED_MODEL) return id;
  const config = (await models.find(id))?.config;
  const isLesson = config?.recipe.id === LESSON_RECIPE;
  return isLesson && config?.startFrom ? findOrigin(config.startFrom.versionId, models) : id;
}

async function openHonesty(baseUrl: string, openEngine: () => Promise<Engine>): Promise<Honesty> {
  const { temperature = 1, digitness } = await fetchShippedCard(baseUrl);
  if (!digitness) return { temperature };
  const { architecture, weightsPath } = digitness.refuser;
  const [engine, bytes] = await Promise.all([openEngine(), fetchModelFile(baseUrl, weightsPath)]);
  const weights = unpackWeights(architecture, bytes);
  return { temperature, refusal: { digitness, network: engine.create(architecture, weights) } };
}
