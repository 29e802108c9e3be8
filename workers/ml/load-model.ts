import type { Architecture } from '../../src/domain/architecture';
import { AppError } from '../../src/domain/errors';
import { SHIPPED_MODEL, type ModelVersionId } from '../../src/domain/ids';
import type { ModelCard } from '../../src/domain/model-version';
import type { RunConfig } from '../../src/domain/run';
import { unpackWeights, type Weights } from '../../src/domain/weights';
import { sha256 } from '../../src/platform/sha256';
import type { ModelRepository } from '../../src/storage/model-repository';

/** A model version, ready to be given to an engine. */
export interface LoadedModel {
  readonly architecture: Architecture;
  readonly weights: Weights;
  /** SHA-256 of the packed weights. */
  readonly weightsHash: string;
  readonly preprocessVersion: number;
  /** How it was trained, where that is known. */
  readonly config?: RunConfig;
}

/** Loads a version. Rejects with `not-found`, or `invalid-input` where its file is damaged. */
export type LoadModel = (id: ModelVersionId) => Promise<LoadedModel>;

/** Loads the shipped model from the app's files, and all others from this device. */
export function modelLoader(models: ModelRepository, baseUrl: string): LoadModel {
  return async (id) => {
    if (id === SHIPPED_MODEL) return loadShippedModel(baseUrl);
    const { version, weights } = await models.load(id);
    const { architecture, weightsHash, preprocessVersion, config } = version;
    return { architecture, weights, weightsHash, preprocessVersion, ...(config ? { config } : {}) };
  };
}

/** The model that comes with the app. Throws `invalid-input` where a file of it is damaged. */
async function loadShippedModel(baseUrl: string): Promise<LoadedModel> {
  const folder = new URL('models/', baseUrl);
  const card = (await (await fetchModelFile(new URL('shipped.json', folder))).json()) as ModelCard;
  const response = await fetchModelFile(new URL(card.weightsPath, folder));
  const bytes = new Uint8Array(await response.arrayBuffer());
  if ((await sha256(bytes)) !== card.weightsHash) {
    throw new AppError('invalid-input', 'The model that came with Inkling is damaged.', {
      reason: 'MODEL_HASH',
      kept: 'Models that you trained are kept.',
      remedy: 'Reload this page, or train a model of your own.',
    });
  }
  const { architecture, weightsHash, preprocessVersion, config } = card;
  const weights = unpackWeights(architecture, bytes);
  return { architecture, weights, weightsHash, preprocessVersion, config };
}

/** A file of the model that comes with the app. Throws `not-found` where it cannot be had. */
export async function fetchModelFile(url: URL): Promise<Response> {
  const response = await fetch(url).catch((cause: unknown) => {
    throw modelMissing({ cause });
  });
  if (!response.ok) throw modelMissing();
  return response;
}

function modelMissing(options?: ErrorOptions): AppError {
  return new AppError(
    'not-found',
    'The model that comes with Inkling could not be loaded.',
    {
      reason: 'MODEL_MISSING',
      kept: 'Your drawing is kept.',
      remedy: 'Check the connection and reload, or train a model of your own.',
    },
    options,
  );
}
