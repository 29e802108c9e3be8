import { toErrorRecord, type ErrorRecord } from '../domain/errors';
import type { ModelVersionId } from '../domain/ids';
import { inkToPixels } from '../domain/preprocess';
import { segmentDigits, type FoundDigits } from '../domain/segment-digits';
import { inkStrokes, type Stroke } from '../domain/strokes';
import type { MlClient } from '../ml-client/ml-client';
import type { PictureReading, PredictManyResult, PredictResult } from '../protocol/ml-protocol';
import { LatestWins } from './latest-wins';
import { Observable, type Watched } from './observable';

export type { PictureReading };

/** The longest that a prediction may take, in milliseconds; the first one loads TF.js and the model. */
const PREDICT_DEADLINE_MS = 30_000;
/** The longest that a picture may take to be read, in milliseconds. */
const PICTURE_DEADLINE_MS = 30_000;

/** Whether digits can be read: `failed` says why not. */
export type Readiness =
  | { readonly state: 'loading' }
  | { readonly state: 'ready' }
  | { readonly state: 'failed'; readonly error: ErrorRecord };

/** An image as the network reads it, and what the network answered. */
export interface Recognition extends PredictResult {
  readonly pixels: Uint8Array<ArrayBuffer>;
  /** From the question to the answer, in milliseconds. */
  readonly answerMs: number;
}

/** Reads drawn and uploaded digits. */
export class RecognitionService {
  private readonly readyState = new Observable<Readiness>({ state: 'loading' });
  private versionId: ModelVersionId | undefined;
  private readonly questions = new LatestWins();

  constructor(private readonly client: MlClient) {}

  get readiness(): Watched<Readiness> {
    return this.readyState;
  }

  /** Loads a model version; from then on it answers. */
  async prepare(versionId: ModelVersionId): Promise<void> {
    this.versionId = versionId;
    this.readyState.value = { state: 'loading' };
    try {
      await this.client.call('prepareModel', { versionId }, { deadlineMs: PREDICT_DEADLINE_MS });
      if (this.versionId === versionId) this.readyState.value = { state: 'ready' };
    } catch (error) {
      if (this.versionId !== versionId) return;
      this.readyState.value = { state: 'failed', error: toErrorRecord(error) };
    }
  }

  /** What the network would see of some strokes, [28, 28] bytes; undefined where there is no ink. */
  toPixels(strokes: readonly Stroke[]): Uint8Array<ArrayBuffer> | undefined {
    return inkToPixels(inkStrokes(strokes));
  }

  /** The digits that some strokes make up. */
  findDigits(strokes: readonly Stroke[]): FoundDigits {
    return segmentDigits(inkStrokes(strokes));
  }

  /** Finds the digits in a picture file. Throws `invalid-input` with a precise reason. */
  async readPicture(file: Blob): Promise<PictureReading> {
    return this.client.call('readPicture', { file }, { deadlineMs: PICTURE_DEADLINE_MS });
  }

  /** Asks a version about many images at once, [count, 28, 28] bytes. Rejects with an AppError. */
  recognizeMany(versionId: ModelVersionId, pixels: Uint8Array<ArrayBuffer>): Promise<PredictManyResult> {
    return this.client.call('predictMany', { versionId, pixels }, { deadlineMs: PREDICT_DEADLINE_MS });
  }

  /**
   * Asks the network about each of some images. Latest wins: a question that was overtaken by a newer one
   * while it waited is answered with undefined.
   */
  async recognize(images: readonly Uint8Array<ArrayBuffer>[]): Promise<readonly Recognition[] | undefined> {
    const { versionId } = this;
    if (versionId === undefined) return undefined;
    const startedAt = performance.now();
    const ask = async (pixels: Uint8Array<ArrayBuffer>) => {
      const options = { deadlineMs: PREDICT_DEADLINE_MS };
      const result = await this.client.call('predict', { versionId, pixels }, options);
      return { ...result, pixels, answerMs: performance.now() - startedAt };
    };
    try {
      return await this.questions.run(() => Promise.all(images.map(ask)));
    } catch (error) {
      this.readyState.value = { state: 'failed', error: toErrorRecord(error) };
      return undefined;
    }
  }
}
