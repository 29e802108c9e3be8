/**
 * A network as an ONNX model, for ONNX Runtime: written by hand, as protocol buffers (onnx.proto, version 7 of
 * the format, operator set 13).
 */
import {
  BATCH_NORM_EPSILON,
  planLayers,
  type Architecture,
  type LayerPlan,
} from '../../src/domain/architecture';
import { concatenateBytes } from '../../src/domain/bytes';
import { weightsOf, type Weights } from '../../src/domain/weights';

type Bytes = Uint8Array;

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
const text = (field: number, value: string) => message(field, new TextEncoder().encode(value));
const float = (field: number, value: number) =>
  concatenateBytes(varint(field * 8 + 5), new Uint8Array(Float32Array.of(value).buffer));

const FLOAT = 1;

/** TensorProto: dims 1, data_type 2, name 8, raw_data 9. */
function tensor(name: string, shape: readonly number[], values: Float32Array): Bytes {
  const raw = new Uint8Array(Float32Array.from(values).buffer);
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

/** The model's bytes: from `pixels`, [N, 1, 28, 28] floats 0 … 1, to `logits`, [N, 10]. */
export function toOnnx(architecture: Architecture, weights: Weights): Bytes {
  const nodes: Bytes[] = [];
  const tensors: Bytes[] = [];
  let input = 'pixels';
  const plans = planLayers(architecture);
  plans.forEach((plan, index) => {
    const output = index === plans.length - 1 ? 'logits' : `${plan.name}-out`;
    tensors.push(...layerTensors(plan, plans[index - 1], weights));
    nodes.push(layerNode(plan, input, output));
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
  return concatenateBytes(number(1, 7), graph, message(8, number(2, 13)));
}

function layerNode({ layer, name, weights }: LayerPlan, input: string, output: string): Bytes {
  const names = [input, ...weights.map((spec) => spec.name)];
  switch (layer.kind) {
    case 'conv':
      return node('Conv', names, output, ints('strides', [layer.stride, layer.stride]));
    case 'batch-norm':
      return node('BatchNormalization', names, output, decimal('epsilon', BATCH_NORM_EPSILON));
    case 'relu':
      return node('Relu', [input], output);
    case 'max-pool':
      return node(
        'MaxPool',
        [input],
        output,
        ints('kernel_shape', [layer.size, layer.size]),
        ints('strides', [layer.size, layer.size]),
      );
    case 'flatten':
      return node('Flatten', [input], output);
    case 'dense':
      return node('Gemm', names, output);
    case 'dropout':
      throw new RangeError(`${name} has no place in a model that only answers`);
  }
}

function layerTensors(plan: LayerPlan, before: LayerPlan | undefined, weights: Weights): readonly Bytes[] {
  return plan.weights.map((spec) => {
    const values = weightsOf(weights, spec);
    if (spec.name.endsWith('/kernel') && plan.layer.kind === 'conv') {
      const [height, width, inputs, outputs] = spec.shape as [number, number, number, number];
      return tensor(
        spec.name,
        [outputs, inputs, height, width],
        transpose(values, height * width, inputs, outputs),
      );
    }
    if (spec.name.endsWith('/kernel') && before?.layer.kind === 'flatten') {
      return tensor(spec.name, spec.shape, flattenChannelsFirst(values, before.input, spec.shape[1]!));
    }
    return tensor(spec.name, spec.shape, values);
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

/** Rows of a matrix after a flatten layer: ONNX flattens [channels, height, width], TF.js [height, width, channels]. */
function flattenChannelsFirst(values: Float32Array, shape: readonly number[], units: number): Float32Array {
  const [height, width, channels] = shape as [number, number, number];
  const moved = new Float32Array(values.length);
  for (let place = 0; place < height * width; place++) {
    for (let channel = 0; channel < channels; channel++) {
      const from = (place * channels + channel) * units;
      moved.set(values.subarray(from, from + units), (channel * height * width + place) * units);
    }
  }
  return moved;
}
