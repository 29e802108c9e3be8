import { expect } from 'chai';
import { ARCHITECTURES, type Architecture } from '../../../src/domain/architecture';
import { gradCam } from '../../../src/domain/grad-cam';
import { halftone, poolMeans } from '../../../src/domain/halftone';
import { findNearest, normalizeRows } from '../../../src/domain/nearest';
import { coverEach, occlusionMap, patchCentres, PATCH_SIDE } from '../../../src/domain/occlusion';
import { traceImage } from '../../../src/domain/reference-network';
import { IMAGE_PIXELS } from '../../../src/domain/sample';
import { findSmallestChange, type ChangeOracle } from '../../../src/domain/smallest-change';
import { initialWeights, type Weights } from '../../../src/domain/weights';

const INK = 14 * 28 + 14;

function spot(at = INK): Uint8Array<ArrayBuffer> {
  const pixels = new Uint8Array(IMAGE_PIXELS);
  pixels[at] = 255;
  return pixels;
}

describe('covering a digit up', () => {
  it('touches only places where ink is covered, and covers all of it', () => {
    const centres = patchCentres(spot());
    expect(centres).to.have.length(PATCH_SIDE ** 2);
    expect(coverEach(spot(), centres).every((ink) => ink === 0)).to.equal(true);
    expect(patchCentres(new Uint8Array(IMAGE_PIXELS))).to.deep.equal([]);
  });

  it('stays within the picture at its corners', () => {
    expect(patchCentres(spot(0))).to.have.length(9);
    expect(patchCentres(spot(IMAGE_PIXELS - 1))).to.have.length(9);
  });

  it('counts the lead that is lost: above zero for the digit, below for the rival', () => {
    const logits = new Float32Array(20);
    logits[4] = 1;
    logits[10 + 9] = 3;
    const whole = new Float32Array(10);
    whole[4] = 2;
    whole[9] = 3;
    // The lead is -1; without the first patch it is 1, without the second -3.
    const map = occlusionMap([7, 9], logits, whole, 4, 9);
    expect([map[7], map[9], map[8]]).to.deep.equal([-2, 2, 0]);
  });
});

describe('Grad-CAM', () => {
  /** One filter that answers to ink, and a dense layer that reads it for a 4. */
  const architecture: Architecture = {
    name: 'one filter',
    layers: [
      { kind: 'conv', filters: 1, kernelSize: 4, stride: 4, padding: 'valid' },
      { kind: 'relu' },
      { kind: 'flatten' },
      { kind: 'dense', units: 10 },
    ],
  };
  const weights = (gain: number): Weights => ({
    'conv1/kernel': new Float32Array(16).fill(1),
    'conv1/bias': new Float32Array(1),
    'dense1/kernel': Float32Array.from({ length: 490 }, (_, at) => (at % 10 === 4 ? gain : 0)),
    'dense1/bias': new Float32Array(10),
  });

  it('points at what made the filter answer', () => {
    const { values, grid } = gradCam(traceImage(architecture, weights(1), spot()), weights(1), 4)!;
    expect(grid).to.deep.equal([7, 7]);
    const strongest = values.indexOf(Math.max(...values));
    expect(Math.abs(Math.floor(strongest / 28) - 14)).to.be.at.most(2);
    expect(Math.abs((strongest % 28) - 14)).to.be.at.most(2);
    expect(values[0]).to.equal(0);
  });

  it('leaves out what speaks against the digit', () => {
    const { values } = gradCam(traceImage(architecture, weights(-1), spot()), weights(-1), 4)!;
    expect(values.every((value) => value === 0)).to.equal(true);
  });

  it('looks into a convolution that is fine enough, and into none where there is none', () => {
    const best = initialWeights(ARCHITECTURES.best, 1);
    expect(gradCam(traceImage(ARCHITECTURES.best, best, spot()), best, 4)!.layer).to.equal('conv3');
    const flat: Architecture = { name: 'flat', layers: [{ kind: 'flatten' }, { kind: 'dense', units: 10 }] };
    const flatWeights = initialWeights(flat, 1);
    expect(gradCam(traceImage(flat, flatWeights, spot()), flatWeights, 4)).to.equal(undefined);
  });
});

describe('a halftone', () => {
  it('says the sign with the shape and the strength with the area', () => {
    expect(halftone([4, -1, 0, 0.001], 2)).to.deep.equal([
      { row: 0, column: 0, size: 1, isFor: true },
      { row: 0, column: 1, size: 0.5, isFor: false },
    ]);
    expect(halftone([0, 0], 2)).to.deep.equal([]);
    expect(halftone([4], 1, 16)[0]!.size).to.equal(0.5);
  });

  it('is of means', () => {
    expect(poolMeans(Float32Array.of(1, 3, 0, 0, 2, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 8), 4, 2)).to.deep.equal(
      Float32Array.of(2, 0, 0, 2),
    );
  });
});

describe('the nearest vectors', () => {
  it('are those that point the same way, however long they are', () => {
    const rows = Float32Array.of(0, 5, 3, 3, 0.1, 0, 0, 0);
    normalizeRows(rows, 2);
    const found = findNearest(rows, Float32Array.of(1, 0), 3);
    expect(found.map(({ index }) => index)).to.deep.equal([2, 1, 0]);
    expect(found[0]!.distance).to.equal(0);
    expect(found[2]!.distance).to.equal(1);
  });
});

describe('the smallest change', () => {
  /** Reads a 9 as soon as there is enough ink in the upper half, and a 4 before. */
  const oracle: ChangeOracle = {
    logits: (pictures) => {
      const logits = new Float32Array((pictures.length / IMAGE_PIXELS) * 10);
      for (let row = 0; row < logits.length / 10; row++) {
        const upper = pictures.subarray(row * IMAGE_PIXELS, row * IMAGE_PIXELS + IMAGE_PIXELS / 2);
        logits[row * 10 + 4] = 8;
        logits[row * 10 + 9] = upper.reduce((sum, ink) => sum + ink, 0) / 255;
      }
      return Promise.resolve(logits);
    },
    slopes: () => Float32Array.from({ length: IMAGE_PIXELS }, (_, at) => (at < IMAGE_PIXELS / 2 ? 1 : 0)),
    pause: () => Promise.resolve(),
  };

  it('ends as soon as the answer turns, with ink where the network wants it, beside the strokes', async () => {
    const before = spot(10 * 28 + 14);
    const { picture, logits } = (await findSmallestChange(before, 9, oracle))!;
    expect(logits[9]).to.be.above(8).and.below(13);
    const changed = [...picture.keys()].filter((at) => picture[at] !== before[at]);
    expect(changed.every((at) => at < IMAGE_PIXELS / 2)).to.equal(true);
    expect(changed.length).to.be.below(30);
  });

  it('changes nothing where nothing has to be', async () => {
    const before = new Uint8Array(IMAGE_PIXELS).fill(255);
    expect((await findSmallestChange(before, 9, oracle))!.picture).to.deep.equal(before);
  });

  it('says so where it finds none', async () => {
    expect(await findSmallestChange(spot(), 7, oracle)).to.equal(undefined);
  });

  it('is called off between two steps', async () => {
    const pause = () => Promise.reject(new Error('called off'));
    const ending = await findSmallestChange(spot(), 9, { ...oracle, pause }).catch(({ message }) => message);
    expect(ending).to.equal('called off');
  });
});
