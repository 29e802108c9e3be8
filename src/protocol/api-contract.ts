/**
 * The contract of the API: which addresses it has, and the JSON that it answers with. The first three are
 * those of the course project's Flask server, key for key; keys were added, none was changed.
 */

/** Addresses relative to the app's own, without the query. Files of the app, which have a dot, are not among them. */
const API_PATHS =
  /^(?:predict|retrain|upload_and_retrain|health|datasets|openapi\.json|models(?:\/[^/.]+(?:\/promote)?)?|runs(?:\/[^/.]+(?:\/events)?)?)$/;

/** The path of a request to the API, such as `models/3`; undefined for an address that is none of its. */
export function apiPath(url: string, baseUrl: string): string | undefined {
  if (!url.startsWith(baseUrl)) return undefined;
  const path = url.slice(baseUrl.length).replace(/[?#].*$/s, '');
  return API_PATHS.test(path) ? path : undefined;
}

/** Why a request was not answered. */
export interface ErrorAnswer {
  readonly error: string;
  /** A precise code, such as `IMAGE_CORRUPT`. */
  readonly code: string;
  /** What to do, where there is something. */
  readonly remedy?: string;
}

/** One digit that was read. */
export interface DigitAnswer {
  readonly prediction: number;
  /** Ten probabilities, of 0 to 9. */
  readonly confidence: readonly number[];
  /** True where it looks like no digit at all. */
  readonly refused?: true;
}

/** One of several digits of a request. */
export interface PlacedDigitAnswer extends DigitAnswer {
  /** The place of its picture among the files, from 0. */
  readonly file: number;
  /** Where it lies in the picture, in pixels of its ink. */
  readonly box: {
    readonly left: number;
    readonly top: number;
    readonly right: number;
    readonly bottom: number;
  };
}

/** `POST predict`. Of several digits the first is told in the old keys. */
export interface PredictAnswer extends DigitAnswer {
  readonly model: number;
  readonly digits?: readonly PlacedDigitAnswer[];
}

/** `POST retrain`, when the run has ended and the gate has spoken. */
export interface RetrainAnswer {
  readonly message: string;
  readonly run: number;
  readonly model: number;
  readonly promoted: boolean;
  readonly reason: string;
  /** On the held-out test images, 0 … 1. */
  readonly accuracy: number;
  readonly seconds: number;
  readonly engine: string;
}

/** `POST upload_and_retrain`. */
export interface UploadAnswer extends RetrainAnswer {
  readonly accepted: number;
  readonly rejected: number;
  readonly ignored: number;
}

/** A run that goes on: 202. */
export interface StartedAnswer {
  readonly message: string;
  readonly run: number;
}

/** `GET models/{id}`. */
export interface ModelAnswer {
  readonly id: number;
  readonly name: string;
  readonly champion: boolean;
  readonly createdAt: string;
  readonly parameters: number;
  readonly weightsHash: string;
  readonly preprocessVersion: number;
  readonly engine?: string;
  readonly run?: number;
  /** Read rightly of MNIST's test images, 0 … 1, where they were asked. */
  readonly accuracy?: number;
}

/** `GET runs/{id}`. */
export interface RunAnswer {
  readonly id: number;
  readonly status: string;
  readonly createdAt: string;
  readonly recipe: string;
  readonly dataset: string;
  readonly epochs: number;
  readonly seed: number;
  /** The share that is done, 0 … 1. */
  readonly progress: number;
  readonly seconds: number;
  readonly engine?: string;
  readonly model?: number;
  /** The last epoch's, on the images that check. */
  readonly validationAccuracy?: number;
  readonly error?: string;
}

/** `GET datasets`: one of its. */
export interface DatasetAnswer {
  readonly name: string;
  readonly title: string;
  readonly train: number;
  readonly test: number;
  /** How many of each digit to learn from, 0 to 9. */
  readonly counts: readonly number[];
}

/** `GET health`. */
export interface HealthAnswer {
  readonly message: string;
  readonly status: 'ok' | 'loading' | 'failed';
  readonly version: string;
  readonly model: number;
  /** Predictions that wait for their turn. */
  readonly queued: number;
  /** The run that is being trained. */
  readonly run?: number;
}
