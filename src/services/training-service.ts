import { needsMnist } from '../domain/dataset';
import type { EngineSpeeds } from '../domain/engine';
import { AppError, isAborted, toErrorRecord, type ErrorRecord } from '../domain/errors';
import type { EpochFindings } from '../domain/findings';
import type { RunId } from '../domain/ids';
import { bestEpoch, type CurvePoint, type EpochMetrics, type Run, type RunConfig } from '../domain/run';
import type { MlClient } from '../ml-client/ml-client';
import { askForRun, onRunAskedFor } from '../platform/hand-over';
import { saveFile } from '../platform/save-file';
import { lockedRuns, unlessTaken, whenRunIsFree } from '../platform/locks';
import type { Restart, TrainTick } from '../protocol/ml-protocol';
import type { Changes } from '../storage/changes';
import type { RunRepository } from '../storage/run-repository';
import type { SettingsRepository } from '../storage/settings-repository';
import { Observable, type Watched } from './observable';
import { Refresher } from './refresher';
import { Restarts } from './restarts';

/**
 * The longest silence of a training that is not under way yet, in milliseconds: where WebGL is computed in
 * software its first batch takes that long, because it compiles the shaders.
 */
const START_DEADLINE_MS = 120_000;
/** The longest silence between batches: so many batches' time, and this at least, in milliseconds. */
const DEADLINE_BATCHES = 20;
const SHORTEST_DEADLINE_MS = 10_000;
/** Points that the live curve keeps; beyond that, every second one is dropped. */
const LIVE_POINTS = 400;

/** The run that this page trains. */
export interface ActiveRun {
  readonly runId: RunId;
  readonly tick?: TrainTick;
  /** Loss and accuracy of single batches since this page began to train it. */
  readonly livePoints: readonly CurvePoint[];
  /** What the run was cut off by a moment ago; undefined as soon as it goes on. */
  readonly cutOffBy?: ErrorRecord;
  /** Another tab trains it, and has been asked to save it and let go. */
  readonly isAskedFor?: boolean;
  /** How a person ends it: it is being saved, and tells no more. */
  readonly ending?: 'pause' | 'stop';
}

/** All runs, and how the active one goes. */
export interface TrainingState {
  readonly isLoaded: boolean;
  /** The newest first. */
  readonly runs: readonly Run[];
  /** Of the runs that are shown: those of all would fill the memory. */
  readonly epochs: ReadonlyMap<RunId, readonly EpochMetrics[]>;
  /** The best validation accuracy so far of the runs that have not become a model, 0 … 1. */
  readonly bestSoFar: ReadonlyMap<RunId, number>;
  /** The runs that are being trained, here or in another tab. */
  readonly inTraining: ReadonlySet<RunId>;
  readonly active?: ActiveRun;
  /** How fast the engines of this device are; undefined before the first training has tried them. */
  readonly speeds?: EngineSpeeds;
  /** A run that was cut off goes on by itself when the app is opened again. */
  readonly resumesAlone: boolean;
  /** What went wrong last, until it is put away. */
  readonly failure?: ErrorRecord;
}

/** True for a run whose tab was closed under it: its record says running, and nobody holds its lock. */
export function isCutOff(run: Run, { inTraining, active }: TrainingState): boolean {
  return run.status === 'running' && active?.runId !== run.id && !inTraining.has(run.id);
}

interface Sources {
  readonly runs: RunRepository;
  readonly settings: SettingsRepository;
  readonly changes: Changes;
  readonly client: MlClient;
  /** Brings MNIST onto this device where it is not yet; resolves to false where that fails. */
  readonly ensureMnist: () => Promise<boolean>;
}

/** Trainings: starts, pauses, stops and continues them, and tells how they go. */
export class TrainingService {
  private readonly observed = new Observable<TrainingState>({
    isLoaded: false,
    runs: [],
    epochs: new Map(),
    bestSoFar: new Map(),
    inTraining: new Set(),
    resumesAlone: false,
  });
  private calling: AbortController | undefined;
  private isAtWork = false;
  private readonly refresher = new Refresher(() => this.read());
  private readonly restarts = new Restarts();
  private shown: readonly RunId[] = [];
  /** The runs of other tabs: one that crashes announces nothing, but lets go of its run. */
  private readonly watchedRuns = new Set<RunId>();

  constructor(private readonly sources: Sources) {
    sources.changes.subscribe(({ store }) => {
      if (['runs', 'epochMetrics', 'settings'].includes(store)) void this.refresh();
    });
    onRunAskedFor((id) => {
      const { active } = this.observed.value;
      if (active?.runId === id && !active.isAskedFor) this.pause();
    });
  }

  get state(): Watched<TrainingState> {
    return this.observed;
  }

  /** Reads all runs for the first time. */
  load(): Promise<void> {
    return this.refresh();
  }

  /** Says which runs are looked at: `state` has the epochs of these. */
  show(runIds: readonly RunId[]): void {
    if (runIds.length === this.shown.length && runIds.every((id, at) => id === this.shown[at])) return;
    this.shown = [...runIds];
    void this.refresh();
  }

  /** The epochs of a run that have ended, in order. */
  epochs(runId: RunId): Promise<readonly EpochMetrics[]> {
    return this.sources.runs.epochs(runId);
  }

  /** The last epoch of a run that has ended; undefined before there is one. */
  lastEpoch(runId: RunId): Promise<EpochMetrics | undefined> {
    return this.sources.runs.lastEpoch(runId);
  }

  /** What was found at the end of an epoch, counted from 0; undefined where that was not kept. */
  findings(runId: RunId, epoch: number): Promise<EpochFindings | undefined> {
    return this.sources.runs.findings(runId, epoch);
  }

  /** Creates a run and trains it. Resolves when it has ended, however it did; `state` tells. */
  start(config: RunConfig): Promise<Run | undefined> {
    return this.oneAtATime(async () => {
      if (needsMnist(config.dataset) && !(await this.sources.ensureMnist())) return undefined;
      const run = await this.sources.runs.create(config);
      return this.train(run.id);
    });
  }

  /** Goes on with a run that was paused or cut off. */
  resume(runId: RunId): Promise<Run | undefined> {
    return this.oneAtATime(() => this.train(runId));
  }

  /** Goes on with a run that another tab trains: that tab saves it and lets go first. */
  takeOver(runId: RunId): Promise<Run | undefined> {
    return this.oneAtATime(() => this.askAndTrain(runId));
  }

  private async askAndTrain(runId: RunId): Promise<Run | undefined> {
    this.calling = new AbortController();
    this.patch({ active: { runId, livePoints: [], isAskedFor: true } });
    try {
      await askForRun(runId, this.calling.signal);
    } catch (error) {
      if (!isAborted(error)) this.patch({ failure: toErrorRecord(error) });
      await this.leave();
      return undefined;
    }
    return this.train(runId);
  }

  /**
   * Goes on with the run that was cut off last, where that is wanted and no other tab does. Where it is not,
   * resolves to the run, if it is the newest: whoever has trained another since then knows of it.
   */
  async resumeCutOff(): Promise<Run | undefined> {
    await this.refresh();
    const { value: state } = this.observed;
    const run = state.runs.find((run) => isCutOff(run, state));
    if (!run || this.isAtWork) return undefined;
    if (!state.resumesAlone) return run === state.runs[0] ? run : undefined;
    await unlessTaken('inkling-resume', () => this.resume(run.id));
    return undefined;
  }

  /** Says whether a run that was cut off should go on by itself on the next visits. */
  async resumeAlone(isWanted: boolean): Promise<void> {
    await this.sources.settings.set('resumeAlone', isWanted);
  }

  /** Deletes a run; the model that it became stays. Returns what brings it back. */
  async remove(runId: RunId): Promise<() => Promise<void>> {
    const removed = await this.sources.runs.remove(runId);
    return () => this.sources.runs.restore(removed);
  }

  /** Trains a run that has ended for some more epochs, at a low rate; a new model version comes of it. */
  extend(runId: RunId, epochs: number): Promise<Run | undefined> {
    return this.oneAtATime(async () => {
      await this.sources.runs.extend(runId, epochs);
      return this.train(runId);
    });
  }

  /** Lets the run go on later from where it is. */
  pause(): void {
    this.callOff('pause');
  }

  /** Ends the run and keeps what it has learned. */
  stop(): void {
    this.callOff('stop');
  }

  /** Saves what a run has learned as a file while it waits for room on a full device. */
  async saveUnsaved(runId: RunId): Promise<void> {
    try {
      const options = { deadlineMs: START_DEADLINE_MS };
      const { blob } = await this.sources.client.call('exportUnsaved', { runId }, options);
      saveFile(`inkling-run-${runId}.safetensors`, blob as Blob);
    } catch (error) {
      this.patch({ failure: toErrorRecord(error) });
    }
  }

  /** Puts the last failure away. */
  clearFailure(): void {
    const { failure: _, ...rest } = this.observed.value;
    this.observed.value = rest;
  }

  private callOff(reason: 'pause' | 'stop'): void {
    const { active } = this.observed.value;
    if (active) this.patch({ active: { ...active, ending: reason } });
    this.calling?.abort(reason);
  }

  /** Two runs at once would take each other's processor, and what ends one would not know which. */
  private async oneAtATime(work: () => Promise<Run | undefined>): Promise<Run | undefined> {
    if (this.isAtWork) {
      this.patch({ failure: toErrorRecord(trainsAlready()) });
      return undefined;
    }
    this.isAtWork = true;
    this.clearFailure();
    try {
      return await work();
    } finally {
      this.isAtWork = false;
    }
  }

  private async train(runId: RunId): Promise<Run | undefined> {
    this.calling = new AbortController();
    this.patch({ active: { runId, livePoints: [] } });
    try {
      await this.trainThrough(runId, this.calling.signal);
    } catch (error) {
      this.patch({ failure: toErrorRecord(error) });
    }
    await this.leave();
    return this.observed.value.runs.find(({ id }) => id === runId);
  }

  /** Ends being at work on a run. */
  private async leave(): Promise<void> {
    try {
      // Read first: with the old record and nobody at work, the run would look as if it had been cut off.
      await this.refresh();
    } finally {
      const { active: _, ...rest } = this.observed.value;
      this.observed.value = rest;
    }
  }

  /** Trains until the run has ended: what cuts it off is overcome by a new worker and the last checkpoint. */
  private async trainThrough(runId: RunId, signal: AbortSignal): Promise<void> {
    let restart: Restart = this.restarts.begin();
    for (;;) {
      try {
        return await this.callTrain(runId, signal, restart);
      } catch (error) {
        restart = await this.recover(runId, error);
      }
    }
  }

  private async callTrain(runId: RunId, signal: AbortSignal, restart: Restart): Promise<void> {
    const { recipe } = (await this.sources.runs.get(runId)).config;
    await this.sources.client.call(
      'train',
      { runId, restart },
      {
        signal,
        deadlineMs: START_DEADLINE_MS,
        deadlineAfter: ({ stage, samplesPerSecond }) =>
          stage === 'training' && samplesPerSecond !== undefined
            ? Math.max(SHORTEST_DEADLINE_MS, (DEADLINE_BATCHES * 1000 * recipe.batchSize) / samplesPerSecond)
            : START_DEADLINE_MS,
        onEvent: (tick) => this.receive(runId, tick),
      },
    );
  }

  /** How to go on after a failure; throws it where that is for a person to decide. */
  private async recover(runId: RunId, error: unknown): Promise<Restart> {
    const failure = toErrorRecord(error);
    // After a reset of the graphics device nothing in that worker can be trusted any more.
    if (failure.code === 'context-lost') this.sources.client.terminate();
    const { cursor } = await this.sources.runs.get(runId);
    const found = this.restarts.after(failure, cursor);
    if (!found) throw error;
    const { delayMs, ...restart } = found;
    this.patch({ active: { runId, livePoints: [], cutOffBy: failure } });
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    return restart;
  }

  private receive(runId: RunId, tick: TrainTick): void {
    const { active } = this.observed.value;
    if (active?.runId !== runId) return;
    // What is drawn while a run is being saved would make the save wait; only that it can't be is told.
    if (active.ending && !tick.isUnsaved) return;
    const { ending } = active;
    const livePoints = addPoint(active.livePoints, tick);
    this.patch({ active: { runId, tick, livePoints, ...(ending ? { ending } : {}) } });
  }

  /** Reads the records again. */
  private refresh(): Promise<void> {
    return this.refresher.refresh();
  }

  private async read(): Promise<void> {
    const { runs, settings } = this.sources;
    const [list, epochs, inTraining, speeds, resumesAlone = false] = await Promise.all([
      runs.list(),
      this.readEpochs(this.shown),
      lockedRuns(),
      settings.get('engineSpeeds'),
      settings.get('resumeAlone'),
    ]);
    this.watchOtherTabs(inTraining);
    const bestSoFar = await this.readBestSoFar(list);
    const read = { runs: list, epochs, bestSoFar, inTraining, resumesAlone, ...(speeds ? { speeds } : {}) };
    this.patch({ isLoaded: true, ...read });
  }

  private async readEpochs(ids: readonly RunId[]): Promise<TrainingState['epochs']> {
    return new Map(await Promise.all(ids.map(async (id) => [id, await this.epochs(id)] as const)));
  }

  private async readBestSoFar(runs: readonly Run[]): Promise<TrainingState['bestSoFar']> {
    const best = new Map<RunId, number>();
    for (const { id, versionId, cursor } of runs) {
      if (versionId !== undefined || cursor.epoch === 0) continue;
      const epoch = bestEpoch(await this.epochs(id));
      if (epoch) best.set(id, epoch.validationAccuracy);
    }
    return best;
  }

  private watchOtherTabs(inTraining: ReadonlySet<RunId>): void {
    for (const id of inTraining) {
      if (this.watchedRuns.has(id) || this.observed.value.active?.runId === id) continue;
      this.watchedRuns.add(id);
      whenRunIsFree(id, () => {
        this.watchedRuns.delete(id);
        void this.refresh();
      });
    }
  }

  private patch(patch: Partial<TrainingState>): void {
    this.observed.value = { ...this.observed.value, ...patch };
  }
}

function trainsAlready(): AppError {
  return new AppError('conflict', 'A run is being trained already, or is about to be.', {
    reason: 'RUN_ACTIVE',
    kept: 'It goes on.',
    remedy: 'Start the next one when it has ended.',
  });
}

function addPoint(points: readonly CurvePoint[], tick: TrainTick): readonly CurvePoint[] {
  const { stage, loss, accuracy, epoch, batch, batches } = tick;
  if (stage !== 'training' || loss === undefined || accuracy === undefined) return points;
  const point = { progress: epoch + batch / batches, loss, accuracy };
  const kept = points.length < LIVE_POINTS ? points : points.filter((_, index) => index % 2 === 1);
  return [...kept, point];
}
