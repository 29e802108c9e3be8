import type { Tensor } from '@tensorflow/tfjs-core';
import { expect } from 'chai';
import {
  ARCHITECTURES,
  featureArchitecture,
  outputCount,
  planLayers,
  type Architecture,
} from '../../src/domain/architecture';
import { scoreOf, traceGradients, traceImage } from '../../src/domain/reference-network';
import { imageAt } from '../../src/domain/sample';
import { initialWeights, type Weights } from '../../src/domain/weights';
import { openEngine } from '../../workers/engines/open-engine';
import { batchOf, EVERYTHING, relativeError, withNetwork } from '../helpers/networks';

const NETWORKS: readonly Architecture[] = [EVERYTHING, ...Object.values(ARCHITECTURES)];
const { pixels } = batchOf(11, 20);
const image = imageAt(pixels, 0);

/** Weights whose norms have learned something: a mean of 0 and a variance of 1 would hide mistakes. */
async function usedWeights(architecture: Architecture): Promise<Weights> {
  const engine = await openEngine('simd');
  return withNetwork(engine, architecture, async (network) => {
    for (const seed of [1, 2, 3]) await network.trainBatch(batchOf(seed, 16), 0.01);
    return (await network.export()).weights;
  });
}

for (const architecture of NETWORKS) {
  describe(`the reference network computes “${architecture.name}” as the engines do`, () => {
    let weights: Weights;
    before(async () => (weights = await usedWeights(architecture)));

    for (const name of ['simd', 'cpu'] as const) {
      it(`${name}: logits to 1e-4`, async () => {
        const network = (await openEngine(name)).create(architecture, weights);
        const { logits } = traceImage(architecture, weights, image);
        expect(relativeError(logits, await network.logits(image))).to.be.below(1e-4);
        network.dispose();
      });
    }

    it('simd: features to 1e-4, of one image and of many', async () => {
      const features = featureArchitecture(architecture);
      const network = (await openEngine('simd')).create(features, weights);
      const width = outputCount(features);
      const own = traceImage(features, weights, image).logits;
      expect(own.length).to.equal(width);
      const many = await network.logits(pixels);
      expect(many.length).to.equal(20 * width);
      expect(relativeError(many.subarray(0, width), own)).to.be.below(1e-4);
      expect(relativeError(await network.logits(image), own)).to.be.below(1e-4);
      network.dispose();
    });

    it('gradients of the pixels are those of TF.js, to 1e-4', async () => {
      await openEngine('cpu');
      const tf = await import('@tensorflow/tfjs-core');
      const { buildModel } = await import('../../workers/engines/tfjs/build-model');
      const { model } = buildModel(architecture, weights);
      const input = tf.tensor4d(
        Float32Array.from(image, (ink) => ink / 255),
        [1, 28, 28, 1],
      );
      const trace = traceImage(architecture, weights, image);
      for (const digit of [3, 8]) {
        const score = (x: Tensor) => tf.sum(tf.slice(model.apply(x) as Tensor, [0, digit], [1, 1]));
        const expected = tf.grad(score)(input);
        const [own] = traceGradients(trace, weights, scoreOf({ [digit]: 1 }));
        expect(relativeError(own!, expected.dataSync())).to.be.below(1e-4);
        expected.dispose();
      }
      tf.dispose(input);
      model.dispose();
    });
  });
}

it('a trace has what every layer gave, in the shapes of the plan', () => {
  const { outputs, plans } = traceImage(EVERYTHING, initialWeights(EVERYTHING, 1), image);
  expect(plans).to.deep.equal(planLayers(EVERYTHING));
  plans.forEach(({ output }, layer) => {
    expect(outputs[layer]!.length).to.equal(output.reduce((product, side) => product * side, 1));
  });
});

it('a gradient foretells what a small change of a pixel does, to a tenth', () => {
  const weights = initialWeights(ARCHITECTURES.fast, 5);
  const logitOf = (picture: Uint8Array) => traceImage(ARCHITECTURES.fast, weights, picture).logits[4]!;
  const trace = traceImage(ARCHITECTURES.fast, weights, image);
  const [slopes] = traceGradients(trace, weights, scoreOf({ 4: 1 }));
  const foretold: number[] = [];
  const happened: number[] = [];
  for (let at = 200; at < 600; at += 7) {
    const [less, more] = [image.slice(), image.slice()];
    less[at] = Math.max(0, image[at]! - 1);
    more[at] = Math.min(255, image[at]! + 1);
    foretold.push((slopes![at]! * (more[at]! - less[at]!)) / 255);
    happened.push(logitOf(more) - logitOf(less));
  }
  expect(relativeError(happened, foretold)).to.be.below(0.1);
});
