import { expect } from 'chai';
import {
  evenIndices,
  findPrincipalComponents,
  projectImages,
} from '../../../src/domain/principal-components';
import { generateDigits } from '../../../src/domain/generated-digits';
import { IMAGE_PIXELS } from '../../../src/domain/sample';

function imagesOf(...starts: readonly (readonly number[])[]): Uint8Array<ArrayBuffer> {
  const pixels = new Uint8Array(starts.length * IMAGE_PIXELS);
  starts.forEach((start, row) => pixels.set(start, row * IMAGE_PIXELS));
  return pixels;
}

/** Their first two pixels are the corners of a rectangle: variances 40² and 30². */
const RECTANGLE = imagesOf([0, 0], [80, 0], [0, 60], [80, 60]);

describe('principal components', () => {
  it('are the axes of a rectangle, and share its variance', () => {
    const { mean, components, shares } = findPrincipalComponents(RECTANGLE, 2);
    expect([...mean.subarray(0, 3)]).to.deep.equal([40, 30, 0]);
    expect(components[0]![0]).to.be.closeTo(1, 1e-9);
    expect(components[1]![1]).to.be.closeTo(1, 1e-9);
    expect(shares[0]).to.be.closeTo(1600 / 2500, 1e-9);
    expect(shares[1]).to.be.closeTo(900 / 2500, 1e-9);
  });

  it('place each image by its distance from the mean', () => {
    const places = projectImages(RECTANGLE, findPrincipalComponents(RECTANGLE, 2));
    expect(Array.from(places, (place) => Number(place.toFixed(3)))).to.deep.equal([
      -40, -30, 40, -30, -40, 30, 40, 30,
    ]);
  });

  it('follow a slope, and point to where their largest entry is positive', () => {
    const { components, shares } = findPrincipalComponents(imagesOf([0, 0], [30, 40], [60, 80]), 1);
    expect(components[0]![0]).to.be.closeTo(0.6, 1e-9);
    expect(components[0]![1]).to.be.closeTo(0.8, 1e-9);
    expect(shares[0]).to.be.closeTo(1, 1e-9);
  });

  it('of images that are all the same share nothing', () => {
    const { shares } = findPrincipalComponents(imagesOf([9], [9]), 2);
    expect(shares).to.deep.equal([0, 0]);
  });

  it('are the same each time, at right angles and of length 1', () => {
    const { pixels } = generateDigits(3, 0, 200);
    const found = findPrincipalComponents(pixels, 4);
    expect(findPrincipalComponents(pixels, 4)).to.deep.equal(found);
    const product = (a: Float64Array, b: Float64Array) => a.reduce((sum, x, at) => sum + x * b[at]!, 0);
    found.components.forEach((a, i) =>
      found.components.forEach((b, k) => expect(product(a, b)).to.be.closeTo(i === k ? 1 : 0, 1e-9)),
    );
    expect([...found.shares].sort((a, b) => b - a)).to.deep.equal(found.shares);
  });

  it('use images at even distances where there are too many', () => {
    expect(evenIndices(10, 4)).to.deep.equal([0, 2, 5, 7]);
    expect(evenIndices(3, 4)).to.deep.equal([0, 1, 2]);
    expect(evenIndices(0, 4)).to.deep.equal([]);
  });
});
