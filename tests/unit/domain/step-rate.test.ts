import { expect } from 'chai';
import { learningRateAt } from '../../../src/domain/learning-rate';
import { findRecipe } from '../../../src/domain/recipe';
import type { RunConfig } from '../../../src/domain/run';
import { extendConfig, stepRate } from '../../../src/domain/step-rate';

const recipe = { ...findRecipe('balanced')!, epochs: 4 };
const config: RunConfig = {
  dataset: { kind: 'generated', sampleCount: 100, seed: 1 },
  recipe,
  seed: 1,
  engine: 'simd',
};
const at = (epoch: number, batch = 0) => ({ epoch, batch });

describe('the rate of a step', () => {
  it('is the recipe’s, as long as nothing happened', () => {
    for (const progress of [0, 0.3, 0.9]) {
      expect(stepRate({ config }, at(progress * 4), progress)).to.equal(learningRateAt(recipe, progress));
    }
  });

  it('is half for each time that the run diverged', () => {
    const setback = { kind: 'diverged', symptom: 'frozen', resumedAt: at(0) } as const;
    const other = { kind: 'worker-lost', resumedAt: at(1) } as const;
    const rates = [[], [setback], [setback, other, setback]].map((setbacks) =>
      stepRate({ config, setbacks }, at(1), 0.25),
    );
    expect(rates.map((rate) => rate / rates[0]!)).to.deep.equal([1, 0.5, 0.25]);
  });

  it('is low and constant in extra epochs, and what went before them stays as it was', () => {
    const extended = extendConfig(config, at(4), 5);
    expect(extended.recipe.epochs).to.equal(9);
    const rates = [at(4), at(6, 3), at(8, 9)].map((cursor) => stepRate({ config: extended }, cursor, 0.7));
    expect(rates).to.deep.equal([0.05, 0.05, 0.05].map((share) => share * recipe.learningRate));
    expect(stepRate({ config: extended }, at(2), 2 / 9)).to.be.closeTo(learningRateAt(recipe, 0.5), 1e-12);
  });

  it('of a constant schedule stays the same in extra epochs', () => {
    const constant = { ...config, recipe: { ...recipe, schedule: 'constant' as const } };
    expect(stepRate({ config: extendConfig(constant, at(4), 1) }, at(4), 0.9)).to.equal(recipe.learningRate);
  });
});

describe('extending a run', () => {
  it('that was stopped finishes the epoch it is in, then trains as many as were asked for', () => {
    const extended = extendConfig(config, at(1, 7), 5);
    expect(extended.recipe.epochs).to.equal(7);
    expect(extended.extraEpochs).to.equal(6);
  });

  it('twice counts only the epochs that are still to come', () => {
    const twice = extendConfig(extendConfig(config, at(4), 5), at(9), 2);
    expect([twice.recipe.epochs, twice.extraEpochs]).to.deep.equal([11, 2]);
  });
});
