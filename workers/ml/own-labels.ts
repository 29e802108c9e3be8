import { matrixScore } from '../../src/domain/confusion-matrix';
import { partsOf, type DatasetPart } from '../../src/domain/dataset';
import { AppError } from '../../src/domain/errors';
import { wordDisagreement } from '../../src/domain/gate-words';
import type { ModelVersionId } from '../../src/domain/ids';
import { accuracyOf } from '../../src/domain/metrics';
import { matrixOf, readLogits } from '../../src/domain/readings';
import { gatherSamples, type SampleBlock } from '../../src/domain/sample';
import { splitIndices } from '../../src/domain/split';
import type { Repositories } from '../../src/storage/repositories';
import type { EvaluationSources } from './evaluate-version';
import { loadShardedSplit } from './load-shards';

/** Below this share the labels and the model do not mean the same digits. */
const LEAST_AGREED = 0.5;
/** Fewer images than this say nothing of a set's labels. */
const FEWEST_READ = 10;
/** So many are enough to know, and read in a moment. */
const MOST_READ = 500;

type OwnSet = Extract<DatasetPart, { kind: 'stored' }>;

/**
 * Why a version may not answer although it reads well what it never saw: it reads fewer than half of the digits
 * that somebody trained it with as they are labelled. Labels that are shuffled harm a good model little where old
 * images are mixed in, but teach it nothing. A sentence; undefined where nothing speaks against it, where it was
 * not trained here with a set of somebody's own, or where the set is gone.
 */
export async function findDisagreement(
  versionId: ModelVersionId,
  { repositories, cache }: EvaluationSources,
): Promise<string | undefined> {
  for (const { name, title } of await ownSets(versionId, repositories)) {
    const samples = await labelledImages(name, repositories);
    if (!samples) continue;
    const network = await cache.open(versionId);
    const score = matrixScore(matrixOf(readLogits(await network.logits(samples.pixels), samples.labels)));
    if (accuracyOf(score) < LEAST_AGREED) return wordDisagreement(score, title);
  }
  return undefined;
}

/** The sets of somebody's own that a version learned from. */
async function ownSets(
  versionId: ModelVersionId,
  { models, runs }: Repositories,
): Promise<readonly OwnSet[]> {
  const runId = (await models.find(versionId))?.runId;
  const run = runId === undefined ? undefined : await runs.get(runId).catch(asGone);
  return run ? partsOf(run.config.dataset).filter((part) => part.kind === 'stored') : [];
}

/** Images of a set that were kept from the learning, or those that were not where they are few; undefined for a small set. */
async function labelledImages(name: string, { shards }: Repositories): Promise<SampleBlock | undefined> {
  const block = await loadShardedSplit(shards, name, 'train').catch(asGone);
  if (!block || block.labels.length < FEWEST_READ) return undefined;
  const { train, validation } = splitIndices(block.pixels);
  const rows = validation.length < FEWEST_READ ? train : validation;
  return gatherSamples(block, rows.subarray(0, MOST_READ));
}

/** A run or a set that was deleted since, or is damaged, says nothing. */
function asGone(error: unknown): undefined {
  if (error instanceof AppError && error.code === 'not-found') return undefined;
  throw error;
}
