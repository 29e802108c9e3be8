import { DRAWN_BENCHMARK } from '../../src/domain/dataset';
import type { ModelVersionId } from '../../src/domain/ids';
import type { Score } from '../../src/domain/metrics';
import { MNIST } from '../../src/domain/mnist';
import type { Repositories } from '../../src/storage/repositories';
import type { CallContext } from '../rpc/serve';
import { assess } from './assess';
import { loadShardedSplit } from './load-shards';
import type { ModelCache } from './model-cache';
import { scoreDrawn } from './score-drawn';

/**
 * Scores a model version on MNIST's 10,000 test images and on the drawn digits, and stores both results.
 * Throws `not-found` where the version or MNIST is not on this device.
 */
export async function evaluateVersion(
  versionId: ModelVersionId,
  { shards, models }: Repositories,
  cache: ModelCache,
  { signal, emit }: CallContext<{ done: number; total: number }>,
): Promise<Score> {
  const block = await loadShardedSplit(shards, MNIST, 'test');
  const total = block.labels.length;
  emit({ done: 0, total });
  const network = await cache.open(versionId);
  const everything = Uint32Array.from({ length: total }, (_, index) => index);
  const { correct } = await assess(network, block, everything, signal, (done) => emit({ done, total }));
  await models.saveEvaluation(versionId, DRAWN_BENCHMARK, await scoreDrawn(network, signal));
  await models.saveEvaluation(versionId, `${MNIST}/test`, { correct, total });
  return { correct, total };
}
