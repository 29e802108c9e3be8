import * as tf from '@tensorflow/tfjs-core';
import type { OptimizerState, Weights } from '../../../src/domain/weights';

const BETA_1 = 0.9;
const BETA_2 = 0.999;
const EPSILON = 1e-7;

interface Moments {
  readonly first: tf.Variable;
  readonly second: tf.Variable;
}

/**
 * Adam (Kingma and Ba, 2014, arXiv:1412.6980, algorithm 1). Unlike TF.js's own it takes a new learning
 * rate at each step, keeps its moments under the weights' names, and goes on from a saved state to the
 * very same numbers: its bias correction is computed from the count of steps, not multiplied up.
 */
export class Adam extends tf.Optimizer {
  /** Used by TF.js's registry of classes. */
  static get className(): string {
    return 'InklingAdam';
  }

  learningRate = 0;
  private steps: number;
  private readonly moments = new Map<string, Moments>();

  /** `variables` are the trainable weights by TF.js's name for them, `names` are our names for those. */
  constructor(
    variables: readonly tf.Variable[],
    private readonly names: ReadonlyMap<string, string>,
    state?: OptimizerState,
  ) {
    super();
    this.steps = state?.steps ?? 0;
    for (const variable of variables) {
      const name = names.get(variable.name) ?? variable.name;
      const restore = (saved: Weights | undefined) =>
        tf.tidy(() => {
          const values = saved?.[name];
          const initial = values ? tf.tensor(values, variable.shape) : tf.zerosLike(variable);
          return tf.variable(initial, false);
        });
      this.moments.set(variable.name, {
        first: restore(state?.firstMoments),
        second: restore(state?.secondMoments),
      });
    }
  }

  override applyGradients(gradients: Parameters<tf.Optimizer['applyGradients']>[0]): void {
    this.steps += 1;
    const named = Array.isArray(gradients)
      ? gradients.map(({ name, tensor }) => [name, tensor] as const)
      : Object.entries(gradients);
    for (const [name, gradient] of named) tf.tidy(() => this.step(name, gradient));
  }

  private step(name: string, gradient: tf.Tensor): void {
    const moments = this.moments.get(name);
    const variable = tf.engine().registeredVariables[name];
    if (!moments || !variable) throw new RangeError(`No weights are called ${name}`);
    const first = tf.add(tf.mul(moments.first, BETA_1), tf.mul(gradient, 1 - BETA_1));
    const second = tf.add(tf.mul(moments.second, BETA_2), tf.mul(tf.square(gradient), 1 - BETA_2));
    moments.first.assign(first);
    moments.second.assign(second);
    const correction1 = 1 - BETA_1 ** this.steps;
    const correction2 = 1 - BETA_2 ** this.steps;
    const deviation = tf.add(tf.sqrt(tf.div(second, correction2)), EPSILON);
    const change = tf.mul(tf.div(first, deviation), this.learningRate / correction1);
    variable.assign(tf.sub(variable, change));
  }

  /** A copy of what it remembers. */
  async export(): Promise<OptimizerState> {
    const firstMoments: Record<string, Float32Array<ArrayBuffer>> = {};
    const secondMoments: Record<string, Float32Array<ArrayBuffer>> = {};
    for (const [variable, { first, second }] of this.moments) {
      const name = this.names.get(variable) ?? variable;
      firstMoments[name] = Float32Array.from(await first.data<'float32'>());
      secondMoments[name] = Float32Array.from(await second.data<'float32'>());
    }
    return { steps: this.steps, firstMoments, secondMoments };
  }

  override dispose(): void {
    for (const { first, second } of this.moments.values()) tf.dispose([first, second]);
    super.dispose();
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { learningRate: this.learningRate };
  }
}
