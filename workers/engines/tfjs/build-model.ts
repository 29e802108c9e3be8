import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import {
  BATCH_NORM_EPSILON,
  BATCH_NORM_MOMENTUM,
  planLayers,
  type Architecture,
  type LayerPlan,
} from '../../../src/domain/architecture';
import { IMAGE_SIDE } from '../../../src/domain/sample';
import { weightsOf, type Weights } from '../../../src/domain/weights';

/** One array of weights of a model: our name for it, and the variable that holds it. */
export interface NamedVariable {
  readonly name: string;
  readonly isTrainable: boolean;
  readonly variable: tf.Variable;
}

/** A `tf.layers` model and its weights by our names. */
export interface BuiltModel {
  readonly model: tfl.Sequential;
  readonly variables: readonly NamedVariable[];
}

/** Builds the `tf.layers` model of an architecture and gives it the weights. */
export function buildModel(architecture: Architecture, weights: Weights): BuiltModel {
  const plans = planLayers(architecture);
  const model = tfl.sequential();
  model.add(tfl.layers.inputLayer({ inputShape: [IMAGE_SIDE, IMAGE_SIDE, 1] }));
  const variables: NamedVariable[] = [];
  for (const plan of plans) {
    const layer = createLayer(plan);
    model.add(layer);
    setWeights(layer, plan, weights);
    variables.push(...nameVariables(layer, plan));
  }
  return { model, variables };
}

function createLayer({ layer, name }: LayerPlan): tfl.layers.Layer {
  switch (layer.kind) {
    case 'conv':
      return tfl.layers.conv2d({
        name,
        filters: layer.filters,
        kernelSize: layer.kernelSize,
        strides: layer.stride,
        padding: layer.padding,
        kernelInitializer: 'zeros',
      });
    case 'batch-norm':
      return tfl.layers.batchNormalization({
        name,
        momentum: BATCH_NORM_MOMENTUM,
        epsilon: BATCH_NORM_EPSILON,
      });
    case 'relu':
      return tfl.layers.reLU({ name });
    case 'max-pool':
      return tfl.layers.maxPooling2d({ name, poolSize: layer.size });
    case 'dropout':
      return tfl.layers.dropout({ name, rate: layer.rate });
    case 'flatten':
      return tfl.layers.flatten({ name });
    case 'dense':
      return tfl.layers.dense({ name, units: layer.units, kernelInitializer: 'zeros' });
  }
}

function setWeights(layer: tfl.layers.Layer, plan: LayerPlan, weights: Weights): void {
  const tensors = plan.weights.map((spec) => tf.tensor(weightsOf(weights, spec), [...spec.shape]));
  layer.setWeights(tensors);
  tf.dispose(tensors);
}

/** A layer's weights come in the order of its specs: trainable ones first, then running statistics. */
function nameVariables(layer: tfl.layers.Layer, plan: LayerPlan): readonly NamedVariable[] {
  const { weights } = layer;
  return plan.weights.map(({ name, isTrainable }, index) => {
    // The layer gives out tensors' wrappers; `read()` is the variable itself.
    const variable = weights[index]!.read() as tf.Variable;
    return { name, isTrainable, variable };
  });
}
