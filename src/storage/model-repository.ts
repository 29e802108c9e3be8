import { AppError } from '../domain/errors';
import { versionName, type ModelVersionId } from '../domain/ids';
import type { Score } from '../domain/metrics';
import type { ModelVersion } from '../domain/model-version';
import type { Weights } from '../domain/weights';
import type { Changes } from './changes';
import type { Database } from './open-database';
import type { EvaluationRecord } from './schema';

/** The model versions trained on this device, their weights, and how they did. */
export class ModelRepository {
  constructor(
    private readonly database: Database,
    private readonly changes: Changes,
  ) {}

  /** All versions, the newest first. */
  async list(): Promise<readonly ModelVersion[]> {
    return (await this.database.use((db) => db.getAll('modelVersions'))).toReversed();
  }

  /** A version without its weights, or undefined. */
  find(id: ModelVersionId): Promise<ModelVersion | undefined> {
    return this.database.use((db) => db.get('modelVersions', id));
  }

  /** A version with its weights. Throws `not-found`. */
  async load(id: ModelVersionId): Promise<{ version: ModelVersion; weights: Weights }> {
    const [version, large] = await this.database.use((db) =>
      Promise.all([db.get('modelVersions', id), db.get('modelWeights', id)]),
    );
    if (version && large) return { version, weights: large.weights };
    throw new AppError('not-found', `There is no ${versionName(id)} on this device.`, {
      remedy: 'Choose another model.',
    });
  }

  /** Stores how a version did on a data set, in place of an older evaluation. */
  async saveEvaluation(versionId: ModelVersionId, dataset: string, score: Score): Promise<void> {
    const record: EvaluationRecord = { versionId, dataset, score, evaluatedAt: Date.now() };
    await this.database.use((db) => db.put('evaluations', record));
    this.changes.announce('evaluations');
  }

  /** All evaluations of all versions. */
  listEvaluations(): Promise<readonly EvaluationRecord[]> {
    return this.database.use((db) => db.getAll('evaluations'));
  }
}
