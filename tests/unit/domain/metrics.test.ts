import { expect } from 'chai';
import { wilsonInterval } from '../../../src/domain/intervals';
import { rankDigits, softmax, toPrediction } from '../../../src/domain/prediction';

const logitsFor = (digit: number, height: number) =>
  Array.from({ length: 10 }, (_, index) => (index === digit ? height : 0));

describe('predictions', () => {
  it('softmax adds up to 1 and follows its definition', () => {
    const shares = softmax([0, Math.log(2), Math.log(3)]);
    expect(shares.map((share) => Number(share.toFixed(12)))).to.deep.equal([
      Number((1 / 6).toFixed(12)),
      Number((2 / 6).toFixed(12)),
      Number((3 / 6).toFixed(12)),
    ]);
  });

  it('softmax stands logits of any size', () => {
    expect(softmax([1e4, 0, -1e4])).to.deep.equal([1, 0, 0]);
  });

  it('names the likeliest digit and ranks the others', () => {
    const logits = logitsFor(4, 5);
    logits[9] = 3;
    const prediction = toPrediction(logits);
    expect(prediction.digit).to.equal(4);
    expect(rankDigits(prediction).slice(0, 2)).to.deep.equal([4, 9]);
  });
});

describe('Wilson’s interval', () => {
  // Newcombe, 1998 (Statistics in Medicine 17:857), table I, method 3.
  const published: readonly [number, number, number, number][] = [
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ];
  for (const [correct, total, low, high] of published) {
    it(`of ${correct} in ${total} is as published`, () => {
      const interval = wilsonInterval({ correct, total });
      expect(interval.low).to.be.closeTo(low, 5e-5);
      expect(interval.high).to.be.closeTo(high, 5e-5);
    });
  }

  it('of nothing is everything', () => {
    expect(wilsonInterval({ correct: 0, total: 0 })).to.deep.equal({ low: 0, high: 1 });
  });
});
