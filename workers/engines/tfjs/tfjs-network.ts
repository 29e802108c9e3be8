import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import type { Architecture } from '../../../src/domain/architecture';
import { VARIATION_LENGTH, varyImage } from '../../../src/domain/augment';
import type { Assessment } from '../../../src/domain/metrics';
import type { OptimizerState } from '../../../src/domain/optimizer';
import { CLASS_COUNT, IMAGE_PIXELS, IMAGE_SIDE } from '../../../src/domain/sample';
import type { Weights } from '../../../src/domain/weights';
import type { Network, TrainingBatch, TrainingSetup } from '../engine';
import { buildModel, type NamedVariable } from './build-model';
import { createOptimizer, type NamedOptimizer } from './optimizers';

/** What a network needs of the engine it belongs to. */
export interface Device {
  /** Makes TF.js compute on the engine's backend. */
  activate(): Promise<void>;
  /** Resolves with the answer, or rejects with `context-lost` as soon as the device is reset. */
  guard<T>(answer: Promise<T>): Promise<T>;
  /** Rejects with `context-lost` where the device does not hold any more what it was given. */
  probe(): Promise<void>;
}

interface Training {
  readonly optimizer: NamedOptimizer;
  readonly labelSmoothing: number;
}

/** A network of the tfjs engine: a `tf.layers` model. */
export class TfjsNetwork implements Network {
  private readonly model: tfl.Sequential;
  private readonly variables: readonly NamedVariable[];
  private readonly training: Training | undefined;

  constructor(
    private readonly device: Device,
    architecture: Architecture,
    weights: Weights,
    training?: TrainingSetup,
  ) {
    const { model, variables } = buildModel(architecture, weights);
    this.model = model;
    this.variables = variables;
    this.training = training && this.setUp(training);
  }

  /** TF.js tells only what all its networks take together. */
  get memoryBytes(): number {
    return tf.memory().numBytes;
  }

  async trainBatch(batch: TrainingBatch, learningRate: number): Promise<Assessment> {
    if (!this.training) throw new RangeError('This network was created to answer, not to be trained.');
    const { labels } = batch;
    await this.device.activate();
    this.training.optimizer.learningRate = learningRate;
    const inputs = toInputs(variedPixels(batch));
    const targets = toTargets(labels, this.training.labelSmoothing);
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
    const nothing = { steps: 0, firstMoments: {}, secondMoments: {} };
    const optimizer = this.training ? await this.device.guard(this.training.optimizer.export()) : nothing;
    return { weights, optimizer };
  }

  async probe(): Promise<void> {
    await this.device.activate();
    await this.device.probe();
  }

  dispose(): void {
    this.training?.optimizer.dispose();
    this.model.dispose();
  }

  private setUp({ optimizer: choice, labelSmoothing, state }: TrainingSetup): Training {
    const trainable = this.variables.filter(({ isTrainable }) => isTrainable);
    const optimizer = createOptimizer(choice, trainable, state);
    this.model.compile({ optimizer, loss: crossEntropy, metrics: ['accuracy'] });
    return { optimizer, labelSmoothing };
  }
}

function crossEntropy(targets: tf.Tensor, logits: tf.Tensor): tf.Tensor {
  return tf.losses.softmaxCrossEntropy(targets, logits);
}

function variedPixels({ pixels, labels, variations }: TrainingBatch): Uint8Array {
  if (!variations) return pixels;
  const varied = new Uint8Array(pixels.length);
  labels.forEach((_, row) => {
    const image = pixels.subarray(row * IMAGE_PIXELS, (row + 1) * IMAGE_PIXELS);
    varyImage(image, variations, row * VARIATION_LENGTH, varied, row * IMAGE_PIXELS);
  });
  return varied;
}

function toInputs(pixels: Uint8Array): tf.Tensor {
  const values = new Float32Array(pixels.length);
  for (let i = 0; i < values.length; i++) values[i] = pixels[i]! / 255;
  return tf.tensor(values, [pixels.length / IMAGE_PIXELS, IMAGE_SIDE, IMAGE_SIDE, 1]);
}

function toTargets(labels: Uint8Array, smoothing: number): tf.Tensor {
  const base = smoothing / CLASS_COUNT;
  const values = new Float32Array(labels.length * CLASS_COUNT).fill(base);
  labels.forEach((label, row) => (values[row * CLASS_COUNT + label] = base + 1 - smoothing));
  return tf.tensor(values, [labels.length, CLASS_COUNT]);
}
