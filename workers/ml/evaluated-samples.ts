import { concatenateBytes } from '../../src/domain/bytes';
import { AppError } from '../../src/domain/errors';
import type { EvaluatedData } from '../../src/domain/evaluated-data';
import { drawnFacets, inkFacet, partFacet, type Facet } from '../../src/domain/image-facets';
import { PREPROCESS_VERSION } from '../../src/domain/preprocess';
import { gatherSamples, type SampleBlock } from '../../src/domain/sample';
import type { EditedBlock } from '../../src/domain/sample-edits';
import { splitIndices } from '../../src/domain/split';
import type { MlEvent } from '../../src/protocol/ml-protocol';
import type { ShardRepository } from '../../src/storage/shard-repository';
import type { CallContext } from '../rpc/serve';
import { generateSamples } from './batch-source';
import { loadBothSplits } from './dataset-views';
import { loadShardedSplit } from './load-shards';
import { drawnSamples } from './score-drawn';

/** The images of an evaluation, and where each of them is stored. */
export interface EvaluatedSamples extends SampleBlock {
  /** The place of each among the stored ones of its split; empty where the set is not stored. */
  readonly places: Uint32Array<ArrayBuffer>;
  /** So many come first and are of the stored training split. */
  readonly trainCount: number;
  /** The version of the preprocessing that made them, where that is known. */
  readonly preprocessVersion?: number;
}

const NOT_STORED = { places: new Uint32Array(0), trainCount: 0 } as const;

type Context = CallContext<MlEvent<'evaluate'>>;

/**
 * Gets the images of an evaluation. Throws `not-found` where the set is not here, `invalid-input`
 * (EVALUATION_EMPTY) where nothing is in it, and `aborted`.
 */
export async function loadEvaluated(
  shards: ShardRepository,
  data: EvaluatedData,
  context: Context,
): Promise<EvaluatedSamples> {
  const samples = await load(shards, data, context);
  if (samples.labels.length === 0) throw nothingThere();
  context.emit({ done: 0, total: samples.labels.length });
  return samples;
}

async function load(
  shards: ShardRepository,
  data: EvaluatedData,
  context: Context,
): Promise<EvaluatedSamples> {
  switch (data.kind) {
    case 'generated':
      return generateTest(data, context);
    case 'drawn':
      return { ...drawnSamples(), ...NOT_STORED, preprocessVersion: PREPROCESS_VERSION };
    case 'stored': {
      const { preprocessVersion } = (await shards.findDataset(data.name)) ?? {};
      const samples = await loadStored(shards, data.name, data.split);
      return preprocessVersion === undefined ? samples : { ...samples, preprocessVersion };
    }
  }
}

async function generateTest(
  { seed, sampleCount }: Extract<EvaluatedData, { kind: 'generated' }>,
  { signal, emit }: Context,
): Promise<EvaluatedSamples> {
  const onProgress = () => emit({ done: 0, total: sampleCount });
  const block = await generateSamples(seed, sampleCount, signal, onProgress);
  return { ...block, ...NOT_STORED };
}

async function loadStored(
  shards: ShardRepository,
  name: string,
  split: Extract<EvaluatedData, { kind: 'stored' }>['split'],
): Promise<EvaluatedSamples> {
  switch (split) {
    case 'test':
      return toSamples(await loadShardedSplit(shards, name, 'test'), 0);
    case 'all': {
      const { train, test } = await loadBothSplits(shards, name);
      return toSamples(joinBlocks(train, test), train.labels.length);
    }
    case 'train':
    case 'validation': {
      const block = await loadShardedSplit(shards, name, 'train');
      const rows = splitIndices(block.pixels)[split];
      const places = rows.map((row) => block.places[row]!);
      return toSamples({ ...gatherSamples(block, rows), places }, rows.length);
    }
  }
}

function joinBlocks(first: EditedBlock, second: EditedBlock): EditedBlock {
  return {
    pixels: concatenateBytes(first.pixels, second.pixels),
    labels: concatenateBytes(first.labels, second.labels),
    places: Uint32Array.from([...first.places, ...second.places]),
  };
}

function toSamples({ pixels, labels, places }: EditedBlock, trainCount: number): EvaluatedSamples {
  return { pixels, labels, places: Uint32Array.from(places), trainCount };
}

function nothingThere(): AppError {
  return new AppError('invalid-input', 'There are no digits to test with in this part of the set.', {
    reason: 'EVALUATION_EMPTY',
    kept: 'Earlier tests are kept.',
    remedy: 'Choose another part of the set, or another set.',
  });
}

/** Ways to divide the images of a test. */
export function facetsOf(data: EvaluatedData, samples: EvaluatedSamples): readonly Facet[] {
  const ink = inkFacet(samples);
  if (data.kind === 'drawn') return [...drawnFacets(), ...ink];
  const hasParts = data.kind === 'stored' && data.split === 'all';
  return hasParts ? [partFacet(samples.pixels, samples.trainCount), ...ink] : ink;
}
