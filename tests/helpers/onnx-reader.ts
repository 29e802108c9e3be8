/**
 * Reads ONNX models and runs them, straight from the specifications (onnx.proto, ONNX operators 13), so that
 * what is written is held against something else than what wrote it. One image at a time, and slow.
 */

type Fields = ReadonlyMap<number, readonly (number | Uint8Array)[]>;

interface Tensor {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

interface OnnxNode {
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly output: string;
  readonly attributes: ReadonlyMap<string, readonly number[]>;
}

/** A model that was read: what it needs, what it gives, and how. */
export interface OnnxModel {
  readonly operatorSet: number;
  readonly nodes: readonly OnnxNode[];
  readonly tensors: ReadonlyMap<string, Tensor>;
}

/** The fields of a message of protocol buffers: numbers, 32-bit floats, or bytes. */
function readFields(bytes: Uint8Array): Fields {
  const fields = new Map<number, (number | Uint8Array)[]>();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = bytes[at++]!;
      value += (byte % 128) * factor;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const tag = varint();
    const kind = tag % 8;
    let value: number | Uint8Array;
    if (kind === 0) value = varint();
    else if (kind === 2) {
      const length = varint();
      value = bytes.subarray(at, at + length);
      at += length;
    } else if (kind === 5) {
      value = view.getFloat32(at, true);
      at += 4;
    } else throw new RangeError(`wire type ${kind}`);
    fields.set(Math.floor(tag / 8), [...(fields.get(Math.floor(tag / 8)) ?? []), value]);
  }
  return fields;
}

const parts = (fields: Fields, field: number) => (fields.get(field) ?? []) as readonly Uint8Array[];
const numbers = (fields: Fields, field: number) => (fields.get(field) ?? []) as readonly number[];
const texts = (fields: Fields, field: number) =>
  parts(fields, field).map((bytes) => new TextDecoder().decode(bytes));

/** Reads a model's bytes. */
export function readOnnx(bytes: Uint8Array): OnnxModel {
  const model = readFields(bytes);
  const graph = readFields(parts(model, 7)[0]!);
  const tensors = parts(graph, 5).map((part) => {
    const fields = readFields(part);
    const values = new Float32Array(Uint8Array.from(parts(fields, 9)[0]!).buffer);
    return [texts(fields, 8)[0]!, { shape: numbers(fields, 1), values }] as const;
  });
  const nodes = parts(graph, 1).map((part) => {
    const fields = readFields(part);
    const attributes = parts(fields, 5).map((attribute) => {
      const own = readFields(attribute);
      return [texts(own, 1)[0]!, [...numbers(own, 2), ...numbers(own, 8)]] as const;
    });
    return {
      operator: texts(fields, 4)[0]!,
      inputs: texts(fields, 1),
      output: texts(fields, 2)[0]!,
      attributes: new Map(attributes),
    };
  });
  const operatorSet = numbers(readFields(parts(model, 8)[0]!), 2)[0]!;
  return { operatorSet, nodes, tensors: new Map(tensors) };
}

/** What a model answers to one image, [28, 28] bytes: [10] logits. */
export function runOnnx({ nodes, tensors }: OnnxModel, pixels: Uint8Array): Float32Array {
  const known = new Map(tensors);
  known.set('pixels', { shape: [1, 28, 28], values: Float32Array.from(pixels, (ink) => ink / 255) });
  for (const node of nodes) {
    const [input, ...others] = node.inputs.map((name) => known.get(name)!);
    known.set(node.output, OPERATORS[node.operator]!(input!, others, node.attributes));
  }
  return known.get('logits')!.values;
}

type Operator = (
  input: Tensor,
  others: readonly Tensor[],
  attributes: ReadonlyMap<string, readonly number[]>,
) => Tensor;

const OPERATORS: Readonly<Record<string, Operator>> = {
  Relu: ({ shape, values }) => ({ shape, values: values.map((value) => Math.max(0, value)) }),
  Flatten: ({ values }) => ({ shape: [values.length], values }),
  BatchNormalization: ({ shape, values }, [gamma, beta, mean, variance], attributes) => {
    const places = values.length / shape[0]!;
    const epsilon = attributes.get('epsilon')![0]!;
    return {
      shape,
      values: values.map((value, at) => {
        const channel = Math.floor(at / places);
        const scale = gamma!.values[channel]! / Math.sqrt(variance!.values[channel]! + epsilon);
        return (value - mean!.values[channel]!) * scale + beta!.values[channel]!;
      }),
    };
  },
  Gemm: ({ values }, [matrix, bias]) => {
    const units = matrix!.shape[1]!;
    const sums = Float64Array.from(bias!.values);
    values.forEach((value, row) => {
      for (let unit = 0; unit < units; unit++) sums[unit]! += value * matrix!.values[row * units + unit]!;
    });
    return { shape: [units], values: Float32Array.from(sums) };
  },
  Conv: (input, [kernel, bias], attributes) => {
    const [outputs, inputs, side] = kernel!.shape as [number, number, number];
    return slide(input, outputs, side, attributes, (value, channel) => {
      let sum = bias!.values[channel]!;
      for (let from = 0; from < inputs; from++) {
        for (let place = 0; place < side * side; place++) {
          const weight = kernel!.values[(channel * inputs + from) * side * side + place]!;
          sum += weight * value(from, Math.floor(place / side), place % side);
        }
      }
      return sum;
    });
  },
  MaxPool: (input, _, attributes) => {
    const side = attributes.get('kernel_shape')![0]!;
    return slide(input, input.shape[0]!, side, attributes, (value, channel) => {
      const places = Array.from({ length: side * side }, (_, at) =>
        value(channel, Math.floor(at / side), at % side),
      );
      return Math.max(...places);
    });
  },
};

/** Moves a window over an image, [channels, height, width]. */
function slide(
  { shape, values }: Tensor,
  channels: number,
  side: number,
  attributes: ReadonlyMap<string, readonly number[]>,
  compute: (value: (channel: number, row: number, column: number) => number, channel: number) => number,
): Tensor {
  const [, height, width] = shape as [number, number, number];
  const stride = attributes.get('strides')![0]!;
  const [top = 0, left = 0, bottom = 0, right = 0] = attributes.get('pads') ?? [];
  const rows = Math.floor((height + top + bottom - side) / stride) + 1;
  const columns = Math.floor((width + left + right - side) / stride) + 1;
  const output = new Float32Array(channels * rows * columns);
  for (let at = 0; at < output.length; at++) {
    const row = (Math.floor(at / columns) % rows) * stride - top;
    const column = (at % columns) * stride - left;
    const value = (channel: number, down: number, across: number) => {
      const [y, x] = [row + down, column + across];
      if (y < 0 || x < 0 || y >= height || x >= width) return 0;
      return values[(channel * height + y) * width + x]!;
    };
    output[at] = compute(value, Math.floor(at / columns / rows));
  }
  return { shape: [channels, rows, columns], values: output };
}
