import { AppError } from '../domain/errors';
import type { EpochFindings } from '../domain/findings';
import type { ModelVersionId, RunId } from '../domain/ids';
import type { ModelVersion } from '../domain/model-version';
import type { EpochMetrics } from '../domain/run';
import type { OptimizerState } from '../domain/optimizer';
import type { Weights } from '../domain/weights';
import type { Changes } from './changes';
import type { Database } from './open-database';
import type { RunPatch } from './run-repository';
import type { BestWeights, CheckpointRecord } from './schema';

/** Where a run stands: enough to go on from here as if nothing had happened. */
export interface Checkpoint extends CheckpointRecord {
  readonly weights: Weights;
  readonly optimizer: OptimizerState;
  readonly best?: BestWeights;
}

/**
 * What a run commits while it trains. Each commit is one strict transaction, so that the record, the
 * weights and the metrics never disagree: strict means on the disk before it is announced.
 */
export class CheckpointRepository {
  constructor(
    private readonly database: Database,
    private readonly changes: Changes,
  ) {}

  /** The newest checkpoint of a run, or undefined before the first. */
  load(runId: RunId): Promise<Checkpoint | undefined> {
    return this.database.use(async (db) => {
      const tx = db.transaction(['checkpoints', 'checkpointWeights']);
      const [record, large] = await Promise.all([
        tx.objectStore('checkpoints').get(runId),
        tx.objectStore('checkpointWeights').get(runId),
      ]);
      return record && large && { ...large, ...record };
    });
  }

  /** Stores a checkpoint together with the run's progress and, at its end, what an epoch brought. */
  async commit(
    checkpoint: Checkpoint,
    patch: RunPatch,
    epoch?: EpochMetrics,
    findings?: EpochFindings,
  ): Promise<void> {
    const { weights, optimizer, best, ...record } = checkpoint;
    await this.database.use(async (db) => {
      const stores = ['runs', 'epochMetrics', 'epochFindings', 'checkpoints', 'checkpointWeights'] as const;
      const tx = db.transaction(stores, 'readwrite', { durability: 'strict' });
      const run = await tx.objectStore('runs').get(record.runId);
      if (!run) throw deletedRun(record.runId);
      await Promise.all([
        tx.objectStore('runs').put({ ...run, ...patch, cursor: record.cursor }),
        tx.objectStore('checkpoints').put(record),
        tx
          .objectStore('checkpointWeights')
          .put({ runId: record.runId, weights, optimizer, ...(best ? { best } : {}) }),
        epoch && tx.objectStore('epochMetrics').put(epoch),
        findings && tx.objectStore('epochFindings').put(findings),
        tx.done,
      ]);
    });
    this.changes.announce('runs', ...(epoch ? (['epochMetrics'] as const) : []));
  }

  /** Ends a run: it becomes a model version, and its checkpoint goes. Returns the version's number. */
  async finish(
    runId: RunId,
    patch: RunPatch,
    version: Omit<ModelVersion, 'id'>,
    weights: Weights,
  ): Promise<ModelVersionId> {
    const id = await this.database.use(async (db) => {
      const stores = ['runs', 'checkpoints', 'checkpointWeights', 'modelVersions', 'modelWeights'] as const;
      const tx = db.transaction(stores, 'readwrite', { durability: 'strict' });
      const run = await tx.objectStore('runs').get(runId);
      if (!run) throw deletedRun(runId);
      const versionId = await tx.objectStore('modelVersions').add(version as ModelVersion);
      await Promise.all([
        tx.objectStore('modelWeights').put({ versionId, weights }),
        tx.objectStore('runs').put({ ...run, ...patch, versionId }),
        tx.objectStore('checkpoints').delete(runId),
        tx.objectStore('checkpointWeights').delete(runId),
        tx.done,
      ]);
      return versionId;
    });
    this.changes.announce('runs', 'modelVersions');
    return id;
  }
}

function deletedRun(id: RunId): AppError {
  return new AppError('not-found', `Run ${id} was deleted while it was training.`);
}
