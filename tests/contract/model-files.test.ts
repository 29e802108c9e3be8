import * as tf from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import { expect } from 'chai';
import { ARCHITECTURES, weightSpecs, type Architecture } from '../../src/domain/architecture';
import { generateDigits } from '../../src/domain/generated-digits';
import { toOnnx } from '../../src/domain/onnx-model';
import { PREPROCESS_VERSION } from '../../src/domain/preprocess';
import { createRandom } from '../../src/domain/random';
import { traceImage } from '../../src/domain/reference-network';
import { IMAGE_PIXELS, imageAt } from '../../src/domain/sample';
import { unpackWeights, type Weights } from '../../src/domain/weights';
import type { Network } from '../../workers/engines/engine';
import { openEngine } from '../../workers/engines/open-engine';
import { exportModel } from '../../workers/ml/export-model';
import { importModel } from '../../workers/ml/import-model';
import { batchOf, EVERYTHING, withNetwork } from '../helpers/networks';
import { readOnnx, runOnnx } from '../helpers/onnx-reader';
import { logitsOfOnnxRuntime } from '../helpers/onnx-runtime';
import { readShippedCard } from '../helpers/shipped';
import { unzip } from '../helpers/unzip';

const NETWORKS: readonly Architecture[] = [EVERYTHING, ...Object.values(ARCHITECTURES)];

/** Weights of which no two are alike, with variances above nought. */
function someWeights(architecture: Architecture): Weights {
  const random = createRandom(5);
  return Object.fromEntries(
    weightSpecs(architecture).map(({ name, shape }) => {
      const size = shape.reduce((product, side) => product * side, 1);
      const isVariance = name.endsWith('/variance');
      const draw = () => (isVariance ? 0.5 + random.next() : random.normal(0.1));
      return [name, Float32Array.from({ length: size }, draw)];
    }),
  );
}

/** Reads the ZIP as anybody would: with TF.js' own reader of files. */
async function logitsOfTfjs(archive: Blob, pixels: Uint8Array): Promise<Float32Array> {
  await openEngine('cpu');
  const files = [...(await unzip(archive))].map(([name, bytes]) => new File([bytes], name));
  const model = await loadLayersModel(tf.io.browserFiles(files));
  const images = tf.tensor(
    Float32Array.from(pixels, (ink) => ink / 255),
    [pixels.length / IMAGE_PIXELS, 28, 28, 1],
  );
  const logits = model.predict(images) as tf.Tensor;
  const values = (await logits.data()) as Float32Array;
  tf.dispose([images, logits]);
  model.dispose();
  return values;
}

function furthest(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  expect(actual.length).to.equal(expected.length);
  return Array.from(expected).reduce((most, value, at) => Math.max(most, Math.abs(value - actual[at]!)), 0);
}

for (const architecture of NETWORKS) {
  describe(`the files of the network “${architecture.name}”`, () => {
    const weights = someWeights(architecture);
    const model = { architecture, weights, preprocessVersion: PREPROCESS_VERSION };
    const { pixels } = batchOf(11, 4);
    const expected = () =>
      [0, 1, 2, 3].flatMap((at) => [...traceImage(architecture, weights, imageAt(pixels, at)).logits]);

    for (const format of ['tfjs', 'safetensors'] as const) {
      it(`${format}: come back the same to the last bit, and are the same each time`, async () => {
        const blob = await exportModel(model, format);
        expect(await importModel(blob)).to.deep.include({ architecture, weights });
        const again = new Uint8Array(await (await exportModel(model, format)).arrayBuffer());
        expect(new Uint8Array(await blob.arrayBuffer())).to.deep.equal(again);
      });
    }

    it('TF.js answers alike, to 1e-5', async () => {
      const logits = await logitsOfTfjs(await exportModel(model, 'tfjs'), pixels);
      expect(furthest(logits, expected())).to.be.at.most(1e-5);
    });

    it('as ONNX, by its specification, answers alike, to 1e-5', () => {
      const onnx = readOnnx(toOnnx(architecture, weights));
      expect(onnx.operatorSet).to.equal(13);
      const logits = [0, 1, 2, 3].flatMap((at) => [...runOnnx(onnx, imageAt(pixels, at))]);
      expect(furthest(logits, expected())).to.be.at.most(1e-5);
    });
  });
}

/** Weights as they are after training: the shipped ones, and for the other networks what a run begins with. */
async function trainedWeights(architecture: Architecture): Promise<Weights> {
  const card = await readShippedCard();
  if (card.architecture.name !== architecture.name) return someWeights(architecture);
  return unpackWeights(
    architecture,
    new Uint8Array(await (await fetch(`/models/${card.weightsPath}`)).arrayBuffer()),
  );
}

describe('the files of every network of Inkling’s, asked for 1,000 generated digits', () => {
  const { pixels } = generateDigits(3, 0, 1000);

  for (const architecture of Object.values(ARCHITECTURES)) {
    it(`“${architecture.name}”: Inkling, TF.js and ONNX Runtime answer alike, to 1e-5`, async () => {
      const weights = await trainedWeights(architecture);
      const model = { architecture, weights, preprocessVersion: PREPROCESS_VERSION };
      const engine = await openEngine('simd');
      const ask = (network: Network) => network.logits(pixels);
      const own = await withNetwork(engine, architecture, ask, undefined, weights);
      const tfjs = await logitsOfTfjs(await exportModel(model, 'tfjs'), pixels);
      const onnx = await logitsOfOnnxRuntime(await exportModel(model, 'onnx'), pixels);
      const differences = {
        tfjs: furthest(tfjs, own),
        onnx: furthest(onnx, own),
        both: furthest(onnx, tfjs),
      };
      console.log(`“${architecture.name}” differs by at most`, JSON.stringify(differences));
      expect(Math.max(...Object.values(differences))).to.be.at.most(1e-5);
    });
  }
});
