import { expect } from 'chai';
import { ARCHITECTURES } from '../../../src/domain/architecture';
import { noCounts, type Dataset } from '../../../src/domain/dataset';
import { NO_CONTEXT, type DraftContext } from '../../../src/domain/draft-context';
import { findDraftErrors } from '../../../src/domain/draft-errors';
import { addShare, changeShare, removeShare } from '../../../src/domain/draft-parts';
import { SHIPPED_MODEL, type ModelVersionId } from '../../../src/domain/ids';
import { findRecipe } from '../../../src/domain/recipe';
import {
  chooseDataset,
  chooseRecipe,
  hasOwnSettings,
  newDraft,
  toRunConfig,
  type RunDraft,
  type RunSettings,
} from '../../../src/domain/run-draft';

/** A set of one's own with so many images of each digit. */
function setOf(name: string, train: readonly number[]): Dataset {
  return {
    name,
    title: `Set ${name}`,
    source: 'archive',
    contentHash: { train: 'ab'.repeat(32), test: 'cd'.repeat(32) },
    shardCounts: { train: 1, test: 0 },
    counts: { train, test: noCounts() },
    completedAt: 0,
  };
}

const CONTEXT: DraftContext = {
  ...NO_CONTEXT,
  sets: [
    setOf(
      'own',
      Array.from({ length: 10 }, () => 20),
    ),
    setOf('sevens', noCounts().with(7, 500)),
  ],
  versions: [{ id: SHIPPED_MODEL, architecture: ARCHITECTURES.best, weightsHash: 'ef'.repeat(32) }],
};

const settle = (draft: RunDraft, patch: Partial<RunSettings>): RunDraft => ({
  ...draft,
  settings: { ...draft.settings, ...patch },
});

const mixed = (patch: Partial<RunDraft> = {}): RunDraft => ({
  ...newDraft(),
  dataset: 'mixture',
  mixture: [
    { set: 'generated', share: 70 },
    { set: 'own', share: 30 },
  ],
  sampleCount: 501,
  ...patch,
});

const START = { versionId: SHIPPED_MODEL, replay: 'generated', replayShare: 25 } as const;

describe('a setup of one’s own', () => {
  it('is the recipe itself until anything is changed, and again when it is changed back', () => {
    const draft = newDraft();
    expect(hasOwnSettings(draft)).to.equal(false);
    expect(toRunConfig(draft).recipe).to.deep.equal(findRecipe('quick'));
    const changed = settle(draft, { batchSize: 25 });
    expect(hasOwnSettings(changed)).to.equal(true);
    expect(toRunConfig(changed).recipe).to.include({ id: 'own', title: 'Quick, changed', batchSize: 25 });
    expect(toRunConfig(settle(changed, { batchSize: 24 })).recipe.id).to.equal('quick');
  });

  it('takes the settings of another recipe, and keeps data and seed', () => {
    const draft = chooseRecipe({ ...newDraft('generated'), seed: 9 }, 'best');
    expect(draft).to.include({ dataset: 'generated', seed: 9, epochs: 12 });
    expect(draft.settings.architecture).to.equal(ARCHITECTURES.best);
  });

  it('says beside each field what it may be', () => {
    const draft = settle(newDraft(), {
      batchSize: 0,
      learningRate: -1,
      labelSmoothing: 2,
      optimizer: { kind: 'momentum', momentum: 1, weightDecay: NaN },
      earlyStopping: { patience: 0 },
      augmentation: { ...newDraft().settings.augmentation, rotation: 90 },
      architecture: { name: 'own', layers: [{ kind: 'dense', units: 10 }] },
    });
    expect(findDraftErrors(draft)).to.deep.equal({
      batchSize: 'Use a whole number from 1 to 1,024.',
      learningRate: 'Use a number from 0.000001 to 1.',
      labelSmoothing: 'Use a number from 0 to 0.5.',
      momentum: 'Use a number from 0 to 0.999.',
      weightDecay: 'Use a number from 0 to 1.',
      patience: 'Use a whole number from 1 to 50.',
      rotation: 'Use a number from 0 to 45.',
      layers: 'dense1 needs a flatten layer before it.',
    });
  });

  it('takes a set of ten images, though it is smaller than a batch', () => {
    const ten = setOf(
      'ten',
      Array.from({ length: 10 }, () => 1),
    );
    const draft = { ...newDraft(), dataset: 'ten', sampleCount: 10 };
    expect(findDraftErrors(draft, { ...NO_CONTEXT, sets: [ten] })).to.deep.equal({});
  });

  it('refuses a batch that is larger than the set', () => {
    const draft = { ...settle(newDraft(), { batchSize: 200 }), sampleCount: 100 };
    expect(findDraftErrors(draft).batchSize).to.contain('Larger than the set');
  });

  it('refuses what the engine or the device has no memory for', () => {
    const wide = [
      { kind: 'conv', filters: 256, kernelSize: 3, stride: 1, padding: 'same' } as const,
      { kind: 'batch-norm' } as const,
      { kind: 'flatten' } as const,
      { kind: 'dense', units: 10 } as const,
    ];
    const large = settle(newDraft(), { batchSize: 1024, architecture: { name: 'own', layers: wide } });
    expect(findDraftErrors(large).batchSize).to.contain('Too little memory');
    const tiny = { ...NO_CONTEXT, memoryBytes: 2 ** 27 };
    expect(findDraftErrors(newDraft(), tiny).sampleCount).to.contain('Too little memory');
  });

  it('refuses sets that are not here, and a set of one digit alone', () => {
    const draft = newDraft();
    expect(findDraftErrors(draft, { ...NO_CONTEXT, isMnistAbsent: true }).dataset).to.contain('MNIST');
    expect(findDraftErrors({ ...draft, dataset: 'gone' }, CONTEXT).dataset).to.contain('any more');
    expect(findDraftErrors(chooseDataset(draft, 'sevens', CONTEXT.sets), CONTEXT).dataset).to.contain('two');
  });
});

describe('a mixture', () => {
  it('gives each set its share, and all images in all', () => {
    const { dataset } = toRunConfig(mixed({ seed: 4 }), CONTEXT);
    expect(dataset).to.deep.equal({
      kind: 'mixture',
      sampleCount: 501,
      parts: [
        { kind: 'generated', sampleCount: 351, seed: 4 },
        { kind: 'stored', name: 'own', title: 'Set own', sampleCount: 150 },
      ],
    });
    expect(findDraftErrors(mixed(), CONTEXT)).to.deep.equal({});
  });

  it('is refused where its shares do not add up, or a set has too few images', () => {
    const wrong = (patch: Partial<RunDraft>) => findDraftErrors(mixed(patch), CONTEXT);
    const share = (set: string, percent: number) => ({ set, share: percent });
    expect(wrong({ mixture: [share('generated', 60), share('own', 30)] }).dataset).to.equal(
      'The shares add up to 90%, not to 100%.',
    );
    expect(wrong({ mixture: [share('generated', 100)] }).dataset).to.contain('two sets');
    expect(wrong({ mixture: [share('own', 50), share('own', 50)] }).dataset).to.contain('once');
    expect(wrong({ mixture: [share('own', 50), share('gone', 50)] }).dataset).to.contain(
      'not on this device',
    );
    expect(wrong({ sampleCount: 2000 }).sampleCount).to.equal(
      'Set own: its share is 600 images, and it has 200.',
    );
  });

  it('shares equally when a set comes or goes, and of two gives the other the rest', () => {
    const two = mixed().mixture;
    const three = addShare(two, 'mnist');
    expect(three.map(({ share }) => share)).to.deep.equal([34, 33, 33]);
    expect(removeShare(three, 0).map(({ share }) => share)).to.deep.equal([50, 50]);
    expect(changeShare(two, 0, 90).map(({ share }) => share)).to.deep.equal([90, 10]);
    expect(changeShare(three, 0, 90).map(({ share }) => share)).to.deep.equal([90, 33, 33]);
  });
});

describe('going on from a model', () => {
  it('takes its network and its weights, and mixes old images in', () => {
    const draft = { ...chooseDataset(newDraft(), 'own', CONTEXT.sets), startFrom: START };
    const config = toRunConfig(draft, CONTEXT);
    expect(config.startFrom).to.deep.equal({ versionId: SHIPPED_MODEL, weightsHash: 'ef'.repeat(32) });
    expect(config.recipe.architecture).to.equal(ARCHITECTURES.best);
    const parts = config.dataset.kind === 'mixture' ? config.dataset.parts : [];
    expect(parts.map(({ kind, sampleCount }) => [kind, sampleCount])).to.deep.equal([
      ['stored', 200],
      ['generated', 67],
    ]);
  });

  it('is refused from a model that is not here, and with old images that are the new ones', () => {
    const gone = { ...newDraft(), startFrom: { ...START, versionId: 7 as ModelVersionId } };
    expect(findDraftErrors(gone, CONTEXT).startFrom).to.contain('not on this device');
    const twice = { ...newDraft('generated'), startFrom: START };
    expect(findDraftErrors(twice, CONTEXT).replay).to.contain('among the data already');
  });
});
