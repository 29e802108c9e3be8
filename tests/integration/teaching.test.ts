import { expect } from 'chai';
import { CORRECTED } from '../../src/domain/dataset';
import { drawnBenchmark } from '../../src/domain/drawn-benchmark';
import { SHIPPED_MODEL } from '../../src/domain/ids';
import { judgeLesson, type Lesson } from '../../src/domain/lesson';
import { accuracyOf } from '../../src/domain/metrics';
import { imageAt } from '../../src/domain/sample';
import { offersShards } from '../../src/domain/shard-manifest';
import { CollectionService } from '../../src/services/collection-service';
import { PromotionService } from '../../src/services/promotion-service';
import { TeachingService, type TeachingState } from '../../src/services/teaching-service';
import { drawNotDigit } from '../helpers/not-digits';
import { openShippedNetwork, readDigit, readShippedCard } from '../helpers/shipped';
import { openBench, type Bench } from '../helpers/worker';

const DEADLINE = { deadlineMs: 60_000 };

/**
 * What the shipped model misreads among the drawn digits, at most `most` of them, and what it is. Of one that
 * reads them all, some that it reads: there is nothing to gain, and still nothing to lose.
 */
async function findMisread(most: number): Promise<{ pixels: Uint8Array<ArrayBuffer>; label: number }[]> {
  const network = await openShippedNetwork();
  const { pixels, labels } = drawnBenchmark();
  const misread: { pixels: Uint8Array<ArrayBuffer>; label: number }[] = [];
  for (let index = 0; index < labels.length && misread.length < most; index++) {
    const image = imageAt(pixels, index).slice();
    if ((await readDigit(network, image)) === labels[index]) continue;
    misread.push({ pixels: image, label: labels[index]! });
  }
  network.dispose();
  if (misread.length > 0) return misread;
  return [0, 1, 2, 3].map((index) => ({ pixels: imageAt(pixels, index).slice(), label: labels[index]! }));
}

describe('learning from corrections, in a real worker', () => {
  let isMnistHere: boolean;
  /** Only where MNIST's score is what matters: it takes seconds to bring here. */
  let ensureMnist: () => Promise<boolean>;
  let misread: Awaited<ReturnType<typeof findMisread>>;
  let bench: Bench;
  let collection: CollectionService;
  let teaching: TeachingService;

  before(async () => {
    isMnistHere = offersShards(await (await fetch('/mnist/manifest.json')).json());
    if (!isMnistHere) console.log('MNIST is not on this machine: generated digits take its place.');
    misread = await findMisread(12);
    expect(misread.length, 'digits to correct').to.be.above(0);
  });
  beforeEach(async () => {
    bench = openBench();
    ensureMnist = () => Promise.resolve(false);
    const { shards, changes, client } = bench;
    collection = new CollectionService(shards, () => undefined);
    const promotion = new PromotionService(bench);
    teaching = new TeachingService({
      shards,
      changes,
      client,
      ensureMnist: () => ensureMnist(),
      cancelMnist: () => undefined,
      judge: (id) => promotion.judge(id, { isAskedFor: true }),
    });
  });
  afterEach(() => bench.close());

  async function correct(): Promise<void> {
    for (const { pixels, label } of misread) await collection.keep(CORRECTED, pixels, label);
  }

  async function learn(): Promise<Lesson> {
    await teaching.teach(SHIPPED_MODEL);
    const { value } = teaching.state;
    if (value.state !== 'asking') throw new TypeError(JSON.stringify(value));
    return value.lesson;
  }

  /** Stores what was learned, without the gate: it is looked at in tests of its own. */
  const keep = async () => (await bench.client.call('keepLesson', {}, DEADLINE)).versionId;

  /** All that learning could change. */
  const readDatabase = async () => ({
    champion: await bench.settings.get('champion'),
    versions: await bench.models.list(),
    runs: await bench.runs.list(),
  });
  const NOTHING = { champion: undefined, versions: [], runs: [] };

  it('reads what it misread, and MNIST within a tenth of a point, once it is used', async () => {
    if (isMnistHere) {
      ensureMnist = async () => Boolean(await bench.client.call('acquireMnist', {}, DEADLINE));
    }
    await correct();
    const lesson = await learn();
    const { before, after } = lesson;
    console.log(`Lesson, ${lesson.ground}: ${JSON.stringify({ before, after })}`);
    expect(lesson.ground).to.equal(isMnistHere ? 'mnist' : 'generated');
    const isGain = before.corrections.correct < misread.length;
    expect(after.corrections.correct).to.be.at.least(0.8 * misread.length);
    expect(before.ground.correct - after.ground.correct).to.be.at.most(0.001 * before.ground.total);
    expect(judgeLesson(lesson)).to.equal(isGain ? 'better' : 'no-better');

    const verdict = (await teaching.accept())!;
    const { versionId } = verdict.candidate;
    expect(await bench.gate.find(versionId)).to.deep.equal(verdict);
    expect(verdict.promoted, verdict.reason).to.equal(verdict.isPassed);
    expect(await bench.settings.get('champion')).to.equal(verdict.isPassed ? versionId : undefined);
    const { version } = await bench.models.load(versionId);
    expect(version.config!.startFrom!.versionId).to.equal(SHIPPED_MODEL);
    expect((await bench.runs.get(version.runId!)).versionId).to.equal(versionId);
    const epochs = await bench.runs.epochs(version.runId!);
    expect(epochs).to.have.length(version.config!.recipe.epochs);
    expect(epochs.at(-1)!.validationAccuracy).to.equal(accuracyOf(version.validation));
    const evaluations = await bench.models.listEvaluations();
    expect(evaluations.map(({ score }) => score)).to.deep.include(after.drawn);
    // What was promised is what is stored: it is read anew.
    for (const { pixels, label } of misread.slice(0, 3)) {
      const { prediction } = await bench.client.call('predict', { versionId, pixels }, DEADLINE);
      expect(prediction.digit).to.equal(label);
    }
    if (isMnistHere) {
      expect(await bench.client.call('evaluate', { versionId }, DEADLINE)).to.deep.equal(after.ground);
    }
  });

  it('replaces nothing by itself, and nothing where it is refused', async () => {
    await correct();
    await learn();
    expect(await readDatabase()).to.deep.equal(NOTHING);
    teaching.dismiss();
    expect(await readDatabase()).to.deep.equal(NOTHING);
    expect(await teaching.accept(), 'too late').to.equal(undefined);
    expect(await readDatabase()).to.deep.equal(NOTHING);
  });

  for (const stage of ['preparing', 'before', 'learning', 'after'] as const) {
    it(`changes nothing where it is called off (${stage})`, async () => {
      await correct();
      const states: TeachingState['state'][] = [];
      teaching.state.subscribe(() => {
        const { value } = teaching.state;
        states.push(value.state);
        if (value.state === 'learning' && value.stage === stage) teaching.cancel();
      });
      await teaching.teach(SHIPPED_MODEL);
      expect(states).to.include('learning');
      expect(states).not.to.include('asking');
      expect(teaching.state.value).to.deep.equal({ state: 'idle' });
      expect(await readDatabase()).to.deep.equal(NOTHING);
      // One that is called off at its very end may be over in the worker by then.
      if (stage === 'after') return;
      const refusal = await bench.client.call('keepLesson', {}, DEADLINE).catch((error) => error);
      expect(refusal.help.reason).to.equal('LESSON_GONE');
    });
  }

  it('goes on refusing what is no digit', async () => {
    await correct();
    await learn();
    const versionId = await keep();
    const { version } = await bench.models.load(versionId);
    expect(version.temperature, 'as sure as before').to.equal((await readShippedCard()).temperature);
    const things = Array.from({ length: 40 }, (_, index) => drawNotDigit('scribbles', 1, index));
    const refusedBy = async (id: typeof versionId) => {
      let refused = 0;
      for (const pixels of things) {
        const { isDigit } = await bench.client.call('predict', { versionId: id, pixels }, DEADLINE);
        if (!isDigit) refused += 1;
      }
      return refused;
    };
    const [before, after] = [await refusedBy(SHIPPED_MODEL), await refusedBy(versionId)];
    console.log(`Scribbles refused, of ${things.length}: ${before} before, ${after} after the lesson`);
    expect(after).to.be.at.least(0.9 * before);
  });

  it('learns again from what it became, and its lessons add up', async () => {
    await correct();
    await learn();
    const first = await keep();
    await teaching.teach(first);
    const { value } = teaching.state;
    if (value.state !== 'asking') throw new TypeError(value.state);
    expect(value.lesson.startedFrom).to.equal(first);
    expect(value.lesson.before.corrections.correct).to.be.at.least(0.8 * misread.length);
  });

  it('becomes a run like any other, which can be trained further', async () => {
    await correct();
    await learn();
    const { version } = await bench.models.load(await keep());
    await bench.runs.extend(version.runId!, 1);
    const ending = await bench.client.call('train', { runId: version.runId! }, DEADLINE);
    expect(ending.status).to.equal('finished');
    const run = await bench.runs.get(version.runId!);
    expect(run.cursor.epoch).to.equal(version.config!.recipe.epochs + 1);
    const further = await bench.models.load(run.versionId!);
    expect(accuracyOf(further.version.validation)).to.be.above(0.9);
  });

  it('says that there is nothing to learn from', async () => {
    await teaching.load();
    expect(teaching.correctionCount.value).to.equal(0);
    await teaching.teach(SHIPPED_MODEL);
    const { value } = teaching.state;
    if (value.state !== 'failed') throw new TypeError(value.state);
    expect(value.error.reason).to.equal('NO_CORRECTIONS');
    const kept = await collection.keep(CORRECTED, misread[0]!.pixels, misread[0]!.label);
    await teaching.load();
    expect(teaching.correctionCount.value).to.equal(1);
    await collection.takeBack(kept);
    await teaching.load();
    expect(teaching.correctionCount.value).to.equal(0);
  });
});
