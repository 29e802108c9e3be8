import type { Dataset } from '../../src/domain/dataset';
import { throwIfAborted } from '../../src/domain/errors';
import { generateDigits } from '../../src/domain/generated-digits';
import { yieldToEvents } from '../../src/platform/yield-to-events';
import type { ShareProgress } from '../../src/protocol/ml-protocol';
import type { ShardRepository } from '../../src/storage/shard-repository';
import type { CallContext } from '../rpc/serve';
import { StagingSink } from './staging-sink';

/** Digits per turn; between turns a cancel can arrive. */
const CHUNK = 200;

/** What digits are generated. */
export interface GenerateParams {
  readonly dataset: string;
  readonly seed: number;
  readonly count: number;
}

/** Stores generated digits as a set that is not yet listed. A cancel leaves nothing behind. */
export async function generateDataset(
  { dataset, seed, count }: GenerateParams,
  shards: ShardRepository,
  { signal, emit }: CallContext<ShareProgress>,
): Promise<Dataset> {
  const sink = new StagingSink(shards, dataset);
  try {
    for (let first = 0; first < count; first += CHUNK) {
      throwIfAborted(signal);
      await sink.addBlock(generateDigits(seed, first, Math.min(CHUNK, count - first)), 'train');
      emit({ share: first / count, done: first, total: count });
      await yieldToEvents();
    }
    const title = `Generated, seed ${seed}`;
    return (await sink.finish({ title, source: 'generated' }))!;
  } catch (error) {
    await shards.deleteDataset(dataset);
    throw error;
  }
}
