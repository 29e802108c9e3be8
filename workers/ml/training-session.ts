import { DivergedError, findWeightSymptom, LossWatch } from '../../src/domain/divergence';
import type { RunId } from '../../src/domain/ids';
import { firstFilters, type EpochFindings, type Findings } from '../../src/domain/findings';
import type { Assessment } from '../../src/domain/metrics';
import { PREPROCESS_VERSION } from '../../src/domain/preprocess';
import { runProgress, type Cursor, type EpochMetrics, type Run, type RunStatus } from '../../src/domain/run';
import type { Setback } from '../../src/domain/setback';
import { stepRate } from '../../src/domain/step-rate';
import { initialWeights, packWeights, type Weights } from '../../src/domain/weights';
import { APP_VERSION } from '../../src/platform/app-version';
import { sha256 } from '../../src/platform/sha256';
import type { Restart, TrainTick } from '../../src/protocol/ml-protocol';
import type { Checkpoint, RunState } from '../../src/storage/checkpoint-repository';
import type { Repositories } from '../../src/storage/repositories';
import type { Network } from '../engines/engine';
import type { CallContext } from '../rpc/serve';
import { validate } from './assess';
import { BestEpoch } from './best-epoch';
import { chooseEngine } from './calibrate-engines';
import { openBatchSource, type BatchSource } from './batch-source';
import { findStanding } from './checkpoints';
import { EpochLog } from './epoch-log';
import type { ExportableModel } from './export-model';
import type { LoadModel } from './load-model';
import { RunSaver } from './run-saver';
import { startingWeights } from './starting-weights';
import { TickMeter } from './tick-meter';
import type { UnsavedModels } from './unsaved-models';

/** The longest that a training goes on without saving, in milliseconds. */
const SAVE_INTERVAL_MS = 10_000;

/** How long a run that has ended on a full device waits before it tries again, in milliseconds. */
const ROOM_CHECK_MS = 1000;

/** Where a training finds all it needs. */
export interface TrainingSources {
  readonly repositories: Repositories;
  readonly loadModel: LoadModel;
  readonly unsaved: UnsavedModels;
}

/** A run that is being trained: its data, its network, and where it stands. */
export class TrainingSession {
  private cursor: Cursor;
  private log: EpochLog;
  private epochMs: number;
  private epochStartedAt = performance.now();
  private lastSaveAt = performance.now();
  private lastBatch: Partial<TrainTick> = {};
  /** Of the weights as they are; undefined once a step has changed them. */
  private validation: (Assessment & Findings) | undefined;
  /** Keeps nothing where the run does not stop early. */
  private readonly best: BestEpoch;
  private readonly losses = new LossWatch();

  private constructor(
    private readonly run: Run & Required<Pick<Run, 'data' | 'engine'>>,
    private readonly saver: RunSaver,
    /** What the run began with: weights that have outgrown it have learned nothing. */
    private readonly initial: Weights,
    private readonly source: BatchSource,
    private readonly network: Network,
    private readonly meter: TickMeter,
    private readonly unsaved: UnsavedModels,
    checkpoint: Checkpoint | undefined,
  ) {
    this.cursor = checkpoint?.cursor ?? { epoch: 0, batch: 0 };
    this.log = new EpochLog(source.batches, checkpoint?.epochProgress);
    this.epochMs = checkpoint?.epochProgress.durationMs ?? 0;
    this.best = new BestEpoch(run.config.recipe.earlyStopping, checkpoint?.best);
  }

  /**
   * Opens a run's data and engine, and the network as its last checkpoint has it. `restart` says what the
   * run was cut off by, where that is known.
   */
  static async open(
    runId: RunId,
    { repositories, loadModel, unsaved }: TrainingSources,
    { signal, emit }: CallContext<TrainTick>,
    restart: Restart = {},
  ): Promise<TrainingSession> {
    const { runs, checkpoints, shards, settings } = repositories;
    const stored = await runs.get(runId);
    const { checkpoint, isNewestDamaged } = await findStanding(runId, checkpoints);
    const cursor = checkpoint?.cursor ?? { epoch: 0, batch: 0 };
    const meter = new TickMeter(emit, stored.trainedMs, runProgress({ ...stored, cursor }));
    const prepare = (stage: 'preparing' | 'calibrating') => meter.tick(0, { stage, ...cursor, batches: 0 });
    prepare('preparing');
    const source = await openBatchSource(stored.config, shards, signal, () => prepare('preparing'));
    const engine = await chooseEngine(stored.config.engine, settings, () => prepare('calibrating'), restart);
    const data = {
      trainCount: source.train.length,
      validationCount: source.validation.length,
      contentHash: source.contentHash,
      ...(source.parts ? { parts: source.parts } : {}),
    };
    const happened = [
      ...(restart.after ?? []),
      ...(isNewestDamaged ? (['checkpoint-damaged'] as const) : []),
    ];
    const news = happened.map((kind): Setback => ({ kind, resumedAt: cursor, engine: engine.name }));
    const setbacks = [...(stored.setbacks ?? []), ...news];
    const begun = { status: 'running', cursor, data, engine: engine.name, setbacks } as const;
    await runs.update(runId, begun);
    const run = { ...stored, ...begun };
    const { architecture, optimizer, labelSmoothing } = stored.config.recipe;
    // A run that has begun needs the version that it began with no more, which may be gone.
    const initial = checkpoint
      ? initialWeights(architecture, stored.config.seed)
      : await startingWeights(stored.config, loadModel);
    const network = engine.create(architecture, checkpoint?.weights ?? initial, {
      optimizer,
      labelSmoothing,
      seed: stored.config.seed,
      ...(checkpoint ? { state: checkpoint.optimizer } : {}),
    });
    const saver = new RunSaver(checkpoints, run);
    return new TrainingSession(run, saver, initial, source, network, meter, unsaved, checkpoint);
  }

  get hasEpochs(): boolean {
    const { epoch } = this.cursor;
    return epoch < this.run.config.recipe.epochs && !this.best.isPatienceOver(epoch);
  }

  get hasBatches(): boolean {
    return this.cursor.batch < this.source.batches;
  }

  /** True once a step has been taken, in this session or before. */
  get hasBegun(): boolean {
    return this.cursor.epoch > 0 || this.cursor.batch > 0;
  }

  /** Takes the next step. Throws a DivergedError where the loss shows that nothing is learned any more. */
  async trainBatch(): Promise<void> {
    const { epoch, batch } = this.cursor;
    const samples = this.source.batch(epoch, batch);
    const learningRate = stepRate(this.run, this.cursor, this.progress);
    const answer = await this.network.trainBatch(samples, learningRate);
    const symptom = this.losses.observe(answer.loss);
    if (symptom) {
      // A graphics device that was reset goes on with nothing: then it is not the run that went wrong.
      await this.network.probe();
      throw new DivergedError(symptom, epoch);
    }
    this.validation = undefined;
    this.log.add(batch, answer);
    this.cursor = { epoch, batch: batch + 1 };
    this.meter.count(samples.labels.length);
    this.lastBatch = { learningRate, loss: answer.loss, accuracy: answer.correct / answer.total };
    this.tick('training');
  }

  /** Checks the network and commits the epoch that has ended. */
  async endEpoch(signal: AbortSignal): Promise<void> {
    const validation = await this.check(signal);
    const { epoch } = this.cursor;
    const metrics: EpochMetrics = {
      runId: this.run.id,
      epoch,
      ...this.log.means(),
      validationLoss: validation.loss,
      validationAccuracy: validation.correct / validation.total,
      learningRate: this.lastBatch.learningRate ?? this.run.config.recipe.learningRate,
      durationMs: this.epochDurationMs(),
      curve: this.log.curve(epoch),
    };
    const findings = await this.findingsOf(epoch, validation);
    await this.best.consider(epoch, validation, this.network);
    this.cursor = { epoch: epoch + 1, batch: 0 };
    this.log = new EpochLog(this.source.batches);
    this.epochMs = 0;
    this.epochStartedAt = performance.now();
    this.saver.addEpoch({ metrics, findings });
    await this.save();
  }

  /** Saves where the run stands, if that was last done too long ago. */
  async saveIfDue(): Promise<void> {
    if (performance.now() - this.lastSaveAt >= SAVE_INTERVAL_MS) await this.save();
  }

  /** Saves where the run stands: one transaction, and only of a network that is sound. */
  async save(): Promise<void> {
    this.tick('saving');
    await this.saver.save(await this.readState(), { status: 'running', trainedMs: this.meter.trainedMs });
    this.lastSaveAt = performance.now();
  }

  /** Leaves the run where it stands, to go on another time. */
  async pause(): Promise<RunStatus> {
    this.tick('saving');
    const state = await this.readState();
    const patch = { status: 'paused', trainedMs: this.meter.trainedMs } as const;
    await this.holding({ weights: state.weights }, () =>
      this.saver.leave(state, patch, () => this.waitForRoom()),
    );
    return 'paused';
  }

  /** Ends the run: what it has learned becomes a model version. */
  async finish(status: 'finished' | 'stopped'): Promise<RunStatus> {
    const last = await this.check(new AbortController().signal);
    const state = await this.readState();
    const { validation, weights } = this.best.orBetter({ validation: last, weights: state.weights });
    const { id, config, data, engine } = this.run;
    const { architecture } = config.recipe;
    const { correct, total, temperature } = validation;
    const fitted = temperature === undefined ? {} : { temperature };
    const version = {
      createdAt: Date.now(),
      architecture,
      preprocessVersion: PREPROCESS_VERSION,
      appVersion: APP_VERSION,
      config,
      engine,
      dataHash: data.contentHash,
      weightsHash: await sha256(packWeights(architecture, weights)),
      validation: { correct, total },
      ...fitted,
      runId: id,
    };
    const patch = { status, trainedMs: this.meter.trainedMs };
    await this.holding({ weights, ...fitted }, () =>
      this.saver.finish(state, patch, version, weights, () => this.waitForRoom()),
    );
    return status;
  }

  /** Frees the network. */
  dispose(): void {
    this.network.dispose();
  }

  private get progress(): number {
    return runProgress({ ...this.run, cursor: this.cursor });
  }

  private async check(signal: AbortSignal): Promise<Assessment & Findings> {
    this.validation ??= await validate(this.network, this.source, signal, () => this.tick('checking'));
    return this.validation;
  }

  private async findingsOf(epoch: number, { matrix, hardest }: Findings): Promise<EpochFindings> {
    const { weights } = await this.network.export();
    const filters = firstFilters(this.run.config.recipe.architecture, weights);
    return { runId: this.run.id, epoch, matrix, hardest, ...(filters ? { filters } : {}) };
  }

  /** What the run has learned can be had as a file while it waits for room. */
  private holding(
    learned: Pick<ExportableModel, 'weights' | 'temperature'>,
    work: () => Promise<void>,
  ): Promise<void> {
    const { architecture } = this.run.config.recipe;
    const model = { architecture, preprocessVersion: PREPROCESS_VERSION, ...learned };
    return this.unsaved.hold(this.run.id, model, work);
  }

  private tick(stage: TrainTick['stage'], more: Partial<TrainTick> = {}): void {
    const { batches } = this.source;
    this.meter.tick(this.progress, {
      stage,
      engine: this.run.engine,
      ...this.cursor,
      batches,
      memoryBytes: this.network.memoryBytes,
      ...(this.saver.isUnsaved ? { isUnsaved: true } : {}),
      ...this.lastBatch,
      ...more,
    });
  }

  private epochDurationMs(): number {
    return this.epochMs + performance.now() - this.epochStartedAt;
  }

  /** Meanwhile what the run has learned is in memory alone, and the page says so. */
  private async waitForRoom(): Promise<void> {
    this.tick('saving', { waitsForRoom: true });
    await new Promise((resolve) => setTimeout(resolve, ROOM_CHECK_MS));
  }

  /** Reads the network out. Its device is asked afterwards: was it there all along? */
  private async readState(): Promise<RunState> {
    const { weights, optimizer } = await this.network.export();
    await this.network.probe();
    const symptom = findWeightSymptom(weights, this.initial);
    if (symptom) throw new DivergedError(symptom, this.cursor.epoch);
    const epochProgress = this.log.snapshot(this.epochDurationMs());
    return { cursor: this.cursor, epochProgress, weights, optimizer, ...this.best.snapshot() };
  }
}
