import { expect } from 'chai';
import { inkBounds, inkToPixels } from '../../../src/domain/preprocess';
import type { GreyImage } from '../../../src/domain/raster';
import { createInkPad, inkStroke } from '../../../src/domain/strokes';
import { thinThickPen } from '../../../src/domain/thick-pen';

/** A 6 of a pen so many squares wide, on a pad of so many pixels a square: 20 squares high. */
function six(width: number, scale = 4): GreyImage {
  const points = [
    [18, 4],
    [11, 10],
    [9, 18],
    [12, 24],
    [17, 23],
    [18, 18],
    [15, 15],
    [10, 17],
  ] as const;
  const pad = createInkPad(28, scale);
  inkStroke(
    pad,
    points.map(([x, y]) => ({ x, y, width })),
  );
  return pad;
}

const thinned = (ink: GreyImage) => thinThickPen(ink, inkBounds(ink, 16)!);
const inkIn = ({ data }: GreyImage) => data.reduce((sum, ink) => sum + ink / 255, 0);

describe('a thick pen', () => {
  it('is thinned to about half, in place', () => {
    const ink = six(6);
    const thin = thinned(ink)!;
    expect(inkIn(thin) / inkIn(ink)).to.be.within(0.35, 0.7);
    // What was taken off each side.
    const bounds = inkBounds(thin, 128)!;
    expect(bounds.left).to.be.within(4, 7);
    expect(thin.height - bounds.bottom).to.be.within(4, 7);
    expect(Math.max(thin.width, thin.height), 'of a box of 104 pixels').to.equal(96);
  });

  it('is thinned the same, however large the picture is', () => {
    const [small, large] = [inkToPixels(six(6, 4))!, inkToPixels(six(6, 16))!];
    const apart = small.reduce((sum, ink, at) => sum + Math.abs(ink - large[at]!), 0);
    expect(apart / small.reduce((sum, ink) => sum + ink, 0)).to.be.below(0.08);
  });

  it('is told from usual pens, and from pictures too small to tell, which stay as they are', () => {
    for (const width of [1, 2, 3, 4]) expect(thinned(six(width)), `${width} squares`).to.equal(undefined);
    expect(thinned(six(6, 1.5)), 'small').to.equal(undefined);
  });

  it('gives the network a line, not a blot', () => {
    const [usual, thick] = [inkToPixels(six(2))!, inkToPixels(six(6))!];
    const ink = (pixels: Uint8Array) => pixels.reduce((sum, value) => sum + value, 0);
    expect(ink(thick) / ink(usual)).to.be.below(2);
  });
});
