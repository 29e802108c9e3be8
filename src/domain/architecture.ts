import { AppError } from './errors';
import { CLASS_COUNT, IMAGE_SIDE } from './sample';

/** One layer of a network. Convolutions and dense layers have a bias; activations are their own layers. */
export type Layer =
  | {
      readonly kind: 'conv';
      readonly filters: number;
      readonly kernelSize: number;
      readonly stride: number;
      readonly padding: 'valid' | 'same';
    }
  | { readonly kind: 'batch-norm' }
  | { readonly kind: 'relu' }
  | { readonly kind: 'max-pool'; readonly size: number }
  | { readonly kind: 'dropout'; readonly rate: number }
  | { readonly kind: 'flatten' }
  | { readonly kind: 'dense'; readonly units: number };

/** A network as data: its layers in order, from [28, 28, 1] pixels to [10] logits. */
export interface Architecture {
  readonly name: string;
  readonly layers: readonly Layer[];
  /** Where it ends: in logits unless it says otherwise. A network that ends in features cannot be trained. */
  readonly ending?: 'logits' | 'features';
}

/** The share of the old running statistics that a batch-norm layer keeps at each step. */
export const BATCH_NORM_MOMENTUM = 0.9;
/** Added to a batch-norm layer's variance before its square root. */
export const BATCH_NORM_EPSILON = 1e-3;

/** The shape of what a layer gives, without the batch: [height, width, channels] or [units]. */
export type Shape = readonly number[];

/** One array of weights that a network has, in TF.js layout (HWIO kernels, [in, out] matrices). */
export interface WeightSpec {
  readonly name: string;
  readonly shape: Shape;
  /** False for running statistics, which no gradient touches. */
  readonly isTrainable: boolean;
  /** The value to begin with: `he` is normal with deviation √(2 / fan in). */
  readonly initial: 'he' | 'zeros' | 'ones';
}

/** A layer with its name and what goes into it and comes out of it. */
export interface LayerPlan {
  readonly layer: Layer;
  /** The kind and its number within that kind, such as `conv2`: weights are named after it. */
  readonly name: string;
  readonly input: Shape;
  readonly output: Shape;
  readonly weights: readonly WeightSpec[];
}

/**
 * Walks an architecture from the input to the logits.
 * Throws `invalid-input` where the layers do not fit each other or do not end in ten logits.
 */
export function planLayers(architecture: Architecture): readonly LayerPlan[] {
  const names = nameLayers(architecture.layers);
  let input = INPUT_SHAPE;
  const plans = architecture.layers.map((layer, index) => {
    const plan = planLayer(layer, names[index]!, input);
    input = plan.output;
    return plan;
  });
  if (architecture.ending !== 'features') requireLogits(input, architecture.layers.at(-1));
  return plans;
}

/** What goes into the first layer: an image of one channel. */
export const INPUT_SHAPE: Shape = [IMAGE_SIDE, IMAGE_SIDE, 1];

/** The names of layers: each kind is counted from 1. */
export function nameLayers(layers: readonly Layer[]): readonly string[] {
  const counts = new Map<string, number>();
  return layers.map(({ kind }) => {
    const number = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, number);
    return `${kind}${number}`;
  });
}

/** What a layer makes of its input. Throws `invalid-input` where the input does not fit it. */
export function planLayer(layer: Layer, name: string, input: Shape): LayerPlan {
  const output = outputShape(layer, input, name);
  return { layer, name, input, output, weights: weightSpecsOf(layer, name, input) };
}

/** Throws `invalid-input` where what comes out of the last layer is no ten logits. */
export function requireLogits(output: Shape, last: Layer | undefined): void {
  if (output.length !== 1 || output[0] !== CLASS_COUNT) {
    throw misfit(`The network ends in ${output.join(' × ')} numbers; it must end in ${CLASS_COUNT}.`);
  }
  if (last?.kind === 'relu' || last?.kind === 'dropout') {
    throw misfit(`The network must not end in a ${last.kind} layer.`);
  }
}

/** A network without its last dense layer and what follows: it ends in the numbers that this one reads. */
export function featureArchitecture({ name, layers }: Architecture): Architecture {
  const end = layers.findLastIndex(({ kind }) => kind === 'dense');
  return { name: `${name}, features`, layers: layers.slice(0, Math.max(0, end)), ending: 'features' };
}

/** How many numbers a network gives for each image. */
export function outputCount(architecture: Architecture): number {
  const last = planLayers(architecture).at(-1);
  return last ? sizeOf(last.output) : IMAGE_SIDE * IMAGE_SIDE;
}

/** All arrays of weights of a network, in the order of its layers. */
export function weightSpecs(architecture: Architecture): readonly WeightSpec[] {
  return planLayers(architecture).flatMap((plan) => plan.weights);
}

/** How many numbers an array of this shape holds. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((product, side) => product * side, 1);
}

/** How many numbers training adjusts; running statistics do not count. */
export function parameterCount(architecture: Architecture): number {
  return weightSpecs(architecture)
    .filter((spec) => spec.isTrainable)
    .reduce((sum, spec) => sum + sizeOf(spec.shape), 0);
}

function outputShape(layer: Layer, input: Shape, name: string): Shape {
  switch (layer.kind) {
    case 'conv':
      return [...windowed(layer, input, name), layer.filters];
    case 'max-pool': {
      const window = { kernelSize: layer.size, stride: layer.size, padding: 'valid' } as const;
      return [...windowed(window, input, name), input[2]!];
    }
    case 'flatten':
      return [sizeOf(input)];
    case 'dense':
      if (input.length !== 1) throw misfit(`${name} needs a flatten layer before it.`);
      return [layer.units];
    case 'batch-norm':
    case 'relu':
    case 'dropout':
      return input;
  }
}

interface Window {
  readonly kernelSize: number;
  readonly stride: number;
  readonly padding: 'valid' | 'same';
}

function windowed({ kernelSize, stride, padding }: Window, input: Shape, name: string): Shape {
  if (input.length !== 3) throw misfit(`${name} needs an image, and there is none after a flatten layer.`);
  const reach = padding === 'same' ? 1 : kernelSize;
  const sides = input.slice(0, 2).map((side) => Math.floor((side - reach) / stride) + 1);
  if (sides.some((side) => side < 1)) {
    const reached = `${input[0]} × ${input[1]}`;
    throw misfit(
      `${name} is larger than the image that reaches it: ${kernelSize} × ${kernelSize} on ${reached}.`,
    );
  }
  return sides;
}

function weightSpecsOf(layer: Layer, name: string, input: Shape): readonly WeightSpec[] {
  const channels = input.at(-1)!;
  switch (layer.kind) {
    case 'conv':
      return kernelAndBias(name, [layer.kernelSize, layer.kernelSize, channels, layer.filters]);
    case 'dense':
      return kernelAndBias(name, [channels, layer.units]);
    case 'batch-norm':
      return [
        { name: `${name}/gamma`, shape: [channels], isTrainable: true, initial: 'ones' },
        { name: `${name}/beta`, shape: [channels], isTrainable: true, initial: 'zeros' },
        { name: `${name}/mean`, shape: [channels], isTrainable: false, initial: 'zeros' },
        { name: `${name}/variance`, shape: [channels], isTrainable: false, initial: 'ones' },
      ];
    default:
      return [];
  }
}

function kernelAndBias(name: string, kernel: Shape): readonly WeightSpec[] {
  return [
    { name: `${name}/kernel`, shape: kernel, isTrainable: true, initial: 'he' },
    { name: `${name}/bias`, shape: [kernel.at(-1)!], isTrainable: true, initial: 'zeros' },
  ];
}

function misfit(message: string): AppError {
  return new AppError('invalid-input', message, { reason: 'ARCHITECTURE_MISFIT' });
}

function conv(filters: number, kernelSize: number, stride = 1): Layer {
  return { kind: 'conv', filters, kernelSize, stride, padding: 'valid' };
}

const RELU: Layer = { kind: 'relu' };
const BATCH_NORM: Layer = { kind: 'batch-norm' };
const HALVE: Layer = { kind: 'max-pool', size: 2 };
const FLATTEN: Layer = { kind: 'flatten' };

/** The networks that come with Inkling. */
export const ARCHITECTURES = {
  /** The Keras course project's network: 121,930 parameters. */
  seed: {
    name: 'seed',
    layers: [
      conv(32, 3),
      RELU,
      HALVE,
      conv(64, 3),
      RELU,
      HALVE,
      FLATTEN,
      { kind: 'dense', units: 64 },
      RELU,
      { kind: 'dense', units: CLASS_COUNT },
    ],
  },
  /** Strided convolutions in place of pooling: 29,546 parameters, a seventh of the seed's arithmetic. */
  fast: {
    name: 'fast',
    layers: [
      conv(16, 5, 2),
      BATCH_NORM,
      RELU,
      conv(32, 3, 2),
      BATCH_NORM,
      RELU,
      conv(64, 3),
      BATCH_NORM,
      RELU,
      FLATTEN,
      { kind: 'dense', units: CLASS_COUNT },
    ],
  },
  /** One more convolution, and wider ones: 52,058 parameters. */
  best: {
    name: 'best',
    layers: [
      conv(24, 5, 2),
      BATCH_NORM,
      RELU,
      conv(32, 3),
      BATCH_NORM,
      RELU,
      conv(48, 3, 2),
      BATCH_NORM,
      RELU,
      conv(64, 3),
      BATCH_NORM,
      RELU,
      FLATTEN,
      { kind: 'dense', units: CLASS_COUNT },
    ],
  },
  /** The shipped model's: `best` with wider last convolutions, where width costs little time. 85,738 parameters. */
  champion: {
    name: 'champion',
    layers: [
      conv(24, 5, 2),
      BATCH_NORM,
      RELU,
      conv(32, 3),
      BATCH_NORM,
      RELU,
      conv(64, 3, 2),
      BATCH_NORM,
      RELU,
      conv(96, 3),
      BATCH_NORM,
      RELU,
      FLATTEN,
      { kind: 'dense', units: CLASS_COUNT },
    ],
  },
} as const satisfies Record<string, Architecture>;
