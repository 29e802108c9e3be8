import { expect } from 'chai';
import { createInkPad, inkSegment, inkStroke } from '../../../src/domain/strokes';

describe('strokes', () => {
  it('a dot is a disc of the right area', () => {
    const pad = createInkPad(10, 10);
    inkStroke(pad, [{ x: 5, y: 5, width: 4 }]);
    const area = pad.data.reduce((sum, ink) => sum + ink, 0) / 255 / 100;
    expect(area).to.be.closeTo(Math.PI * 2 * 2, 0.05);
  });

  it('a line is as wide as its pen and ends round', () => {
    const pad = createInkPad(28, 8);
    inkStroke(pad, [
      { x: 14, y: 6, width: 2 },
      { x: 14, y: 22, width: 2 },
    ]);
    const area = pad.data.reduce((sum, ink) => sum + ink, 0) / 255 / 64;
    expect(area).to.be.closeTo(16 * 2 + Math.PI, 0.1);
  });

  it('its width changes evenly from point to point', () => {
    const pad = createInkPad(28, 8);
    inkStroke(pad, [
      { x: 4, y: 14, width: 2 },
      { x: 24, y: 14, width: 6 },
    ]);
    const widthAt = (x: number) => {
      const column = Array.from({ length: pad.height }, (_, y) => pad.data[y * pad.width + x * 8]!);
      return column.reduce((sum, ink) => sum + ink, 0) / 255 / 8;
    };
    expect(widthAt(9)).to.be.closeTo(3, 0.15);
    expect(widthAt(19)).to.be.closeTo(5, 0.15);
  });

  it('crossing lines do not add up', () => {
    const pad = createInkPad(28, 4);
    const across = { from: { x: 4, y: 14, width: 3 }, to: { x: 24, y: 14, width: 3 } };
    inkSegment(pad, across.from, across.to);
    const once = Uint8Array.from(pad.data);
    inkSegment(pad, across.to, across.from);
    expect(pad.data).to.deep.equal(once);
  });

  it('a line that leaves the pad is cut off at its edge', () => {
    const pad = createInkPad(28, 4);
    inkStroke(pad, [
      { x: -30, y: 14, width: 2 },
      { x: 60, y: 14, width: 2 },
    ]);
    expect(pad.data[14 * 4 * pad.width]).to.equal(255);
    expect(pad.data[14 * 4 * pad.width + pad.width - 1]).to.equal(255);
  });
});
