import type { Architecture } from './architecture';
import type { Digitness } from './digitness';
import type { EngineName } from './engine';
import type { ModelVersionId, RunId } from './ids';
import type { Score } from './metrics';
import type { RunConfig } from './run';

/**
 * The model that a file was made of: it is a copy of it, or was trained further elsewhere. SHA-256 of that
 * model's packed weights, in hexadecimal.
 */
export interface ModelOrigin {
  readonly kind: 'copy' | 'trained';
  readonly weightsHash: string;
}

/**
 * A trained network and where it comes from. Its weights are kept apart. Nothing of it ever changes but its name,
 * its notes and its tags. Of a model that was brought in as a file nobody knows how it was trained.
 */
export interface ModelVersion {
  readonly id: ModelVersionId;
  readonly createdAt: number;
  readonly architecture: Architecture;
  readonly preprocessVersion: number;
  readonly appVersion: string;
  readonly config?: RunConfig;
  readonly engine?: EngineName;
  /** The content hash of the data it learned from, in hexadecimal. */
  readonly dataHash?: string;
  /** SHA-256 of its packed weights, in hexadecimal. */
  readonly weightsHash: string;
  /** Read rightly among the images that it did not learn from; 0 of 0 where nobody looked. */
  readonly validation: Score;
  /** The run it came from, on the device that trained it. */
  readonly runId?: RunId;
  /** What a person calls it, where that is not its number alone. */
  readonly name?: string;
  readonly notes?: string;
  /** The file that it was read from, where it was not trained here. */
  readonly importedFrom?: string;
  /** The model that this file says it comes from; that one need not be on this device. */
  readonly origin?: ModelOrigin;
  /**
   * Divides its logits, so that probabilities are what they say: fitted to images that it did not learn from. 1 where
   * it is absent.
   */
  readonly temperature?: number;
  /** Words by which a person finds it again. */
  readonly tags?: readonly string[];
}

/** The card of the model that comes with the app: `public/models/shipped.json`. */
export interface ModelCard extends ModelVersion {
  /** SHA-256 of its file, which holds the weights as float16. */
  readonly weightsHash: string;
  readonly config: RunConfig;
  readonly engine: EngineName;
  readonly dataHash: string;
  /** Read rightly in MNIST's test set, scored once, after the recipe had been chosen. */
  readonly test: Score;
  /** Tells digits from other things; where it is absent, everything is taken for a digit. */
  readonly digitness?: Digitness;
  /** File name of the packed weights, beside the card. */
  readonly weightsPath: string;
  /** What it was trained on, in words: machine and time. */
  readonly trainedOn: string;
}
