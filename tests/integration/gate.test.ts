import { expect } from 'chai';
import { openDB } from 'idb';
import { ARCHITECTURES } from '../../src/domain/architecture';
import { concatenateBytes } from '../../src/domain/bytes';
import { drawnBenchmark } from '../../src/domain/drawn-benchmark';
import { isAborted } from '../../src/domain/errors';
import { generateDigit, generateDigits } from '../../src/domain/generated-digits';
import { SHIPPED_MODEL, type ModelVersionId } from '../../src/domain/ids';
import { MNIST, MNIST_FACTS } from '../../src/domain/mnist';
import type { ModelVersion } from '../../src/domain/model-version';
import { NO_AUGMENTATION } from '../../src/domain/augmentation';
import { encodeGreyPng } from '../../src/domain/png';
import { PREPROCESS_VERSION } from '../../src/domain/preprocess';
import type { GateVerdict } from '../../src/domain/promotion-gate';
import { findRecipe } from '../../src/domain/recipe';
import type { RunConfig } from '../../src/domain/run';
import { imageAt } from '../../src/domain/sample';
import { initialWeights, packWeights, type Weights } from '../../src/domain/weights';
import { sha256 } from '../../src/platform/sha256';
import { ModelService } from '../../src/services/model-service';
import { PromotionService } from '../../src/services/promotion-service';
import { MIGRATIONS } from '../../src/storage/migrations';
import { createRepositories } from '../../src/storage/repositories';
import { readShippedCard } from '../helpers/shipped';
import { freshDatabaseName, openBench, type Bench } from '../helpers/worker';
import { asFile, zip } from '../helpers/zip-files';

const DEADLINE = { deadlineMs: 60_000 };
const DIGITS = drawnBenchmark();

/** A ZIP of 200 generated digits, each in the folder that `labelOf` says. */
async function zipOfDigits(labelOf: (label: number, index: number) => number): Promise<File> {
  const parts = Array.from({ length: 200 }, (_, index) => {
    const { label, pixels } = generateDigit(77, index);
    return { name: `${labelOf(label, index)}/${index}.png`, content: encodeGreyPng(pixels) };
  });
  return asFile(await zip(parts));
}

describe('the promotion gate, with real models in a real worker', () => {
  let bench: Bench;
  let models: ModelService;
  let promotion: PromotionService;

  beforeEach(async () => {
    bench = openBench();
    models = new ModelService({ ...bench, baseUrl: location.origin });
    promotion = new PromotionService(bench);
    await models.load();
  });
  afterEach(() => bench.close());

  /** Resolves once the gate, left to itself, has said something of a version. */
  function verdictOn(id: ModelVersionId): Promise<GateVerdict> {
    return new Promise((resolve, reject) => {
      let stop = () => {};
      const look = () => {
        const { verdicts, failures } = promotion.state.value;
        const [verdict, failure] = [verdicts.get(id), failures.get(id)];
        if (failure) reject(new Error(failure.message));
        if (!verdict) return;
        stop();
        resolve(verdict);
      };
      stop = promotion.state.subscribe(look);
      look();
    });
  }

  /** In place of MNIST's 10,000 test images: what is held out is read in a moment. */
  async function plantTestImages(): Promise<void> {
    const { pixels, labels } = generateDigits(5, 0, 400);
    const hash = await sha256(concatenateBytes(pixels, labels));
    await bench.shards.save({ dataset: MNIST, split: 'test', index: 0, pixels, labels, sha256: hash });
    await bench.shards.completeDataset({
      ...MNIST_FACTS,
      name: MNIST,
      contentHash: { train: '', test: hash },
      shardCounts: { train: 0, test: 1 },
      completedAt: 1,
    });
  }

  /** A run on a set of one's own that goes on from the shipped model, and at a rate that changes it. */
  async function runOn(file: File): Promise<RunConfig> {
    const params = { files: [file], dataset: crypto.randomUUID() };
    const { dataset } = await bench.client.call('importSamples', params, DEADLINE);
    await bench.shards.completeDataset(dataset!);
    const { architecture, weightsHash } = await readShippedCard();
    const { name, title } = dataset!;
    const recipe = { ...findRecipe('quick')!, architecture, augmentation: NO_AUGMENTATION, epochs: 1 };
    return {
      dataset: { kind: 'stored', name, title, sampleCount: 200 },
      recipe: { ...recipe, batchSize: 20, learningRate: 0.01, schedule: 'constant' },
      seed: 1,
      engine: 'simd',
      startFrom: { versionId: SHIPPED_MODEL, weightsHash },
    };
  }

  /** Trains, or is stopped at once. Resolves to the version that came of it, or undefined where none did. */
  async function train(config: RunConfig, isOver = false): Promise<ModelVersionId | undefined> {
    const { id: runId } = await bench.runs.create(config);
    const calling = new AbortController();
    // Before it begins: a page that is told of a first tick may answer after the first step.
    if (isOver) calling.abort('stop');
    await bench.client.call('train', { runId }, { ...DEADLINE, signal: calling.signal });
    return (await bench.runs.get(runId)).versionId;
  }

  async function addModel(weights: Weights, architecture = ARCHITECTURES.fast): Promise<ModelVersionId> {
    const version: Omit<ModelVersion, 'id'> = {
      createdAt: Date.now(),
      architecture,
      preprocessVersion: PREPROCESS_VERSION,
      appVersion: 'test',
      weightsHash: await sha256(packWeights(architecture, weights)),
      validation: { correct: 0, total: 0 },
    };
    return bench.models.add(version, weights);
  }

  /** A model that has learned nothing: it reads one digit in ten. */
  const addUntrained = (seed: number) => addModel(initialWeights(ARCHITECTURES.fast, seed));

  /** The shipped model as somebody brings it from elsewhere. */
  async function bringShipped(): Promise<ModelVersionId> {
    const params = { versionId: SHIPPED_MODEL, format: 'tfjs' } as const;
    const { blob } = await bench.client.call('exportModel', params, DEADLINE);
    const file = { file: blob, fileName: 'good-tfjs.zip' };
    return (await bench.client.call('importModel', file, DEADLINE)).versionId;
  }

  /** Who answers, of which weights, and what it says to twenty digits: every probability. */
  async function readAnswers() {
    const versionId = await bench.gate.champion();
    const { weightsHash } =
      versionId === SHIPPED_MODEL ? await readShippedCard() : (await bench.models.find(versionId))!;
    const predictions = [];
    for (let index = 0; index < 20; index++) {
      const pixels = imageAt(DIGITS.pixels, index).slice();
      predictions.push((await bench.client.call('predict', { versionId, pixels }, DEADLINE)).prediction);
    }
    return { versionId, weightsHash, predictions };
  }

  it('no bad retrain changes who answers, nor a single answer: shuffled labels, sevens only, nothing learned, zeros, NaN', async () => {
    await promotion.watch();
    const before = await readAnswers();
    const bad: Record<string, () => Promise<ModelVersionId | undefined>> = {
      shuffled: async () => train(await runOn(await zipOfDigits((_, index) => (index * 7) % 10))),
      sevens: async () => train(await runOn(await zipOfDigits(() => 7))),
      empty: async () => train(await runOn(await zipOfDigits((label) => label)), true),
      untrained: () => addUntrained(3),
      zeros: () => addModel(changed(initialWeights(ARCHITECTURES.fast, 1), (values) => values.fill(0))),
      nan: () => addModel(changed(initialWeights(ARCHITECTURES.fast, 1), (values) => values.fill(NaN, 0, 1))),
      copy: bringShipped,
    };
    const reasons: Record<string, string> = {};
    for (const [name, make] of Object.entries(bad)) {
      const id = await make();
      if (id === undefined) continue;
      const verdict = await verdictOn(id);
      reasons[name] = verdict.reason;
      expect(verdict.promoted, `${name}: ${verdict.reason}`).to.equal(false);
      expect(verdict.isPassed, name).to.equal(false);
    }
    console.log(JSON.stringify(reasons));
    expect(await readAnswers()).to.deep.equal(before);
    const fewer = /^It reads \d+\.\d\d points fewer of the generated test digits than the model in use: /;
    for (const name of ['shuffled', 'sevens', 'untrained']) expect(reasons[name], name).to.match(fewer);
    expect(reasons, 'a run that was stopped before it learned anything is no model').not.to.have.property(
      'empty',
    );
    expect(reasons['zeros']).to.contain('All of its weights are zero');
    expect(reasons['nan']).to.contain('not finite');
    expect(reasons['copy']).to.contain('exactly as the model in use does');
  });

  it('a good retrain takes over at once, and rolling back brings the weights and every answer back', async () => {
    await plantTestImages();
    const [chosenOnce, weak] = [await addUntrained(5), await addUntrained(3)];
    await models.chooseChampion(chosenOnce);
    await models.chooseChampion(weak);
    const before = await readAnswers();
    expect(await bench.gate.waiting(), 'what a person has decided waits for nothing').to.deep.equal([]);
    await promotion.watch();

    const good = await bringShipped();
    const verdict = await verdictOn(good);
    expect(verdict, verdict.reason).to.deep.include({ isPassed: true, promoted: true });
    expect(verdict.champion.versionId).to.equal(weak);
    expect(verdict.comparisons.map(({ set }) => set)).to.deep.equal(['mnist', 'drawn']);
    expect(verdict.accuracy).to.be.above(0.9);
    const after = await readAnswers();
    expect(after.versionId).to.equal(good);
    expect(after.predictions).not.to.deep.equal(before.predictions);

    await models.refresh();
    await models.rollBack();
    expect(await readAnswers()).to.deep.equal(before);
    // Nor is it reversed: a newcomer, and a new visit, change nothing.
    const next = new PromotionService({ ...bench, client: bench.anotherClient() });
    await next.watch();
    await verdictOn(await addUntrained(4));
    expect(await bench.gate.champion()).to.equal(weak);
  });

  it('a verdict on a model that answers no more promotes nobody: it is judged anew', async () => {
    await plantTestImages();
    // Better than the first; the second it is a copy of.
    const [first, second, candidate] = [await addUntrained(1), await bringShipped(), await bringShipped()];
    await models.chooseChampion(first);
    let told = 0;
    const verdict = await promotion.judge(candidate, {
      // The first is the page's own; the worker has read who answers before it tells the second.
      onProgress: () => {
        told += 1;
        if (told === 2) void models.chooseChampion(second);
      },
    });
    expect(told).to.be.at.least(2);
    expect(verdict.champion.versionId).to.equal(second);
    expect(verdict.promoted, verdict.reason).to.equal(false);
    expect(await bench.gate.champion()).to.equal(second);
  });

  it('a verdict is stored with the promotion or not at all, and only while its champion answers', async () => {
    const [candidate, other] = [await addUntrained(1), await addUntrained(2)];
    const verdict: GateVerdict = {
      candidate: { versionId: candidate, weightsHash: 'c' },
      champion: { versionId: SHIPPED_MODEL, weightsHash: 's' },
      marginPoints: 0.2,
      comparisons: [],
      isPassed: true,
      promoted: true,
      reason: '',
      accuracy: 1,
      judgedAt: 1,
    };
    await models.chooseChampion(other);
    expect(await bench.gate.conclude(verdict)).to.equal(false);
    expect(await bench.gate.find(candidate)).to.equal(undefined);
    expect(await bench.gate.champion()).to.equal(other);
    await models.chooseChampion(SHIPPED_MODEL);
    expect(await bench.gate.conclude(verdict)).to.equal(true);
    expect(await bench.gate.find(candidate)).to.deep.equal(verdict);
    expect(await bench.gate.champion()).to.equal(candidate);
    expect(await bench.settings.get('previousChampion')).to.equal(SHIPPED_MODEL);
  });

  it('a judgement that is cut off promotes nobody; the candidate waits, and is judged on the next visit', async () => {
    await plantTestImages();
    await models.chooseChampion(await addUntrained(1));
    const good = await bringShipped();
    const calling = new AbortController();
    const onProgress = () => calling.abort('cancel');
    const ending = await promotion
      .judge(good, { signal: calling.signal, onProgress })
      .catch((error: unknown) => error);
    expect(isAborted(ending)).to.equal(true);
    // A worker that dies in the middle, as with its tab.
    const dying = bench.anotherClient();
    const params = { versionId: good, isAskedFor: false };
    const dead = dying.call('judge', params, { ...DEADLINE, onEvent: () => dying.terminate() });
    expect((await dead.catch((error) => error)).help.reason).to.equal('WORKER_LOST');
    expect(await bench.gate.find(good)).to.equal(undefined);
    expect(await bench.gate.champion()).not.to.equal(good);

    promotion = new PromotionService(bench);
    await promotion.watch();
    expect((await verdictOn(good)).promoted).to.equal(true);
    expect(await bench.gate.champion()).to.equal(good);
  });

  it('where nothing is to be replaced by itself, what passes waits until somebody asks for it', async () => {
    await plantTestImages();
    const weak = await addUntrained(1);
    await models.chooseChampion(weak);
    await promotion.promoteAlone(false);
    await promotion.setMargin(1);
    const good = await bringShipped();
    await promotion.watch();
    const verdict = await verdictOn(good);
    expect(verdict).to.deep.include({ isPassed: true, promoted: false, marginPoints: 1 });
    expect(await bench.gate.champion()).to.equal(weak);
    expect((await promotion.judge(good)).judgedAt, 'the same verdict').to.equal(verdict.judgedAt);
    expect((await promotion.judge(good, { isAskedFor: true })).promoted).to.equal(true);
    expect(await bench.gate.champion()).to.equal(good);
  });

  it('a version that is deleted takes its verdict along, and brings it back', async () => {
    await plantTestImages();
    const id = await addUntrained(1);
    const verdict = await promotion.judge(id);
    const removed = await bench.models.remove(id);
    expect(await bench.gate.list()).to.deep.equal([]);
    await bench.models.restore(removed);
    expect(await bench.gate.find(id)).to.deep.equal(verdict);
    expect(await bench.gate.waiting()).to.deep.equal([]);
  });

  it('versions from before there was a gate do not wait for it; later ones do', async () => {
    const name = freshDatabaseName();
    const opened = MIGRATIONS.findIndex((migrate) => migrate.toString().includes('openGate'));
    const old = await openDB(name, opened, {
      upgrade: (database, _old, _new, transaction) => {
        for (const migrate of MIGRATIONS.slice(0, opened)) migrate(database as never, transaction as never);
      },
    });
    await old.put('modelVersions', { id: 4 });
    old.close();
    const { database, models: versions, gate, changes } = createRepositories(name);
    expect(await gate.waiting()).to.deep.equal([]);
    const id = await versions.add({} as Omit<ModelVersion, 'id'>, {});
    expect(await gate.waiting()).to.deep.equal([id]);
    changes.close();
    await database.close();
    indexedDB.deleteDatabase(name);
  });
});

function changed(weights: Weights, change: (values: Float32Array<ArrayBuffer>) => unknown): Weights {
  for (const values of Object.values(weights)) change(values);
  return weights;
}
