import { expect } from 'chai';
import { ARCHITECTURES, weightSpecs, type Architecture } from '../../src/domain/architecture';
import { drawVariation, VARIATION_LENGTH } from '../../src/domain/augment';
import type { EngineName } from '../../src/domain/engine';
import { IMAGE_PIXELS } from '../../src/domain/sample';
import type { Engine, Network, TrainingBatch, TrainingSetup } from '../../workers/engines/engine';
import { openEngine } from '../../workers/engines/open-engine';
import { batchOf, isCancelledByBatchNorm, PLAIN_ADAM, relativeError, withNetwork } from '../helpers/networks';

const ENGINES: readonly EngineName[] = ['cpu', 'webgl', 'simd'];
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
    { kind: 'batch-norm' },
    { kind: 'max-pool', size: 2 },
    { kind: 'relu' },
    { kind: 'flatten' },
    { kind: 'dense', units: 17 },
    { kind: 'batch-norm' },
    { kind: 'dense', units: 10 },
  ],
};

async function stepOnce(
  engine: Engine,
  architecture: Architecture,
  batch: TrainingBatch,
  setup: TrainingSetup = PLAIN_ADAM,
) {
  return withNetwork(
    engine,
    architecture,
    async (network) => {
      const before = await network.logits(batch.pixels);
      const answer = await network.trainBatch(batch, 1e-3);
      return { before, answer, ...(await network.export()) };
    },
    setup,
  );
}

for (const architecture of [ALL_LAYERS, ...Object.values(ARCHITECTURES)]) {
  describe(`every engine computes the network “${architecture.name}” alike`, () => {
    let expected: Awaited<ReturnType<typeof stepOnce>>;
    before(async () => {
      expected = await stepOnce(await openEngine('cpu'), architecture, batchOf(3, BATCH));
    });

    for (const name of ENGINES.filter((engine) => engine !== 'cpu')) {
      it(`${name}: logits to 1e-4; loss, gradients and weights after a step to 1e-3`, async () => {
        const actual = await stepOnce(await openEngine(name), architecture, batchOf(3, BATCH));
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

describe('every engine follows the setup of a training alike', () => {
  const setups: Readonly<Record<string, TrainingSetup>> = {
    'AdamW and label smoothing': {
      optimizer: { kind: 'adam', weightDecay: 0.1 },
      labelSmoothing: 0.1,
      seed: 1,
    },
    'momentum and weight decay': {
      optimizer: { kind: 'momentum', momentum: 0.9, weightDecay: 0.05 },
      labelSmoothing: 0,
      seed: 1,
    },
  };

  async function trainThrice(engine: Engine, setup: TrainingSetup) {
    const train = async (network: Network) => {
      const losses: number[] = [];
      for (const seed of [1, 2, 3]) losses.push((await network.trainBatch(batchOf(seed, 7), 0.01)).loss);
      return { losses, ...(await network.export()) };
    };
    return withNetwork(engine, ALL_LAYERS, train, setup);
  }

  for (const [title, setup] of Object.entries(setups)) {
    for (const name of ENGINES.filter((engine) => engine !== 'cpu')) {
      it(`${name}: ${title}`, async () => {
        const expected = await trainThrice(await openEngine('cpu'), setup);
        const actual = await trainThrice(await openEngine(name), setup);
        expect(relativeError(actual.losses, expected.losses)).to.be.below(1e-3);
        expect(actual.optimizer.steps).to.equal(3);
        for (const weight of ['conv1/kernel', 'conv2/kernel', 'dense1/kernel', 'dense2/bias']) {
          expect(relativeError(actual.weights[weight]!, expected.weights[weight]!), weight).to.be.below(2e-3);
        }
      });
    }
  }

  for (const name of ENGINES.filter((engine) => engine !== 'cpu')) {
    it(`${name}: images varied to the very same bytes`, async () => {
      const variations = new Int32Array(BATCH * VARIATION_LENGTH);
      const strokes = { shift: 2, rotation: 30, scale: 0.3, shear: 0.3, thickness: 1, elastic: 4 };
      const most = { ...strokes, blur: 3, contrast: 4 };
      for (let row = 0; row < BATCH; row++) {
        drawVariation(most, [1, 2, row], variations, row * VARIATION_LENGTH);
      }
      const batch = { ...batchOf(4, BATCH), variations };
      const expected = await stepOnce(await openEngine('cpu'), ARCHITECTURES.fast, batch);
      const actual = await stepOnce(await openEngine(name), ARCHITECTURES.fast, batch);
      expect(relativeError([actual.answer.loss], [expected.answer.loss])).to.be.below(1e-5);
    });
  }
});

for (const name of ENGINES) {
  describe(`the engine ${name}`, () => {
    let engine: Engine;
    before(async () => (engine = await openEngine(name)));

    it('learns: the loss on one batch falls by half in 30 steps', async () => {
      const batch = batchOf(5, BATCH);
      await withNetwork(engine, ALL_LAYERS, async (network) => {
        const first = await network.trainBatch(batch, 0.01);
        let last = first;
        for (let step = 0; step < 30; step++) last = await network.trainBatch(batch, 0.01);
        expect(last.loss).to.be.below(first.loss / 2);
        expect(last.total).to.equal(BATCH);
      });
    });

    it('goes on from exported weights and optimizer exactly as if it had not stopped', async () => {
      const batches = [1, 2, 3, 4].map((seed) => batchOf(seed, BATCH));
      const train = async (network: Network, from: number, to: number) => {
        for (const batch of batches.slice(from, to)) await network.trainBatch(batch, 0.01);
        return network.export();
      };
      const whole = await withNetwork(engine, ALL_LAYERS, (network) => train(network, 0, 4));
      const half = await withNetwork(engine, ALL_LAYERS, (network) => train(network, 0, 2));
      const resumed = await withNetwork(
        engine,
        ALL_LAYERS,
        (network) => train(network, 2, 4),
        { ...PLAIN_ADAM, state: half.optimizer },
        half.weights,
      );
      expect(resumed).to.deep.equal(whole);
    });

    it('answers a single image as it does in a batch, and after a step with the new weights', async () => {
      const batch = batchOf(6, 20);
      await withNetwork(engine, ARCHITECTURES.fast, async (network) => {
        const together = await network.logits(batch.pixels);
        const alone = await network.logits(batch.pixels.slice(0, IMAGE_PIXELS));
        expect(alone.length).to.equal(10);
        expect(relativeError(alone, together.slice(0, 10))).to.be.below(1e-4);
        await network.trainBatch(batch, 0.1);
        expect(relativeError(await network.logits(batch.pixels), together)).to.be.above(0.01);
      });
    });

    it('takes batches of any size, also larger ones than before', async () => {
      await withNetwork(engine, ALL_LAYERS, async (network) => {
        for (const count of [3, 2, 11]) {
          const { total, loss } = await network.trainBatch(batchOf(count, count), 0.001);
          expect(total).to.equal(count);
          expect(Number.isFinite(loss)).to.equal(true);
        }
        expect((await network.export()).optimizer.steps).to.equal(3);
      });
    });

    it('drops numbers out while it learns, and never while it answers', async () => {
      const layers = [
        { kind: 'flatten' },
        { kind: 'dense', units: 64 },
        { kind: 'relu' },
        { kind: 'dropout', rate: 0.5 },
        { kind: 'dense', units: 10 },
      ] as const;
      const batch = batchOf(8, BATCH);
      await withNetwork(engine, { name: 'dropout', layers }, async (network) => {
        expect(await network.logits(batch.pixels)).to.deep.equal(await network.logits(batch.pixels));
        const [first, second] = [await network.trainBatch(batch, 0), await network.trainBatch(batch, 0)];
        expect(first.loss).not.to.equal(second.loss);
      });
    });

    it('that was created to answer refuses to be trained', async () => {
      const { weights } = await withNetwork(engine, ALL_LAYERS, (network) => network.export());
      const network = engine.create(ALL_LAYERS, weights);
      const refused = await network.trainBatch(batchOf(1, 1), 0.01).catch((error: unknown) => error);
      expect(refused).to.be.instanceOf(RangeError);
      network.dispose();
    });
  });
}

for (const name of ['cpu', 'webgl'] as const) {
  it(`a disposed network leaves no tensor behind on ${name}`, async () => {
    const engine = await openEngine(name);
    const { memory } = await import('@tensorflow/tfjs-core');
    const batch = batchOf(7, BATCH);
    const useOnce = () =>
      withNetwork(engine, ALL_LAYERS, async (network) => {
        await network.trainBatch(batch, 0.01);
        await network.logits(batch.pixels);
        await network.export();
      });
    await useOnce();
    const before = memory().numTensors;
    await useOnce();
    expect(memory().numTensors).to.equal(before);
  });
}
