import { expect } from 'chai';
import { noCounts, type DatasetPart } from '../../src/domain/dataset';
import type { DraftContext } from '../../src/domain/draft-context';
import { estimateEngineBytes } from '../../src/domain/memory-estimate';
import { reportOn } from '../../src/domain/architecture-report';
import { generateDigits } from '../../src/domain/generated-digits';
import type { ModelVersionId } from '../../src/domain/ids';
import { findRecipe, RECIPES } from '../../src/domain/recipe';
import type { Run, RunConfig } from '../../src/domain/run';
import { newDraft, toRunConfig, type RunDraft } from '../../src/domain/run-draft';
import { readLink, writeLink } from '../../src/domain/run-link';
import { hashPixels } from '../../src/domain/split';
import { imageAt } from '../../src/domain/sample';
import { initialWeights } from '../../src/domain/weights';
import { concatenateBytes } from '../../src/domain/bytes';
import { contentHash, sha256 } from '../../src/platform/sha256';
import { openSimdEngine } from '../../workers/engines/simd/simd-engine';
import { openBatchSource } from '../../workers/ml/batch-source';
import { batchOf } from '../helpers/networks';
import { openBench, type Bench } from '../helpers/worker';

const DEADLINE = { deadlineMs: 60_000 };

/** A small run with hardly anything as in its recipe. */
const DRAFT: RunDraft = {
  ...newDraft('generated'),
  sampleCount: 200,
  epochs: 2,
  engine: 'simd',
  seed: 77,
  settings: {
    ...newDraft().settings,
    architecture: {
      name: 'own',
      layers: [
        { kind: 'conv', filters: 6, kernelSize: 5, stride: 2, padding: 'same' },
        { kind: 'batch-norm' },
        { kind: 'relu' },
        { kind: 'max-pool', size: 2 },
        { kind: 'dropout', rate: 0.2 },
        { kind: 'flatten' },
        { kind: 'dense', units: 10 },
      ],
    },
    batchSize: 20,
    optimizer: { kind: 'momentum', momentum: 0.8, weightDecay: 0.001 },
    learningRate: 0.02,
    schedule: 'cosine',
    augmentation: { shift: 1, rotation: 8, scale: 0.1, shear: 0.1, thickness: 0.3, elastic: 1 },
  },
};

describe('a run as it was set up', () => {
  let bench: Bench;
  beforeEach(() => (bench = openBench()));
  afterEach(() => bench.close());

  async function train(config: RunConfig): Promise<Run> {
    const run = await bench.runs.create(config);
    await bench.client.call('train', { runId: run.id }, DEADLINE);
    return bench.runs.get(run.id);
  }

  const versionOf = ({ versionId }: Run) => bench.models.load(versionId!);
  const hashOf = async (run: Run) => (await versionOf(run)).version.weightsHash;

  /** Stores a set of one's own: so many generated digits of a stream that no run uses. */
  async function storeSet(name: string, count: number): Promise<DraftContext> {
    const { pixels, labels } = generateDigits(4242, 0, count);
    await bench.shards.save({
      dataset: name,
      split: 'train',
      index: 0,
      pixels,
      labels,
      sha256: await sha256(concatenateBytes(pixels, labels)),
    });
    const counts = noCounts();
    for (const label of labels) counts[label]! += 1;
    const set = {
      name,
      title: 'Mine',
      source: 'archive',
      contentHash: { train: await contentHash(pixels, labels), test: '' },
      shardCounts: { train: 1, test: 0 },
      counts: { train: counts, test: noCounts() },
      completedAt: 1,
    } as const;
    await bench.shards.completeDataset(set);
    return { sets: [set], versions: [], isMnistAbsent: true };
  }

  it('from the same link, with the same seed, on the same device, ends with the same weights', async () => {
    const written = writeLink(DRAFT);
    const [first, second] = [readLink(written), readLink(writeLink(readLink(written).draft))];
    expect([first.problems, second.problems]).to.deep.equal([[], []]);
    const hash = await hashOf(await train(toRunConfig(first.draft)));
    expect(hash).to.match(/^[0-9a-f]{64}$/);
    expect(await hashOf(await train(toRunConfig(second.draft)))).to.equal(hash);
    expect(await hashOf(await train(toRunConfig({ ...second.draft, seed: 78 })))).not.to.equal(hash);
  });

  it('of a mixture, gathers the same images each time, and says what each part gave', async () => {
    const context = await storeSet('mine', 300);
    const mixture = [
      { set: 'generated', share: 60 },
      { set: 'mine', share: 40 },
    ];
    const draft = { ...DRAFT, dataset: 'mixture', mixture, sampleCount: 250 };
    const config = toRunConfig(readLink(writeLink(draft, context), context).draft, context);
    const [first, second] = [await train(config), await train(config)];
    expect(first.data!.parts!.map(({ title, sampleCount }) => [title, sampleCount])).to.deep.equal([
      ['Generated digits', 150],
      ['Mine', 100],
    ]);
    expect(second.data).to.deep.equal(first.data);
    expect(await hashOf(second)).to.equal(await hashOf(first));
    const other = await train({ ...config, seed: 5 });
    expect(other.data!.parts![1]!.contentHash).not.to.equal(first.data!.parts![1]!.contentHash);
  });

  it('never checks with an image that it learns from, though two of its sets hold it', async () => {
    await storeSet('mine', 300);
    await storeSet('copy', 300);
    const part = (name: string): DatasetPart => ({ kind: 'stored', name, title: name, sampleCount: 200 });
    const dataset = { kind: 'mixture', parts: [part('mine'), part('copy')], sampleCount: 400 } as const;
    const config = { ...toRunConfig(DRAFT), dataset };
    const {
      block,
      train: learned,
      validation,
    } = await openBatchSource(config, bench.shards, new AbortController().signal, () => undefined);
    const hashes = (indices: Uint32Array) =>
      new Set(Array.from(indices, (index) => hashPixels(imageAt(block.pixels, index))));
    const [inTraining, inValidation] = [hashes(learned), hashes(validation)];
    expect(inTraining.size).to.be.below(learned.length, 'some are there twice');
    expect([...inValidation].filter((hash) => inTraining.has(hash))).to.deep.equal([]);
  });

  it('stops early, and keeps the weights of its best epoch, also when it was cut in two', async () => {
    const base = toRunConfig({ ...DRAFT, epochs: 30 });
    // So large a step cannot go on improving for long.
    const recipe = {
      ...base.recipe,
      learningRate: 0.3,
      schedule: 'constant' as const,
      earlyStopping: { patience: 2 },
    };
    const run = await train({ ...base, recipe });
    expect(run.status).to.equal('finished');
    expect(run.cursor.epoch).to.be.below(30);
    const epochs = await bench.runs.epochs(run.id);
    const best = epochs.reduce((a, b) => (b.validationLoss < a.validationLoss ? b : a));
    expect(run.cursor.epoch).to.equal(best.epoch + 3);
    const { version } = await versionOf(run);
    expect(version.validation.correct / version.validation.total).to.equal(best.validationAccuracy);

    const broken = await bench.runs.create({ ...base, recipe });
    const controller = new AbortController();
    await bench.client.call(
      'train',
      { runId: broken.id },
      {
        ...DEADLINE,
        signal: controller.signal,
        onEvent: ({ epoch }) => epoch > best.epoch && controller.abort('pause'),
      },
    );
    await bench.client.call('train', { runId: broken.id }, DEADLINE);
    expect(await hashOf(await bench.runs.get(broken.id))).to.equal(version.weightsHash);
  });

  it('goes on from a model: nothing learned yet, it is that model', async () => {
    const first = await train(toRunConfig(DRAFT));
    const { version } = await versionOf(first);
    const context: DraftContext = { sets: [], versions: [version], isMnistAbsent: true };
    const startFrom = { versionId: version.id, replay: 'none', replayShare: 20 } as const;
    const further = toRunConfig({ ...DRAFT, epochs: 1, startFrom }, context);
    // So small a step rounds to nothing: dropout and running statistics aside, the weights stay.
    const still = await train({
      ...further,
      recipe: { ...further.recipe, learningRate: 1e-30, schedule: 'constant' },
    });
    const [before, after] = [await versionOf(first), await versionOf(still)];
    expect(after.weights['dense1/kernel']).to.deep.equal(before.weights['dense1/kernel']);
    expect(after.version.config!.startFrom).to.deep.equal({
      versionId: version.id,
      weightsHash: version.weightsHash,
    });
  });

  it('does not go on from a model that is another one by now', async () => {
    const first = await train(toRunConfig(DRAFT));
    const startFrom = { versionId: first.versionId!, weightsHash: '00' };
    const changed = await bench.runs.create({ ...toRunConfig(DRAFT), startFrom });
    const refusal = await bench.client.call('train', { runId: changed.id }, DEADLINE).catch((error) => error);
    expect(refusal.help.reason).to.equal('START_CHANGED');
    const gone = { versionId: 99 as ModelVersionId, weightsHash: '00' };
    const missing = await bench.runs.create({ ...toRunConfig(DRAFT), startFrom: gone });
    const absence = await bench.client.call('train', { runId: missing.id }, DEADLINE).catch((error) => error);
    expect(absence.code).to.equal('not-found');
  });
});

describe('the memory that is foretold for a network', () => {
  it('is enough, and not many times too much', async () => {
    const engine = await openSimdEngine();
    for (const { architecture } of [...RECIPES, { architecture: DRAFT.settings.architecture }]) {
      for (const batchSize of [24, 256]) {
        const { optimizer, labelSmoothing } = findRecipe('quick')!;
        const setup = { optimizer, labelSmoothing, seed: 1 };
        const network = engine.create(architecture, initialWeights(architecture, 1), setup);
        await network.trainBatch(batchOf(1, batchSize), 0.01);
        const share = network.memoryBytes / estimateEngineBytes(reportOn(architecture), batchSize);
        network.dispose();
        expect(share, `${architecture.name}, batches of ${batchSize}`).to.be.within(0.4, 1);
      }
    }
  });
});
