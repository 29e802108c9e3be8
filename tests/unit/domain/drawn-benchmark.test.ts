import { expect } from 'chai';
import { DRAWN_COUNT, drawDigit, drawnBenchmark } from '../../../src/domain/drawn-benchmark';
import { CLASS_COUNT, imageAt } from '../../../src/domain/sample';

describe('the benchmark of drawn digits', () => {
  const digits = Array.from({ length: DRAWN_COUNT }, (_, index) => drawDigit(index));
  const points = ({ strokes }: (typeof digits)[number]) => strokes.flat();
  const span = (values: readonly number[]) => Math.max(...values) - Math.min(...values);

  it('has as many of each digit, from every hand and device', () => {
    const count = (wanted: number) => digits.filter(({ label }) => label === wanted).length;
    for (let label = 0; label < CLASS_COUNT; label++)
      expect(count(label)).to.equal(DRAWN_COUNT / CLASS_COUNT);
    expect(new Set(digits.map(({ hand }) => hand)).size).to.equal(4);
    expect(new Set(digits.map(({ device }) => device)).size).to.equal(3);
  });

  it('is the same each time, to the byte', () => {
    const [first, second] = [drawnBenchmark(40), drawnBenchmark(40)];
    expect(first).to.deep.equal(second);
    expect(imageAt(first.pixels, 0)).not.to.deep.equal(imageAt(first.pixels, 10));
  });

  it('keeps all ink on the pad, and finds some in every drawing', () => {
    for (const digit of digits) {
      for (const { x, y, width } of points(digit)) {
        expect(width).to.be.within(0.5, 4);
        expect(Math.min(x, y)).to.be.at.least(0);
        expect(Math.max(x, y)).to.be.at.most(28);
      }
    }
    const { pixels } = drawnBenchmark(100);
    for (let index = 0; index < 100; index++) expect(Math.max(...imageAt(pixels, index))).to.be.above(200);
  });

  it('is small and large, in the middle and in every corner, fine and broad', () => {
    const heights = digits.map((digit) => span(points(digit).map(({ y }) => y)));
    expect(Math.min(...heights)).to.be.below(9);
    expect(Math.max(...heights)).to.be.above(20);
    const corners = new Set(
      digits
        .filter((_, index) => heights[index]! < 12)
        .map((digit) => {
          const { x, y } = points(digit)[0]!;
          return `${x < 14 ? 'left' : 'right'} ${y < 14 ? 'upper' : 'lower'}`;
        }),
    );
    expect(corners.size).to.equal(4);
  });

  it('differs in width within a stroke only where a pen was pressed', () => {
    for (const digit of digits) {
      const widths = new Set(points(digit).map(({ width }) => width));
      if (digit.device !== 'pen') expect(widths.size).to.equal(1);
    }
    expect(digits.some(({ strokes }) => span(strokes[0]!.map(({ width }) => width)) > 0.3)).to.equal(true);
  });
});
