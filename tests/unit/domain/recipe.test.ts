import { expect } from 'chai';
import { learningRateAt } from '../../../src/domain/learning-rate';
import { findRecipe, RECIPES } from '../../../src/domain/recipe';
import { findDraftErrors } from '../../../src/domain/draft-errors';
import { newDraft, toRunConfig } from '../../../src/domain/run-draft';
import { batchesPerEpoch, bestEpoch, runProgress, type EpochMetrics } from '../../../src/domain/run';
import type { RunId } from '../../../src/domain/ids';

describe('recipes', () => {
  const quick = findRecipe('quick')!;
  const seed = findRecipe('seed')!;

  it('one-cycle rises for a quarter and falls to almost nothing', () => {
    const rates = [0, 0.125, 0.25, 0.625, 1].map((progress) => learningRateAt(quick, progress));
    const peak = quick.learningRate;
    expect(rates[2]).to.be.closeTo(peak, 1e-12);
    expect(rates[1]).to.be.closeTo(peak * 0.505, 1e-12);
    expect(rates[3]).to.be.closeTo(peak * 0.505, 1e-12);
    expect(rates[0]).to.be.closeTo(peak * 0.01, 1e-12);
    expect(rates[4]).to.be.closeTo(peak * 0.01, 1e-12);
  });

  it('cosine falls from its peak to nothing', () => {
    const cosine = { ...quick, schedule: 'cosine' } as const;
    const rates = [0, 0.5, 1].map((progress) => learningRateAt(cosine, progress) / quick.learningRate);
    expect(rates[0]).to.equal(1);
    expect(rates[1]).to.be.closeTo(0.5, 1e-12);
    expect(rates[2]).to.be.closeTo(0, 1e-12);
  });

  it('a constant rate stays', () => {
    expect(learningRateAt(seed, 0)).to.equal(0.001);
    expect(learningRateAt(seed, 0.9)).to.equal(0.001);
  });

  it('count the last batch, though it may be smaller', () => {
    expect(batchesPerEpoch({ ...quick, batchSize: 32 }, 64)).to.equal(2);
    expect(batchesPerEpoch({ ...quick, batchSize: 32 }, 65)).to.equal(3);
  });

  it('have names of their own', () => {
    expect(new Set(RECIPES.map(({ id }) => id)).size).to.equal(RECIPES.length);
  });
});

describe('drafts of runs', () => {
  it('begin without errors', () => {
    expect(findDraftErrors(newDraft('mnist'))).to.deep.equal({});
    expect(findDraftErrors(newDraft('generated'))).to.deep.equal({});
  });

  it('say what is wrong beside the field', () => {
    const errors = findDraftErrors({ ...newDraft(), epochs: 0, sampleCount: 70_000, seed: 1.5 });
    expect(errors).to.deep.equal({
      epochs: 'Use a whole number from 1 to 200.',
      sampleCount: 'Use a whole number from 100 to 60,000.',
      seed: 'Use a whole number from 0 to 2,147,483,647.',
    });
    expect(findDraftErrors({ ...newDraft(), epochs: NaN })).to.have.property('epochs');
  });

  it('become runs with all that decides them', () => {
    const config = toRunConfig({ ...newDraft('generated'), epochs: 7, seed: 9, sampleCount: 500 });
    expect(config.recipe.epochs).to.equal(7);
    expect(config.dataset).to.deep.equal({ kind: 'generated', sampleCount: 500, seed: 9 });
  });
});

describe('runs', () => {
  it('know how far they are', () => {
    const draft = toRunConfig({ ...newDraft('generated'), epochs: 2, sampleCount: 100 });
    const config = { ...draft, recipe: { ...draft.recipe, batchSize: 32 } };
    const data = { trainCount: 64, validationCount: 6, contentHash: '' };
    expect(runProgress({ config, cursor: { epoch: 0, batch: 0 }, data })).to.equal(0);
    expect(runProgress({ config, cursor: { epoch: 1, batch: 1 }, data })).to.equal(0.75);
    expect(runProgress({ config, cursor: { epoch: 2, batch: 0 }, data })).to.equal(1);
    expect(runProgress({ config, cursor: { epoch: 0, batch: 1 } })).to.equal(0);
  });

  it('name their best epoch: the first of the highest validation accuracy', () => {
    const epoch = (number: number, validationAccuracy: number): EpochMetrics => ({
      runId: 1 as RunId,
      epoch: number,
      loss: 0,
      accuracy: 0,
      validationLoss: 0,
      validationAccuracy,
      learningRate: 0,
      durationMs: 0,
      curve: [],
    });
    expect(bestEpoch([epoch(0, 0.9), epoch(1, 0.95), epoch(2, 0.95)])?.epoch).to.equal(1);
    expect(bestEpoch([])).to.equal(undefined);
  });
});
