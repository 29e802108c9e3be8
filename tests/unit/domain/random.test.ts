import { expect } from 'chai';
import { createRandom, mixSeed } from '../../../src/domain/random';
import { permutation } from '../../../src/domain/shuffle';

describe('random numbers', () => {
  it('are the same for the same seed, and others for another', () => {
    const take = (seed: number) => {
      const random = createRandom(seed);
      return Array.from({ length: 5 }, () => random.next());
    };
    expect(take(7)).to.deep.equal(take(7));
    expect(take(7)).not.to.deep.equal(take(8));
  });

  it('are spread evenly: ten bins of 100,000 draws each hold a tenth, within four deviations', () => {
    const random = createRandom(1);
    const bins = Array.from({ length: 10 }, () => 0);
    for (let draw = 0; draw < 100_000; draw++) bins[random.integer(10)]! += 1;
    const deviation = Math.sqrt(100_000 * 0.1 * 0.9);
    for (const count of bins) expect(Math.abs(count - 10_000)).to.be.below(4 * deviation);
  });

  it('are normal where asked: mean 0 and the deviation that was asked for', () => {
    const random = createRandom(2);
    const draws = Array.from({ length: 50_000 }, () => random.normal(3));
    const mean = draws.reduce((sum, draw) => sum + draw, 0) / draws.length;
    const variance = draws.reduce((sum, draw) => sum + draw * draw, 0) / draws.length;
    expect(mean).to.be.closeTo(0, 0.06);
    expect(Math.sqrt(variance)).to.be.closeTo(3, 0.05);
  });

  it('pick refuses an empty list', () => {
    expect(() => createRandom(1).pick([])).to.throw(RangeError);
  });

  it('mix each part of a seed: near tuples give far seeds', () => {
    const seeds = new Set<number>();
    for (let epoch = 0; epoch < 30; epoch++) {
      for (let index = 0; index < 1000; index++) seeds.add(mixSeed(1, epoch, index));
    }
    expect(seeds.size).to.be.above(29_990);
    expect(mixSeed(1, 2)).not.to.equal(mixSeed(2, 1));
  });
});

describe('the order of an epoch', () => {
  it('visits every sample once', () => {
    const order = [...permutation(1000, 3, 0)];
    expect(order.toSorted((a, b) => a - b)).to.deep.equal(order.map((_, index) => index));
    expect(order).not.to.deep.equal(order.map((_, index) => index));
  });

  it('depends on seed and epoch, and on nothing else', () => {
    expect(permutation(50, 3, 1)).to.deep.equal(permutation(50, 3, 1));
    expect(permutation(50, 3, 1)).not.to.deep.equal(permutation(50, 3, 2));
    expect(permutation(50, 3, 1)).not.to.deep.equal(permutation(50, 4, 1));
  });

  it('copes with no sample and with one', () => {
    expect(permutation(0, 1, 1)).to.have.length(0);
    expect([...permutation(1, 1, 1)]).to.deep.equal([0]);
  });
});
