/**
 * A network as a TF.js layers model: `model.json`, as Keras 2 writes a Sequential model, and one file of
 * weights. `tf.loadLayersModel` of TF.js 4 reads it.
 */
import {
  BATCH_NORM_EPSILON,
  BATCH_NORM_MOMENTUM,
  INPUT_SHAPE,
  planLayers,
  weightSpecs,
  type Architecture,
  type LayerPlan,
} from './architecture';
import { packWeights, type Weights } from './weights';

/** The two files of a layers model. */
export interface LayersModel {
  /** The text of `model.json`. */
  readonly json: string;
  /** `weights.bin`: float32, the lowest byte first, in the manifest's order. */
  readonly weights: Uint8Array<ArrayBuffer>;
}

/** The name of the file of weights, as the manifest has it. */
export const WEIGHTS_FILE = 'weights.bin';

/** Keras' names of what a layer holds, where they are not ours. */
const KERAS_FIELDS: Readonly<Record<string, string>> = { mean: 'moving_mean', variance: 'moving_variance' };

/** What Keras calls one of the arrays of a layer: `mean` is its `moving_mean`. */
export function kerasField(weightName: string): string {
  const field = weightName.slice(weightName.indexOf('/') + 1);
  return KERAS_FIELDS[field] ?? field;
}

/**
 * Writes a network that takes [N, 28, 28, 1] floats 0 … 1 and gives [N, 10] logits.
 * Throws `invalid-input` where the weights do not fit.
 */
export function toLayersModel(architecture: Architecture, weights: Weights): LayersModel {
  const layers = planLayers(architecture).map(writeLayer);
  const [first, ...others] = layers;
  const input = { batch_input_shape: [null, ...INPUT_SHAPE] };
  const model = {
    format: 'layers-model',
    generatedBy: 'Inkling',
    convertedBy: null,
    modelTopology: {
      class_name: 'Sequential',
      config: {
        name: 'inkling',
        layers: [{ ...first!, config: { ...first!.config, ...input } }, ...others],
      },
      keras_version: 'tfjs-layers 4.22.0',
      backend: 'tensor_flow.js',
    },
    weightsManifest: [
      {
        paths: [WEIGHTS_FILE],
        weights: weightSpecs(architecture).map(({ name, shape }) => ({
          name: `${name.slice(0, name.indexOf('/'))}/${kerasField(name)}`,
          shape,
          dtype: 'float32',
        })),
      },
    ],
    userDefinedMetadata: { output: 'logits', pixels: 'ink from 0 (paper) to 1' },
  };
  return { json: JSON.stringify(model), weights: packWeights(architecture, weights) };
}

interface KerasLayer {
  readonly class_name: string;
  readonly config: Readonly<Record<string, unknown>>;
}

function writeLayer({ layer, name }: LayerPlan): KerasLayer {
  const common = { name, trainable: true, dtype: 'float32' };
  const linear = { activation: 'linear', use_bias: true };
  switch (layer.kind) {
    case 'conv': {
      const { filters, kernelSize, stride, padding } = layer;
      const window = { kernel_size: [kernelSize, kernelSize], strides: [stride, stride], padding };
      const rest = { data_format: 'channels_last', dilation_rate: [1, 1] };
      return { class_name: 'Conv2D', config: { ...common, filters, ...window, ...rest, ...linear } };
    }
    case 'batch-norm': {
      const numbers = { axis: -1, momentum: BATCH_NORM_MOMENTUM, epsilon: BATCH_NORM_EPSILON };
      return {
        class_name: 'BatchNormalization',
        config: { ...common, ...numbers, center: true, scale: true },
      };
    }
    case 'relu':
      return { class_name: 'ReLU', config: common };
    case 'max-pool': {
      const window = { pool_size: [layer.size, layer.size], strides: [layer.size, layer.size] };
      return {
        class_name: 'MaxPooling2D',
        config: { ...common, ...window, padding: 'valid', data_format: 'channels_last' },
      };
    }
    case 'dropout':
      return { class_name: 'Dropout', config: { ...common, rate: layer.rate } };
    case 'flatten':
      return { class_name: 'Flatten', config: { ...common, data_format: 'channels_last' } };
    case 'dense':
      return { class_name: 'Dense', config: { ...common, units: layer.units, ...linear } };
  }
}
