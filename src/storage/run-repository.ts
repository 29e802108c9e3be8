import { AppError } from '../domain/errors';
import type { EpochFindings } from '../domain/findings';
import type { RunId } from '../domain/ids';
import type { EpochMetrics, Run, RunConfig } from '../domain/run';
import { extendConfig } from '../domain/step-rate';
import type { Changes } from './changes';
import type { Database } from './open-database';
import type { CheckpointHeadRecord, CheckpointRecord, CheckpointWeightsRecord } from './schema';

/** What the worker may change of a run while it trains. */
export type RunPatch = Partial<
  Pick<Run, 'status' | 'cursor' | 'trainedMs' | 'engine' | 'data' | 'error' | 'setbacks'>
>;

/** All that is known of a run. */
export interface RemovedRun {
  readonly run: Run;
  readonly head?: CheckpointHeadRecord;
  readonly epochs: readonly EpochMetrics[];
  readonly findings: readonly EpochFindings[];
  readonly checkpoints: readonly CheckpointRecord[];
  readonly weights: readonly CheckpointWeightsRecord[];
}

/** Their keys begin with the run's number. */
const MANY_OF_A_RUN = ['epochMetrics', 'epochFindings', 'checkpoints', 'checkpointWeights'] as const;
const RUN_STORES = ['runs', 'checkpointHeads', ...MANY_OF_A_RUN] as const;

/** Training runs and what each epoch brought. The page creates and deletes, the worker updates. */
export class RunRepository {
  constructor(
    private readonly database: Database,
    private readonly changes: Changes,
  ) {}

  /** Creates a run that has not begun. */
  async create(config: RunConfig): Promise<Run> {
    const draft: Omit<Run, 'id'> = {
      createdAt: Date.now(),
      config,
      status: 'waiting',
      cursor: { epoch: 0, batch: 0 },
      trainedMs: 0,
    };
    // The store gives the number: it counts up even where the clock goes back.
    // Strict, as its checkpoints are: what somebody has started is there after a crash.
    const id = await this.database.use(async (db) => {
      const tx = db.transaction('runs', 'readwrite', { durability: 'strict' });
      const added = await tx.store.add(draft as Run);
      await tx.done;
      return added;
    });
    this.changes.announce('runs');
    return { ...draft, id };
  }

  /** Reads a run. Throws `not-found`. */
  async get(id: RunId): Promise<Run> {
    const run = await this.database.use((db) => db.get('runs', id));
    if (!run) throw new AppError('not-found', `There is no run ${id} on this device.`);
    return run;
  }

  /** All runs, the newest first. */
  async list(): Promise<readonly Run[]> {
    return (await this.database.use((db) => db.getAll('runs'))).toReversed();
  }

  /** The finished epochs of a run, in order: with their curves, some 5 kB each. */
  epochs(id: RunId): Promise<readonly EpochMetrics[]> {
    return this.database.use((db) => db.getAll('epochMetrics', IDBKeyRange.bound([id], [id, []])));
  }

  /** The last epoch of a run that has ended; undefined before there is one. */
  async lastEpoch(id: RunId): Promise<EpochMetrics | undefined> {
    const range = IDBKeyRange.bound([id], [id, []]);
    return this.database.use(async (db) => {
      const cursor = await db.transaction('epochMetrics').store.openCursor(range, 'prev');
      return cursor?.value;
    });
  }

  /** What was found at the end of an epoch, counted from 0; undefined where that was not kept. */
  findings(id: RunId, epoch: number): Promise<EpochFindings | undefined> {
    return this.database.use((db) => db.get('epochFindings', [id, epoch]));
  }

  /** Changes some fields of a run. Throws `not-found` where it has been deleted. */
  update(id: RunId, patch: RunPatch): Promise<void> {
    return this.change(id, (run) => ({ ...run, ...patch }));
  }

  /** Lets a run that has ended go on for some more epochs. */
  extend(id: RunId, epochs: number): Promise<void> {
    return this.change(id, (run) => ({
      ...run,
      config: extendConfig(run.config, run.cursor, epochs),
      status: 'paused',
    }));
  }

  /** Deletes a run with all that is known of it; the model that it became stays. Throws `not-found`. */
  async remove(id: RunId): Promise<RemovedRun> {
    const removed = await this.database.use(async (db) => {
      const tx = db.transaction(RUN_STORES, 'readwrite');
      const run = await tx.objectStore('runs').get(id);
      if (!run) throw new AppError('not-found', `Run ${id} has been deleted.`);
      const ofRun = IDBKeyRange.bound([id], [id, []]);
      const [head, epochs, findings, checkpoints, weights] = await Promise.all([
        tx.objectStore('checkpointHeads').get(id),
        tx.objectStore('epochMetrics').getAll(ofRun),
        tx.objectStore('epochFindings').getAll(ofRun),
        tx.objectStore('checkpoints').getAll(ofRun),
        tx.objectStore('checkpointWeights').getAll(ofRun),
      ]);
      await Promise.all([
        tx.objectStore('runs').delete(id),
        tx.objectStore('checkpointHeads').delete(id),
        ...MANY_OF_A_RUN.map((store) => tx.objectStore(store).delete(ofRun)),
      ]);
      await tx.done;
      return { run, epochs, findings, checkpoints, weights, ...(head ? { head } : {}) };
    });
    this.changes.announce('runs', 'epochMetrics');
    return removed;
  }

  /** Puts a run back that was removed. Throws `storage-full`. */
  async restore({ run, head, epochs, findings, checkpoints, weights }: RemovedRun): Promise<void> {
    await this.database.use(async (db) => {
      const tx = db.transaction(RUN_STORES, 'readwrite');
      await Promise.all([
        tx.objectStore('runs').put(run),
        ...(head ? [tx.objectStore('checkpointHeads').put(head)] : []),
        ...epochs.map((epoch) => tx.objectStore('epochMetrics').put(epoch)),
        ...findings.map((finding) => tx.objectStore('epochFindings').put(finding)),
        ...checkpoints.map((checkpoint) => tx.objectStore('checkpoints').put(checkpoint)),
        ...weights.map((large) => tx.objectStore('checkpointWeights').put(large)),
        tx.done,
      ]);
    });
    this.changes.announce('runs', 'epochMetrics');
  }

  private async change(id: RunId, change: (run: Run) => Run): Promise<void> {
    await this.database.use(async (db) => {
      const tx = db.transaction('runs', 'readwrite');
      const run = await tx.store.get(id);
      if (!run) throw new AppError('not-found', `Run ${id} has been deleted.`);
      await tx.store.put(change(run));
      await tx.done;
    });
    this.changes.announce('runs');
  }
}
