import { AppError } from '../../src/domain/errors';
import { SHIPPED_MODEL, type ModelVersionId } from '../../src/domain/ids';
import type { ModelCard } from '../../src/domain/model-version';
import { unpackWeights, type Weights } from '../../src/domain/weights';
import type { Architecture } from '../../src/domain/architecture';
import { sha256 } from '../../src/platform/sha256';
import type { ModelRepository } from '../../src/storage/model-repository';
import type { Engine, Network } from '../engines/engine';

/** Networks that answer are kept: opening one takes longer than asking it. */
const MOST_NETWORKS = 3;

/** A model version as data: what its network is built from. */
export interface LoadedModel {
  readonly architecture: Architecture;
  readonly weights: Weights;
}

/** The networks of model versions, opened when they are first asked for. */
export class ModelCache {
  private readonly networks = new Map<ModelVersionId, Promise<Network>>();
  /** The one that was loaded last: whoever looks into a network asks for it again and again. */
  private last: { readonly id: ModelVersionId; readonly model: Promise<LoadedModel> } | undefined;

  constructor(
    private readonly models: ModelRepository,
    private readonly baseUrl: string,
    private readonly openEngine: () => Promise<Engine>,
  ) {}

  /** The network of a version. Throws `not-found`, or `invalid-input` where its file is damaged. */
  open(id: ModelVersionId): Promise<Network> {
    const known = this.networks.get(id);
    const network = known ?? this.create(id);
    // Moved to the end: the first one is the one that was not asked for the longest.
    this.networks.delete(id);
    this.networks.set(id, network);
    network.catch(() => this.networks.delete(id));
    void this.evict();
    return network;
  }

  /** What a version's network is built from. Throws as `open` does. */
  load(id: ModelVersionId): Promise<LoadedModel> {
    if (this.last?.id === id) return this.last.model;
    const last = { id, model: this.read(id) };
    this.last = last;
    last.model.catch(() => {
      if (this.last === last) this.last = undefined;
    });
    return last.model;
  }

  private async create(id: ModelVersionId): Promise<Network> {
    const [engine, { architecture, weights }] = await Promise.all([this.openEngine(), this.load(id)]);
    return engine.create(architecture, weights);
  }

  private async evict(): Promise<void> {
    while (this.networks.size > MOST_NETWORKS) {
      const [id, network] = this.networks.entries().next().value!;
      this.networks.delete(id);
      (await network).dispose();
    }
  }

  private async read(id: ModelVersionId): Promise<LoadedModel> {
    if (id === SHIPPED_MODEL) return loadShippedModel(this.baseUrl);
    const { version, weights } = await this.models.load(id);
    return { architecture: version.architecture, weights };
  }
}

/** The model that comes with the app. Throws `invalid-input` where a file of it is damaged. */
async function loadShippedModel(baseUrl: string): Promise<LoadedModel> {
  const folder = new URL('models/', baseUrl);
  const card = (await (await fetchFile(new URL('shipped.json', folder))).json()) as ModelCard;
  const response = await fetchFile(new URL(card.weightsPath, folder));
  const bytes = new Uint8Array(await response.arrayBuffer());
  if ((await sha256(bytes)) !== card.weightsHash) {
    throw new AppError('invalid-input', 'The model that came with Inkling is damaged.', {
      reason: 'MODEL_HASH',
      kept: 'Models that you trained are kept.',
      remedy: 'Reload this page, or train a model of your own.',
    });
  }
  return { architecture: card.architecture, weights: unpackWeights(card.architecture, bytes) };
}

async function fetchFile(url: URL): Promise<Response> {
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
