import { AppError, abortedError, fromErrorRecord, throwIfAborted } from '../domain/errors';
import { runName, type RunId } from '../domain/ids';
import { needsMnist } from '../domain/dataset';
import type { Run, RunConfig } from '../domain/run';
import type { RetrainAnswer } from '../protocol/api-contract';
import type { DatasetService } from '../services/dataset-service';
import type { ModelService } from '../services/model-service';
import type { PromotionService } from '../services/promotion-service';
import type { TrainingService } from '../services/training-service';
import { Refusal, refuse } from './refusal';

/** A retraining that is under way. */
export interface StartedRetraining {
  readonly runId: RunId;
  /** Resolves when the run has ended and the gate has spoken. Rejects with an AppError or a Refusal. */
  readonly ending: Promise<Omit<RetrainAnswer, 'message'>>;
}

interface StartOptions {
  readonly signal: AbortSignal;
  readonly prepare?: () => Promise<void>;
}

interface Sources {
  readonly training: TrainingService;
  readonly datasets: Pick<DatasetService, 'mnist' | 'ensureMnist'>;
  readonly promotion: Pick<PromotionService, 'judge'>;
  readonly models: Pick<ModelService, 'refresh'>;
}

/** Trains for programs, one run at a time. */
export class Retraining {
  private isBusy = false;

  constructor(private readonly sources: Sources) {}

  /** Throws a Refusal, 409, where something is being trained. */
  requireIdle(): void {
    this.requireNoRun(this.isBusy);
  }

  private requireNoRun(isBusy: boolean): void {
    const { active, inTraining } = this.sources.training.state.value;
    const running = active?.runId ?? [...inTraining][0];
    if (running === undefined && !isBusy) return;
    const what = running === undefined ? 'A retraining' : runName(running);
    const error = `${what} is under way. One at a time.`;
    throw new Refusal(409, { error, code: 'RUN_ACTIVE' }, { 'Retry-After': '10' });
  }

  /**
   * Starts a run. Resolves once it has its number. `prepare` is done when nothing but that number is missing, and
   * by one at a time. Throws as `requireIdle` does, an AppError where it could not begin, and `aborted` where it
   * was called off before; MNIST is fetched on for whoever comes next.
   */
  async start(config: RunConfig, { signal, prepare }: StartOptions): Promise<StartedRetraining> {
    this.requireIdle();
    this.isBusy = true;
    const startedAt = performance.now();
    try {
      if (needsMnist(config.dataset)) await this.bringMnist(signal);
      // Somebody may have begun another one by hand.
      this.requireNoRun(false);
      throwIfAborted(signal);
      await prepare?.();
    } catch (error) {
      this.isBusy = false;
      throw error;
    }
    const running = this.sources.training.start(config).finally(() => (this.isBusy = false));
    const runId = await this.numberOf(running);
    const ending = running.then((run) => this.judge(run, startedAt));
    // Whoever started it may have gone before it ends.
    ending.catch(() => undefined);
    return { runId, ending };
  }

  private async bringMnist(signal: AbortSignal): Promise<void> {
    const calledOff = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(abortedError()), { once: true });
    });
    throwIfAborted(signal);
    if (!(await Promise.race([calledOff, this.sources.datasets.ensureMnist()]))) this.throwFailure();
  }

  private async numberOf(running: Promise<Run | undefined>): Promise<RunId> {
    const { training } = this.sources;
    let unsubscribe: () => void = () => undefined;
    const begun = new Promise<RunId>((resolve) => {
      unsubscribe = training.state.subscribe(() => {
        const { active } = training.state.value;
        if (active) resolve(active.runId);
      });
    });
    try {
      return await Promise.race([begun, running.then((run) => run?.id ?? this.throwFailure())]);
    } finally {
      unsubscribe();
    }
  }

  private async judge(run: Run | undefined, startedAt: number): Promise<Omit<RetrainAnswer, 'message'>> {
    if (!run) return this.throwFailure();
    const { id, status, versionId, error, engine = 'simd' } = run;
    if (status === 'failed') return this.throwFailure(error && fromErrorRecord(error));
    if (versionId === undefined)
      throw refuse(`${runName(id)} was ${status} before it made a model.`, 'RUN_ENDED', 409);
    const { promoted, reason, accuracy } = await this.sources.promotion.judge(versionId);
    // Whoever asks next which model answers is told of this one.
    await this.sources.models.refresh();
    const seconds = (performance.now() - startedAt) / 1000;
    return { run: id, model: versionId, promoted, reason, accuracy, seconds, engine };
  }

  private throwFailure(error?: AppError): never {
    const { training, datasets } = this.sources;
    const { failure } = training.state.value;
    const mnist = datasets.mnist.value;
    if (error) throw error;
    if (failure) throw fromErrorRecord(failure);
    if (mnist.state === 'missing' && mnist.error) throw fromErrorRecord(mnist.error);
    throw new AppError('internal', 'The run could not begin.');
  }
}
