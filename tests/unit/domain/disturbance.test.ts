import { expect } from 'chai';
import { disturbImage, DISTURBANCES, type DisturbanceKind } from '../../../src/domain/disturbance';
import { generateDigit } from '../../../src/domain/generated-digits';
import { centreOfMass } from '../../../src/domain/preprocess';
import { asImage } from '../../helpers/pictures';

const KINDS = Object.keys(DISTURBANCES) as DisturbanceKind[];
const { pixels } = generateDigit(1, 0);
const inkOf = (image: Uint8Array) => image.reduce((sum, ink) => sum + ink, 0);

/** One pixel of full ink. */
function dot(x: number, y: number): Uint8Array {
  const image = new Uint8Array(784);
  image[28 * y + x] = 255;
  return image;
}

describe('making an image worse', () => {
  for (const kind of KINDS) {
    it(`by no ${kind} leaves it as it is, and by any amount leaves the original alone`, () => {
      const before = Uint8Array.from(pixels);
      expect(disturbImage(pixels, kind, DISTURBANCES[kind].none)).to.deep.equal(pixels);
      const changed = disturbImage(pixels, kind, DISTURBANCES[kind].amounts.at(-2)!);
      expect(changed).not.to.deep.equal(pixels);
      expect(pixels).to.deep.equal(before);
      expect(disturbImage(pixels, kind, DISTURBANCES[kind].amounts.at(-2)!), 'again').to.deep.equal(changed);
    });
  }

  it('shifts to the right by whole pixels', () => {
    expect(disturbImage(dot(10, 12), 'shift', 3)).to.deep.equal(dot(13, 12));
  });

  it('turns to the right: what is above the centre goes to its right', () => {
    const { x, y } = centreOfMass(asImage(disturbImage(dot(13, 4), 'rotation', 90)));
    expect(x).to.be.greaterThan(22);
    expect(y).to.be.closeTo(13, 1);
  });

  it('scales around the centre, and thickens or thins', () => {
    expect(inkOf(disturbImage(pixels, 'scale', 0.5))).to.be.below(inkOf(pixels) / 2);
    expect(inkOf(disturbImage(pixels, 'thickness', 1))).to.be.above(inkOf(pixels));
    expect(inkOf(disturbImage(pixels, 'thickness', -1))).to.be.below(inkOf(pixels));
  });

  it('blurs without losing ink, and pales by what is said', () => {
    const blurred = disturbImage(dot(14, 14), 'blur', 1);
    expect(inkOf(blurred)).to.be.closeTo(255, 12);
    expect(blurred[28 * 14 + 14]).to.equal(41);
    expect(disturbImage(dot(14, 14), 'contrast', 0.5)[28 * 14 + 14]).to.equal(128);
  });

  it('gives each image its own noise', () => {
    expect(disturbImage(pixels, 'noise', 0.3, 1)).not.to.deep.equal(disturbImage(pixels, 'noise', 0.3, 2));
  });
});
