import { SHIPPED_MODEL, type ModelVersionId } from '../../src/domain/ids';
import type { ModelCard } from '../../src/domain/model-version';

/** What is known of a model's answers: how sure they are, and which things it takes for digits. */
export type Honesty = Pick<ModelCard, 'temperature' | 'digitness'>;

/**
 * Reads the shipped model's card, once, for its honesty. Other versions were not measured: they have none.
 * Where the card cannot be read, the model itself cannot either, and says so.
 */
export function createHonesty(baseUrl: string): (id: ModelVersionId) => Promise<Honesty> {
  let shipped: Promise<Honesty> | undefined;
  return async (id) => {
    if (id !== SHIPPED_MODEL) return {};
    shipped ??= readCard(new URL('models/shipped.json', baseUrl));
    shipped.catch(() => (shipped = undefined));
    return shipped;
  };
}

async function readCard(url: URL): Promise<Honesty> {
  return (await (await fetch(url)).json()) as ModelCard;
}
