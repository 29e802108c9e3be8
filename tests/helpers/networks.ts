/** Networks, batches and comparisons for the tests of engines. */
import type { Architecture } from '../../src/domain/architecture';
import { ADAM } from '../../src/domain/optimizer';
import { createRandom } from '../../src/domain/random';
import { CLASS_COUNT, IMAGE_PIXELS } from '../../src/domain/sample';
import { initialWeights, type Weights } from '../../src/domain/weights';
import type { Engine, Network, TrainingBatch, TrainingSetup } from '../../workers/engines/engine';

export const PLAIN_ADAM: TrainingSetup = { optimizer: ADAM, labelSmoothing: 0, seed: 1 };

/** Every kind of layer, strides, paddings that are not alike on all sides, pools that leave a rest, and layers between flatten and dense. */
export const EVERYTHING: Architecture = {
  name: 'own',
  layers: [
    { kind: 'conv', filters: 5, kernelSize: 4, stride: 2, padding: 'same' },
    { kind: 'batch-norm' },
    { kind: 'relu' },
    { kind: 'dropout', rate: 0.5 },
    { kind: 'max-pool', size: 3 },
    { kind: 'conv', filters: 7, kernelSize: 2, stride: 1, padding: 'valid' },
    { kind: 'relu' },
    { kind: 'batch-norm' },
    { kind: 'flatten' },
    { kind: 'batch-norm' },
    { kind: 'relu' },
    { kind: 'dropout', rate: 0.25 },
    { kind: 'dense', units: 17 },
    { kind: 'batch-norm' },
    { kind: 'relu' },
    { kind: 'dense', units: 10 },
  ],
};

/** Images with a fifth of their pixels inked at random, and random labels. */
export function batchOf(seed: number, count: number): TrainingBatch & { pixels: Uint8Array<ArrayBuffer> } {
  const random = createRandom(seed);
  return {
    pixels: Uint8Array.from({ length: count * IMAGE_PIXELS }, () =>
      random.next() < 0.2 ? random.integer(256) : 0,
    ),
    labels: Uint8Array.from({ length: count }, () => random.integer(CLASS_COUNT)),
  };
}

/** Uses a network and disposes of it, whatever happens. */
export async function withNetwork<T>(
  engine: Engine,
  architecture: Architecture,
  use: (network: Network) => Promise<T>,
  setup: TrainingSetup = PLAIN_ADAM,
  weights: Weights = initialWeights(architecture, 1),
): Promise<T> {
  const network = engine.create(architecture, weights, setup);
  try {
    return await use(network);
  } finally {
    network.dispose();
  }
}

/** The largest difference of two arrays, relative to the largest value in them. */
export function relativeError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  let difference = 0;
  let scale = 1e-6;
  for (let at = 0; at < expected.length; at++) {
    difference = Math.max(difference, Math.abs(actual[at]! - expected[at]!));
    scale = Math.max(scale, Math.abs(expected[at]!));
  }
  return difference / scale;
}

/** Batch norm takes the mean away, and with it a bias before it: its gradient is nothing but rounding. */
export function isCancelledByBatchNorm({ layers }: Architecture, weight: string): boolean {
  const [, kind, number] = /^(conv|dense)(\d+)\/bias$/.exec(weight) ?? [];
  const places = layers.flatMap((layer, index) => (layer.kind === kind ? [index] : []));
  return layers[(places[Number(number) - 1] ?? Infinity) + 1]?.kind === 'batch-norm';
}
