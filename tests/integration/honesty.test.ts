import { expect } from 'chai';
import { generateDigit, generateDigits } from '../../src/domain/generated-digits';
import type { ModelVersionId } from '../../src/domain/ids';
import type { ModelVersion } from '../../src/domain/model-version';
import { softmax } from '../../src/domain/prediction';
import { createRandom } from '../../src/domain/random';
import { findRecipe } from '../../src/domain/recipe';
import { logLossOf, readLogits } from '../../src/domain/readings';
import { gatherSamples, IMAGE_PIXELS } from '../../src/domain/sample';
import { splitIndices } from '../../src/domain/split';
import type { Weights } from '../../src/domain/weights';
import { openEngine } from '../../workers/engines/open-engine';
import { readPage, THINGS_SEEN } from '../helpers/not-digit-pictures';
import { drawNotDigit } from '../helpers/not-digits';
import { openBench, type Bench } from '../helpers/worker';

const DEADLINE = { deadlineMs: 60_000 };
const DATA = { kind: 'generated', sampleCount: 900, seed: 1 } as const;
const THINGS = 40;

const many = <Made>(make: (index: number) => Made) =>
  Array.from({ length: THINGS }, (_, index) => make(index));

describe('a model of one’s own, in a real worker', () => {
  let bench: Bench;
  let version: ModelVersion;
  let weights: Weights;

  before(async () => {
    bench = openBench();
    const recipe = findRecipe('quick')!;
    const run = await bench.runs.create({ dataset: DATA, recipe, seed: 1, engine: 'simd' });
    await bench.client.call('train', { runId: run.id }, DEADLINE);
    ({ version, weights } = await bench.models.load((await bench.runs.get(run.id)).versionId!));
  });
  after(() => bench.close());

  const ask = (pixels: Uint8Array<ArrayBuffer>, versionId = version.id, { client } = bench) =>
    client.call('predict', { versionId, pixels }, DEADLINE);

  async function countRefused(images: readonly Uint8Array<ArrayBuffer>[], versionId?: ModelVersionId) {
    const answers = await Promise.all(images.map((pixels) => ask(pixels, versionId)));
    return answers.filter(({ isDigit }) => !isDigit).length;
  }

  const scribbles = many((index) => drawNotDigit('scribbles', 1, index));
  const digits = many((index) => generateDigit(43, index));

  async function logitsOf(pixels: Uint8Array<ArrayBuffer>): Promise<Float32Array> {
    const network = (await openEngine('simd')).create(version.architecture, weights);
    try {
      return (await network.logits(pixels)).slice();
    } finally {
      network.dispose();
    }
  }

  it('refuses scribbles, letters and empty paper, and reads digits', async () => {
    const letters = many((index) => drawNotDigit('letters', 1, index));
    const paper = many((index) =>
      index < 12 ? readPage(THINGS_SEEN[0]!.take(createRandom(index))) : [],
    ).flat();
    expect(await countRefused(scribbles), 'scribbles').to.be.at.least(0.9 * THINGS);
    expect(await countRefused(letters), 'letters').to.be.at.least(0.85 * THINGS);
    expect(await countRefused([new Uint8Array(IMAGE_PIXELS)]), 'nothing').to.equal(1);
    // Where nothing is found on a page, nothing is asked; where a shadow is, it is hardly ever a digit.
    expect(await countRefused(paper as Uint8Array<ArrayBuffer>[]), 'paper').to.be.at.least(
      0.8 * paper.length,
    );
    expect(await countRefused(digits.map(({ pixels }) => pixels)), 'digits').to.be.at.most(0.1 * THINGS);
  });

  it('says the same of many at once, which is what programs ask', async () => {
    const images = [scribbles[0]!, digits[0]!.pixels, scribbles[1]!];
    const pixels = new Uint8Array(images.length * IMAGE_PIXELS);
    images.forEach((image, row) => pixels.set(image, row * IMAGE_PIXELS));
    const answer = await bench.client.call('predictMany', { versionId: version.id, pixels }, DEADLINE);
    const alone = await Promise.all(images.map((image) => ask(image)));
    expect([...answer.areDigits]).to.deep.equal(alone.map(({ isDigit }) => Number(isDigit)));
    expect(answer.areDigits[0]).to.equal(0);
    expect([...answer.digits]).to.deep.equal(alone.map(({ prediction }) => prediction.digit));
  });

  it('is as sure as its validation images say, which it did not learn from', async () => {
    const block = generateDigits(DATA.seed, 0, DATA.sampleCount);
    const unseen = gatherSamples(block, splitIndices(block.pixels).validation);
    const labels = unseen.labels as Uint8Array<ArrayBuffer>;
    expect(version.validation.total).to.equal(labels.length);
    const logits = await logitsOf(unseen.pixels as Uint8Array<ArrayBuffer>);
    const lossAt = (temperature: number) => logLossOf(readLogits(logits, labels, temperature));
    const { temperature = 1 } = version;
    console.log(`Temperature ${temperature}, ${version.validation.correct} of ${labels.length} right`);
    expect(temperature).not.to.equal(1);
    for (const other of [1, temperature - 0.02, temperature + 0.02]) {
      expect(lossAt(other), `${other}`).to.be.above(lossAt(temperature));
    }
  });

  it('answers at that temperature', async () => {
    const { pixels } = digits[0]!;
    const logits = await logitsOf(pixels);
    const { prediction } = await ask(pixels);
    softmax(Array.from(logits, (logit) => logit / version.temperature!)).forEach((share, digit) =>
      expect(prediction.probabilities[digit]).to.be.closeTo(share, 1e-6),
    );
  });

  it('answers without a temperature as it did before there was one, and refuses as well', async () => {
    const { id: _, runId: __, temperature: ___, ...old } = version;
    const oldId = await bench.models.add(old, weights);
    const { pixels } = digits[0]!;
    const { prediction } = await ask(pixels, oldId);
    softmax(await logitsOf(pixels)).forEach((share, digit) =>
      expect(prediction.probabilities[digit]).to.be.closeTo(share, 1e-6),
    );
    expect(await countRefused(scribbles, oldId)).to.equal(await countRefused(scribbles));
  });

  it('answers where the app’s own files cannot be had, and then takes everything for a digit', async () => {
    const elsewhere = openBench('/nowhere/');
    try {
      const { id: _, runId: __, ...own } = version;
      const versionId = await elsewhere.models.add(own, weights);
      const { pixels } = digits[0]!;
      expect((await ask(pixels, versionId, elsewhere)).prediction).to.deep.equal(
        (await ask(pixels)).prediction,
      );
      expect((await ask(scribbles[0]!, versionId, elsewhere)).isDigit).to.equal(true);
    } finally {
      await elsewhere.close();
    }
  });
});
