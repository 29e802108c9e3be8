import { AppError } from '../domain/errors';
import { versionName, type ModelVersionId } from '../domain/ids';
import type { ModelVersion } from '../domain/model-version';
import type { Weights } from '../domain/weights';
import type { Changes } from './changes';
import type { Database } from './open-database';
import type { EvaluationRecord, GateRecord, ModelWeightsRecord } from './schema';

/** What a person says of a model. */
export interface ModelWords {
  readonly name: string;
  readonly notes: string;
  readonly tags: readonly string[];
}

/** All that is known of a model version. */
export interface RemovedVersion {
  readonly version: ModelVersion;
  readonly weights: ModelWeightsRecord;
  readonly evaluations: readonly EvaluationRecord[];
  /** What the gate said of it, where it did. */
  readonly gate?: GateRecord;
}

const VERSION_STORES = ['modelVersions', 'modelWeights', 'evaluations', 'gateRecords'] as const;
/** Read in the same transaction, so that no tab makes a version the champion while another deletes it. */
const REMOVE_STORES = [...VERSION_STORES, 'evaluationAnswers', 'settings'] as const;

/** The model versions on this device, their weights, and how they did. */
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
    throw gone(id);
  }

  /** Stores a model that was not trained here. Returns its number. Throws `storage-full`. */
  async add(version: Omit<ModelVersion, 'id'>, weights: Weights): Promise<ModelVersionId> {
    const id = await this.database.use(async (db) => {
      const tx = db.transaction(['modelVersions', 'modelWeights'], 'readwrite');
      // The store gives the number, also after versions were deleted: no number is given twice.
      const versionId = await tx.objectStore('modelVersions').add(version as ModelVersion);
      await Promise.all([tx.objectStore('modelWeights').put({ versionId, weights }), tx.done]);
      return versionId;
    });
    this.changes.announce('modelVersions');
    return id;
  }

  /** Gives a version another name, other notes and tags; empty ones are none. Throws `not-found`. */
  async describe(id: ModelVersionId, words: ModelWords): Promise<void> {
    const [name, notes, tags] = [words.name.trim(), words.notes.trim(), words.tags];
    await this.database.use(async (db) => {
      const tx = db.transaction('modelVersions', 'readwrite');
      const version = await tx.store.get(id);
      if (!version) throw gone(id);
      const { name: _, notes: __, tags: ___, ...rest } = version;
      await tx.store.put({
        ...rest,
        ...(name ? { name } : {}),
        ...(notes ? { notes } : {}),
        ...(tags.length > 0 ? { tags } : {}),
      });
      await tx.done;
    });
    this.changes.announce('modelVersions');
  }

  /** Deletes a version with all that is known of it. Throws `not-found`, and `conflict` where it answers. */
  async remove(id: ModelVersionId): Promise<RemovedVersion> {
    const removed = await this.database.use(async (db) => {
      const tx = db.transaction(REMOVE_STORES, 'readwrite');
      const ofVersion = IDBKeyRange.bound([id], [id, []]);
      const [version, weights, evaluations, gate, champion] = await Promise.all([
        tx.objectStore('modelVersions').get(id),
        tx.objectStore('modelWeights').get(id),
        tx.objectStore('evaluations').getAll(ofVersion),
        tx.objectStore('gateRecords').get(id),
        tx.objectStore('settings').get('champion'),
      ]);
      if (!version || !weights) throw gone(id);
      if (champion === id) throw answering(id);
      await Promise.all([
        tx.objectStore('modelVersions').delete(id),
        tx.objectStore('modelWeights').delete(id),
        tx.objectStore('evaluations').delete(ofVersion),
        tx.objectStore('gateRecords').delete(id),
        // Not brought back by an undo: they can be computed again.
        tx.objectStore('evaluationAnswers').delete(ofVersion),
        tx.done,
      ]);
      return { version, weights, evaluations, ...(gate ? { gate } : {}) };
    });
    this.changes.announce('modelVersions', 'evaluations', 'gateRecords');
    return removed;
  }

  /** Puts a version back that was removed. Throws `storage-full`. */
  async restore({ version, weights, evaluations, gate }: RemovedVersion): Promise<void> {
    await this.database.use(async (db) => {
      const tx = db.transaction(VERSION_STORES, 'readwrite');
      await Promise.all([
        tx.objectStore('modelVersions').put(version),
        tx.objectStore('modelWeights').put(weights),
        ...(gate ? [tx.objectStore('gateRecords').put(gate)] : []),
        ...evaluations.map((evaluation) => tx.objectStore('evaluations').put(evaluation)),
        tx.done,
      ]);
    });
    this.changes.announce('modelVersions', 'evaluations', 'gateRecords');
  }

  /** Stores how a version did on a data set, in place of an older evaluation. */
  async saveEvaluation(evaluation: Omit<EvaluationRecord, 'evaluatedAt'>): Promise<void> {
    await this.database.use((db) => db.put('evaluations', { ...evaluation, evaluatedAt: Date.now() }));
    this.changes.announce('evaluations');
  }

  /** All evaluations of all versions. */
  listEvaluations(): Promise<readonly EvaluationRecord[]> {
    return this.database.use((db) => db.getAll('evaluations'));
  }
}

function gone(id: ModelVersionId): AppError {
  return new AppError('not-found', `There is no ${versionName(id)} on this device.`, {
    remedy: 'Choose another model.',
  });
}

function answering(id: ModelVersionId): AppError {
  return new AppError('conflict', `${versionName(id)} answers on Draw.`, {
    reason: 'MODEL_IN_USE',
    kept: 'It was not deleted.',
    remedy: 'Let another model answer first.',
  });
}
