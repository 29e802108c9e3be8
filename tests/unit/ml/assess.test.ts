import { expect } from 'chai';
import { CLASS_COUNT, IMAGE_PIXELS } from '../../../src/domain/sample';
import { validate } from '../../../workers/ml/assess';

const COUNT = 200;
const never = new AbortController().signal;
const range = (from: number, to: number) => Uint32Array.from({ length: to - from }, (_, at) => from + at);

/** Images of zeros, whose first pixel says what is read in them. */
function samplesWith(mistakes: number) {
  const pixels = new Uint8Array(COUNT * IMAGE_PIXELS);
  for (let row = 0; row < mistakes; row++) pixels[row * IMAGE_PIXELS] = 1;
  return {
    block: { pixels, labels: new Uint8Array(COUNT) },
    train: range(0, 0),
    validation: range(0, COUNT),
  };
}

/** Says of every image, as sure as ever, what its first pixel is. */
const network = {
  logits: async (pixels: Uint8Array) => {
    const count = pixels.length / IMAGE_PIXELS;
    const logits = new Float32Array(count * CLASS_COUNT);
    for (let row = 0; row < count; row++) logits[row * CLASS_COUNT + pixels[row * IMAGE_PIXELS]!] = 12;
    return logits;
  },
};

const temperatureOf = async (samples: ReturnType<typeof samplesWith>) =>
  (await validate(network, samples, never, () => undefined)).temperature;

describe('how sure a network may be, as its validation images say', () => {
  it('is less than it says where it is surely wrong', async () => {
    // Right in 9 of 10, ten digits to choose from: e^(12 / t) / (e^(12 / t) + 9) is 0.9 at 12 / ln 81.
    expect(await temperatureOf(samplesWith(COUNT / 10))).to.be.closeTo(12 / Math.log(81), 0.01);
  });

  it('is not known where hardly anything was misread', async () => {
    expect(await temperatureOf(samplesWith(9))).to.equal(undefined);
    expect(await temperatureOf(samplesWith(10))).not.to.equal(undefined);
  });

  it('is not known of images that it learned from', async () => {
    const samples = samplesWith(COUNT / 10);
    expect(await temperatureOf({ ...samples, train: samples.validation })).to.equal(undefined);
  });
});
