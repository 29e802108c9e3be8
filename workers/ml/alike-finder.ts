import { featureArchitecture, outputCount } from '../../src/domain/architecture';
import { throwIfAborted } from '../../src/domain/errors';
import type { Alike, AlikeSample } from '../../src/domain/explanation';
import type { ModelVersionId } from '../../src/domain/ids';
import { findNearest, normalizeRows } from '../../src/domain/nearest';
import { evenIndices } from '../../src/domain/principal-components';
import { traceImage } from '../../src/domain/reference-network';
import { gatherSamples, IMAGE_PIXELS, imageAt } from '../../src/domain/sample';
import type { EditedBlock } from '../../src/domain/sample-edits';
import { yieldToEvents } from '../../src/platform/yield-to-events';
import type { MlEvent, MlParams } from '../../src/protocol/ml-protocol';
import type { ShardRepository } from '../../src/storage/shard-repository';
import type { Engine } from '../engines/engine';
import type { CallContext } from '../rpc/serve';
import { loadShardedSplit } from './load-shards';
import type { LoadedModel } from './load-model';
import type { ModelCache } from './model-cache';

/** Samples of a set that are compared: a second on the simd engine. Without it, as many take minutes. */
const MOST_COMPARED = { simd: 10_000, other: 500 } as const;
/** Samples that are shown. */
const SHOWN = 8;
/** Images per pass. */
const CHUNK = 256;

/** A set as one network sees it: what its last dense layer reads, of each sample. */
interface Index {
  /** Names version, set, and the set's state: what any of these changes is computed anew. */
  readonly key: string;
  readonly samples: EditedBlock;
  /** [samples, width], each row one long. */
  readonly features: Float32Array;
}

type Context = CallContext<MlEvent<'findAlike'>>;

/**
 * Finds stored samples that a network sees as nearly the same. The first question about a version and a
 * set takes the whole set through the network; what it made of it is kept for the next ones.
 */
export class AlikeFinder {
  /** One is enough, up to 30 MB: people compare with one set at a time. */
  private index: Index | undefined;

  constructor(
    private readonly shards: ShardRepository,
    private readonly models: ModelCache,
    private readonly openEngine: () => Promise<Engine>,
  ) {}

  /** The samples nearest to a digit. Throws `not-found` where the set is not here, and `aborted`. */
  async find(question: MlParams<'findAlike'>, context: Context): Promise<Alike> {
    const { versionId, dataset, pixels } = question;
    const model = await this.models.load(versionId);
    const { samples, features } = await this.indexOf(versionId, dataset, model, context);
    const own = Float32Array.from(
      traceImage(featureArchitecture(model.architecture), model.weights, pixels).logits,
    );
    normalizeRows(own, own.length);
    const nearest = findNearest(features, own, SHOWN);
    return {
      samples: nearest.map(({ index, distance }) => toSample(samples, index, distance)),
      compared: samples.labels.length,
    };
  }

  private async indexOf(
    versionId: ModelVersionId,
    dataset: string,
    model: LoadedModel,
    context: Context,
  ): Promise<Index> {
    const key = await this.keyOf(versionId, dataset);
    if (this.index?.key !== key) {
      const samples = await this.pickSamples(dataset);
      throwIfAborted(context.signal);
      this.index = { key, samples, features: await this.computeFeatures(model, samples.pixels, context) };
    }
    return this.index;
  }

  private async keyOf(versionId: ModelVersionId, dataset: string): Promise<string> {
    const record = await this.shards.findDataset(dataset);
    const edits = await this.shards.listEdits(dataset);
    const editedAt = edits.reduce((latest, edit) => Math.max(latest, edit.editedAt), 0);
    return JSON.stringify([versionId, dataset, record?.contentHash, edits.length, editedAt]);
  }

  /** All samples to train with, or as many at even distances as can be compared. */
  private async pickSamples(dataset: string): Promise<EditedBlock> {
    const isFast = (await this.openEngine()).name === 'simd';
    const all = await loadShardedSplit(this.shards, dataset, 'train');
    const indices = evenIndices(all.labels.length, isFast ? MOST_COMPARED.simd : MOST_COMPARED.other);
    return {
      ...gatherSamples(all, indices),
      places: Uint32Array.from(indices, (index) => all.places[index]!),
    };
  }

  private async computeFeatures(
    { architecture, weights }: LoadedModel,
    pixels: Uint8Array<ArrayBuffer>,
    { signal, emit }: Context,
  ): Promise<Float32Array> {
    const truncated = featureArchitecture(architecture);
    const width = outputCount(truncated);
    const total = pixels.length / IMAGE_PIXELS;
    const features = new Float32Array(total * width);
    const network = (await this.openEngine()).create(truncated, weights);
    try {
      for (let first = 0; first < total; first += CHUNK) {
        const part = pixels.subarray(first * IMAGE_PIXELS, (first + CHUNK) * IMAGE_PIXELS);
        features.set(await network.logits(part), first * width);
        emit({ share: Math.min(1, (first + CHUNK) / total) });
        await yieldToEvents();
        throwIfAborted(signal);
      }
    } finally {
      network.dispose();
    }
    normalizeRows(features, width);
    return features;
  }
}

function toSample(samples: EditedBlock, index: number, distance: number): AlikeSample {
  return {
    label: samples.labels[index]!,
    distance,
    place: samples.places[index]!,
    pixels: imageAt(samples.pixels, index).slice(),
  };
}
