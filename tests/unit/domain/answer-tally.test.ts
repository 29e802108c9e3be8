import { expect } from 'chai';
import { AnswerTally } from '../../../src/domain/answer-tally';
import { ARCHITECTURES } from '../../../src/domain/architecture';
import { matrixScore } from '../../../src/domain/confusion-matrix';
import { filterCount, firstFilters } from '../../../src/domain/findings';
import { IMAGE_PIXELS } from '../../../src/domain/sample';
import { initialWeights } from '../../../src/domain/weights';

const logitsFor = (digit: number, height: number) =>
  Array.from({ length: 10 }, (_, index) => (index === digit ? height : 0));

/** Samples with these labels; the pixels of each hold its place. */
function samplesOf(labels: readonly number[]) {
  const pixels = new Uint8Array(labels.length * IMAGE_PIXELS);
  labels.forEach((_, row) => pixels.fill(row, row * IMAGE_PIXELS, (row + 1) * IMAGE_PIXELS));
  return { pixels, labels: Uint8Array.from(labels) };
}

describe('a tally of answers', () => {
  it('counts what was read rightly and the mean cross-entropy, over all that was added', () => {
    const tally = new AnswerTally();
    tally.add(Float32Array.from(logitsFor(3, 2)), samplesOf([3]));
    tally.add(Float32Array.from(logitsFor(5, 2)), samplesOf([1]));
    const { correct, total, loss, matrix } = tally.result();
    expect([correct, total]).to.deep.equal([1, 2]);
    const sum = Math.exp(2) + 9;
    expect(loss).to.be.closeTo((Math.log(sum) - 2 + Math.log(sum)) / 2, 1e-9);
    expect(matrix[1]![5]).to.equal(1);
    expect(matrixScore(matrix)).to.deep.equal({ correct, total });
  });

  it('is nothing where nothing was added', () => {
    const { correct, total, loss, hardest } = new AnswerTally().result();
    expect({ correct, total, loss, hardest }).to.deep.equal({ correct: 0, total: 0, loss: 0, hardest: [] });
  });

  it('keeps the dozen hardest images, the hardest first, with what they were read as', () => {
    const heights = Array.from({ length: 40 }, (_, row) => (row * 7) % 40);
    const tally = new AnswerTally();
    tally.add(
      Float32Array.from(heights.flatMap((height) => logitsFor(2, height / 4))),
      samplesOf(heights.map(() => 8)),
    );
    const { hardest } = tally.result();
    expect(hardest.map(({ pixels }) => heights[pixels[0]!])).to.deep.equal(
      Array.from({ length: 12 }, (_, rank) => 39 - rank),
    );
    const { label, answer, probability, loss } = hardest[0]!;
    expect([label, answer]).to.deep.equal([8, 2]);
    expect(probability).to.be.closeTo(Math.exp(9.75) / (Math.exp(9.75) + 9), 1e-6);
    expect(loss).to.be.closeTo(Math.log(Math.exp(9.75) + 9), 1e-5);
  });

  it('keeps copies, which do not hold on to the images they were among', () => {
    const samples = samplesOf([4]);
    const tally = new AnswerTally();
    tally.add(Float32Array.from(logitsFor(9, 1)), samples);
    samples.pixels.fill(99);
    expect(tally.result().hardest[0]!.pixels).to.deep.equal(new Uint8Array(IMAGE_PIXELS));
  });
});

describe('the first filters of a network', () => {
  it('are those of its first convolution, one after the other', () => {
    const architecture = ARCHITECTURES.fast;
    const weights = initialWeights(architecture, 1);
    const filters = firstFilters(architecture, weights)!;
    expect([filters.side, filterCount(filters)]).to.deep.equal([5, 16]);
    expect(filters.values[25 * 3 + 7]).to.equal(weights['conv1/kernel']![7 * 16 + 3]);
  });

  it('are none where it has no convolution', () => {
    const layers = [{ kind: 'flatten' }, { kind: 'dense', units: 10 }] as const;
    const architecture = { name: 'flat', layers };
    expect(firstFilters(architecture, initialWeights(architecture, 1))).to.equal(undefined);
  });
});
