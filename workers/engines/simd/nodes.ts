import {
  planLayers,
  sizeOf,
  type Architecture,
  type LayerPlan,
  type Shape,
} from '../../../src/domain/architecture';
import { IMAGE_PIXELS } from '../../../src/domain/sample';
import type { PoolShape } from './instructions';

/** A convolution as a matrix product; a dense layer is one of 1 × 1 images. Lengths are in pixels. */
export interface ProductGeometry {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly kernelSize: number;
  readonly stride: number;
  /** Zeros above and to the left of the image, and its size with all zeros around it. */
  readonly top: number;
  readonly left: number;
  readonly paddedHeight: number;
  readonly paddedWidth: number;
  readonly outputHeight: number;
  readonly outputWidth: number;
  readonly outputs: number;
}

interface NodeBase {
  /** The layer's name: its weights are called after it. */
  readonly name: string;
  /** Numbers per image that it gives. */
  readonly floats: number;
  /** A ReLU follows, in place. */
  readonly isRelu: boolean;
  /** Dropouts follow, in place: their rates. (Whether before or after the ReLU makes no difference.) */
  readonly dropouts: readonly number[];
}

/**
 * What has a place in memory of its own: layers that work in place, ReLU and dropout, are part of the
 * node before them, and flattening is nothing at all.
 */
export type NetworkNode = NodeBase &
  (
    | { readonly kind: 'input' }
    | { readonly kind: 'product'; readonly geometry: ProductGeometry }
    | { readonly kind: 'norm'; readonly rows: number; readonly channels: number }
    | { readonly kind: 'pool'; readonly pool: PoolShape }
    /** A product of the pixels, its ReLU, and a max pool of 2, in one. */
    | { readonly kind: 'pooled'; readonly geometry: ProductGeometry }
  );

/** The nodes of a network, from the pixels to the logits. Throws as `planLayers` does. */
export function planNodes(architecture: Architecture): readonly NetworkNode[] {
  const nodes: NetworkNode[] = [
    { kind: 'input', name: 'input', floats: IMAGE_PIXELS, isRelu: false, dropouts: [] },
  ];
  for (const plan of planLayers(architecture)) {
    const last = nodes.at(-1)!;
    if (plan.layer.kind === 'relu') nodes[nodes.length - 1] = { ...last, isRelu: true };
    else if (plan.layer.kind === 'dropout') {
      nodes[nodes.length - 1] = { ...last, dropouts: [...last.dropouts, plan.layer.rate] };
    } else nodes.push(...createNode(plan));
  }
  return fusePool(nodes);
}

/** Makes one node of the first product and a pool of 2 after it, where they are of the kind that can be. */
function fusePool(nodes: readonly NetworkNode[]): readonly NetworkNode[] {
  const [input, product, pool, ...rest] = nodes;
  if (!input || product?.kind !== 'product' || pool?.kind !== 'pool') return nodes;
  const isPlain = product.isRelu && product.dropouts.length === 0 && !isPadded(product.geometry);
  if (!isPlain || pool.pool.size !== 2) return nodes;
  const { name, geometry } = product;
  const { floats, dropouts } = pool;
  return [input, { kind: 'pooled', name, geometry, floats, isRelu: true, dropouts }, ...rest];
}

function createNode({ layer, name, input, output }: LayerPlan): readonly NetworkNode[] {
  const base = { name, floats: sizeOf(output), isRelu: false, dropouts: [] };
  switch (layer.kind) {
    case 'conv':
      return [{ ...base, kind: 'product', geometry: convolutionGeometry(layer, input, output) }];
    case 'dense':
      return [{ ...base, kind: 'product', geometry: denseGeometry(input[0]!, layer.units) }];
    case 'batch-norm': {
      const channels = output.at(-1)!;
      return [{ ...base, kind: 'norm', rows: base.floats / channels, channels }];
    }
    case 'max-pool': {
      const [height, width, channels] = input as readonly [number, number, number];
      return [{ ...base, kind: 'pool', pool: { height, width, channels, size: layer.size } }];
    }
    default:
      return [];
  }
}

interface Convolution {
  readonly kernelSize: number;
  readonly stride: number;
  readonly padding: 'valid' | 'same';
}

function convolutionGeometry(
  { kernelSize, stride, padding }: Convolution,
  input: Shape,
  output: Shape,
): ProductGeometry {
  const [height, width, channels] = input as readonly [number, number, number];
  const [outputHeight, outputWidth, outputs] = output as readonly [number, number, number];
  // TensorFlow's `same`: half of what is missing before, the (larger) rest behind.
  const missing = (length: number, count: number) =>
    padding === 'same' ? Math.max(0, (count - 1) * stride + kernelSize - length) : 0;
  const missingRows = missing(height, outputHeight);
  const missingColumns = missing(width, outputWidth);
  return {
    height,
    width,
    channels,
    kernelSize,
    stride,
    top: Math.floor(missingRows / 2),
    left: Math.floor(missingColumns / 2),
    paddedHeight: height + missingRows,
    paddedWidth: width + missingColumns,
    outputHeight,
    outputWidth,
    outputs,
  };
}

function denseGeometry(channels: number, outputs: number): ProductGeometry {
  const one = { height: 1, width: 1, paddedHeight: 1, paddedWidth: 1, outputHeight: 1, outputWidth: 1 };
  return { ...one, channels, kernelSize: 1, stride: 1, top: 0, left: 0, outputs };
}

/** True where the product reads zeros around its images. */
export function isPadded({ height, width, paddedHeight, paddedWidth }: ProductGeometry): boolean {
  return paddedHeight > height || paddedWidth > width;
}

/** True where the window covers all of the image, as in a dense layer: its elements are consecutive. */
export function isWholeImage(geometry: ProductGeometry): boolean {
  const { kernelSize, height, width } = geometry;
  return kernelSize === height && kernelSize === width && !isPadded(geometry);
}

/** Elements of a window: rows of the product's right matrix. */
export function tapCount({ kernelSize, channels }: ProductGeometry): number {
  return kernelSize * kernelSize * channels;
}

/** Places of the window in an image: rows of the product's left matrix. */
export function placeCount({ outputHeight, outputWidth }: ProductGeometry): number {
  return outputHeight * outputWidth;
}
