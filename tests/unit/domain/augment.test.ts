import { expect } from 'chai';
import { drawVariation, VARIATION_LENGTH, varyImage } from '../../../src/domain/augment';
import { NO_AUGMENTATION, type Augmentation } from '../../../src/domain/augmentation';
import { centreOfMass, inkToPixels } from '../../../src/domain/preprocess';
import { IMAGE_PIXELS } from '../../../src/domain/sample';
import { expectSameBytes } from '../../helpers/bytes';
import { asImage, inkOf, line } from '../../helpers/pictures';

const SEVEN = inkToPixels(inkOf([line([8, 5], [19, 5], [13, 23])]))!;

/** It lies in the middle, so that a shift pushes none of it over the edge. */
const CROSS = inkToPixels(inkOf([line([14, 4], [14, 24]), line([6, 14], [22, 14])]))!;

function augmented(amount: Partial<Augmentation>, index = 0, epoch = 0, image = SEVEN): Uint8Array {
  const target = new Uint8Array(IMAGE_PIXELS);
  const variation = new Int32Array(VARIATION_LENGTH);
  drawVariation({ ...NO_AUGMENTATION, ...amount }, [1, epoch, index], variation, 0);
  varyImage(image, variation, 0, target, 0);
  return target;
}

const inkSum = (pixels: Uint8Array) => pixels.reduce((sum, ink) => sum + ink, 0);

describe('augmentation', () => {
  it('of nothing changes nothing', () => {
    expectSameBytes(augmented({}), SEVEN);
  });

  it('is a pure function of seed, epoch and index', () => {
    const amount = { shift: 2, rotation: 15, scale: 0.1, shear: 0.1, thickness: 1, elastic: 2 };
    expectSameBytes(augmented(amount, 5, 2), augmented(amount, 5, 2));
    expect(augmented(amount, 5, 2)).not.to.deep.equal(augmented(amount, 6, 2));
    expect(augmented(amount, 5, 2)).not.to.deep.equal(augmented(amount, 5, 3));
  });

  it('shifts by whole pixels, at most as far as asked, in both directions', () => {
    const centre = centreOfMass(asImage(CROSS));
    const shifts = Array.from({ length: 60 }, (_, index) => {
      const { x, y } = centreOfMass(asImage(augmented({ shift: 2 }, index, 0, CROSS)));
      return [x - centre.x, y - centre.y] as const;
    });
    for (const shift of shifts.flat()) {
      expect(Math.abs(shift)).to.be.at.most(2.001);
      expect(shift).to.be.closeTo(Math.round(shift), 1e-9);
    }
    expect(new Set(shifts.flat().map(Math.round))).to.deep.equal(new Set([-2, -1, 0, 1, 2]));
  });

  it('rotates and scales about the centre, keeping about as much ink', () => {
    for (let index = 0; index < 20; index++) {
      const turned = augmented({ rotation: 20 }, index);
      expect(inkSum(turned)).to.be.closeTo(inkSum(SEVEN), inkSum(SEVEN) * 0.05);
      const scaled = inkSum(augmented({ scale: 0.1 }, index)) / inkSum(SEVEN);
      expect(scaled).to.be.within(0.75, 1.25);
    }
  });

  it('pulls strokes about without losing them', () => {
    for (let index = 0; index < 20; index++) {
      const pulled = augmented({ elastic: 2 }, index);
      expect(pulled).not.to.deep.equal(SEVEN);
      expect(inkSum(pulled) / inkSum(SEVEN)).to.be.within(0.7, 1.3);
    }
  });

  it('makes strokes thicker and thinner', () => {
    const sums = Array.from({ length: 40 }, (_, index) => inkSum(augmented({ thickness: 1 }, index)));
    expect(Math.min(...sums)).to.be.below(inkSum(SEVEN) * 0.7);
    expect(Math.max(...sums)).to.be.above(inkSum(SEVEN) * 1.4);
  });

  it('blurs one image of four, keeping its ink, and hardens one of four', () => {
    const greys = (pixels: Uint8Array) => pixels.filter((ink) => ink > 0 && ink < 255).length;
    const blurred = Array.from({ length: 40 }, (_, index) => augmented({ blur: 2 }, index));
    expect(blurred.filter((pixels) => greys(pixels) > greys(SEVEN)).length).to.be.within(4, 16);
    for (const pixels of blurred) expect(inkSum(pixels) / inkSum(SEVEN)).to.be.within(0.97, 1.03);
    const hard = Array.from({ length: 40 }, (_, index) => augmented({ contrast: 4 }, index));
    expect(hard.filter((pixels) => greys(pixels) < greys(SEVEN)).length).to.be.within(4, 16);
  });

  it('draws the same for the rest, whether images are blurred or not', () => {
    const amount = { shift: 2, rotation: 15, thickness: 1, elastic: 2 };
    expectSameBytes(augmented({ ...amount, blur: 1e-9 }, 5), augmented(amount, 5));
  });
});
