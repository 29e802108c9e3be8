import type { Weights } from './weights';

/** How gradients become steps. `weightDecay` shrinks kernels, and kernels alone, by that share of the rate. */
export type OptimizerChoice =
  /** Adam (Kingma and Ba, 2014, arXiv:1412.6980); with decay AdamW (Loshchilov and Hutter, arXiv:1711.05101). */
  | { readonly kind: 'adam'; readonly weightDecay: number }
  /** Gradient descent with momentum: velocity = momentum · velocity + gradient. */
  | { readonly kind: 'momentum'; readonly momentum: number; readonly weightDecay: number };

/** Adam as it is mostly used. */
export const ADAM: OptimizerChoice = { kind: 'adam', weightDecay: 0 };

/** The share that Adam keeps of its running means at each step: of the gradient and of its square. */
export const ADAM_KEEP = { first: 0.9, second: 0.999 } as const;
/** Keeps Adam's quotient finite; as in Keras. */
export const ADAM_EPSILON = 1e-7;

/** What an optimizer remembers between steps, for each trainable array of weights. */
export interface OptimizerState {
  /** Steps taken so far. */
  readonly steps: number;
  /** Adam: the running mean of the gradient. Momentum: the velocity. */
  readonly firstMoments: Weights;
  /** Adam: the running mean of the gradient's square. Momentum has none. */
  readonly secondMoments: Weights;
}

/** True for the weights that decay. */
export function decays(weightName: string): boolean {
  return weightName.endsWith('/kernel');
}
