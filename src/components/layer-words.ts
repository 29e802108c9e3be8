/** What people call the layers of a network, and what they need to know of them. */
import type { Layer, Shape } from '../domain/architecture';
import { countText } from '../domain/count-text';

/** A kind of layer: its name, what it does, and one to begin with. */
interface LayerKind {
  readonly title: string;
  readonly hint: string;
  readonly usual: Layer;
}

/** All kinds, in the order in which they are offered. */
export const LAYER_KINDS: Readonly<Record<Layer['kind'], LayerKind>> = {
  conv: {
    title: 'Convolution',
    hint: 'Slides a small window over the image. Each filter looks for a pattern of its own.',
    usual: { kind: 'conv', filters: 16, kernelSize: 3, stride: 1, padding: 'valid' },
  },
  'batch-norm': {
    title: 'Batch norm',
    hint: 'Brings numbers to mean 0 and spread 1, batch by batch: learning is faster and steadier.',
    usual: { kind: 'batch-norm' },
  },
  relu: {
    title: 'ReLU',
    hint: 'Keeps what is above 0. Without it, many layers could do no more than one.',
    usual: { kind: 'relu' },
  },
  'max-pool': {
    title: 'Max pool',
    hint: 'Keeps the largest number of each window: the image shrinks.',
    usual: { kind: 'max-pool', size: 2 },
  },
  dropout: {
    title: 'Dropout',
    hint: 'Leaves a random share out while learning, so that nothing is learned by heart.',
    usual: { kind: 'dropout', rate: 0.25 },
  },
  flatten: {
    title: 'Flatten',
    hint: 'Lays the numbers of an image in one row, for dense layers.',
    usual: { kind: 'flatten' },
  },
  dense: {
    title: 'Dense',
    hint: 'Weighs all numbers for each of its own. The last one has ten: one for each digit.',
    usual: { kind: 'dense', units: 64 },
  },
};

/** The names of a layer's numbers. */
export const LAYER_FIELD_LABELS: Readonly<Record<string, string>> = {
  filters: 'Filters',
  kernelSize: 'Window',
  stride: 'Step',
  size: 'Window',
  rate: 'Share',
  units: 'Numbers',
};

/** A layer's numbers in few words. */
export function wordLayer(layer: Layer): string {
  switch (layer.kind) {
    case 'conv': {
      const step = layer.stride === 1 ? '' : `, step ${layer.stride}`;
      return `${layer.filters} of ${layer.kernelSize} × ${layer.kernelSize}${step}`;
    }
    case 'max-pool':
      return `${layer.size} × ${layer.size}`;
    case 'dropout':
      return `${Math.round(layer.rate * 100)}%`;
    case 'dense':
      return `${layer.units}`;
    default:
      return '';
  }
}

/** A shape: 12 × 12 × 16. */
export function wordShape(shape: Shape | undefined): string {
  return shape ? shape.map(countText).join(' × ') : '–';
}
