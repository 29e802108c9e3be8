/** Grad-CAM: where one of a network's last convolutions found what speaks for a digit. */
import { IMAGE_PIXELS, IMAGE_SIDE } from './sample';
import { scoreOf, traceGradients, type Trace } from './reference-network';
import type { LayerPlan } from './architecture';
import type { Weights } from './weights';

/** A convolution with fewer squares either way sees the digit as a whole, and points nowhere. */
const FEWEST_SQUARES = 4;

/** How strongly each place speaks for a digit. */
export interface GradCam {
  /** [28, 28]: 0 for nothing, and in no unit: only comparisons mean something. */
  readonly values: Float32Array<ArrayBuffer>;
  /** The convolution that was looked into, such as `conv3`. */
  readonly layer: string;
  /** Its rows and columns; the map is as coarse as that. */
  readonly grid: readonly [rows: number, columns: number];
}

/**
 * Weighs the maps of the last convolution that has 4 × 4 squares or more by how much each raises a digit's
 * logit; what speaks against it is left out (Grad-CAM; Selvaraju et al., 2017, arXiv:1610.02391). Each
 * square is weighed by itself: over so few of them, the mean of the original lets slopes cancel out and
 * may leave nothing (Draelos and Carin, 2020, arXiv:2011.08891). The maps are laid over the image by the
 * middle of what each of their squares sees. Undefined for a network without such a convolution.
 */
export function gradCam(trace: Trace, weights: Weights, digit: number): GradCam | undefined {
  const convolution = lastConvolution(trace.plans);
  if (convolution < 0) return undefined;
  const layer = endOfBlock(trace.plans, convolution);
  const gradient = traceGradients(trace, weights, scoreOf({ [digit]: 1 }))[layer + 1]!;
  const [rows, columns, channels] = trace.plans[layer]!.output as readonly [number, number, number];
  const coarse = weighMaps(trace.outputs[layer]!, gradient, channels);
  const centres = fieldCentres(trace.plans.slice(0, layer + 1));
  const { name } = trace.plans[convolution]!;
  return { values: spread(coarse, rows, columns, centres), layer: name, grid: [rows, columns] };
}

function lastConvolution(plans: readonly LayerPlan[]): number {
  return plans.findLastIndex(({ layer, output }) => layer.kind === 'conv' && output[0]! >= FEWEST_SQUARES);
}

/** The last layer of a convolution's own: the norm and the activation right behind it belong to it. */
function endOfBlock(plans: readonly LayerPlan[], convolution: number): number {
  const next = plans.findIndex(
    ({ layer }, index) => index > convolution && !['batch-norm', 'relu', 'dropout'].includes(layer.kind),
  );
  return next - 1;
}

function weighMaps(maps: Float32Array, gradient: Float32Array, channels: number): Float32Array {
  const sums = new Float32Array(maps.length / channels);
  maps.forEach((value, at) => (sums[Math.floor(at / channels)]! += value * gradient[at]!));
  return sums.map((sum) => Math.max(0, sum));
}

interface Centres {
  /** The middle of what the first square sees, in pixels, and how far the next one's is. */
  readonly first: number;
  readonly step: number;
}

/** Where in the image the squares of a map look; images are square, so one direction says it all. */
function fieldCentres(plans: readonly LayerPlan[]): Centres {
  return plans.reduce<Centres>(
    ({ first, step }, { layer, input, output }) => {
      if (layer.kind === 'max-pool') {
        return { first: first + ((layer.size - 1) / 2) * step, step: step * layer.size };
      }
      if (layer.kind !== 'conv') return { first, step };
      const { kernelSize, stride, padding } = layer;
      const missing = Math.max(0, (output[0]! - 1) * stride + kernelSize - input[0]!);
      const before = padding === 'same' ? Math.floor(missing / 2) : 0;
      return { first: first + ((kernelSize - 1) / 2 - before) * step, step: step * stride };
    },
    { first: 0, step: 1 },
  );
}

/**
 * Enlarges a map to the image, in straight lines between the middles of its squares. Beyond the outermost
 * ones it fades to nothing within one square.
 */
function spread(
  coarse: Float32Array,
  rows: number,
  columns: number,
  { first, step }: Centres,
): Float32Array<ArrayBuffer> {
  const at = (y: number, x: number) =>
    y >= 0 && y < rows && x >= 0 && x < columns ? coarse[y * columns + x]! : 0;
  return Float32Array.from({ length: IMAGE_PIXELS }, (_, pixel) => {
    const y = (Math.floor(pixel / IMAGE_SIDE) - first) / step;
    const x = ((pixel % IMAGE_SIDE) - first) / step;
    const [top, left] = [Math.floor(y), Math.floor(x)];
    const upper = mix(at(top, left), at(top, left + 1), x - left);
    const lower = mix(at(top + 1, left), at(top + 1, left + 1), x - left);
    return mix(upper, lower, y - top);
  });
}

function mix(from: number, to: number, share: number): number {
  return from + (to - from) * share;
}
