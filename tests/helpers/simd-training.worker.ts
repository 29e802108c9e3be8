/** Trains a little on the simd engine, in a worker, where threads may be waited for. */
import { ARCHITECTURES, type Architecture } from '../../src/domain/architecture';
import { drawVariation, VARIATION_LENGTH } from '../../src/domain/augment';
import { packWeights } from '../../src/domain/weights';
import { sha256 } from '../../src/platform/sha256';
import type { Network, TrainingSetup } from '../../workers/engines/engine';
import type { KernelBuild } from '../../workers/engines/simd/load-kernels';
import { openSimdEngine } from '../../workers/engines/simd/simd-engine';
import { batchOf, PLAIN_ADAM, withNetwork } from './networks';

/** What is asked of the worker. */
export interface SimdTraining {
  readonly threads: number;
  readonly build: KernelBuild;
  readonly network: keyof typeof ARCHITECTURES;
  readonly images: number;
  readonly steps: number;
  /** Exports after this step and goes on with a new network. */
  readonly pauseAfter?: number;
  /** How often all of it is done; the last time counts. */
  readonly repeats?: number;
}

/** What it answers. */
export interface SimdTrained {
  readonly weightsHash: string;
  readonly logitsHash: string;
  readonly threads: number;
  /** Bytes of the engine's memory in use before and after. */
  readonly usedBefore: number;
  readonly usedAfter: number;
}

const HANDS = { shift: 1, rotation: 10, scale: 0.1, shear: 0.1, thickness: 0.5, elastic: 1 };

/** With dropout, so that its masks are part of what must not depend on threads. */
function withDropout({ name, layers }: Architecture): Architecture {
  const at = layers.findIndex(({ kind }) => kind === 'flatten');
  return {
    name,
    layers: [...layers.slice(0, at + 1), { kind: 'dropout', rate: 0.2 }, ...layers.slice(at + 1)],
  };
}

function variedBatch(step: number, images: number) {
  const variations = new Int32Array(images * VARIATION_LENGTH);
  for (let row = 0; row < images; row++)
    drawVariation(HANDS, [1, step, row], variations, row * VARIATION_LENGTH);
  return { ...batchOf(step, images), variations };
}

async function train(options: SimdTraining): Promise<SimdTrained> {
  const { threads, build, images, steps, pauseAfter = steps, repeats = 1 } = options;
  const engine = await openSimdEngine({ threads, build });
  const architecture = withDropout(ARCHITECTURES[options.network]);
  const run = async (network: Network, from: number, to: number) => {
    // The last batch of an epoch is smaller.
    for (let step = from; step < to; step++) {
      await network.trainBatch(variedBatch(step, step % 3 === 2 ? images - 5 : images), 0.01);
    }
    return { ...(await network.export()), logits: await network.logits(batchOf(0, 100).pixels) };
  };
  const trainOnce = async () => {
    const half = await withNetwork(engine, architecture, (network) => run(network, 0, pauseAfter));
    if (pauseAfter === steps) return half;
    const setup: TrainingSetup = { ...PLAIN_ADAM, state: half.optimizer };
    return withNetwork(
      engine,
      architecture,
      (network) => run(network, pauseAfter, steps),
      setup,
      half.weights,
    );
  };
  const usedBefore = engine.heap.usedBytes;
  let trained = await trainOnce();
  for (let repeat = 1; repeat < repeats; repeat++) trained = await trainOnce();
  return {
    weightsHash: await sha256(packWeights(architecture, trained.weights)),
    logitsHash: await sha256(new Uint8Array(trained.logits.slice().buffer)),
    threads: engine.pool.threads,
    usedBefore,
    usedAfter: engine.heap.usedBytes,
  };
}

self.onmessage = async ({ data }: MessageEvent<SimdTraining>) => {
  try {
    self.postMessage(await train(data));
  } catch (error) {
    self.postMessage({ error: String(error) });
  }
};
