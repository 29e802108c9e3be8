import type { ModelVersionId } from '../../src/domain/ids';
import type { Engine, Network } from '../engines/engine';
import type { LoadedModel, LoadModel } from './load-model';

/** Networks that answer are kept: opening one takes longer than asking it. */
const MOST_NETWORKS = 3;

/** The networks of model versions, opened when they are first asked for. */
export class ModelCache {
  private readonly networks = new Map<ModelVersionId, Promise<Network>>();
  /** The one that was loaded last: whoever looks into a network asks for it again and again. */
  private last: { readonly id: ModelVersionId; readonly model: Promise<LoadedModel> } | undefined;

  constructor(
    private readonly loadModel: LoadModel,
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
    const last = { id, model: this.loadModel(id) };
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
}
