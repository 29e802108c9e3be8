import { expect } from 'chai';
import { countLabels, noCounts } from '../../src/domain/dataset';
import { DISTURBANCES } from '../../src/domain/disturbance';
import { DRAWN_TEST, GENERATED_TEST, type EvaluatedData } from '../../src/domain/evaluated-data';
import type { Examined } from '../../src/domain/evaluation';
import { AppError } from '../../src/domain/errors';
import { generateDigits } from '../../src/domain/generated-digits';
import { SHIPPED_MODEL, type ModelVersionId } from '../../src/domain/ids';
import { accuracyOf } from '../../src/domain/metrics';
import { findLabelSuspects } from '../../src/domain/label-suspects';
import { readLogits } from '../../src/domain/readings';
import { sliceReadings } from '../../src/domain/slices';
import { permutation } from '../../src/domain/shuffle';
import { concatenateBytes } from '../../src/domain/bytes';
import { contentHash, sha256 } from '../../src/platform/sha256';
import { readShippedCard } from '../helpers/shipped';
import { openBench, type Bench } from '../helpers/worker';

const DEADLINE = { deadlineMs: 120_000 };
const OWN: EvaluatedData = { kind: 'stored', name: 'own', split: 'all' };

/** Stores digits as a set for training, whose last ones are for testing. */
async function storeSet(
  { shards }: Bench,
  { pixels, labels }: { pixels: Uint8Array<ArrayBuffer>; labels: Uint8Array<ArrayBuffer> },
  { testCount = 0, preprocessVersion }: { testCount?: number; preprocessVersion?: number } = {},
): Promise<void> {
  const cut = labels.length - testCount;
  const parts = {
    train: { pixels: pixels.slice(0, cut * 784), labels: labels.slice(0, cut) },
    test: { pixels: pixels.slice(cut * 784), labels: labels.slice(cut) },
  };
  for (const split of ['train', 'test'] as const) {
    const part = parts[split];
    if (part.labels.length === 0) continue;
    const hash = await sha256(concatenateBytes(part.pixels, part.labels));
    await shards.save({ dataset: 'own', split, index: 0, ...part, sha256: hash });
  }
  const hashOf = ({ pixels, labels }: typeof parts.train) => contentHash(pixels, labels);
  await shards.completeDataset({
    name: 'own',
    title: 'My digits',
    source: 'archive',
    contentHash: { train: await hashOf(parts.train), test: await hashOf(parts.test) },
    shardCounts: { train: cut > 0 ? 1 : 0, test: testCount > 0 ? 1 : 0 },
    counts: {
      train: cut > 0 ? countLabels(parts.train.labels) : noCounts(),
      test: countLabels(parts.test.labels),
    },
    completedAt: 1,
    ...(preprocessVersion === undefined ? {} : { preprocessVersion }),
  });
}

describe('evaluating a model version in a real worker', () => {
  let bench: Bench;
  beforeEach(() => (bench = openBench()));
  afterEach(() => bench.close());

  const examine = (
    data: EvaluatedData,
    versionId: ModelVersionId = SHIPPED_MODEL,
    onEvent: (progress: { done: number; total: number }) => void = () => undefined,
    signal?: AbortSignal,
  ): Promise<Examined> =>
    bench.client.call(
      'examine',
      { versionId, data },
      { ...DEADLINE, onEvent, ...(signal ? { signal } : {}) },
    );
  const reasonOf = (work: Promise<unknown>) =>
    work.then(
      () => 'nothing was thrown',
      (error: unknown) => (error instanceof AppError ? (error.help.reason ?? error.code) : String(error)),
    );

  it('tells the score that is stored, and everything else of the very same answers', async () => {
    const seen: number[] = [];
    const data = { ...GENERATED_TEST, sampleCount: 1000 } as EvaluatedData;
    const { evaluation, readings, pixels } = await examine(data, SHIPPED_MODEL, ({ done }) =>
      seen.push(done),
    );
    expect([readings.count, pixels.length, evaluation.score.total]).to.deep.equal([1000, 784_000, 1000]);
    expect(accuracyOf(evaluation.score)).to.be.above(0.9);
    expect(evaluation.report.accuracy).to.equal(accuracyOf(evaluation.score));
    expect(seen.at(-1)).to.equal(1000);
    const [stored] = await bench.models.listEvaluations();
    expect(stored!.score).to.deep.equal(evaluation.score);
    expect(await bench.client.call('evaluate', { versionId: SHIPPED_MODEL, data }, DEADLINE)).to.deep.equal(
      evaluation.score,
    );
  });

  it('computes answers once: relabelled images are held against the answers that are stored', async () => {
    await storeSet(bench, generateDigits(5, 0, 200), { testCount: 50 });
    const first = await examine(OWN);
    expect([first.trainCount, first.readings.count]).to.deep.equal([150, 200]);
    const seen: number[] = [];
    const label = (first.readings.labels[160]! + 1) % 10;
    const edit = { dataset: 'own', split: 'test', index: first.places[160]!, label, editedAt: 1 } as const;
    await bench.shards.saveEdits('own', [edit], (await bench.shards.findDataset('own'))!.counts);
    const second = await examine(OWN, SHIPPED_MODEL, ({ done }) => seen.push(done));
    expect(seen, 'nothing was computed').to.deep.equal([0]);
    expect(second.readings.labels[160]).to.equal(label);
    expect(second.readings.probabilities).to.deep.equal(first.readings.probabilities);
  });

  it('keeps to the part of a set that is asked for', async () => {
    await storeSet(bench, generateDigits(5, 0, 300), { testCount: 60 });
    const counts = await Promise.all(
      (['train', 'validation', 'test', 'all'] as const).map(
        async (split) => (await examine({ ...OWN, split } as EvaluatedData)).readings.count,
      ),
    );
    expect([counts[0]! + counts[1]!, counts[2], counts[3]]).to.deep.equal([240, 60, 300]);
    expect(counts[1]).to.be.above(0);
  });

  it('says so where nothing is there to test with', async () => {
    await storeSet(bench, generateDigits(5, 0, 20));
    expect(await reasonOf(examine({ ...OWN, split: 'test' } as EvaluatedData))).to.equal('EVALUATION_EMPTY');
    expect(await reasonOf(examine({ kind: 'stored', name: 'gone', split: 'all' }))).to.equal(
      'DATASET_MISSING',
    );
    expect(await reasonOf(examine(GENERATED_TEST, 99 as ModelVersionId))).to.equal('not-found');
  });

  it('evaluates a set of one digit only', async () => {
    const { pixels, labels } = generateDigits(5, 0, 200);
    const sevens = [...labels.keys()].filter((row) => labels[row] === 7);
    const block = {
      pixels: concatenateBytes(...sevens.map((row) => pixels.subarray(row * 784, row * 784 + 784))),
      labels: Uint8Array.from(sevens, () => 7),
    };
    await storeSet(bench, block);
    const { evaluation } = await examine(OWN);
    expect(evaluation.score.total).to.equal(sevens.length);
    expect(evaluation.rankings[7]!.rocArea).to.equal(undefined);
    const check = bench.client.call('answerUnseen', { data: OWN }, DEADLINE);
    expect(await reasonOf(check)).to.equal(sevens.length < 100 ? 'TOO_FEW_TO_CHECK' : 'ONE_DIGIT_TO_CHECK');
  });

  it('knows of images that were prepared in another way than those that the model learned from', async () => {
    await storeSet(bench, generateDigits(5, 0, 40), { preprocessVersion: 1 });
    const { preprocess } = await examine(OWN);
    const { preprocessVersion: model } = await readShippedCard();
    expect(preprocess).to.deep.equal({ model, images: 1 });
    expect((await examine({ ...GENERATED_TEST, sampleCount: 20 } as EvaluatedData)).preprocess).to.deep.equal(
      { model },
    );
  });

  it('counts the images of a test, and divides them: a stored set by its parts, drawn digits by how they were drawn', async () => {
    const block = generateDigits(5, 0, 120);
    await storeSet(bench, block, { testCount: 20 });
    const { statistics, facets, readings } = await examine(OWN);
    expect(statistics.classes.map(({ count }) => count)).to.deep.equal(countLabels(block.labels));
    expect(facets.map(({ title }) => title)).to.deep.equal(['Part', 'Ink']);
    const [parts] = sliceReadings(readings, facets);
    expect(parts!.slices.at(-1)!.score.total).to.equal(20);
    const drawn = await examine(DRAWN_TEST);
    expect(drawn.facets.map(({ title }) => title)).to.deep.equal([
      'Hand',
      'Device',
      'Pen',
      'Size',
      'Place',
      'Ink',
    ]);
    expect(drawn.evaluation.score.total).to.equal(500);
  });

  it('scores a version on every set, each by its images for testing, and on the drawn benchmark', async () => {
    await storeSet(bench, generateDigits(5, 0, 120), { testCount: 30 });
    const shares: number[] = [];
    const onEvent = ({ share }: { share: number }) => shares.push(share);
    const scores = await bench.client.call(
      'scoreSets',
      { versionId: SHIPPED_MODEL },
      { ...DEADLINE, onEvent },
    );
    expect(scores.map(({ title, source, score }) => [title, source, score.total])).to.deep.equal([
      ['My digits', 'archive', 30],
      ['Generated digits, for testing', 'generated', 5000],
      ['Drawn benchmark', 'benchmark', 500],
    ]);
    expect(shares).to.deep.equal(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).to.be.closeTo(1, 1e-9);
    const stored = await bench.models.listEvaluations();
    expect(stored.map(({ dataset }) => dataset).toSorted()).to.deep.equal([
      'drawn-benchmark',
      'generated/7919/5000',
      'own/test',
    ]);
  });

  it('can be called off, and stores nothing then', async () => {
    const controller = new AbortController();
    const run = examine(GENERATED_TEST, SHIPPED_MODEL, () => controller.abort('cancel'), controller.signal);
    expect(await reasonOf(run)).to.equal('aborted');
    expect(await bench.models.listEvaluations()).to.deep.equal([]);
  });

  it('tells how accuracy falls as images are made worse, and what it is where nothing is done to them', async () => {
    const data = { ...GENERATED_TEST, sampleCount: 300 } as EvaluatedData;
    const question = { versionId: SHIPPED_MODEL, data, kind: 'noise' } as const;
    const scores = await bench.client.call('disturb', question, DEADLINE);
    expect(scores.map(({ amount }) => amount)).to.deep.equal(DISTURBANCES.noise.amounts);
    const { evaluation } = await examine(data);
    expect(scores[0]).to.deep.include(evaluation.score);
    expect(scores.at(-1)!.correct).to.be.below(scores[0]!.correct);
  });

  /** A set of generated digits with one wrong label in a hundred; resolves to their rows. */
  async function plantErrors(count: number): Promise<ReadonlySet<number>> {
    const { pixels, labels } = generateDigits(3, 0, count);
    const flipped = new Set([...permutation(count, 7, 0)].slice(0, count / 100));
    const wrong = labels.map((label, row) => (flipped.has(row) ? (label + 1 + (row % 9)) % 10 : label));
    await storeSet(bench, { pixels, labels: wrong });
    return flipped;
  }

  it('finds 40 or more of 50 wrong labels in 5,000 among its first 100 suspects, where it has not learned from them', async () => {
    const flipped = await plantErrors(5000);
    const { evaluation } = await examine(OWN);
    const found = evaluation.suspects.slice(0, 100).filter(({ row }) => flipped.has(row));
    console.log(`Label suspects: ${found.length} of 50 planted errors are among the first 100`);
    expect(found.length).to.be.at.least(40);
  });

  it('finds them with networks of its own, too, none of which has learned from what it judges', async () => {
    const flipped = await plantErrors(2000);
    const shares: number[] = [];
    const onEvent = ({ share }: { share: number }) => shares.push(share);
    const logits = await bench.client.call('answerUnseen', { data: OWN }, { ...DEADLINE, onEvent });
    const { readings } = await examine(OWN);
    const suspects = findLabelSuspects(readLogits(logits, readings.labels), 2000);
    const found = suspects.slice(0, 40).filter(({ row }) => flipped.has(row));
    console.log(`Unseen labels: ${found.length} of 20 planted errors are among the first 40`);
    expect(found.length).to.be.at.least(16);
    expect(shares).to.deep.equal(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).to.equal(1);
  });

  it('stops a check of labels that is called off', async () => {
    await storeSet(bench, generateDigits(3, 0, 1000));
    const controller = new AbortController();
    const options = { ...DEADLINE, signal: controller.signal, onEvent: () => controller.abort('cancel') };
    expect(await reasonOf(bench.client.call('answerUnseen', { data: OWN }, options))).to.equal('aborted');
  });
});
