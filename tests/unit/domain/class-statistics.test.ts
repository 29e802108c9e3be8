import { expect } from 'chai';
import { sampleStatistics, StatisticsTally } from '../../../src/domain/class-statistics';
import { IMAGE_PIXELS, type SampleBlock } from '../../../src/domain/sample';

/** Images that are paper but for their first pixels. */
function blockOf(labels: readonly number[], ...starts: readonly (readonly number[])[]): SampleBlock {
  const pixels = new Uint8Array(labels.length * IMAGE_PIXELS);
  starts.forEach((start, row) => pixels.set(start, row * IMAGE_PIXELS));
  return { pixels, labels: Uint8Array.from(labels) };
}

describe('statistics of samples', () => {
  it('count, average and spread each digit by itself', () => {
    const { classes } = sampleStatistics(blockOf([3, 7, 3], [255, 51], [102], [255, 153]));
    expect(classes.map(({ count }) => count)).to.deep.equal([0, 0, 0, 2, 0, 0, 0, 1, 0, 0]);
    const three = classes[3]!;
    expect([...three.mean.subarray(0, 3)]).to.deep.equal([1, Math.fround(0.4), 0]);
    expect([...three.deviation.subarray(0, 3)]).to.deep.equal([0, Math.fround(0.2), 0]);
    expect(classes[7]!.mean[0]).to.be.closeTo(0.4, 1e-7);
    expect(classes[7]!.deviation[0]).to.equal(0);
  });

  it('take all pixels of all images together', () => {
    const { count, ink } = sampleStatistics(blockOf([0, 1], [255], [255]));
    const share = 1 / IMAGE_PIXELS;
    expect(count).to.equal(2);
    expect(ink.mean).to.be.closeTo(share, 1e-12);
    expect(ink.deviation).to.be.closeTo(Math.sqrt(share * (1 - share)), 1e-12);
  });

  it('are the same block by block as at once', () => {
    const tally = new StatisticsTally();
    tally.add(blockOf([3], [255, 51]));
    tally.add(blockOf([7, 3], [102], [255, 153]));
    const whole = sampleStatistics(blockOf([3, 7, 3], [255, 51], [102], [255, 153]));
    expect(tally.statistics()).to.deep.equal(whole);
  });

  it('of nothing are nothing', () => {
    const { count, ink, classes } = sampleStatistics(blockOf([]));
    expect([count, ink.mean, ink.deviation]).to.deep.equal([0, 0, 0]);
    expect(classes.every(({ mean, deviation }) => [...mean, ...deviation].every((x) => x === 0))).to.equal(
      true,
    );
  });
});
