/** What each kind of layer computes for one image, forward and backward: clear rather than fast. */
import { BATCH_NORM_EPSILON, sizeOf, type Layer, type LayerPlan } from './architecture';
import { weightsOf, type Weights } from './weights';

type Convolution = Extract<Layer, { kind: 'conv' }>;
type Numbers = Float32Array<ArrayBuffer>;

/** What a layer makes of one image: `input` and the answer are in the order of the plan's shapes. */
export function applyLayer(plan: LayerPlan, weights: Weights, input: Numbers): Numbers {
  const { layer } = plan;
  switch (layer.kind) {
    case 'conv':
      return convolve(plan, layer, arraysOf(plan, weights), input);
    case 'dense':
      return multiply(plan, arraysOf(plan, weights), input);
    case 'batch-norm':
      return normalize(arraysOf(plan, weights), input);
    case 'relu':
      return input.map((value) => Math.max(0, value));
    case 'max-pool':
      return pool(plan, layer.size, input);
    case 'dropout':
    case 'flatten':
      // Dropout is for training alone; flattening changes the shape, not the numbers.
      return input;
  }
}

/**
 * The other way: how fast something changes with each number that went into the layer, from how fast it
 * changes with each that came out. Batch norm counts as it answers, with its running statistics.
 */
export function pullBack(plan: LayerPlan, weights: Weights, input: Numbers, gradient: Numbers): Numbers {
  const { layer } = plan;
  switch (layer.kind) {
    case 'conv':
      return pullBackConvolution(plan, layer, arraysOf(plan, weights), gradient);
    case 'dense':
      return pullBackProduct(input.length, arraysOf(plan, weights), gradient);
    case 'batch-norm':
      return pullBackNorm(arraysOf(plan, weights), gradient);
    case 'relu':
      return gradient.map((slope, at) => (input[at]! > 0 ? slope : 0));
    case 'max-pool':
      return pullBackPool(plan, layer.size, input, gradient);
    case 'dropout':
    case 'flatten':
      return gradient;
  }
}

/** A layer's arrays of weights, in the order of its specs. Throws as `weightsOf` does. */
function arraysOf(plan: LayerPlan, weights: Weights): readonly Numbers[] {
  return plan.weights.map((spec) => weightsOf(weights, spec));
}

/** Called with where an output pixel, an input pixel and the kernel's rows for the two begin. */
type VisitTap = (outputAt: number, inputAt: number, kernelAt: number) => void;

/** Visits every pair of an output pixel and an input pixel that the kernel ties together. */
function visitTaps({ input, output }: LayerPlan, layer: Convolution, visit: VisitTap): void {
  const [, , channels] = input as readonly [number, number, number];
  const [rows, columns] = output as readonly [number, number, number];
  const { kernelSize, filters } = layer;
  for (let place = 0; place < rows * columns; place++) {
    for (let tap = 0; tap < kernelSize * kernelSize; tap++) {
      const pixel = inputPixel(input, output, layer, place, tap);
      if (pixel !== undefined) visit(place * filters, pixel * channels, tap * channels * filters);
    }
  }
}

/** The number of the input pixel that lies below one element of the kernel; undefined in the padding. */
function inputPixel(
  [height, width]: readonly number[],
  [rows, columns]: readonly number[],
  { kernelSize, stride, padding }: Convolution,
  place: number,
  tap: number,
): number | undefined {
  const top = padding === 'same' ? zerosBefore(height!, rows!, kernelSize, stride) : 0;
  const left = padding === 'same' ? zerosBefore(width!, columns!, kernelSize, stride) : 0;
  const y = Math.floor(place / columns!) * stride + Math.floor(tap / kernelSize) - top;
  const x = (place % columns!) * stride + (tap % kernelSize) - left;
  return y >= 0 && y < height! && x >= 0 && x < width! ? y * width! + x : undefined;
}

/** TensorFlow's `same`: half of what is missing before the image, the (larger) rest behind it. */
function zerosBefore(length: number, count: number, kernelSize: number, stride: number): number {
  return Math.floor(Math.max(0, (count - 1) * stride + kernelSize - length) / 2);
}

function convolve(
  plan: LayerPlan,
  layer: Convolution,
  [kernel, bias]: readonly Numbers[],
  input: Numbers,
): Numbers {
  const channels = plan.input[2]!;
  const { filters } = layer;
  const output = repeated(bias!, sizeOf(plan.output));
  visitTaps(plan, layer, (outputAt, inputAt, kernelAt) => {
    for (let channel = 0; channel < channels; channel++) {
      const value = input[inputAt + channel]!;
      if (value !== 0) addScaled(output, outputAt, kernel!, kernelAt + channel * filters, filters, value);
    }
  });
  return output;
}

function pullBackConvolution(
  plan: LayerPlan,
  layer: Convolution,
  [kernel]: readonly Numbers[],
  gradient: Numbers,
): Numbers {
  const channels = plan.input[2]!;
  const { filters } = layer;
  const slopes = new Float32Array(sizeOf(plan.input));
  visitTaps(plan, layer, (outputAt, inputAt, kernelAt) => {
    for (let channel = 0; channel < channels; channel++) {
      const row = kernelAt + channel * filters;
      slopes[inputAt + channel]! += dot(gradient, outputAt, kernel!, row, filters);
    }
  });
  return slopes;
}

function multiply({ output }: LayerPlan, [kernel, bias]: readonly Numbers[], input: Numbers): Numbers {
  const units = output[0]!;
  const values = Float32Array.from(bias!);
  input.forEach((value, row) => addScaled(values, 0, kernel!, row * units, units, value));
  return values;
}

function pullBackProduct(length: number, [kernel]: readonly Numbers[], gradient: Numbers): Numbers {
  const units = gradient.length;
  return Float32Array.from({ length }, (_, row) => dot(gradient, 0, kernel!, row * units, units));
}

function normalize([gamma, beta, mean, variance]: readonly Numbers[], input: Numbers): Numbers {
  const channels = gamma!.length;
  return input.map((value, at) => {
    const channel = at % channels;
    const deviation = Math.sqrt(variance![channel]! + BATCH_NORM_EPSILON);
    return ((value - mean![channel]!) / deviation) * gamma![channel]! + beta![channel]!;
  });
}

function pullBackNorm([gamma, , , variance]: readonly Numbers[], gradient: Numbers): Numbers {
  const scale = gamma!.map((value, channel) => value / Math.sqrt(variance![channel]! + BATCH_NORM_EPSILON));
  return gradient.map((slope, at) => slope * scale[at % scale.length]!);
}

function pool(plan: LayerPlan, size: number, input: Numbers): Numbers {
  return largestPlaces(plan, size, input).reduce(
    (output, from, at) => {
      output[at] = input[from]!;
      return output;
    },
    new Float32Array(sizeOf(plan.output)),
  );
}

function pullBackPool(plan: LayerPlan, size: number, input: Numbers, gradient: Numbers): Numbers {
  const slopes = new Float32Array(input.length);
  largestPlaces(plan, size, input).forEach((from, at) => (slopes[from]! += gradient[at]!));
  return slopes;
}

/** Where the largest number of each window lies; of equal ones, the first. */
function largestPlaces({ input: shape, output }: LayerPlan, size: number, input: Numbers): Uint32Array {
  const [, width, channels] = shape as readonly [number, number, number];
  const columns = output[1]!;
  return Uint32Array.from({ length: sizeOf(output) }, (_, at) => {
    const place = Math.floor(at / channels);
    const top = Math.floor(place / columns) * size;
    const left = (place % columns) * size;
    let best = (top * width + left) * channels + (at % channels);
    for (let tap = 1; tap < size * size; tap++) {
      const pixel = (top + Math.floor(tap / size)) * width + left + (tap % size);
      const from = pixel * channels + (at % channels);
      if (input[from]! > input[best]!) best = from;
    }
    return best;
  });
}

function repeated(values: Numbers, length: number): Numbers {
  const all = new Float32Array(length);
  for (let at = 0; at < length; at += values.length) all.set(values, at);
  return all;
}

function addScaled(
  target: Numbers,
  at: number,
  source: Numbers,
  from: number,
  count: number,
  scale: number,
): void {
  for (let index = 0; index < count; index++) target[at + index]! += scale * source[from + index]!;
}

function dot(a: Numbers, atA: number, b: Numbers, atB: number, count: number): number {
  let sum = 0;
  for (let index = 0; index < count; index++) sum += a[atA + index]! * b[atB + index]!;
  return sum;
}
