import type { IDBPTransaction } from 'idb';
import { AppError } from '../domain/errors';
import type { EpochFindings } from '../domain/findings';
import type { ModelVersionId, RunId } from '../domain/ids';
import type { ModelVersion } from '../domain/model-version';
import type { OptimizerState } from '../domain/optimizer';
import type { EpochMetrics, Run } from '../domain/run';
import type { Weights } from '../domain/weights';
import type { Changes } from './changes';
import type { Database } from './open-database';
import type { RunPatch } from './run-repository';
import type {
  BestWeights,
  CheckpointHeadRecord,
  CheckpointRecord,
  CheckpointSlot,
  InklingSchema,
} from './schema';

/** Where a run stands: enough to go on from here as if nothing had happened. */
export interface RunState extends Pick<CheckpointRecord, 'cursor' | 'epochProgress'> {
  readonly weights: Weights;
  readonly optimizer: OptimizerState;
  /** Of a run that stops early: what it would end with now. */
  readonly best?: BestWeights;
  /** Of weights and optimizer, in hexadecimal; undefined in what was saved before there was one. */
  readonly sha256?: string;
}

/** A state as it is stored. */
export interface Checkpoint extends RunState {
  readonly serial: number;
}

/** What belongs together in one commit. */
export interface RunCommit {
  /** The run as its trainer knows it: written anew where somebody cleared the database under it. */
  readonly run: Run;
  readonly patch: RunPatch & Pick<Partial<Run>, 'versionId'>;
  readonly state: RunState & { readonly sha256: string };
  readonly epochs: readonly EndedEpoch[];
  /** Those that were committed before: a database that was cleared gets them back. */
  readonly earlier: readonly EndedEpoch[];
}

/** What an epoch brought, and what was found when it was checked. */
export interface EndedEpoch {
  readonly metrics: EpochMetrics;
  readonly findings: EpochFindings;
}

/** An epoch of a run that has no number yet. */
export interface AdoptedEpoch {
  readonly metrics: Omit<EpochMetrics, 'runId'>;
  readonly findings: Omit<EpochFindings, 'runId'>;
}

/** A run that ended before anything of it was stored, and what it became. */
export interface AdoptedRun {
  readonly run: Omit<Run, 'id' | 'versionId'>;
  readonly epochs: readonly AdoptedEpoch[];
  readonly state: RunState & { readonly sha256: string };
  readonly version: Omit<ModelVersion, 'id' | 'runId'>;
  readonly weights: Weights;
}

const COMMIT_STORES = [
  'runs',
  'epochMetrics',
  'epochFindings',
  'checkpointHeads',
  'checkpoints',
  'checkpointWeights',
] as const;
const FINISH_STORES = [...COMMIT_STORES, 'modelVersions', 'modelWeights'] as const;

type CommitTransaction = IDBPTransaction<
  InklingSchema,
  readonly (typeof COMMIT_STORES)[number][] | typeof FINISH_STORES,
  'readwrite'
>;

/**
 * What a run commits while it trains. Each commit is one strict transaction, so that the record, the
 * weights and the metrics never disagree: strict means on the disk before it is announced. Checkpoints
 * take turns in two slots; the head names the newer one.
 */
export class CheckpointRepository {
  constructor(
    private readonly database: Database,
    private readonly changes: Changes,
  ) {}

  /** Which checkpoint of a run is the newest, and those that are stored, the newest first. */
  load(runId: RunId): Promise<{ head?: CheckpointHeadRecord; checkpoints: readonly Checkpoint[] }> {
    return this.database.use(async (db) => {
      const tx = db.transaction(['checkpointHeads', 'checkpoints', 'checkpointWeights']);
      const head = await tx.objectStore('checkpointHeads').get(runId);
      if (!head) return { checkpoints: [] };
      const slots = [head.slot, otherSlot(head.slot)] as const;
      const stored = slots.map(async (slot) => {
        const record = await tx.objectStore('checkpoints').get([runId, slot]);
        const large = await tx.objectStore('checkpointWeights').get([runId, slot]);
        return record && large && { ...large, ...record };
      });
      return { head, checkpoints: (await Promise.all(stored)).filter((one) => one !== undefined) };
    });
  }

  /** Stores a checkpoint with the run's progress and the metrics of the epochs that have ended. */
  async commit(commit: RunCommit): Promise<void> {
    await this.database.use((db) => {
      const tx = db.transaction(COMMIT_STORES, 'readwrite', { durability: 'strict' });
      return complete(tx, putRun(tx, commit));
    });
    this.changes.announce('runs', ...(commit.epochs.length > 0 ? (['epochMetrics'] as const) : []));
  }

  /**
   * Ends a run: it becomes a model version with the given weights. Its last state stays, alone, so that
   * more epochs can follow. Returns the version's number.
   */
  async finish(
    commit: RunCommit,
    version: Omit<ModelVersion, 'id'>,
    weights: Weights,
  ): Promise<ModelVersionId> {
    const id = await this.database.use((db) => {
      const tx = db.transaction(FINISH_STORES, 'readwrite', { durability: 'strict' });
      const put = async () => {
        const versionId = await tx.objectStore('modelVersions').add(version as ModelVersion);
        const slot = await putRun(tx, { ...commit, patch: { ...commit.patch, versionId } });
        const older: [RunId, CheckpointSlot] = [commit.run.id, otherSlot(slot)];
        await Promise.all([
          tx.objectStore('modelWeights').put({ versionId, weights }),
          tx.objectStore('checkpoints').delete(older),
          tx.objectStore('checkpointWeights').delete(older),
        ]);
        return versionId;
      };
      return complete(tx, put());
    });
    this.changes.announce('runs', 'epochMetrics', 'modelVersions');
    return id;
  }

  /** Stores a run that has ended already as a model version, all or nothing. Returns the version's number. */
  async adopt({ run, epochs, state, version, weights }: AdoptedRun): Promise<ModelVersionId> {
    const id = await this.database.use((db) => {
      const tx = db.transaction(FINISH_STORES, 'readwrite', { durability: 'strict' });
      const put = async () => {
        const runId = await tx.objectStore('runs').add(run as Run);
        const versionId = await tx.objectStore('modelVersions').add({ ...version, runId } as ModelVersion);
        await Promise.all([
          tx.objectStore('runs').put({ ...run, id: runId, versionId }),
          ...epochs.flatMap(({ metrics, findings }) => [
            tx.objectStore('epochMetrics').put({ ...metrics, runId }),
            tx.objectStore('epochFindings').put({ ...findings, runId }),
          ]),
          putState(tx, runId, state),
          tx.objectStore('modelWeights').put({ versionId, weights }),
        ]);
        return versionId;
      };
      return complete(tx, put());
    });
    this.changes.announce('runs', 'epochMetrics', 'modelVersions');
    return id;
  }
}

/** Waits for a transaction and its work. Tells why it failed, not that its requests were called off. */
async function complete<T>(tx: CommitTransaction, work: Promise<T>): Promise<T> {
  try {
    const [result] = await Promise.all([work, tx.done]);
    return result;
  } catch (error) {
    throw tx.error ?? error;
  }
}

/** Writes all of a commit; tells which slot its state went into. */
async function putRun(
  tx: CommitTransaction,
  { run, patch, state, epochs, earlier }: RunCommit,
): Promise<CheckpointSlot> {
  const stored = await findRun(tx, run.id);
  const missing = stored ? epochs : [...earlier, ...epochs];
  const [slot] = await Promise.all([
    putState(tx, run.id, state),
    tx.objectStore('runs').put({ ...(stored ?? run), ...patch, cursor: state.cursor }),
    ...missing.flatMap(({ metrics, findings }) => [
      tx.objectStore('epochMetrics').put(metrics),
      tx.objectStore('epochFindings').put(findings),
    ]),
  ]);
  return slot;
}

/** A run that was deleted stays so. Undefined where the database was cleared as a whole: it gets its run back. */
async function findRun(tx: CommitTransaction, id: RunId): Promise<Run | undefined> {
  const stored = await tx.objectStore('runs').get(id);
  if (stored || (await tx.objectStore('runs').count()) === 0) return stored;
  throw new AppError('not-found', `Run ${id} was deleted while it was training.`);
}

/** Writes over the older slot and turns the head to it; tells which slot that was. */
async function putState(tx: CommitTransaction, runId: RunId, state: RunState): Promise<CheckpointSlot> {
  const { weights, optimizer, best, ...small } = state;
  const head = await tx.objectStore('checkpointHeads').get(runId);
  const slot = head ? otherSlot(head.slot) : 0;
  const place = { runId, slot, serial: (head?.serial ?? 0) + 1 };
  await Promise.all([
    tx.objectStore('checkpointWeights').put({ runId, slot, weights, optimizer, ...(best ? { best } : {}) }),
    tx.objectStore('checkpoints').put({ ...small, ...place, savedAt: Date.now() }),
    tx.objectStore('checkpointHeads').put(place),
  ]);
  return slot;
}

function otherSlot(slot: CheckpointSlot): CheckpointSlot {
  return slot === 0 ? 1 : 0;
}
