import type { Architecture } from './architecture';
import { planLayers } from './architecture';
import type { ConfusionMatrix } from './confusion-matrix';
import type { RunId } from './ids';
import type { Weights } from './weights';

/** An image that a network found hard. */
export interface HardSample {
  /** [28, 28] bytes. */
  readonly pixels: Uint8Array<ArrayBuffer>;
  readonly label: number;
  /** What it was read as, and how surely, 0 … 1. */
  readonly answer: number;
  readonly probability: number;
  /** Cross-entropy in nats. */
  readonly loss: number;
}

/** What the answers to many labelled images show, besides their score. */
export interface Findings {
  readonly matrix: ConfusionMatrix;
  /** The images of the highest loss, the hardest first. */
  readonly hardest: readonly HardSample[];
}

/** The filters of a network's first convolution: `values` is [count, side, side]. */
export interface Filters {
  readonly side: number;
  readonly values: Float32Array<ArrayBuffer>;
}

/** What was found at the end of an epoch, with the images that were not learned from. */
export interface EpochFindings extends Findings {
  readonly runId: RunId;
  /** Counted from 0. */
  readonly epoch: number;
  /** Undefined where the network has no convolution. */
  readonly filters?: Filters;
}

/** How many filters there are. */
export function filterCount({ side, values }: Filters): number {
  return values.length / (side * side);
}

/** The filters that see the image itself; undefined where the network has no convolution. */
export function firstFilters(architecture: Architecture, weights: Weights): Filters | undefined {
  const plan = planLayers(architecture).find(({ layer }) => layer.kind === 'conv');
  const kernel = plan && weights[`${plan.name}/kernel`];
  if (!kernel || plan.layer.kind !== 'conv') return undefined;
  const { kernelSize: side, filters: count } = plan.layer;
  // From [side, side, 1, count], as weights are kept, to one filter after the other.
  const values = Float32Array.from({ length: kernel.length }, (_, at) => {
    const filter = Math.floor(at / (side * side));
    return kernel[(at % (side * side)) * count + filter]!;
  });
  return { side, values };
}
