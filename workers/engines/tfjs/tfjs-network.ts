import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import type { Architecture } from '../../../src/domain/architecture';
import type { Assessment } from '../../../src/domain/metrics';
import { CLASS_COUNT, IMAGE_SIDE } from '../../../src/domain/sample';
import type { OptimizerState, Weights } from '../../../src/domain/weights';
import type { Network, StepParams } from '../engine';
import { Adam } from './adam';
import { buildModel, type NamedVariable } from './build-model';

/** What a network needs of the engine it belongs to. */
export interface Device {
  /** Makes TF.js compute on the engine's backend. */
  activate(): Promise<void>;
  /** Resolves with the answer, or rejects with `context-lost` as soon as the device is reset. */
  guard<T>(answer: Promise<T>): Promise<T>;
}

/** A network of the tfjs engine: a `tf.layers` model. */
export class TfjsNetwork implements Network {
  private readonly model: tfl.Sequential;
  private readonly variables: readonly NamedVariable[];
  private readonly optimizer: Adam;

  constructor(
    private readonly device: Device,
    architecture: Architecture,
    weights: Weights,
    optimizer?: OptimizerState,
  ) {
    const { model, variables } = buildModel(architecture, weights);
    this.model = model;
    this.variables = variables;
    const trainable = variables.filter(({ isTrainable }) => isTrainable);
    const names = new Map(trainable.map(({ name, variable }) => [variable.name, name]));
    this.optimizer = new Adam(
      trainable.map(({ variable }) => variable),
      names,
      optimizer,
    );
    model.compile({ optimizer: this.optimizer, loss: crossEntropy, metrics: ['accuracy'] });
  }

  async trainBatch(pixels: Uint8Array, labels: Uint8Array, step: StepParams): Promise<Assessment> {
    await this.device.activate();
    this.optimizer.learningRate = step.learningRate;
    const inputs = toInputs(pixels);
    const targets = toTargets(labels);
    try {
      const answer = await this.device.guard(this.model.trainOnBatch(inputs, targets));
      const [loss, accuracy] = answer as [number, number];
      return { loss, correct: Math.round(accuracy * labels.length), total: labels.length };
    } finally {
      tf.dispose([inputs, targets]);
    }
  }

  async logits(pixels: Uint8Array): Promise<Float32Array> {
    await this.device.activate();
    const output = tf.tidy(() => this.model.predictOnBatch(toInputs(pixels)) as tf.Tensor);
    try {
      return await this.device.guard(output.data<'float32'>());
    } finally {
      output.dispose();
    }
  }

  async export(): Promise<{ readonly weights: Weights; readonly optimizer: OptimizerState }> {
    await this.device.activate();
    const weights: Record<string, Float32Array<ArrayBuffer>> = {};
    for (const { name, variable } of this.variables) {
      weights[name] = Float32Array.from(await this.device.guard(variable.data<'float32'>()));
    }
    return { weights, optimizer: await this.device.guard(this.optimizer.export()) };
  }

  dispose(): void {
    this.optimizer.dispose();
    this.model.dispose();
  }
}

function crossEntropy(targets: tf.Tensor, logits: tf.Tensor): tf.Tensor {
  return tf.losses.softmaxCrossEntropy(targets, logits);
}

function toInputs(pixels: Uint8Array): tf.Tensor {
  const values = Float32Array.from(pixels, (byte) => byte / 255);
  return tf.tensor(values, [pixels.length / IMAGE_SIDE / IMAGE_SIDE, IMAGE_SIDE, IMAGE_SIDE, 1]);
}

function toTargets(labels: Uint8Array): tf.Tensor {
  const values = new Float32Array(labels.length * CLASS_COUNT);
  labels.forEach((label, row) => (values[row * CLASS_COUNT + label] = 1));
  return tf.tensor(values, [labels.length, CLASS_COUNT]);
}
