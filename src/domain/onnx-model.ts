/**
 * A network as an ONNX model, for ONNX Runtime: written by hand, as protocol buffers (onnx.proto, version 7 of
 * the format, operator set 13).
 */
import {
  BATCH_NORM_EPSILON,
  planLayers,
  type Architecture,
  type LayerPlan,
  type Shape,
} from './architecture';
import { concatenateBytes, encodeAscii, littleEndian } from './bytes';
import { weightsOf, type Weights } from './weights';

type Bytes = Uint8Array<ArrayBuffer>;

function varint(value: number): Bytes {
  const bytes: number[] = [];
  let left = value;
  while (left >= 0x80) {
    bytes.push((left % 0x80) + 0x80);
    left = Math.floor(left / 0x80);
  }
  return Uint8Array.of(...bytes, left);
}

const number = (field: number, value: number) => concatenateBytes(varint(field * 8), varint(value));
const message = (field: number, ...parts: readonly Bytes[]) => {
  const body = concatenateBytes(...parts);
  return concatenateBytes(varint(field * 8 + 2), varint(body.length), body);
};
const text = (field: number, value: string) => message(field, encodeAscii(value));
const float = (field: number, value: number) =>
  concatenateBytes(varint(field * 8 + 5), littleEndian(Float32Array.of(value)));

const FLOAT = 1;

/** TensorProto: dims 1, data_type 2, name 8, raw_data 9. */
function tensor(name: string, shape: readonly number[], values: Float32Array): Bytes {
  const raw = littleEndian(values);
  return message(
    5,
    ...shape.map((side) => number(1, side)),
    number(2, FLOAT),
    text(8, name),
    message(9, raw),
  );
}

/** AttributeProto: name 1, f 2, ints 8, type 20 (FLOAT 1, INTS 7). */
const ints = (name: string, values: readonly number[]) =>
  message(5, text(1, name), ...values.map((value) => number(8, value)), number(20, 7));
const decimal = (name: string, value: number) => message(5, text(1, name), float(2, value), number(20, 1));

/** NodeProto: input 1, output 2, op_type 4, attribute 5. */
function node(
  operator: string,
  inputs: readonly string[],
  output: string,
  ...attributes: readonly Bytes[]
): Bytes {
  return message(
    1,
    ...inputs.map((input) => text(1, input)),
    text(2, output),
    text(4, operator),
    ...attributes,
  );
}

/** ValueInfoProto: name 1, type 2 { tensor_type 1 { elem_type 1, shape 2 { dim 1 } } }; a dim may be named. */
function value(field: number, name: string, shape: readonly (number | string)[]): Bytes {
  const dims = shape.map((side) => message(1, typeof side === 'string' ? text(2, side) : number(1, side)));
  return message(field, text(1, name), message(2, message(1, number(1, FLOAT), message(2, ...dims))));
}

/**
 * The model's bytes: from `pixels`, [N, 1, 28, 28] floats 0 … 1, to `logits`, [N, 10]. Dropout, which does
 * nothing while a network answers, is left out. Throws `invalid-input` where the weights do not fit.
 */
export function toOnnx(architecture: Architecture, weights: Weights): Bytes {
  const nodes: Bytes[] = [];
  const tensors: Bytes[] = [];
  const plans = planLayers(architecture).filter(({ layer }) => layer.kind !== 'dropout');
  let input = 'pixels';
  /** The image that the numbers of a flat layer come from, [height, width, channels]. */
  let flattened: Shape | undefined;
  plans.forEach((plan, index) => {
    const output = index === plans.length - 1 ? 'logits' : `${plan.name}-out`;
    tensors.push(...layerTensors(plan, flattened, weights));
    nodes.push(layerNode(plan, input, output));
    if (plan.layer.kind === 'flatten' && plan.input.length > 1) flattened = plan.input;
    if (plan.layer.kind === 'dense') flattened = undefined;
    input = output;
  });
  const graph = message(
    7,
    ...nodes,
    text(2, architecture.name),
    ...tensors,
    value(11, 'pixels', ['N', 1, 28, 28]),
    value(12, 'logits', ['N', 10]),
  );
  return concatenateBytes(number(1, 7), text(2, 'Inkling'), graph, message(8, number(2, 13)));
}

function layerNode({ layer, name, weights, input: shape }: LayerPlan, input: string, output: string): Bytes {
  const names = [input, ...weights.map((spec) => spec.name)];
  switch (layer.kind) {
    case 'conv': {
      const strides = ints('strides', [layer.stride, layer.stride]);
      const pads = layer.padding === 'same' ? [ints('pads', samePads(layer, shape))] : [];
      return node('Conv', names, output, strides, ...pads);
    }
    case 'batch-norm':
      return node('BatchNormalization', names, output, decimal('epsilon', BATCH_NORM_EPSILON));
    case 'relu':
      return node('Relu', [input], output);
    case 'max-pool': {
      const window = [layer.size, layer.size];
      return node('MaxPool', [input], output, ints('kernel_shape', window), ints('strides', window));
    }
    case 'flatten':
      return node('Flatten', [input], output);
    case 'dense':
      return node('Gemm', names, output);
    case 'dropout':
      throw new RangeError(`${name} has no place in a model that only answers`);
  }
}

/** Zeros at the top, left, bottom and right, as TF.js puts them: an odd one at the end. */
function samePads(
  { kernelSize, stride }: { readonly kernelSize: number; readonly stride: number },
  input: Shape,
): readonly number[] {
  const all = input.slice(0, 2).map((side) => {
    const steps = Math.ceil(side / stride);
    return Math.max(0, (steps - 1) * stride + kernelSize - side);
  });
  return [...all.map((pad) => Math.floor(pad / 2)), ...all.map((pad) => Math.ceil(pad / 2))];
}

function layerTensors(
  { layer, weights: specs }: LayerPlan,
  flattened: Shape | undefined,
  weights: Weights,
): readonly Bytes[] {
  return specs.map((spec) => {
    const values = weightsOf(weights, spec);
    const isKernel = spec.name.endsWith('/kernel');
    if (isKernel && layer.kind === 'conv') {
      const [height, width, inputs, outputs] = spec.shape as [number, number, number, number];
      return tensor(
        spec.name,
        [outputs, inputs, height, width],
        transpose(values, height * width, inputs, outputs),
      );
    }
    // What a norm holds for each number of a flat layer moves with it; a bias is of what comes out.
    const isOfInput = isKernel || layer.kind === 'batch-norm';
    const moved = flattened && isOfInput ? flattenChannelsFirst(values, flattened) : values;
    return tensor(spec.name, spec.shape, moved);
  });
}

/** [places, inputs, outputs] to [outputs, inputs, places]. */
function transpose(values: Float32Array, places: number, inputs: number, outputs: number): Float32Array {
  const moved = new Float32Array(values.length);
  values.forEach((entry, at) => {
    const output = at % outputs;
    const input = Math.floor(at / outputs) % inputs;
    const place = Math.floor(at / outputs / inputs);
    moved[(output * inputs + input) * places + place] = entry;
  });
  return moved;
}

/** Rows of what follows a flatten layer: ONNX flattens [channels, height, width], TF.js [height, width, channels]. */
function flattenChannelsFirst(values: Float32Array, shape: Shape): Float32Array {
  const [height, width, channels] = shape as [number, number, number];
  const units = values.length / (height * width * channels);
  const moved = new Float32Array(values.length);
  for (let place = 0; place < height * width; place++) {
    for (let channel = 0; channel < channels; channel++) {
      const from = (place * channels + channel) * units;
      moved.set(values.subarray(from, from + units), (channel * height * width + place) * units);
    }
  }
  return moved;
}
