import type { DatasetChoice } from './dataset';
import type { EngineChoice, EngineName } from './engine';
import type { ErrorRecord } from './errors';
import type { ModelVersionId, RunId } from './ids';
import type { Recipe } from './recipe';
import type { Setting } from './run-settings';
import type { Setback } from './setback';

/** The model version that a run goes on from, in place of random weights. */
export interface StartingPoint {
  readonly versionId: ModelVersionId;
  /** SHA-256 of its packed weights: a number alone may name another model after an update. */
  readonly weightsHash: string;
}

/** Everything that decides how a run goes. With the same device and seed it goes the same way again. */
export interface RunConfig {
  readonly dataset: DatasetChoice;
  readonly recipe: Recipe;
  readonly seed: number;
  readonly engine: EngineChoice;
  /** Without it the run starts from scratch. The recipe's architecture is that of the version. */
  readonly startFrom?: StartingPoint;
  /** Of the recipe's epochs the last ones that were added once the run had ended: see `extendConfig`. */
  readonly extraEpochs?: number;
}

/**
 * `running` is also the status of a run whose tab was closed: that nobody works on it is told by its
 * lock, not by the record.
 */
export type RunStatus = 'waiting' | 'running' | 'paused' | 'stopped' | 'finished' | 'failed';

/** The next batch to train: where a run goes on. */
export interface Cursor {
  readonly epoch: number;
  readonly batch: number;
}

/** What the worker found when it opened the data: counts and the content hash. */
export interface RunData {
  readonly trainCount: number;
  readonly validationCount: number;
  readonly contentHash: string;
  /** Of a mixture: what each part gave, in the order of the choice. */
  readonly parts?: readonly RunDataPart[];
}

/** What a part of a mixture gave. */
export interface RunDataPart {
  readonly title: string;
  readonly sampleCount: number;
  readonly contentHash: string;
}

/** One training with a recipe, data and a seed. */
export interface Run {
  readonly id: RunId;
  readonly createdAt: number;
  readonly config: RunConfig;
  readonly status: RunStatus;
  readonly cursor: Cursor;
  /** Time spent training, in milliseconds, over all its sessions. */
  readonly trainedMs: number;
  readonly engine?: EngineName;
  readonly data?: RunData;
  /** The model version that it became. */
  readonly versionId?: ModelVersionId;
  readonly error?: ErrorRecord;
  /** What went wrong on the way and was overcome, in order. */
  readonly setbacks?: readonly Setback[];
  /** What it was begun with: Inkling's version, the browser, the device. Runs from before 2026-12 have none. */
  readonly environment?: readonly Setting[];
}

/** A point of a training curve: means over a few batches that end at `progress` epochs. */
export interface CurvePoint {
  readonly progress: number;
  readonly loss: number;
  readonly accuracy: number;
}

/** What an epoch brought. */
export interface EpochMetrics {
  readonly runId: RunId;
  /** Counted from 0. */
  readonly epoch: number;
  readonly loss: number;
  readonly accuracy: number;
  readonly validationLoss: number;
  readonly validationAccuracy: number;
  readonly learningRate: number;
  readonly durationMs: number;
  readonly curve: readonly CurvePoint[];
}

/** Batches in an epoch; the last one may be smaller. */
export function batchesPerEpoch(recipe: Recipe, sampleCount: number): number {
  return Math.ceil(sampleCount / recipe.batchSize);
}

/** The share of a run that is done, 0 … 1. */
export function runProgress(run: Pick<Run, 'cursor' | 'config' | 'data'>): number {
  if (!run.data) return 0;
  const batches = batchesPerEpoch(run.config.recipe, run.data.trainCount);
  const done = run.cursor.epoch * batches + run.cursor.batch;
  return Math.min(1, done / (run.config.recipe.epochs * batches));
}

/** The best epoch of a run by validation accuracy, or undefined before the first has ended. */
export function bestEpoch(epochs: readonly EpochMetrics[]): EpochMetrics | undefined {
  return epochs.reduce<EpochMetrics | undefined>(
    (best, epoch) => (!best || epoch.validationAccuracy > best.validationAccuracy ? epoch : best),
    undefined,
  );
}
