import { AppError } from '../../src/domain/errors';
import type { ModelVersion } from '../../src/domain/model-version';
import type { Run } from '../../src/domain/run';
import type { Setback } from '../../src/domain/setback';
import type { Weights } from '../../src/domain/weights';
import type {
  CheckpointRepository,
  EndedEpoch,
  RunCommit,
  RunState,
} from '../../src/storage/checkpoint-repository';
import type { RunPatch } from '../../src/storage/run-repository';
import { hashState } from './checkpoints';

/**
 * Saves a run while it trains. Where the device is full the training goes on, and whatever could not be
 * saved is part of the next attempt.
 */
export class RunSaver {
  /** Of all epochs that ended in this session: a database that was cleared gets them back. */
  private readonly epochs: EndedEpoch[] = [];
  private savedEpochs = 0;
  private isFull = false;

  constructor(
    private readonly repository: CheckpointRepository,
    private run: Run,
  ) {}

  /** True while the device has no room: what was reached since the last checkpoint is in memory alone. */
  get isUnsaved(): boolean {
    return this.isFull;
  }

  /** Adds an epoch that has ended to what is saved next. */
  addEpoch(epoch: EndedEpoch): void {
    this.epochs.push(epoch);
  }

  /** Saves a state of a run that goes on, all or nothing; on a full device it goes on without. */
  async save(state: RunState, patch: RunPatch): Promise<void> {
    if (!(await this.hasRoomFor(state, async () => this.commit(state, patch)))) return;
    this.isFull = false;
    this.savedEpochs = this.epochs.length;
  }

  /** Saves the state that a run is left in, as soon as there is room for it. */
  async leave(state: RunState, patch: RunPatch, untilTriedAgain: () => Promise<void>): Promise<void> {
    while (!(await this.hasRoomFor(state, async () => this.commit(state, patch)))) await untilTriedAgain();
  }

  /** Ends the run with a model version of these weights, as soon as there is room for it. */
  async finish(
    state: RunState,
    patch: RunPatch,
    version: Omit<ModelVersion, 'id'>,
    weights: Weights,
    untilTriedAgain: () => Promise<void>,
  ): Promise<void> {
    const write = async () => this.repository.finish(await this.prepare(state, patch), version, weights);
    while (!(await this.hasRoomFor(state, write))) await untilTriedAgain();
  }

  private async commit(state: RunState, patch: RunPatch): Promise<void> {
    await this.repository.commit(await this.prepare(state, patch));
  }

  /** Resolves to false where the device is full. */
  private async hasRoomFor(state: RunState, write: () => Promise<unknown>): Promise<boolean> {
    try {
      await write();
      return true;
    } catch (error) {
      if (!isStorageFull(error)) throw error;
      this.noteFull(state);
      return false;
    }
  }

  private async prepare(state: RunState, patch: RunPatch): Promise<RunCommit> {
    this.run = { ...this.run, ...patch };
    const { setbacks = [] } = this.run;
    return {
      run: this.run,
      patch: setbacks.length > 0 ? { ...patch, setbacks } : patch,
      state: { ...state, sha256: await hashState(state) },
      epochs: this.epochs.slice(this.savedEpochs),
      earlier: this.epochs.slice(0, this.savedEpochs),
    };
  }

  /** Told once, however long it lasts; it is written with the first save that succeeds again. */
  private noteFull({ cursor }: RunState): void {
    if (this.isFull) return;
    this.isFull = true;
    const setback: Setback = { kind: 'storage-full', resumedAt: cursor };
    this.run = { ...this.run, setbacks: [...(this.run.setbacks ?? []), setback] };
  }
}

function isStorageFull(error: unknown): boolean {
  return error instanceof AppError && error.code === 'storage-full';
}
