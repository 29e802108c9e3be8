import { expect } from 'chai';
import { ARCHITECTURES } from '../../../src/domain/architecture';
import { findWeightSymptom, LossWatch } from '../../../src/domain/divergence';
import { initialWeights, type Weights } from '../../../src/domain/weights';

/** What is found in a series of losses. */
function watch(losses: readonly number[]) {
  const watched = new LossWatch();
  return losses.map((loss) => watched.observe(loss)).find((symptom) => symptom !== undefined);
}

describe('a training that diverges', () => {
  it('is known by a loss that is not a number', () => {
    expect(watch([2, Number.NaN])).to.equal('not-a-number');
    expect(watch([2, Infinity])).to.equal('not-a-number');
  });

  it('is known by a loss that stands still where nothing was learned', () => {
    expect(watch([2.3, 12.592262268066406, 12.592262268066406, 12.592262268066406])).to.equal('frozen');
  });

  it('is known by a loss that stays far above guessing', () => {
    const losses = Array.from({ length: 60 }, (_, step) => 6 + (step % 7) / 10);
    expect(watch(losses)).to.equal('no-better-than-guessing');
  });

  it('is known by weights that are not numbers, or grew a hundredfold', () => {
    const initial = initialWeights(ARCHITECTURES.fast, 1);
    const grown = (name: string, factor: number): Weights => ({
      ...initial,
      [name]: initial[name]!.map((value) => value * factor),
    });
    expect(findWeightSymptom(grown('dense1/kernel', 99), initial)).to.equal(undefined);
    expect(findWeightSymptom(grown('dense1/kernel', 101), initial)).to.equal('exploded');
    expect(findWeightSymptom(grown('conv1/kernel', Number.NaN), initial)).to.equal('not-a-number');
  });
});

describe('a training that goes well', () => {
  it('may know everything by heart: a loss that stands still at nothing is no divergence', () => {
    expect(watch(Array.from({ length: 100 }, () => 0))).to.equal(undefined);
  });

  it('may begin badly, and have an odd batch', () => {
    const losses = Array.from({ length: 300 }, (_, step) => (step < 30 ? 9 - step / 5 : 1 + (step % 5) / 10));
    losses[200] = 8;
    expect(watch(losses)).to.equal(undefined);
  });
});
