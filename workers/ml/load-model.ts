import type { Architecture } from '../../src/domain/architecture';
import { AppError } from '../../src/domain/errors';
import { SHIPPED_MODEL, versionName, type ModelVersionId } from '../../src/domain/ids';
import type { ModelCard, ModelVersion } from '../../src/domain/model-version';
import type { RunConfig } from '../../src/domain/run';
import { packWeights, unpackWeights, type Weights } from '../../src/domain/weights';
import { isAsBuilt } from '../../src/platform/file-hashes';
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

/** Loads a version. Rejects with `not-found`, or `invalid-input` where its file or its weights are damaged. */
export type LoadModel = (id: ModelVersionId) => Promise<LoadedModel>;

/**
 * Loads the shipped model from the app's files, and all others from this device. Stored weights are held against
 * the hash that they were stored with (MODEL_DAMAGED): a changed bit would answer, and nobody would notice.
 */
export function modelLoader(models: ModelRepository, baseUrl: string): LoadModel {
  return async (id) => {
    if (id === SHIPPED_MODEL) return loadShippedModel(baseUrl);
    const { version, weights } = await models.load(id);
    if (!(await isAsStored(version, weights))) throw weightsDamaged(id);
    const { architecture, weightsHash, preprocessVersion, config } = version;
    return { architecture, weights, weightsHash, preprocessVersion, ...(config ? { config } : {}) };
  };
}

/** True for weights that have the shapes and the hash of their version. */
async function isAsStored({ architecture, weightsHash }: ModelVersion, weights: Weights): Promise<boolean> {
  try {
    return (await sha256(packWeights(architecture, weights))) === weightsHash;
  } catch (error) {
    // Some are missing, or too few.
    if (error instanceof AppError) return false;
    throw error;
  }
}

/** The model that comes with the app. Throws `invalid-input` where a file of it is damaged. */
async function loadShippedModel(baseUrl: string): Promise<LoadedModel> {
  const card = await fetchShippedCard(baseUrl);
  const bytes = await fetchModelFile(baseUrl, card.weightsPath);
  const { architecture, weightsHash, preprocessVersion, config } = card;
  const weights = unpackWeights(architecture, bytes);
  return { architecture, weights, weightsHash, preprocessVersion, config };
}

/** What the app's files say of the shipped model. Throws as `fetchModelFile`. */
export async function fetchShippedCard(baseUrl: string): Promise<ModelCard> {
  const bytes = await fetchModelFile(baseUrl, 'shipped.json');
  return JSON.parse(new TextDecoder().decode(bytes)) as ModelCard;
}

/**
 * A file of the models that come with the app. Throws `not-found` where it cannot be had, and `invalid-input`
 * (MODEL_HASH) where it is another one than the app was built with.
 */
export async function fetchModelFile(baseUrl: string, name: string): Promise<Uint8Array<ArrayBuffer>> {
  const path = `models/${name}`;
  const response = await fetch(new URL(path, baseUrl)).catch((cause: unknown) => {
    throw modelMissing({ cause });
  });
  if (!response.ok) throw modelMissing();
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (!(await isAsBuilt(path, bytes))) throw modelDamaged(path);
  return bytes;
}

function weightsDamaged(id: ModelVersionId): AppError {
  return new AppError(
    'invalid-input',
    `${versionName(id)} is damaged: its weights are not the ones that were stored.`,
    {
      reason: 'MODEL_DAMAGED',
      kept: 'It answers no more. The model that comes with Inkling does, and all else is as it was.',
      remedy:
        'Choose another model on Models; delete this one, and take it in anew where you have it as a file.',
    },
  );
}

function modelDamaged(path: string): AppError {
  return new AppError(
    'invalid-input',
    `The model that came with Inkling is damaged: ${path} is not the file that it was built with.`,
    {
      reason: 'MODEL_HASH',
      kept: 'Models that you trained are kept.',
      remedy: 'Reload this page, or train a model of your own.',
    },
  );
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
