import type { Architecture } from '../../src/domain/architecture';
import type { Assessment } from '../../src/domain/metrics';
import type { EngineName } from '../../src/domain/run';
import type { OptimizerState, Weights } from '../../src/domain/weights';

/** What is decided anew at each step of training. */
export interface StepParams {
  readonly learningRate: number;
}

/** Computes networks. Both of its answers and its weights are the same as every other engine's. */
export interface Engine {
  readonly name: EngineName;
  /**
   * Builds a network. Throws `invalid-input` where the weights do not fit the architecture. Without an
   * optimizer state, training begins with a fresh one.
   */
  create(architecture: Architecture, weights: Weights, optimizer?: OptimizerState): Network;
}

/** A network that holds its weights where its engine computes. Must be disposed. */
export interface Network {
  /**
   * One step of training. `pixels` is [count, 28, 28] bytes, `labels` is [count] bytes. The answer is
   * of the batch before the step. Throws `context-lost` where the graphics device was reset.
   */
  trainBatch(pixels: Uint8Array, labels: Uint8Array, step: StepParams): Promise<Assessment>;
  /** The answers to images: `pixels` is [count, 28, 28] bytes; resolves to [count, 10] logits. */
  logits(pixels: Uint8Array): Promise<Float32Array>;
  /** Copies of the weights and of what the optimizer remembers. */
  export(): Promise<{ readonly weights: Weights; readonly optimizer: OptimizerState }>;
  /** Frees what the network holds. It cannot be used any more. */
  dispose(): void;
}
