import { expect } from 'chai';
import { generateDigits } from '../../../src/domain/generated-digits';
import { findExactDuplicates, findNearDuplicates } from '../../../src/domain/near-duplicates';
import { IMAGE_PIXELS, IMAGE_SIDE, imageAt } from '../../../src/domain/sample';

const DIGITS = generateDigits(4, 0, 60).pixels;

/** The digits, and some images more. */
function withMore(...images: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const pixels = new Uint8Array(DIGITS.length + images.length * IMAGE_PIXELS);
  pixels.set(DIGITS);
  images.forEach((image, row) => pixels.set(image, DIGITS.length + row * IMAGE_PIXELS));
  return pixels;
}

/** Ink that wraps around would not be a shift: the digits leave their edges free. */
function shifted(image: Uint8Array, right: number, down: number): Uint8Array {
  const by = down * IMAGE_SIDE + right;
  return image.map((_, at) => image[at - by] ?? 0);
}

describe('duplicates', () => {
  it('are found byte for byte, in groups', () => {
    const pixels = withMore(imageAt(DIGITS, 7), imageAt(DIGITS, 3), imageAt(DIGITS, 7));
    expect(findExactDuplicates(pixels)).to.deep.equal([
      [3, 61],
      [7, 60, 62],
    ]);
  });

  it('are not found where one byte differs, unless near ones are asked for', () => {
    const changed = imageAt(DIGITS, 5).map((ink) => (ink === 255 ? 254 : ink));
    expect(findExactDuplicates(withMore(changed))).to.deep.equal([]);
    expect(findNearDuplicates(withMore(changed))).to.deep.equal([[5, 60]]);
  });

  it('are found though they were moved by a pixel', () => {
    const image = imageAt(DIGITS, 9);
    const pixels = withMore(shifted(image, 1, 0), shifted(image, -1, 1));
    expect(findExactDuplicates(pixels)).to.deep.equal([]);
    expect(findNearDuplicates(pixels)).to.deep.equal([[9, 60, 61]]);
  });

  it('are not what merely resembles', () => {
    expect(findNearDuplicates(DIGITS)).to.deep.equal([]);
    // A fifth less ink is a difference of a quarter of the fainter image.
    const fainter = imageAt(DIGITS, 2).map((ink) => ink * 0.8);
    expect(findNearDuplicates(withMore(fainter))).to.deep.equal([]);
  });

  it('are blank images, too, and there are none among none', () => {
    const blank = new Uint8Array(IMAGE_PIXELS);
    expect(findNearDuplicates(withMore(blank, blank))).to.deep.equal([[60, 61]]);
    expect(findNearDuplicates(new Uint8Array())).to.deep.equal([]);
  });
});
