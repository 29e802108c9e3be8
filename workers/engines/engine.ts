import type { Architecture } from '../../src/domain/architecture';
import type { Assessment } from '../../src/domain/metrics';
import type { EngineName } from '../../src/domain/engine';
import type { OptimizerChoice, OptimizerState } from '../../src/domain/optimizer';
import type { Weights } from '../../src/domain/weights';

/** How a network is trained. */
export interface TrainingSetup {
  readonly optimizer: OptimizerChoice;
  /** The share of each target that is spread over all ten digits. */
  readonly labelSmoothing: number;
  /** Names the random numbers that dropout draws. (TF.js draws its own.) */
  readonly seed: number;
  /** What the optimizer remembers of earlier steps; without it training begins afresh. */
  readonly state?: OptimizerState;
}

/** Images to learn from. */
export interface TrainingBatch {
  /** [count, 28, 28] bytes. */
  readonly pixels: Uint8Array;
  /** [count] bytes, 0 … 9. */
  readonly labels: Uint8Array;
  /** What is done to each image before it is learned: [count, VARIATION_LENGTH], see `domain/augment.ts`. */
  readonly variations?: Int32Array;
}

/** Computes networks. Both of its answers and its weights are the same as every other engine's. */
export interface Engine {
  readonly name: EngineName;
  /**
   * Builds a network. Throws `invalid-input` where the weights do not fit the architecture. Without a
   * setup it answers, and cannot be trained.
   */
  create(architecture: Architecture, weights: Weights, training?: TrainingSetup): Network;
}

/** A network that holds its weights where its engine computes. Must be disposed. */
export interface Network {
  /** What it takes of the engine's memory, in bytes, with all that its largest batch so far needed. */
  readonly memoryBytes: number;
  /**
   * One step of training. The answer is of the batch before the step. Throws `context-lost` where the
   * graphics device was reset, and a RangeError for a network that was created without a setup.
   */
  trainBatch(batch: TrainingBatch, learningRate: number): Promise<Assessment>;
  /**
   * The answers to images: `pixels` is [count, 28, 28] bytes; resolves to [count, 10] logits, or to
   * [count, features] where the architecture ends in features.
   */
  logits(pixels: Uint8Array): Promise<Float32Array>;
  /** Copies of the weights, and of what the optimizer remembers where there is one. */
  export(): Promise<{ readonly weights: Weights; readonly optimizer: OptimizerState }>;
  /**
   * Checks that what the network holds is still there. Throws `context-lost` where the graphics device was
   * reset, also without anybody being told; engines that cannot lose anything have nothing to check.
   */
  probe(): Promise<void>;
  /** Frees what the network holds. It cannot be used any more. */
  dispose(): void;
}
