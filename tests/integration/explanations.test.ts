import { expect } from 'chai';
import { CORRECTED } from '../../src/domain/dataset';
import { generateDigit } from '../../src/domain/generated-digits';
import { SHIPPED_MODEL } from '../../src/domain/ids';
import { rankDigits } from '../../src/domain/prediction';
import { findRecipe } from '../../src/domain/recipe';
import { CollectionService } from '../../src/services/collection-service';
import {
  ExplanationService,
  type ExplanationState,
  type ExplanationView,
  type Question,
} from '../../src/services/explanation-service';
import { openBench, type Bench } from '../helpers/worker';

const DEADLINE = { deadlineMs: 60_000 };
const NOTHING = () => undefined;

describe('explanations, in a real worker', () => {
  let bench: Bench;
  let explanation: ExplanationService;
  const pixels = generateDigit(1, 3).pixels;
  beforeEach(() => {
    bench = openBench();
    explanation = new ExplanationService(bench.shards, bench.client, bench.changes);
  });
  afterEach(() => bench.close());

  const predict = async (picture: Uint8Array<ArrayBuffer>, versionId = SHIPPED_MODEL) =>
    (await bench.client.call('predict', { versionId, pixels: picture }, DEADLINE)).prediction;

  async function questionOf(view: ExplanationView, versionId = SHIPPED_MODEL): Promise<Question> {
    const prediction = await predict(pixels, versionId);
    return { view, versionId, pixels, digit: prediction.digit, rival: rankDigits(prediction)[1]! };
  }

  async function makeSet(name: string, count: number): Promise<void> {
    const made = await bench.client.call('generateDataset', { dataset: name, seed: 5, count }, DEADLINE);
    await bench.shards.completeDataset(made);
  }

  async function explain(question: Question) {
    await explanation.ask(question);
    const { known, error, isWorking } = explanation.state.value;
    expect(error).to.equal(undefined);
    expect(isWorking).to.equal(false);
    return known!.explained;
  }

  it('weigh the evidence: covering ink changes the lead, covering paper does not', async () => {
    const explained = await explain(await questionOf('evidence'));
    if (explained.view !== 'evidence') throw new TypeError(explained.view);
    const { covering, looking } = explained.evidence;
    expect(covering.some((value) => value > 0)).to.equal(true);
    expect(covering[0]).to.equal(0);
    expect(looking!.values.length).to.equal(784);
  });

  it('show every layer, up to the logits that were answered', async () => {
    const explained = await explain(await questionOf('layers'));
    if (explained.view !== 'layers') throw new TypeError(explained.view);
    const { layers, filters } = explained.layers;
    const logits = layers.at(-1)!.values;
    expect(logits.indexOf(Math.max(...logits))).to.equal((await predict(pixels)).digit);
    expect(layers[0]!.shape[2]).to.equal(filters!.count);
    for (const { shape, values } of layers) {
      expect(values.length).to.equal(shape.reduce((product, side) => product * side, 1));
    }
  });

  it('find a change that the network itself reads as the other digit', async () => {
    const question = await questionOf('change');
    const explained = await explain(question);
    if (explained.view !== 'change') throw new TypeError(explained.view);
    const { after, target, probability } = explained.change;
    expect(target).to.equal(question.rival);
    const prediction = await predict(after!);
    expect(prediction.digit).to.equal(question.rival);
    expect(prediction.probabilities[target]).to.be.closeTo(probability!, 1e-3);
  });

  it('say that no set is here, and find a digit itself once it is in one', async () => {
    const question = await questionOf('alike');
    expect(await explain(question)).to.deep.equal({ view: 'alike' });
    await makeSet('generated', 300);
    const collection = new CollectionService(bench.shards, NOTHING);
    await collection.keep(CORRECTED, pixels, 7);
    const explained = await explain({ ...question, dataset: CORRECTED });
    if (!('alike' in explained)) throw new TypeError(explained.view);
    const [nearest] = explained.alike!.samples;
    expect(nearest!.label).to.equal(7);
    expect(nearest!.distance).to.be.below(1e-4);
    expect(nearest!.pixels).to.deep.equal(pixels);
  });

  it('compare all of a small set, the nearest first, and see what was relabelled since', async () => {
    await makeSet('generated', 300);
    const ask = async () => {
      const explained = await explain(await questionOf('alike'));
      if (!('alike' in explained)) throw new TypeError(explained.view);
      return explained.alike!;
    };
    const { samples, compared } = await ask();
    expect(compared).to.equal(300);
    expect(samples).to.have.length(8);
    const distances = samples.map(({ distance }) => distance);
    expect(distances).to.deep.equal(distances.toSorted((a, b) => a - b));
    const [nearest] = samples;
    const label = (nearest!.label + 1) % 10;
    const edit = { dataset: 'generated', split: 'train', index: nearest!.place, label, editedAt: 1 } as const;
    const { counts } = (await bench.shards.findDataset('generated'))!;
    await bench.shards.saveEdits('generated', [edit], counts);
    expect((await ask()).samples[0]!.label).to.equal(label);
  });

  it('are had for a model of one’s own', async () => {
    const recipe = { ...findRecipe('quick')!, epochs: 1, batchSize: 32 };
    const run = await bench.runs.create({
      dataset: { kind: 'generated', sampleCount: 130, seed: 1 },
      recipe,
      seed: 1,
      engine: 'simd',
    });
    await bench.client.call('train', { runId: run.id }, DEADLINE);
    const { versionId } = await bench.runs.get(run.id);
    await makeSet('generated', 100);
    for (const view of ['evidence', 'layers', 'alike', 'change'] as const) {
      expect((await explain(await questionOf(view, versionId!))).view).to.equal(view);
    }
  });

  it('the newest question wins; those before are called off without an error', async () => {
    await makeSet('generated', 600);
    const question = await questionOf('alike');
    const states: ExplanationState[] = [];
    explanation.state.subscribe(() => states.push(explanation.state.value));
    const views = ['alike', 'change', 'evidence', 'layers'] as const;
    await Promise.all(views.map((view) => explanation.ask({ ...question, view })));
    expect(explanation.state.value.known!.explained.view).to.equal('layers');
    expect(explanation.state.value.isWorking).to.equal(false);
    expect(states.some(({ error }) => error)).to.equal(false);
  });

  it('a question that is called off leaves what is known, and no error', async () => {
    const question = await questionOf('evidence');
    await explanation.ask(question);
    const asked = explanation.ask({ ...question, view: 'change' });
    explanation.cancel();
    await asked;
    const { known, isWorking, error } = explanation.state.value;
    expect(known!.explained.view).to.equal('evidence');
    expect(isWorking).to.equal(false);
    expect(error).to.equal(undefined);
  });
});
