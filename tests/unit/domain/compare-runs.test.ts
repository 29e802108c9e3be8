import { expect } from 'chai';
import { compareSettings, parallelAxes, placeOnAxis } from '../../../src/domain/compare-runs';
import type { RunId } from '../../../src/domain/ids';
import { findRecipe } from '../../../src/domain/recipe';
import type { EpochMetrics, Run } from '../../../src/domain/run';

function run(id: number, recipe: Partial<Run['config']['recipe']> = {}, seed = 1): Run {
  return {
    id: id as RunId,
    createdAt: 0,
    config: {
      dataset: { kind: 'mnist', sampleCount: 60_000 },
      recipe: { ...findRecipe('quick')!, ...recipe },
      seed,
      engine: 'auto',
    },
    status: 'finished',
    cursor: { epoch: 1, batch: 0 },
    trainedMs: 1000 * id,
  };
}

const epochs = (validationAccuracy: number) => [{ validationAccuracy } as EpochMetrics];

describe('comparing settings', () => {
  it('marks those that differ, and no others', () => {
    const compared = compareSettings([run(1), run(2, { epochs: 9, learningRate: 0.001 }), run(3)]);
    const different = compared.filter(({ differs }) => differs);
    expect(different.map(({ name, values }) => [name, ...values])).to.deep.equal([
      ['Epochs', '1', '9', '1'],
      ['Learning rate', '0.015', '0.001', '0.015'],
    ]);
    expect(compared.find(({ name }) => name === 'Network')!.values[0]).to.contain('16 filters 5 × 5 by 2');
  });

  it('marks mixtures of the same sets that differ in their shares alone, and replayed images among them', () => {
    const mixed = (id: number, mnist: number, generated: number): Run => {
      const one = run(id);
      const dataset = {
        kind: 'mixture',
        parts: [
          { kind: 'mnist', sampleCount: mnist },
          { kind: 'generated', sampleCount: generated, seed: 1 },
        ],
        sampleCount: mnist + generated,
      } as const;
      return { ...one, config: { ...one.config, dataset } };
    };
    const data = (...runs: readonly Run[]) => compareSettings(runs).find(({ name }) => name === 'Data');
    expect(data(mixed(1, 900, 100), mixed(2, 500, 500))).to.deep.equal({
      name: 'Data',
      values: ['MNIST 90% + Generated digits 10%', 'MNIST 50% + Generated digits 50%'],
      differs: true,
    });
    expect(
      data(mixed(1, 3000, 12), mixed(2, 60_000, 12))!.values,
      'no part reads as all or as nothing',
    ).to.deep.equal(['MNIST 99.6% + Generated digits 0.4%', 'MNIST >99.9% + Generated digits <0.1%']);
  });

  it('finds nothing between a run and itself', () => {
    expect(compareSettings([run(1), run(1)]).some(({ differs }) => differs)).to.equal(false);
  });
});

describe('parallel axes', () => {
  const compared = [
    { run: run(1), epochs: epochs(0.9) },
    { run: run(2, { batchSize: 64 }), epochs: epochs(0.98) },
    { run: run(3), epochs: [] },
  ];

  it('are the numbers that differ, then how it ended', () => {
    expect(parallelAxes(compared).map(({ name }) => name)).to.deep.equal([
      'Batch size',
      'Seconds',
      'Accuracy',
    ]);
    expect(parallelAxes(compared).at(-1)!.values).to.deep.equal([0.9, 0.98, undefined]);
  });

  it('go from the lowest to the highest; what is all the same lies in the middle', () => {
    const [, seconds] = parallelAxes(compared);
    expect([1, 2, 3].map((value) => placeOnAxis(seconds!, value))).to.deep.equal([0, 0.5, 1]);
    const same = { name: 'Seed', values: [4, 4, undefined], format: String };
    expect(placeOnAxis(same, 4)).to.equal(0.5);
  });
});
