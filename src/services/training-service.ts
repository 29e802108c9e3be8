import { needsMnist } from '../domain/dataset';
import type { EngineSpeeds } from '../domain/engine';
import { toErrorRecord, type ErrorRecord } from '../domain/errors';
import type { EpochFindings } from '../domain/findings';
import type { RunId } from '../domain/ids';
import type { CurvePoint, EpochMetrics, Run, RunConfig } from '../domain/run';
import type { MlClient } from '../ml-client/ml-client';
import { lockedRuns } from '../platform/locks';
import type { AbortReason, TrainTick } from '../protocol/ml-protocol';
import type { Changes } from '../storage/changes';
import type { RunRepository } from '../storage/run-repository';
import type { SettingsRepository } from '../storage/settings-repository';
import { Observable, type Watched } from './observable';

/**
 * The longest silence while training, in milliseconds. A batch takes seconds where WebGL is computed in
 * software, and its first one compiles the shaders.
 */
const TRAIN_DEADLINE_MS = 120_000;
/** Points that the live curve keeps; beyond that, every second one is dropped. */
const LIVE_POINTS = 400;

/** The run that this page trains. */
export interface ActiveRun {
  readonly runId: RunId;
  readonly tick?: TrainTick;
  /** Loss and accuracy of single batches since this page began to train it. */
  readonly livePoints: readonly CurvePoint[];
}

/** All runs, and how the active one goes. */
export interface TrainingState {
  readonly isLoaded: boolean;
  /** The newest first. */
  readonly runs: readonly Run[];
  readonly epochs: ReadonlyMap<RunId, readonly EpochMetrics[]>;
  /** The runs that are being trained, here or in another tab. */
  readonly inTraining: ReadonlySet<RunId>;
  readonly active?: ActiveRun;
  /** How fast the engines of this device are; undefined before the first training has tried them. */
  readonly speeds?: EngineSpeeds;
  /** What went wrong last, until it is put away. */
  readonly failure?: ErrorRecord;
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
    inTraining: new Set(),
  });
  private calling: AbortController | undefined;
  private refreshing: Promise<void> | undefined;
  private isStale = false;

  constructor(private readonly sources: Sources) {
    sources.changes.subscribe(({ store }) => {
      if (['runs', 'epochMetrics', 'settings'].includes(store)) void this.refresh();
    });
  }

  get state(): Watched<TrainingState> {
    return this.observed;
  }

  /** Reads all runs for the first time. */
  load(): Promise<void> {
    return this.refresh();
  }

  /** What was found at the end of an epoch, counted from 0; undefined where that was not kept. */
  findings(runId: RunId, epoch: number): Promise<EpochFindings | undefined> {
    return this.sources.runs.findings(runId, epoch);
  }

  /** Creates a run and trains it. Resolves when it has ended, however it did; `state` tells. */
  async start(config: RunConfig): Promise<Run | undefined> {
    this.clearFailure();
    if (needsMnist(config.dataset) && !(await this.sources.ensureMnist())) return undefined;
    const run = await this.sources.runs.create(config);
    return this.train(run.id);
  }

  /** Goes on with a run that was paused or cut off. */
  resume(runId: RunId): Promise<Run | undefined> {
    this.clearFailure();
    return this.train(runId);
  }

  /** Lets the run go on later from where it is. */
  pause(): void {
    this.callOff('pause');
  }

  /** Ends the run and keeps what it has learned. */
  stop(): void {
    this.callOff('stop');
  }

  /** Puts the last failure away. */
  clearFailure(): void {
    const { failure: _, ...rest } = this.observed.value;
    this.observed.value = rest;
  }

  private callOff(reason: AbortReason): void {
    this.calling?.abort(reason);
  }

  private async train(runId: RunId): Promise<Run | undefined> {
    this.calling = new AbortController();
    this.patch({ active: { runId, livePoints: [] } });
    try {
      await this.sources.client.call(
        'train',
        { runId },
        {
          signal: this.calling.signal,
          deadlineMs: TRAIN_DEADLINE_MS,
          onEvent: (tick) => this.receive(runId, tick),
        },
      );
    } catch (error) {
      const failure = toErrorRecord(error);
      // After a reset of the graphics device nothing in that worker can be trusted any more.
      if (failure.code === 'context-lost') this.sources.client.terminate();
      this.patch({ failure });
    }
    const { active: _, ...rest } = this.observed.value;
    this.observed.value = rest;
    await this.refresh();
    return this.observed.value.runs.find(({ id }) => id === runId);
  }

  private receive(runId: RunId, tick: TrainTick): void {
    const { active } = this.observed.value;
    if (active?.runId !== runId) return;
    const livePoints = addPoint(active.livePoints, tick);
    this.patch({ active: { runId, tick, livePoints } });
  }

  /** Reads the records again. What is asked for while they are being read is one more reading. */
  private refresh(): Promise<void> {
    this.isStale = true;
    this.refreshing ??= this.readUntilFresh().finally(() => (this.refreshing = undefined));
    return this.refreshing;
  }

  private async readUntilFresh(): Promise<void> {
    const { runs, settings } = this.sources;
    while (this.isStale) {
      this.isStale = false;
      const [list, epochs, inTraining, speeds] = await Promise.all([
        runs.list(),
        runs.listEpochs(),
        lockedRuns(),
        settings.get('engineSpeeds'),
      ]);
      this.patch({ isLoaded: true, runs: list, epochs, inTraining, ...(speeds ? { speeds } : {}) });
    }
  }

  private patch(patch: Partial<TrainingState>): void {
    this.observed.value = { ...this.observed.value, ...patch };
  }
}

function addPoint(points: readonly CurvePoint[], tick: TrainTick): readonly CurvePoint[] {
  const { stage, loss, accuracy, epoch, batch, batches } = tick;
  if (stage !== 'training' || loss === undefined || accuracy === undefined) return points;
  const point = { progress: epoch + batch / batches, loss, accuracy };
  const kept = points.length < LIVE_POINTS ? points : points.filter((_, index) => index % 2 === 1);
  return [...kept, point];
}
