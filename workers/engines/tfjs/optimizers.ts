import * as tf from '@tensorflow/tfjs-core';
import {
  ADAM_EPSILON,
  ADAM_KEEP,
  decays,
  type OptimizerChoice,
  type OptimizerState,
} from '../../../src/domain/optimizer';
import type { Weights } from '../../../src/domain/weights';
import type { NamedVariable } from './build-model';

/** Names of moments by the names of their weights. */
type Moments = ReadonlyMap<string, tf.Variable>;

/**
 * An optimizer of our own on TF.js. Unlike TF.js's it takes a new learning rate at each step, keeps what
 * it remembers under the weights' names, and goes on from a saved state to the very same numbers.
 */
export abstract class NamedOptimizer extends tf.Optimizer {
  learningRate = 0;
  protected steps: number;
  protected readonly firstMoments: Moments;

  constructor(
    protected readonly variables: readonly NamedVariable[],
    private readonly weightDecay: number,
    state: OptimizerState | undefined,
  ) {
    super();
    this.steps = state?.steps ?? 0;
    this.firstMoments = this.createMoments(state?.firstMoments);
  }

  override applyGradients(gradients: Parameters<tf.Optimizer['applyGradients']>[0]): void {
    this.steps += 1;
    const named = Array.isArray(gradients)
      ? Object.fromEntries(gradients.map(({ name, tensor }) => [name, tensor]))
      : gradients;
    for (const { name, variable } of this.variables) {
      tf.tidy(() => {
        const change = tf.mul(this.direction(name, named[variable.name]!), this.learningRate);
        const kept = decays(name) ? 1 - this.learningRate * this.weightDecay : 1;
        variable.assign(tf.sub(tf.mul(variable, kept), change));
      });
    }
  }

  /** A copy of what it remembers. */
  async export(): Promise<OptimizerState> {
    const firstMoments = await readMoments(this.firstMoments);
    return { steps: this.steps, firstMoments, secondMoments: {} };
  }

  override dispose(): void {
    tf.dispose([...this.firstMoments.values()]);
    super.dispose();
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { learningRate: this.learningRate };
  }

  /** Where a weight is to move, against it; what is remembered moves on. Called within a tidy. */
  protected abstract direction(name: string, gradient: tf.Tensor): tf.Tensor;

  protected createMoments(saved: Weights | undefined): Moments {
    return new Map(
      this.variables.map(({ name, variable }) => {
        const values = saved?.[name];
        const initial = values ? tf.tensor(values, variable.shape) : tf.zerosLike(variable);
        const moment = tf.variable(initial, false);
        initial.dispose();
        return [name, moment];
      }),
    );
  }
}

/**
 * Adam, with decoupled weight decay AdamW. The bias correction is computed from the count of steps, not
 * multiplied up from step to step.
 */
class Adam extends NamedOptimizer {
  /** Used by TF.js's registry of classes. */
  static get className(): string {
    return 'InklingAdam';
  }

  private readonly secondMoments: Moments;

  constructor(variables: readonly NamedVariable[], weightDecay: number, state: OptimizerState | undefined) {
    super(variables, weightDecay, state);
    this.secondMoments = this.createMoments(state?.secondMoments);
  }

  protected override direction(name: string, gradient: tf.Tensor): tf.Tensor {
    const first = move(this.firstMoments.get(name)!, gradient, ADAM_KEEP.first);
    const second = move(this.secondMoments.get(name)!, tf.square(gradient), ADAM_KEEP.second);
    const correction1 = 1 - ADAM_KEEP.first ** this.steps;
    const correction2 = 1 - ADAM_KEEP.second ** this.steps;
    const deviation = tf.add(tf.sqrt(tf.div(second, correction2)), ADAM_EPSILON);
    return tf.div(tf.div(first, deviation), correction1);
  }

  override async export(): Promise<OptimizerState> {
    return { ...(await super.export()), secondMoments: await readMoments(this.secondMoments) };
  }

  override dispose(): void {
    tf.dispose([...this.secondMoments.values()]);
    super.dispose();
  }
}

/** Gradient descent with momentum. */
class Momentum extends NamedOptimizer {
  /** Used by TF.js's registry of classes. */
  static get className(): string {
    return 'InklingMomentum';
  }

  constructor(
    variables: readonly NamedVariable[],
    private readonly momentum: number,
    weightDecay: number,
    state: OptimizerState | undefined,
  ) {
    super(variables, weightDecay, state);
  }

  protected override direction(name: string, gradient: tf.Tensor): tf.Tensor {
    const velocity = this.firstMoments.get(name)!;
    velocity.assign(tf.add(tf.mul(velocity, this.momentum), gradient));
    return velocity;
  }
}

/** The optimizer that was chosen, for these variables. */
export function createOptimizer(
  choice: OptimizerChoice,
  variables: readonly NamedVariable[],
  state: OptimizerState | undefined,
): NamedOptimizer {
  switch (choice.kind) {
    case 'adam':
      return new Adam(variables, choice.weightDecay, state);
    case 'momentum':
      return new Momentum(variables, choice.momentum, choice.weightDecay, state);
  }
}

/** Moves a running mean towards a value; returns it. */
function move(mean: tf.Variable, value: tf.Tensor, keep: number): tf.Tensor {
  mean.assign(tf.add(tf.mul(mean, keep), tf.mul(value, 1 - keep)));
  return mean;
}

async function readMoments(moments: Moments): Promise<Weights> {
  const read = [...moments].map(
    async ([name, moment]) => [name, Float32Array.from(await moment.data<'float32'>())] as const,
  );
  return Object.fromEntries(await Promise.all(read));
}
