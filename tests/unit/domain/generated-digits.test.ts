import { expect } from 'chai';
import { generateDigit, generateDigits } from '../../../src/domain/generated-digits';
import { parseAllograph } from '../../../src/domain/digit-skeletons';
import { inkBounds, isNormalized } from '../../../src/domain/preprocess';
import { longerSide } from '../../../src/domain/raster';
import { imageAt } from '../../../src/domain/sample';
import { hashPixels } from '../../../src/domain/split';
import { expectSameBytes } from '../../helpers/bytes';
import { asImage } from '../../helpers/pictures';

describe('generated digits', () => {
  const COUNT = 2000;
  const block = generateDigits(5, 100, COUNT);

  it('are a pure function of seed and number', () => {
    for (const row of [0, 1, COUNT - 1]) {
      const { label, pixels } = generateDigit(5, 100 + row);
      expect(block.labels[row]).to.equal(label);
      expectSameBytes(imageAt(block.pixels, row), pixels);
    }
    expect(generateDigit(6, 100).pixels).not.to.deep.equal(generateDigit(5, 100).pixels);
  });

  it('never come twice', () => {
    const hashes = Array.from({ length: COUNT }, (_, row) => hashPixels(imageAt(block.pixels, row)));
    expect(new Set(hashes).size).to.equal(COUNT);
  });

  it('show each digit about equally often', () => {
    for (let digit = 0; digit < 10; digit++) {
      const count = block.labels.filter((label) => label === digit).length;
      expect(count, `digit ${digit}`).to.be.closeTo(COUNT / 10, 4 * Math.sqrt(COUNT * 0.1 * 0.9));
    }
  });

  it('are 20 pixels long, and but for the most lopsided ones centred as MNIST is', () => {
    let centred = 0;
    for (let row = 0; row < COUNT; row++) {
      const image = asImage(imageAt(block.pixels, row));
      expect(longerSide(inkBounds(image, 1)!)).to.equal(20);
      if (isNormalized(image)) centred += 1;
    }
    expect(centred).to.be.at.least(COUNT * 0.99);
  });
});

describe('the drawings behind them', () => {
  it('are refused where they do not match or cannot be read', () => {
    expect(() => parseAllograph({ share: 1, drawings: ['1,2 3,4', '1,2 3,4 5,6'] })).to.throw(RangeError);
    expect(() => parseAllograph({ share: 1, drawings: ['1,2 3'] })).to.throw(RangeError);
  });
});
