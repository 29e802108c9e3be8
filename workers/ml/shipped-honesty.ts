import { SHIPPED_MODEL, type ModelVersionId } from '../../src/domain/ids';
import { LESSON_RECIPE } from '../../src/domain/lesson';
import type { ModelCard } from '../../src/domain/model-version';
import type { ModelRepository } from '../../src/storage/model-repository';

/** What is known of a model's answers: how sure they are, and which things it takes for digits. */
export type Honesty = Pick<ModelCard, 'temperature' | 'digitness'>;

/**
 * Reads the shipped model's card, once, for its honesty. Where the card cannot be read, the model itself
 * cannot either, and says so. A version that began as the shipped model and was only given lessons since is
 * judged by the same card: so gentle a training moves its answers little. Others were not measured, and have
 * none.
 */
export function createHonesty(
  baseUrl: string,
  models: ModelRepository,
): (id: ModelVersionId) => Promise<Honesty> {
  let shipped: Promise<Honesty> | undefined;
  /** Versions never change, so neither does what they began as. */
  const origins = new Map<ModelVersionId, Promise<ModelVersionId>>();
  return async (id) => {
    const origin = origins.get(id) ?? findOrigin(id, models);
    origins.set(id, origin);
    origin.catch(() => origins.delete(id));
    if ((await origin) !== SHIPPED_MODEL) return {};
    shipped ??= readCard(new URL('models/shipped.json', baseUrl));
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

async function readCard(url: URL): Promise<Honesty> {
  return (await (await fetch(url)).json()) as ModelCard;
}
