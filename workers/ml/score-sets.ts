import { sampleCount, type Dataset } from '../../src/domain/dataset';
import { DRAWN_TEST, GENERATED_TEST, type EvaluatedData } from '../../src/domain/evaluated-data';
import type { ModelVersionId } from '../../src/domain/ids';
import type { SetScore } from '../../src/domain/slices';
import type { MlEvent } from '../../src/protocol/ml-protocol';
import type { CallContext } from '../rpc/serve';
import { evaluateVersion, type EvaluationSources } from './evaluate-version';

/**
 * How a version reads each set: its images for testing, or all of them where there are none; the generated
 * digits, and the drawn benchmark. Sets without images are left out. Throws as `evaluateVersion` does.
 */
export async function scoreSets(
  versionId: ModelVersionId,
  sources: EvaluationSources,
  { signal, emit }: CallContext<MlEvent<'scoreSets'>>,
): Promise<readonly SetScore[]> {
  const stored = await sources.repositories.shards.listDatasets();
  const asked: readonly Omit<SetScore, 'score'>[] = [
    ...stored.filter((set) => sampleCount(set) > 0).map(toAsked),
    { data: GENERATED_TEST, title: 'Generated digits, for testing', source: 'generated' },
    { data: DRAWN_TEST, title: 'Drawn benchmark', source: 'benchmark' },
  ];
  const scores: SetScore[] = [];
  for (const one of asked) {
    const onProgress = ({ done, total }: { done: number; total: number }) =>
      emit({ share: (scores.length + done / Math.max(1, total)) / asked.length });
    const score = await evaluateVersion({ versionId, data: one.data }, sources, { signal, emit: onProgress });
    scores.push({ ...one, score });
  }
  return scores;
}

function toAsked(set: Dataset): Omit<SetScore, 'score'> {
  const split = sampleCount(set, 'test') > 0 ? 'test' : 'all';
  const data: EvaluatedData = { kind: 'stored', name: set.name, split };
  return { data, title: set.title, source: set.source };
}
