import { AppError } from '../domain/errors';
import type { EpochFindings } from '../domain/findings';
import type { RunId } from '../domain/ids';
import type { EpochMetrics, Run, RunConfig } from '../domain/run';
import { extendConfig } from '../domain/step-rate';
import type { Changes } from './changes';
import type { Database } from './open-database';

/** What the worker may change of a run while it trains. */
export type RunPatch = Partial<
  Pick<Run, 'status' | 'cursor' | 'trainedMs' | 'engine' | 'data' | 'error' | 'setbacks'>
>;

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
    const id = await this.database.use((db) => db.add('runs', draft as Run));
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

  /** The finished epochs of all runs, in order: one reading, however many runs there are. */
  async listEpochs(): Promise<ReadonlyMap<RunId, readonly EpochMetrics[]>> {
    const byRun = new Map<RunId, EpochMetrics[]>();
    for (const epoch of await this.database.use((db) => db.getAll('epochMetrics'))) {
      const epochs = byRun.get(epoch.runId) ?? [];
      epochs.push(epoch);
      byRun.set(epoch.runId, epochs);
    }
    return byRun;
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
