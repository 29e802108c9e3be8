import { expect } from 'chai';
import {
  LatencyHistogram,
  medianOf,
  percentileOf,
  roundResponseTime,
} from '../../../src/domain/latency-stats';

const timesOf = (...pairs: readonly (readonly [number, number])[]) => new Map(pairs);

describe('response times, by Locust’s rules', () => {
  it('are rounded to 1 ms, 10, 100 and 1,000, halves to the even one, as Python rounds', () => {
    const cases = [
      [0.4, 0],
      [0.5, 0],
      [1.5, 2],
      [2.5, 2],
      [99.4, 99],
      [99.6, 100],
      [100, 100],
      [145, 140],
      [147, 150],
      [155, 160],
      [994.9, 990],
      [995.1, 1000],
      [1049.9, 1000],
      [1050, 1000],
      [1150, 1200],
      [3432, 3400],
      [9950, 10_000],
      [10_499, 10_000],
      [10_500, 10_000],
      [11_500, 12_000],
      [58_760, 59_000],
    ] as const;
    for (const [time, rounded] of cases) expect(roundResponseTime(time), String(time)).to.equal(rounded);
  });

  it('have percentiles that are found from the longest down', () => {
    // 100 answers of 1 … 100 ms: int(100 · 0.95) = 95 may be left below, so the 95th is 96 ms.
    const hundred = new Map(Array.from({ length: 100 }, (_, at) => [at + 1, 1]));
    for (const [share, time] of [
      [0.5, 51],
      [0.66, 67],
      [0.95, 96],
      [0.99, 100],
      [0.999, 100],
      [1, 100],
    ] as const) {
      expect(percentileOf(hundred, 100, share), String(share)).to.equal(time);
    }
    expect(percentileOf(timesOf([3, 1]), 1, 0.5)).to.equal(3);
    expect(percentileOf(timesOf([3, 9], [500, 1]), 10, 0.89)).to.equal(3);
    expect(percentileOf(timesOf([3, 9], [500, 1]), 10, 1)).to.equal(500);
    expect(percentileOf(new Map(), 0, 0.5)).to.equal(0);
  });

  it('have a median that is never beyond what was measured', () => {
    expect(medianOf(timesOf([1, 2], [2, 1], [9, 2]), 5, { minMs: 1, maxMs: 9 })).to.equal(2);
    expect(medianOf(timesOf([60_000, 1]), 1, { minMs: 59_600, maxMs: 59_600 })).to.equal(59_600);
    expect(medianOf(timesOf([140, 1]), 1, { minMs: 145, maxMs: 145 })).to.equal(145);
    expect(medianOf(new Map(), 0, { minMs: undefined, maxMs: 0 })).to.equal(0);
  });
});

describe('the fine histogram', () => {
  it('tells microseconds apart, and is never off by more than a part in 64', () => {
    const histogram = new LatencyHistogram();
    histogram.record(0.011);
    expect(histogram.percentile(0.5)).to.be.closeTo(0.0115, 1e-9);
    for (let time = 0.001; time < 3_000_000; time *= 1.7) {
      const one = new LatencyHistogram();
      one.record(time);
      expect(one.percentile(1), String(time)).to.be.within(
        time * (1 - 1 / 64) - 0.001,
        time * (1 + 1 / 64) + 0.001,
      );
    }
  });

  it('survives being sent, and loses nothing at its ends', () => {
    const histogram = new LatencyHistogram();
    for (const time of [0, 0.5, 7, 1e9]) histogram.record(time);
    const again = LatencyHistogram.fromSparse(histogram.toSparse());
    expect(again.total).to.equal(4);
    expect(again.percentile(0.5)).to.equal(histogram.percentile(0.5));
    expect(again.buckets().reduce((sum, { count }) => sum + count, 0)).to.equal(4);
  });

  it('adds the requests that were left out while an answer was slow', () => {
    const histogram = new LatencyHistogram();
    histogram.record(1, 99);
    histogram.record(1000);
    const corrected = histogram.correctedFor(10);
    // 990, 980, … 10 ms: what 99 requests, one every 10 ms, would have waited.
    expect(corrected.total).to.be.within(197, 200);
    expect(histogram.percentile(0.9)).to.be.below(1.1);
    expect(corrected.percentile(0.9)).to.be.within(780, 820);
    expect(histogram.correctedFor(0).total).to.equal(100);
  });
});
