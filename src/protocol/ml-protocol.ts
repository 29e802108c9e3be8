/**
 * Everything that a page and the ML worker can say to each other. A request has any number of events
 * and exactly one ending. Ids are sent, not data: the worker reads the database itself.
 */
import type { Dataset } from '../domain/dataset';
import type {
  DatasetDescription,
  DatasetMap,
  ExportFormat,
  ImportResult,
  SampleChunk,
} from '../domain/dataset-view';
import type { DisturbanceKind, DisturbedScore } from '../domain/disturbance';
import type { EngineName } from '../domain/engine';
import type { ErrorRecord } from '../domain/errors';
import type { EvaluatedData } from '../domain/evaluated-data';
import type { Examined } from '../domain/evaluation';
import type { Alike, Change, Evidence, LayerPictures } from '../domain/explanation';
import type { ModelVersionId, RunId } from '../domain/ids';
import type { Lesson } from '../domain/lesson';
import type { Score } from '../domain/metrics';
import type { ModelFormat } from '../domain/model-formats';
import type { Prediction } from '../domain/prediction';
import type { PreprocessSteps } from '../domain/preprocess';
import type { GateVerdict } from '../domain/promotion-gate';
import type { RunStatus } from '../domain/run';
import type { SetScore } from '../domain/slices';
import type { FoundDigits } from '../domain/segment-digits';

/** The methods: what goes in, what comes out, what is told in between. */
export interface MlMethods {
  /** Loads a model, so that the first prediction does not wait for it. */
  prepareModel: Method<{ readonly versionId: ModelVersionId }, { readonly engine: EngineName }>;
  /** Reads one digit. `pixels` is [28, 28] bytes. */
  predict: Method<
    { readonly versionId: ModelVersionId; readonly pixels: Uint8Array<ArrayBuffer> },
    PredictResult
  >;
  /** Reads many digits in one pass of the network. `pixels` is [count, 28, 28] bytes. */
  predictMany: Method<
    { readonly versionId: ModelVersionId; readonly pixels: Uint8Array<ArrayBuffer> },
    PredictManyResult
  >;
  /** Says where in a digit the ink speaks for the answer, and where for another one. */
  weighEvidence: Method<Asked & { readonly digit: number; readonly rival: number }, Evidence>;
  /** Shows what every layer made of a digit. */
  showLayers: Method<Asked, LayerPictures>;
  /** Finds the samples of a stored set that the network sees as most alike. */
  findAlike: Method<Asked & { readonly dataset: string }, Alike, ShareProgress>;
  /** Looks for a small change that makes a digit read as the target. Tells of each step. */
  findChange: Method<Asked & { readonly target: number }, Change, { readonly steps: number }>;
  /** Decodes a picture file and finds the digits in it. */
  readPicture: Method<{ readonly file: PlatformFile }, PictureReading>;
  /** Fetches the parts of MNIST that are not stored yet. */
  acquireMnist: Method<Record<never, never>, { readonly fetchedBytes: number }, FetchProgress>;
  /** Stores MNIST from its four IDX files. */
  importMnist: Method<{ readonly files: readonly PlatformFile[] }, { readonly imageCount: number }>;
  /** Reads files into a set that is stored under the given name, and not yet listed. */
  importSamples: Method<
    { readonly files: readonly PlatformFile[]; readonly dataset: string },
    ImportResult,
    ShareProgress
  >;
  /** Stores generated digits as a set that is not yet listed. */
  generateDataset: Method<
    { readonly dataset: string; readonly seed: number; readonly count: number },
    Dataset,
    ShareProgress
  >;
  /** Sends all samples of a set. */
  readSamples: Method<{ readonly dataset: string }, { readonly count: number }, SampleChunk>;
  /** Looks at a set as a whole. */
  describeDataset: Method<{ readonly dataset: string }, DatasetDescription>;
  /** Lays a set out on a plane. */
  mapDataset: Method<{ readonly dataset: string }, DatasetMap>;
  /** Finds samples that look the same, by their numbers in the set. */
  findDuplicates: Method<{ readonly dataset: string }, readonly (readonly number[])[]>;
  /** Writes a set as one file. */
  exportDataset: Method<
    { readonly dataset: string; readonly format: ExportFormat },
    { readonly suffix: string; readonly blob: PlatformFile },
    ShareProgress
  >;
  /** Writes a model version as one file. */
  exportModel: Method<
    { readonly versionId: ModelVersionId; readonly format: ModelFormat },
    { readonly blob: PlatformFile }
  >;
  /** Writes what a run has learned that waits for room on a full device. */
  exportUnsaved: Method<{ readonly runId: RunId }, { readonly blob: PlatformFile }>;
  /** Writes a model version, a set where one is named, and a program that trains it elsewhere, as one file. */
  takeFurther: Method<
    { readonly versionId: ModelVersionId; readonly title: string; readonly dataset?: string },
    { readonly blob: PlatformFile },
    ShareProgress
  >;
  /**
   * Reads a model from a file and stores it as a version that answers nothing until it is chosen. Its one event,
   * which says nothing, tells that the worker has started and reads.
   */
  importModel: Method<
    { readonly file: PlatformFile; readonly fileName: string },
    { readonly versionId: ModelVersionId },
    Record<never, never>
  >;
  /** Trains a run from where it stands until it ends or is called off. */
  train: Method<
    { readonly runId: RunId; readonly restart?: Restart },
    { readonly status: RunStatus },
    TrainTick
  >;
  /** Trains a version a little further on the corrections, and holds it against itself before. Stores nothing. */
  teach: Method<{ readonly versionId: ModelVersionId }, Lesson, LessonProgress>;
  /** Stores what the last lesson brought as a model version. */
  keepLesson: Method<Record<never, never>, { readonly versionId: ModelVersionId }>;
  /**
   * Scores a model version and stores the result: on MNIST's test set and the drawn digits, where nothing
   * else is asked.
   */
  evaluate: Method<
    { readonly versionId: ModelVersionId; readonly data?: EvaluatedData },
    Score,
    { readonly done: number; readonly total: number }
  >;
  /**
   * Holds a candidate against the model in use, stores the verdict, and lets it answer where it passes and that
   * is wanted: by the settings, or because somebody asked for it, who then gets a new verdict.
   */
  judge: Method<
    { readonly versionId: ModelVersionId; readonly isAskedFor: boolean },
    GateVerdict,
    ShareProgress
  >;
  /** Scores it, too, and sends all that can be known of its answers. */
  examine: Method<
    { readonly versionId: ModelVersionId; readonly data: EvaluatedData },
    Examined,
    { readonly done: number; readonly total: number }
  >;
  /** Scores it on some of the images, made worse by more and more. */
  disturb: Method<
    { readonly versionId: ModelVersionId; readonly data: EvaluatedData; readonly kind: DisturbanceKind },
    readonly DisturbedScore[],
    { readonly done: number; readonly total: number }
  >;
  /** Scores it on all that there is for testing, set by set, and stores the results. */
  scoreSets: Method<{ readonly versionId: ModelVersionId }, readonly SetScore[], ShareProgress>;
  /** Asks networks about images that none of them has learned from: [count, 10] logits. */
  answerUnseen: Method<{ readonly data: EvaluatedData }, Float32Array<ArrayBuffer>, ShareProgress>;
}

/** What is needed of the platform's Blob or File, either of which can be sent; this file knows no DOM. */
export interface PlatformFile {
  readonly size: number;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** A method of the protocol. */
export interface Method<Params, Result, Event = never> {
  readonly params: Params;
  readonly result: Result;
  readonly event: Event;
}

export type MlMethodName = keyof MlMethods;
export type MlParams<Name extends MlMethodName> = MlMethods[Name]['params'];
export type MlResult<Name extends MlMethodName> = MlMethods[Name]['result'];
export type MlEvent<Name extends MlMethodName> = MlMethods[Name]['event'];

/** A question about one digit and one model. `pixels` is [28, 28] bytes. */
export interface Asked {
  readonly versionId: ModelVersionId;
  readonly pixels: Uint8Array<ArrayBuffer>;
}

/** What was found in a picture. */
export interface PictureReading {
  /** All of its ink as one digit, [28, 28] bytes. */
  readonly pixels: Uint8Array<ArrayBuffer>;
  /** The digits in it; their boxes are in pixels of its ink. */
  readonly found: FoundDigits;
  /** How it was read, as small pictures. */
  readonly steps: PreprocessSteps;
}

export interface PredictResult {
  readonly prediction: Prediction;
  /** False where the image looks like no digit at all. */
  readonly isDigit: boolean;
  readonly engine: EngineName;
  /** Time the network took, in milliseconds. */
  readonly computeMs: number;
}

/** What `predict` says of each of many images. */
export interface PredictManyResult {
  /** [count, 10]. */
  readonly probabilities: Float64Array<ArrayBuffer>;
  /** The likeliest digit of each: [count]. */
  readonly digits: Uint8Array<ArrayBuffer>;
  /** 0 where an image looks like no digit at all: [count]. */
  readonly areDigits: Uint8Array<ArrayBuffer>;
  readonly engine: EngineName;
}

/** How far something is, 0 … 1, and in numbers where they mean something. */
export interface ShareProgress {
  readonly share: number;
  readonly done?: number;
  readonly total?: number;
}

export interface FetchProgress {
  readonly doneBytes: number;
  readonly totalBytes: number;
}

/** What a training that goes on in a new worker has to know of the one before. */
export interface Restart {
  /** What cut it off. */
  readonly after?: readonly ('graphics-lost' | 'worker-lost')[];
  /** Engines that have failed too often here. */
  readonly avoid?: readonly EngineName[];
}

/** How a training goes: for the eye alone, at most ten a second, never stored. */
export interface TrainTick {
  readonly stage: 'preparing' | 'calibrating' | 'training' | 'checking' | 'saving';
  readonly engine?: EngineName;
  readonly epoch: number;
  readonly batch: number;
  readonly batches: number;
  /** Of the last batch; undefined before the first. */
  readonly loss?: number;
  readonly accuracy?: number;
  readonly learningRate?: number;
  readonly samplesPerSecond?: number;
  /** What the network takes of the engine's memory; it grows no further after the first batch. */
  readonly memoryBytes?: number;
  /** The device is full: training goes on, and nothing of it is saved at the moment. */
  readonly isUnsaved?: boolean;
  /** The device is full: the run has ended, or was paused, and cannot be stored before there is room. */
  readonly waitsForRoom?: boolean;
  /** Time spent training this run, in milliseconds. */
  readonly trainedMs: number;
  /** Time that is left, in milliseconds; undefined while nothing is known. */
  readonly remainingMs?: number;
}

/** How far a lesson is, 0 … 1. */
export interface LessonProgress {
  readonly stage: 'preparing' | 'before' | 'learning' | 'after';
  readonly share: number;
}

/** Why a page calls something off; what is kept depends on it. */
export type AbortReason = 'cancel' | 'pause' | 'stop';

/** Page to worker. */
export type ToWorker =
  | {
      readonly kind: 'hello';
      readonly protocolVersion: number;
      readonly baseUrl: string;
      readonly databaseName: string;
      /** The name of a lock that the worker holds as long as it lives. */
      readonly lifeLock: string;
    }
  | CallMessage
  | { readonly kind: 'abort'; readonly id: number; readonly reason: AbortReason };

/** A request, one of the methods. */
export type CallMessage = {
  [Name in MlMethodName]: {
    readonly kind: 'call';
    readonly id: number;
    readonly method: Name;
    readonly params: MlParams<Name>;
  };
}[MlMethodName];

/** Worker to page. */
export type FromWorker =
  | { readonly kind: 'ready'; readonly protocolVersion: number }
  | { readonly kind: 'event'; readonly id: number; readonly event: unknown }
  | { readonly kind: 'result'; readonly id: number; readonly result: unknown }
  | { readonly kind: 'error'; readonly id: number; readonly error: ErrorRecord };
