/** Layers of Keras, as ours: what is read of the configuration of each, and what must be as it is here. */
import { BATCH_NORM_EPSILON, type Layer } from './architecture';
import type { AppError } from './errors';
import type { JsonNode } from './model-json';
import { refuseModel } from './refuse-model';
import { showName } from './show-name';

/** A layer of Keras as layers of ours: a convolution may bring its activation with it. */
export interface KerasLayer {
  /** What its weights are named after. */
  readonly name: string;
  readonly layers: readonly Layer[];
  /** The arrays that it does without, and what each number of them counts as. */
  readonly absent: Readonly<Record<string, number>>;
  /** The axis that it works along, counted with the batch. */
  readonly axis?: number;
  /** It turns logits into probabilities, so nothing may follow it. */
  readonly isSoftmax: boolean;
}

/**
 * Reads a layer of a Sequential model. Throws `invalid-input`: MODEL_LAYER where there is no such layer here,
 * MODEL_INVALID where its configuration is none.
 */
export function readKerasLayer(node: JsonNode): KerasLayer {
  const className = node.get('class_name').text();
  const config = node.get('config');
  const read = Object.hasOwn(READERS, className) ? READERS[className] : undefined;
  if (!read) throw refuseModel('MODEL_LAYER', `There is no layer ${showName(className)} here.`);
  const name = config.find('name')?.text() ?? '';
  return { name, absent: {}, isSoftmax: false, ...read(new Config(config, className)) };
}

type Reading = Pick<KerasLayer, 'layers'> & Partial<KerasLayer>;

const READERS: Readonly<Record<string, (config: Config) => Reading>> = {
  InputLayer: () => ({ layers: [] }),
  Conv2D: (config) => {
    config.require('data_format', 'channels_last');
    config.requireOnes('dilation_rate', 'groups');
    const filters = config.node.get('filters').count();
    const [kernelSize, stride] = [config.side('kernel_size'), config.side('strides', 1)];
    const layer: Layer = { kind: 'conv', filters, kernelSize, stride, padding: config.padding() };
    return config.withBiasAndActivation(layer);
  },
  Dense: (config) => config.withBiasAndActivation({ kind: 'dense', units: config.node.get('units').count() }),
  BatchNormalization: (config) => {
    const epsilon = config.node.find('epsilon')?.number() ?? BATCH_NORM_EPSILON;
    if (Math.abs(epsilon - BATCH_NORM_EPSILON) > 1e-9) throw config.refuse('epsilon', String(epsilon));
    const absent = {
      ...(config.has('center') ? {} : { beta: 0 }),
      ...(config.has('scale') ? {} : { gamma: 1 }),
    };
    return { layers: [{ kind: 'batch-norm' }], absent, ...config.axis() };
  },
  ReLU: (config) => {
    const limit = config.node.find('max_value');
    if (limit) throw config.refuse('max_value', String(limit.value));
    config.requireZeros('negative_slope', 'threshold');
    return { layers: [{ kind: 'relu' }] };
  },
  Activation: (config) => config.activation([]),
  Softmax: () => ({ layers: [], isSoftmax: true }),
  MaxPooling2D: (config) => {
    config.require('data_format', 'channels_last');
    config.require('padding', 'valid');
    const size = config.side('pool_size', 2);
    const stride = config.side('strides', size);
    if (stride !== size) throw config.refuse('strides', String(stride));
    return { layers: [{ kind: 'max-pool', size }] };
  },
  Dropout: (config) => ({ layers: [{ kind: 'dropout', rate: config.node.get('rate').number() }] }),
  Flatten: (config) => {
    config.require('data_format', 'channels_last');
    return { layers: [{ kind: 'flatten' }] };
  },
};

/** The configuration of a layer. */
class Config {
  constructor(
    readonly node: JsonNode,
    private readonly className: string,
  ) {}

  /** False only where it says so. */
  has(key: string): boolean {
    return this.node.find(key)?.boolean() ?? true;
  }

  require(key: string, expected: string): void {
    const value = this.node.find(key)?.text() ?? expected;
    if (value !== expected) throw this.refuse(key, value);
  }

  requireOnes(...keys: readonly string[]): void {
    for (const key of keys) if (this.side(key, 1) !== 1) throw this.refuse(key, 'above 1');
  }

  requireZeros(...keys: readonly string[]): void {
    for (const key of keys) {
      const value = this.node.find(key)?.number() ?? 0;
      if (value !== 0) throw this.refuse(key, String(value));
    }
  }

  /** The one axis that it works along, where it says so. */
  axis(): { readonly axis?: number } {
    const node = this.node.find('axis');
    if (!node) return {};
    const all = (Array.isArray(node.value) ? node.items() : [node]).map((one) => one.number());
    if (all.length !== 1) throw this.refuse('axis', String(all));
    return { axis: all[0]! };
  }

  /** The side of a square, which is one number or a list of two. */
  side(key: string, absent?: number): number {
    const node = absent === undefined ? this.node.get(key) : this.node.find(key);
    if (!node) return absent!;
    if (!Array.isArray(node.value)) return node.count();
    const [height, width, ...others] = node.items().map((side) => side.count());
    if (height === undefined || others.length > 0 || (width ?? height) !== height) {
      throw this.refuse(key, 'not a square');
    }
    return height;
  }

  padding(): 'valid' | 'same' {
    const padding = this.node.find('padding')?.text() ?? 'valid';
    if (padding !== 'valid' && padding !== 'same') throw this.refuse('padding', padding);
    return padding;
  }

  withBiasAndActivation(layer: Layer): Reading {
    return { ...this.activation([layer]), absent: this.has('use_bias') ? {} : { bias: 0 } };
  }

  activation(before: readonly Layer[]): Reading {
    const activation = this.node.find('activation')?.text() ?? 'linear';
    switch (activation) {
      case 'linear':
        return { layers: before };
      case 'relu':
        return { layers: [...before, { kind: 'relu' }] };
      case 'softmax':
        return { layers: before, isSoftmax: true };
      default:
        throw this.refuse('activation', activation);
    }
  }

  refuse(key: string, value: string): AppError {
    return refuseModel('MODEL_LAYER', `${this.className} with ${key} ${showName(value)} is not known here.`);
  }
}
