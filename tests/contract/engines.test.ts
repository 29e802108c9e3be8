import { expect } from 'chai';
import { ARCHITECTURES, weightSpecs, type Architecture } from '../../src/domain/architecture';
import { createRandom } from '../../src/domain/random';
import type { EngineName } from '../../src/domain/run';
import { IMAGE_PIXELS } from '../../src/domain/sample';
import { initialWeights, type OptimizerState, type Weights } from '../../src/domain/weights';
import type { Engine, Network } from '../../workers/engines/engine';
import { openEngine } from '../../workers/engines/open-engine';

const ENGINES: readonly EngineName[] = ['cpu', 'webgl'];
const BATCH = 8;

/** A small network with every kind of layer but dropout, which no two engines draw alike. */
const ALL_LAYERS: Architecture = {
  name: 'all-layers',
  layers: [
    { kind: 'conv', filters: 3, kernelSize: 5, stride: 2, padding: 'same' },
    { kind: 'batch-norm' },
    { kind: 'relu' },
    { kind: 'max-pool', size: 2 },
    { kind: 'conv', filters: 5, kernelSize: 3, stride: 1, padding: 'valid' },
    { kind: 'relu' },
    { kind: 'flatten' },
    { kind: 'dense', units: 10 },
  ],
};

function batchOf(seed: number, count = BATCH): { pixels: Uint8Array; labels: Uint8Array } {
  const random = createRandom(seed);
  return {
    pixels: Uint8Array.from({ length: count * IMAGE_PIXELS }, () =>
      random.next() < 0.2 ? random.integer(256) : 0,
    ),
    labels: Uint8Array.from({ length: count }, () => random.integer(10)),
  };
}

async function withNetwork<T>(
  engine: Engine,
  architecture: Architecture,
  use: (network: Network) => Promise<T>,
  weights: Weights = initialWeights(architecture, 1),
  optimizer?: OptimizerState,
): Promise<T> {
  const network = engine.create(architecture, weights, optimizer);
  try {
    return await use(network);
  } finally {
    network.dispose();
  }
}

/** The largest difference of two arrays, relative to the largest value in them. */
function relativeError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  let difference = 0;
  let scale = 1e-6;
  for (let at = 0; at < expected.length; at++) {
    difference = Math.max(difference, Math.abs(actual[at]! - expected[at]!));
    scale = Math.max(scale, Math.abs(expected[at]!));
  }
  return difference / scale;
}

/** Batch norm takes the mean away, and with it a bias before it: its gradient is nothing but rounding. */
function isCancelledByBatchNorm({ layers }: Architecture, weight: string): boolean {
  const convolutions = layers.flatMap((layer, index) => (layer.kind === 'conv' ? [index] : []));
  const number = /^conv(\d+)\/bias$/.exec(weight)?.[1];
  return number !== undefined && layers[convolutions[Number(number) - 1]! + 1]?.kind === 'batch-norm';
}

async function stepOnce(engine: Engine, architecture: Architecture) {
  const { pixels, labels } = batchOf(3);
  return withNetwork(engine, architecture, async (network) => {
    const before = await network.logits(pixels);
    const answer = await network.trainBatch(pixels, labels, { learningRate: 1e-3 });
    return { before, answer, ...(await network.export()) };
  });
}

for (const architecture of [ALL_LAYERS, ARCHITECTURES.fast, ARCHITECTURES.seed]) {
  describe(`every engine computes the network “${architecture.name}” alike`, () => {
    let expected: Awaited<ReturnType<typeof stepOnce>>;
    before(async () => {
      expected = await stepOnce(await openEngine('cpu'), architecture);
    });

    for (const name of ENGINES.filter((engine) => engine !== 'cpu')) {
      it(`${name}: logits to 1e-4; loss, gradients and weights after a step to 1e-3`, async () => {
        const actual = await stepOnce(await openEngine(name), architecture);
        expect(relativeError(actual.before, expected.before), 'logits').to.be.below(1e-4);
        expect(relativeError([actual.answer.loss], [expected.answer.loss]), 'loss').to.be.below(1e-3);
        expect(actual.answer.correct, 'correct').to.equal(expected.answer.correct);
        for (const { name: weight, isTrainable } of weightSpecs(architecture)) {
          if (isCancelledByBatchNorm(architecture, weight)) continue;
          expect(relativeError(actual.weights[weight]!, expected.weights[weight]!), weight).to.be.below(1e-3);
          if (!isTrainable) continue;
          // After the first step the first moment is a tenth of the gradient.
          const [own, other] = [actual, expected].map(({ optimizer }) => optimizer.firstMoments[weight]!);
          expect(relativeError(own!, other!), `gradient of ${weight}`).to.be.below(1e-3);
        }
      });
    }
  });
}

for (const name of ENGINES) {
  describe(`the engine ${name}`, () => {
    let engine: Engine;
    before(async () => (engine = await openEngine(name)));

    it('learns: the loss on one batch falls by half in 30 steps', async () => {
      const { pixels, labels } = batchOf(5);
      await withNetwork(engine, ALL_LAYERS, async (network) => {
        const first = await network.trainBatch(pixels, labels, { learningRate: 0.01 });
        let last = first;
        for (let step = 0; step < 30; step++) {
          last = await network.trainBatch(pixels, labels, { learningRate: 0.01 });
        }
        expect(last.loss).to.be.below(first.loss / 2);
        expect(last.total).to.equal(BATCH);
      });
    });

    it('goes on from exported weights and optimizer exactly as if it had not stopped', async () => {
      const batches = [batchOf(1), batchOf(2), batchOf(3), batchOf(4)];
      const train = async (network: Network, from: number, to: number) => {
        for (const { pixels, labels } of batches.slice(from, to)) {
          await network.trainBatch(pixels, labels, { learningRate: 0.01 });
        }
        return network.export();
      };
      const whole = await withNetwork(engine, ALL_LAYERS, (network) => train(network, 0, 4));
      const half = await withNetwork(engine, ALL_LAYERS, (network) => train(network, 0, 2));
      const resumed = await withNetwork(
        engine,
        ALL_LAYERS,
        (network) => train(network, 2, 4),
        half.weights,
        half.optimizer,
      );
      expect(resumed).to.deep.equal(whole);
    });

    it('answers a single image as it does in a batch', async () => {
      const { pixels } = batchOf(6);
      await withNetwork(engine, ARCHITECTURES.fast, async (network) => {
        const together = await network.logits(pixels);
        const alone = await network.logits(pixels.slice(0, IMAGE_PIXELS));
        expect(alone.length).to.equal(10);
        expect(relativeError(alone, together.slice(0, 10))).to.be.below(1e-4);
      });
    });

    it('leaves nothing behind when a network is disposed', async () => {
      const { memory } = await import('@tensorflow/tfjs-core');
      const { pixels, labels } = batchOf(7);
      const useOnce = () =>
        withNetwork(engine, ALL_LAYERS, async (network) => {
          await network.trainBatch(pixels, labels, { learningRate: 0.01 });
          await network.logits(pixels);
          await network.export();
        });
      await useOnce();
      const before = memory().numTensors;
      await useOnce();
      expect(memory().numTensors).to.equal(before);
    });
  });
}
