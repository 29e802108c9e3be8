import type { Dataset } from './dataset';
import type { ModelVersion } from './model-version';

/** What a draft needs to know of a model that a run can go on from. */
export type StartVersion = Pick<ModelVersion, 'id' | 'architecture' | 'weightsHash'>;

/** What a device has, as far as it decides whether a draft can be run here. */
export interface DraftContext {
  /** Sets of one's own. */
  readonly sets: readonly Dataset[];
  /** Models to go on from, the shipped one among them. */
  readonly versions: readonly StartVersion[];
  /** MNIST is neither on this device nor with this copy of Inkling. */
  readonly isMnistAbsent: boolean;
  /** The device's memory in bytes; undefined where the browser does not tell. */
  readonly memoryBytes?: number;
}

/** A device with nothing of one's own. */
export const NO_CONTEXT: DraftContext = { sets: [], versions: [], isMnistAbsent: false };
