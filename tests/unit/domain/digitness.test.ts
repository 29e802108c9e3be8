import { expect } from 'chai';
import { isDigit, scoreDigitness, type Digitness } from '../../../src/domain/digitness';
import { IMAGE_PIXELS } from '../../../src/domain/sample';

const ten = (value: number) => Array.from({ length: 10 }, () => value);

/** Looks at nothing but the feature of that number. */
function judge(feature: number, threshold: number): Digitness {
  return {
    means: ten(0).map(() => [0, 0, 0, 0, 0, 0]),
    deviations: ten(0).map(() => [1, 1, 1, 1, 1, 1]),
    refuser: { architecture: { name: 'none', layers: [] }, weightsPath: 'none' },
    weights: Array.from({ length: 17 }, (_, at) => Number(at === feature)),
    threshold,
  };
}

const EMPTY = new Uint8Array(IMAGE_PIXELS);
const see = (logits: readonly number[], kinds: readonly number[]) => ({ pixels: EMPTY, logits, kinds });

describe('digitness', () => {
  it('weighs the kind of digits against all others together', () => {
    // Nine others at 0 against one at ln 9: even odds.
    const even = see(ten(0), [Math.log(9), ...Array.from({ length: 9 }, () => 0)]);
    expect(scoreDigitness(even, judge(16, 0))).to.be.closeTo(0, 1e-12);
    expect(isDigit(even, judge(16, -0.1))).to.equal(true);
    expect(isDigit(even, judge(16, 0.1))).to.equal(false);
  });

  it('stays finite where a kind is certain', () => {
    const certain = see(ten(0), [-2000, 2000, ...Array.from({ length: 8 }, () => 0)]);
    expect(scoreDigitness(certain, judge(16, 0))).to.equal(-4000);
  });

  it('takes logits from the highest to the lowest, whichever digits they are of', () => {
    const first = see([5, 1, ...Array.from({ length: 8 }, () => 0)], ten(0));
    const second = see([...Array.from({ length: 8 }, () => 0), 1, 5], ten(0));
    expect(scoreDigitness(first, judge(1, 0))).to.equal(1);
    expect(scoreDigitness(second, judge(1, 0))).to.equal(1);
  });
});
