import { expect } from 'chai';
import { generateDigit } from '../../../src/domain/generated-digits';
import { findInkPieces } from '../../../src/domain/ink-pieces';
import { measureInk } from '../../../src/domain/ink-statistics';
import { inkBounds } from '../../../src/domain/preprocess';
import { createRandom } from '../../../src/domain/random';
import { IMAGE_PIXELS, IMAGE_SIDE } from '../../../src/domain/sample';

/** The same six numbers, counted pixel by pixel as everything else in the app counts them. */
function measureByPixels(pixels: Uint8Array): readonly number[] {
  const image = (data: Uint8Array) => ({ width: IMAGE_SIDE, height: IMAGE_SIDE, data });
  const isLine = (x: number, y: number) =>
    x < IMAGE_SIDE && y < IMAGE_SIDE && pixels[y * IMAGE_SIDE + x]! >= 128;
  let [ink, outline] = [0, 0];
  for (let at = 0; at < IMAGE_PIXELS; at++) {
    const [x, y] = [at % IMAGE_SIDE, Math.floor(at / IMAGE_SIDE)];
    ink += pixels[at]!;
    outline += Number(isLine(x, y) !== isLine(x + 1, y)) + Number(isLine(x, y) !== isLine(x, y + 1));
  }
  const paper = findInkPieces(image(pixels.map((value) => 255 - value)), 255 - 64).pieces;
  const holes = paper.filter(
    ({ left, top, right, bottom, area }) =>
      left > 0 && top > 0 && right < IMAGE_SIDE && bottom < IMAGE_SIDE && area >= 4,
  );
  const box = inkBounds(image(pixels), 128) ?? { left: 0, top: 0, right: 0, bottom: 0 };
  const pieces = findInkPieces(image(pixels), 128).pieces.length;
  return [ink / 255, outline, pieces, holes.length, box.right - box.left, box.bottom - box.top];
}

describe('measureInk', () => {
  it('counts of digits what is counted pixel by pixel', () => {
    for (let at = 0; at < 100; at++) {
      const { pixels } = generateDigit(3, at);
      expect(measureInk(pixels)).to.deep.equal(measureByPixels(pixels));
    }
  });

  it('counts of noise of every density what is counted pixel by pixel', () => {
    const random = createRandom(5);
    for (let round = 0; round < 100; round++) {
      const share = round / 99;
      const pixels = Uint8Array.from({ length: IMAGE_PIXELS }, () =>
        random.uniform(0, 1) < share ? random.uniform(0, 256) : random.uniform(0, 80),
      );
      expect(measureInk(pixels)).to.deep.equal(measureByPixels(pixels));
    }
  });

  it('finds the hole behind a long way round, and none where the way leads to the rim', () => {
    const spiral = (isOpen: boolean) =>
      Uint8Array.from({ length: IMAGE_PIXELS }, (_, at) => {
        const [x, y] = [at % IMAGE_SIDE, Math.floor(at / IMAGE_SIDE)];
        const ring = Math.max(Math.abs(x - 14), Math.abs(y - 14));
        const isGap = (ring === 10 && y === 14 && x > 14 && isOpen) || (ring === 6 && y === 14 && x < 14);
        return (ring === 6 || ring === 10) && !isGap ? 255 : 0;
      });
    expect(measureInk(spiral(false))[3]).to.equal(1);
    expect(measureInk(spiral(true))[3]).to.equal(0);
  });

  it('finds nothing on empty paper, and one piece without an inside where all is ink', () => {
    expect(measureInk(new Uint8Array(IMAGE_PIXELS))).to.deep.equal([0, 0, 0, 0, 0, 0]);
    const [ink, outline, ...rest] = measureInk(new Uint8Array(IMAGE_PIXELS).fill(255));
    expect([ink, outline]).to.deep.equal([IMAGE_PIXELS, 2 * IMAGE_SIDE]);
    expect(rest).to.deep.equal([1, 0, IMAGE_SIDE, IMAGE_SIDE]);
  });
});
