import type { DBSchema } from 'idb';
import type { Dataset } from '../domain/dataset';
import type { EpochLoss } from '../domain/early-stopping';
import type { EngineSpeeds } from '../domain/engine';
import type { EpochFindings } from '../domain/findings';
import type { RunId, ModelVersionId } from '../domain/ids';
import type { Assessment, Score } from '../domain/metrics';
import type { ModelVersion } from '../domain/model-version';
import type { Cursor, EpochMetrics, Run } from '../domain/run';
import type { GateVerdict } from '../domain/promotion-gate';
import type { ShardedSplitName } from '../domain/shard-manifest';
import type { OptimizerState } from '../domain/optimizer';
import type { StressPlan } from '../domain/stress-plan';
import type { StressRun, StressRunId } from '../domain/stress-run';
import type { TourRecord } from '../domain/tour';
import type { Weights } from '../domain/weights';

/** A part of a packed data set, as verified when it arrived. */
export interface ShardRecord {
  readonly dataset: string;
  readonly split: ShardedSplitName;
  readonly index: number;
  readonly pixels: Uint8Array<ArrayBuffer>;
  readonly labels: Uint8Array<ArrayBuffer>;
  /** Of the pixels followed by the labels, in hexadecimal; checked again when it is read. */
  readonly sha256: string;
}

/** What was changed of a sample after it was stored: shards stay as they arrived, and can come back. */
export interface SampleEdit {
  readonly dataset: string;
  readonly split: ShardedSplitName;
  /** Its place in the split, counted over all shards. */
  readonly index: number;
  /** The label that counts instead of the stored one; undefined where the sample was deleted. */
  readonly label: number | undefined;
  readonly editedAt: number;
}

/** Sums over the batches of an epoch, up to `progress` (0 … 1) of it. */
export interface EpochSums {
  readonly progress: number;
  readonly lossSum: number;
  readonly correct: number;
  readonly seen: number;
}

/** An epoch that has not ended yet, so that a resumed one reports all of itself. */
export interface EpochProgress {
  readonly sums: EpochSums;
  readonly marks: readonly EpochSums[];
  readonly durationMs: number;
}

/** Which of a run's two places for checkpoints. */
export type CheckpointSlot = 0 | 1;

/** Which checkpoint of a run was acknowledged last: written in one transaction with the slot it names. */
export interface CheckpointHeadRecord {
  readonly runId: RunId;
  readonly slot: CheckpointSlot;
  /** Counts the checkpoints of a run up. Order never comes from a clock. */
  readonly serial: number;
}

/** Where a run can go on. A newer one is written over the older of two, so that one always stays whole. */
export interface CheckpointRecord extends CheckpointHeadRecord {
  readonly cursor: Cursor;
  readonly epochProgress: EpochProgress;
  readonly savedAt: number;
  /** Of the large half, in hexadecimal; checked when it is read. Version 2 of the database had none. */
  readonly sha256?: string;
}

/** The large half of a checkpoint. */
export interface CheckpointWeightsRecord {
  readonly runId: RunId;
  readonly slot: CheckpointSlot;
  readonly weights: Weights;
  readonly optimizer: OptimizerState;
  /** Of a run that stops early: what it would end with now. */
  readonly best?: BestWeights;
}

/** The best epoch so far, by its validation loss, and the weights that it ended with. */
export interface BestWeights extends EpochLoss {
  readonly validation: Assessment;
  readonly weights: Weights;
}

/** The large half of a model version. */
export interface ModelWeightsRecord {
  readonly versionId: ModelVersionId;
  readonly weights: Weights;
}

/** How a model version did on a data set. */
export interface EvaluationRecord {
  readonly versionId: ModelVersionId;
  readonly dataset: string;
  readonly score: Score;
  readonly evaluatedAt: number;
  /** SHA-256 of the weights: an update may bring another shipped model. Records from before 2026-12 have none. */
  readonly weightsHash?: string;
}

/** What a model version answered to the images of an evaluation. Labels may change; these do not. */
export interface AnswersRecord {
  readonly versionId: ModelVersionId;
  /** SHA-256 of the images' pixels, in hexadecimal. */
  readonly pixelsHash: string;
  /** SHA-256 of the weights: the shipped model keeps its number when an update brings another one. */
  readonly weightsHash: string;
  /** [count, 10]. */
  readonly logits: Float32Array<ArrayBuffer>;
}

/** What became of a candidate at the gate. Without a verdict a person chose it: it waits for none. */
export interface GateRecord {
  readonly versionId: ModelVersionId;
  readonly verdict?: GateVerdict;
}

/** The preferences that are kept, by name. */
export interface SettingsValues {
  readonly champion: ModelVersionId;
  /** The one that answered before it. */
  readonly previousChampion: ModelVersionId;
  readonly engineSpeeds: EngineSpeeds;
  /** The screen stays on while something is trained. */
  readonly keepAwake: boolean;
  /** A run that was cut off goes on by itself when the app is opened again. */
  readonly resumeAlone: boolean;
  /** How much a candidate may read worse than the model in use, in points. */
  readonly gateMargin: number;
  /** A candidate that passes the gate answers at once. */
  readonly promotesAlone: boolean;
  /** The last version from before there was a gate: up to it none waits for a verdict. */
  readonly lastUngated: ModelVersionId;
  /** How far the guided tour is. */
  readonly tour: TourRecord;
  /** The other half is in localStorage: one without the other tells that the browser has removed the other. */
  readonly keptMark: string;
  /** The load test that was planned last. */
  readonly stressPlan: StressPlan;
}

/** What IndexedDB holds. Changes need a migration, appended to `migrations.ts`. */
export interface InklingSchema extends DBSchema {
  shards: { key: [string, ShardedSplitName, number]; value: ShardRecord };
  /** Written after the last shard: its presence means that the set is whole. */
  datasets: { key: string; value: Dataset };
  sampleEdits: { key: [string, ShardedSplitName, number]; value: SampleEdit };
  runs: { key: RunId; value: Run };
  epochMetrics: { key: [RunId, number]; value: EpochMetrics };
  /** Larger than the metrics by far, and read one at a time. */
  epochFindings: { key: [RunId, number]; value: EpochFindings };
  checkpointHeads: { key: RunId; value: CheckpointHeadRecord };
  checkpoints: { key: [RunId, CheckpointSlot]; value: CheckpointRecord };
  checkpointWeights: { key: [RunId, CheckpointSlot]; value: CheckpointWeightsRecord };
  modelVersions: { key: ModelVersionId; value: ModelVersion };
  modelWeights: { key: ModelVersionId; value: ModelWeightsRecord };
  evaluations: { key: [ModelVersionId, string]; value: EvaluationRecord };
  evaluationAnswers: { key: [ModelVersionId, string]; value: AnswersRecord };
  gateRecords: { key: ModelVersionId; value: GateRecord };
  stressRuns: { key: StressRunId; value: StressRun };
  settings: { key: string; value: unknown };
}
