/** How the larger settings of a link are written and read: a network, an optimizer, a variation of images. */
import { ARCHITECTURES, type Architecture, type Layer } from './architecture';
import { reportOn } from './architecture-report';
import { NO_AUGMENTATION, type Augmentation } from './augmentation';
import { isRecord, isSame } from './is-same';
import type { OptimizerChoice } from './optimizer';
import { isWithin, LAYER_LIMITS, MOST_LAYERS, RUN_LIMITS, VARIATION_LIMITS } from './run-limits';

/** A layer in few characters: a letter, then its numbers. */
export function writeLayers({ layers }: Architecture): readonly unknown[] {
  return layers.map((layer) => {
    switch (layer.kind) {
      case 'conv':
        return ['c', layer.filters, layer.kernelSize, layer.stride, layer.padding === 'same' ? 1 : 0];
      case 'batch-norm':
        return ['n'];
      case 'relu':
        return ['r'];
      case 'max-pool':
        return ['p', layer.size];
      case 'dropout':
        return ['o', layer.rate];
      case 'flatten':
        return ['f'];
      case 'dense':
        return ['d', layer.units];
    }
  });
}

/** The network of a link, if it can work; undefined otherwise. One that comes with Inkling keeps its name. */
export function readArchitecture(value: unknown): Architecture | undefined {
  if (!Array.isArray(value) || value.length > MOST_LAYERS) return undefined;
  const layers = value.map(readLayer);
  if (!layers.every((layer) => layer !== undefined)) return undefined;
  const architecture = nameArchitecture(layers);
  return reportOn(architecture).error === undefined ? architecture : undefined;
}

/** Layers as a network: under its own name where it comes with Inkling. */
export function nameArchitecture(layers: readonly Layer[]): Architecture {
  const known = Object.values<Architecture>(ARCHITECTURES).find((other) => isSame(other.layers, layers));
  return known ?? { name: 'own', layers };
}

function readLayer(value: unknown): Layer | undefined {
  if (!Array.isArray(value)) return undefined;
  const [letter, ...numbers] = value as readonly unknown[];
  const layer = numbers.every((number) => typeof number === 'number')
    ? toLayer(letter, numbers as readonly number[])
    : undefined;
  return layer && isLayerWithin(layer) ? layer : undefined;
}

function toLayer(letter: unknown, numbers: readonly number[]): Layer | undefined {
  const [first = NaN, kernelSize = NaN, stride = NaN, same = NaN] = numbers;
  switch (`${String(letter)}${numbers.length}`) {
    case 'c4':
      if (same !== 0 && same !== 1) return undefined;
      return { kind: 'conv', filters: first, kernelSize, stride, padding: same ? 'same' : 'valid' };
    case 'n0':
      return { kind: 'batch-norm' };
    case 'r0':
      return { kind: 'relu' };
    case 'p1':
      return { kind: 'max-pool', size: first };
    case 'o1':
      return { kind: 'dropout', rate: first };
    case 'f0':
      return { kind: 'flatten' };
    case 'd1':
      return { kind: 'dense', units: first };
    default:
      return undefined;
  }
}

function isLayerWithin(layer: Layer): boolean {
  const fields = Object.keys(LAYER_LIMITS) as (keyof typeof LAYER_LIMITS)[];
  const values: Readonly<Record<string, unknown>> = { ...layer };
  return fields.every((field) => !(field in values) || isWithin(values[field], LAYER_LIMITS[field]));
}

/** The optimizer of a link, or undefined. */
export function readOptimizer(value: unknown): OptimizerChoice | undefined {
  if (!isRecord(value)) return undefined;
  const { kind, weightDecay, momentum } = value;
  if (!isWithin(weightDecay, RUN_LIMITS.weightDecay)) return undefined;
  if (kind === 'adam') return { kind, weightDecay };
  if (kind !== 'momentum' || !isWithin(momentum, RUN_LIMITS.momentum)) return undefined;
  return { kind, momentum, weightDecay };
}

/** How a link varies images, or undefined. Links from before there was blur and contrast have none. */
export function readAugmentation(value: unknown): Augmentation | undefined {
  if (!isRecord(value)) return undefined;
  const names = (Object.keys(VARIATION_LIMITS) as (keyof Augmentation)[]).filter(
    (name) => name in NO_AUGMENTATION || name in value,
  );
  if (!names.every((name) => isWithin(value[name], VARIATION_LIMITS[name]))) return undefined;
  return Object.fromEntries(names.map((name) => [name, value[name]])) as unknown as Augmentation;
}
