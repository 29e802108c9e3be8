import { expect } from 'chai';
import { createRandom } from '../../../src/domain/random';
import { IMAGE_PIXELS, imageAt } from '../../../src/domain/sample';
import { hashPixels, isForValidation, splitIndices } from '../../../src/domain/split';

function randomImages(count: number, seed: number): Uint8Array<ArrayBuffer> {
  const random = createRandom(seed);
  return Uint8Array.from({ length: count * IMAGE_PIXELS }, () => random.integer(256));
}

describe('the split', () => {
  it('hashes as FNV-1a does', () => {
    expect(hashPixels(new TextEncoder().encode(''))).to.equal(0x811c9dc5);
    expect(hashPixels(new TextEncoder().encode('foobar'))).to.equal(0xbf9cf968);
  });

  it('gives a twelfth to validation, and no sample to both', () => {
    const { train, validation } = splitIndices(randomImages(3000, 1));
    expect(train.length + validation.length).to.equal(3000);
    expect(new Set([...train, ...validation]).size).to.equal(3000);
    expect(validation.length).to.be.closeTo(250, 60);
  });

  it('depends on the bytes of a sample alone, not on its place or its company', () => {
    const images = randomImages(200, 2);
    const alone = Array.from({ length: 200 }, (_, index) => isForValidation(imageAt(images, index)));
    const { validation } = splitIndices(images);
    expect([...validation]).to.deep.equal(alone.flatMap((isChosen, index) => (isChosen ? [index] : [])));
  });
});
