import { AppError } from '../../src/domain/errors';
import { firstFilters, type EpochFindings, type Findings } from '../../src/domain/findings';
import type { RunId } from '../../src/domain/ids';
import type { Assessment } from '../../src/domain/metrics';
import { PREPROCESS_VERSION } from '../../src/domain/preprocess';
import { learningRateAt } from '../../src/domain/recipe';
import { runProgress, type Cursor, type EpochMetrics, type Run, type RunStatus } from '../../src/domain/run';
import { packWeights, requireFinite, type Weights } from '../../src/domain/weights';
import { APP_VERSION } from '../../src/platform/app-version';
import { sha256 } from '../../src/platform/sha256';
import type { TrainTick } from '../../src/protocol/ml-protocol';
import type { Checkpoint } from '../../src/storage/checkpoint-repository';
import type { Repositories } from '../../src/storage/repositories';
import type { Network } from '../engines/engine';
import type { CallContext } from '../rpc/serve';
import { assess } from './assess';
import { BestEpoch } from './best-epoch';
import { chooseEngine } from './calibrate-engines';
import { openBatchSource, type BatchSource } from './batch-source';
import { EpochLog } from './epoch-log';
import type { LoadModel } from './load-model';
import { startingWeights } from './starting-weights';
import { TickMeter } from './tick-meter';

/** The longest that a training goes on without saving, in milliseconds. */
const SAVE_INTERVAL_MS = 10_000;

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

  private constructor(
    private readonly run: Run & Required<Pick<Run, 'data' | 'engine'>>,
    private readonly repositories: Repositories,
    private readonly source: BatchSource,
    private readonly network: Network,
    private readonly meter: TickMeter,
    checkpoint: Checkpoint | undefined,
  ) {
    this.cursor = checkpoint?.cursor ?? { epoch: 0, batch: 0 };
    this.log = new EpochLog(source.batches, checkpoint?.epochProgress);
    this.epochMs = checkpoint?.epochProgress.durationMs ?? 0;
    this.best = new BestEpoch(run.config.recipe.earlyStopping, checkpoint?.best);
  }

  /** Opens a run's data and engine, and the network as its last checkpoint has it. */
  static async open(
    runId: RunId,
    repositories: Repositories,
    { signal, emit }: CallContext<TrainTick>,
    loadModel: LoadModel,
  ): Promise<TrainingSession> {
    const { runs, checkpoints, shards, settings } = repositories;
    const stored = await runs.get(runId);
    const checkpoint = await checkpoints.load(runId);
    const meter = new TickMeter(emit, stored.trainedMs, runProgress(stored));
    const prepare = (stage: 'preparing' | 'calibrating') =>
      meter.tick(0, { stage, ...(checkpoint?.cursor ?? stored.cursor), batches: 0 });
    prepare('preparing');
    const source = await openBatchSource(stored.config, shards, signal, () => prepare('preparing'));
    const engine = await chooseEngine(stored.config.engine, settings, () => prepare('calibrating'));
    const data = {
      trainCount: source.train.length,
      validationCount: source.validation.length,
      contentHash: source.contentHash,
      ...(source.parts ? { parts: source.parts } : {}),
    };
    const run = { ...stored, data, engine: engine.name };
    await runs.update(runId, { status: 'running', data, engine: engine.name });
    const { architecture, optimizer, labelSmoothing } = stored.config.recipe;
    const weights = checkpoint?.weights ?? (await startingWeights(stored.config, loadModel));
    const network = engine.create(architecture, weights, {
      optimizer,
      labelSmoothing,
      seed: stored.config.seed,
      ...(checkpoint ? { state: checkpoint.optimizer } : {}),
    });
    return new TrainingSession(run, repositories, source, network, meter, checkpoint);
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

  /** Takes the next step. Throws `invalid-input` (DIVERGED) where the loss is not a number any more. */
  async trainBatch(): Promise<void> {
    const { epoch, batch } = this.cursor;
    const samples = this.source.batch(epoch, batch);
    const learningRate = learningRateAt(this.run.config.recipe, this.progress);
    const answer = await this.network.trainBatch(samples, learningRate);
    if (!Number.isFinite(answer.loss)) throw diverged(epoch);
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
    await this.save('running', metrics, findings);
  }

  /** Saves where the run stands, if that was last done too long ago. */
  async saveIfDue(): Promise<void> {
    if (performance.now() - this.lastSaveAt >= SAVE_INTERVAL_MS) await this.save('running');
  }

  /** Saves where the run stands: one transaction, and only of weights that are numbers. */
  async save(status: RunStatus, epoch?: EpochMetrics, findings?: EpochFindings): Promise<void> {
    this.tick('saving');
    const { weights, optimizer } = await this.network.export();
    this.requireSound(weights);
    const checkpoint: Checkpoint = {
      runId: this.run.id,
      cursor: this.cursor,
      epochProgress: this.log.snapshot(this.epochDurationMs()),
      savedAt: Date.now(),
      weights,
      optimizer,
      ...this.best.snapshot(),
    };
    await this.repositories.checkpoints.commit(
      checkpoint,
      { status, trainedMs: this.meter.trainedMs },
      epoch,
      findings,
    );
    this.lastSaveAt = performance.now();
  }

  /** Ends the run: what it has learned becomes a model version. */
  async finish(status: 'finished' | 'stopped'): Promise<RunStatus> {
    const last = await this.check(new AbortController().signal);
    const { validation, weights } = await this.best.orBetter(last, this.network);
    this.requireSound(weights);
    const { id, config, data, engine } = this.run;
    const { architecture } = config.recipe;
    const version = {
      createdAt: Date.now(),
      architecture,
      preprocessVersion: PREPROCESS_VERSION,
      appVersion: APP_VERSION,
      config,
      engine,
      dataHash: data.contentHash,
      weightsHash: await sha256(packWeights(architecture, weights)),
      validation: { correct: validation.correct, total: validation.total },
      runId: id,
    };
    const patch = { status, cursor: this.cursor, trainedMs: this.meter.trainedMs };
    await this.repositories.checkpoints.finish(id, patch, version, weights);
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
    const { block, validation } = this.source;
    this.validation ??= await assess(this.network, block, validation, signal, () => this.tick('checking'));
    return this.validation;
  }

  private async findingsOf(epoch: number, { matrix, hardest }: Findings): Promise<EpochFindings> {
    const { weights } = await this.network.export();
    const filters = firstFilters(this.run.config.recipe.architecture, weights);
    return { runId: this.run.id, epoch, matrix, hardest, ...(filters ? { filters } : {}) };
  }

  private tick(stage: TrainTick['stage']): void {
    const { batches } = this.source;
    this.meter.tick(this.progress, {
      stage,
      engine: this.run.engine,
      ...this.cursor,
      batches,
      memoryBytes: this.network.memoryBytes,
      ...this.lastBatch,
    });
  }

  private epochDurationMs(): number {
    return this.epochMs + performance.now() - this.epochStartedAt;
  }

  private requireSound(weights: Weights): void {
    try {
      requireFinite(weights);
    } catch (cause) {
      throw diverged(this.cursor.epoch, { cause });
    }
  }
}

/** True for a training whose numbers grew without end. */
export function hasDiverged(error: unknown): boolean {
  return error instanceof AppError && error.help.reason === 'DIVERGED';
}

function diverged(epoch: number, options?: ErrorOptions): AppError {
  return new AppError(
    'invalid-input',
    `The loss grew without end at epoch ${epoch + 1}, so the run was stopped.`,
    {
      reason: 'DIVERGED',
      kept: 'Its curves are kept. No model was made of it, and the one in use is unchanged.',
      remedy: 'Try a lower learning rate, or another recipe.',
    },
    options,
  );
}
