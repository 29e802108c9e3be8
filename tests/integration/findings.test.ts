import { expect } from 'chai';
import { matrixScore } from '../../src/domain/confusion-matrix';
import { filterCount } from '../../src/domain/findings';
import { findRecipe } from '../../src/domain/recipe';
import { IMAGE_PIXELS } from '../../src/domain/sample';
import { openBench, type Bench } from '../helpers/worker';

describe('what a finished run keeps of each epoch', () => {
  let bench: Bench;
  beforeEach(() => (bench = openBench()));
  afterEach(() => bench.close());

  it('is its mistakes, its hardest images and its first filters, and they agree with its metrics', async () => {
    const recipe = { ...findRecipe('quick')!, epochs: 2, batchSize: 32 };
    const dataset = { kind: 'generated', sampleCount: 300, seed: 1 } as const;
    const { id } = await bench.runs.create({ dataset, recipe, seed: 1, engine: 'simd' });
    await bench.client.call('train', { runId: id }, { deadlineMs: 60_000 });
    const epochs = await bench.runs.epochs(id);
    const [first, second] = await Promise.all([bench.runs.findings(id, 0), bench.runs.findings(id, 1)]);
    for (const [index, findings] of [first!, second!].entries()) {
      const { correct, total } = matrixScore(findings.matrix);
      expect(correct / total).to.equal(epochs[index]!.validationAccuracy);
      expect(findings.hardest).to.have.length(12);
      expect(findings.hardest[0]!.pixels).to.have.length(IMAGE_PIXELS);
      expect(findings.hardest[0]!.loss).to.be.greaterThan(findings.hardest[11]!.loss);
      expect(filterCount(findings.filters!)).to.equal(16);
    }
    expect(first!.filters!.values).not.to.deep.equal(second!.filters!.values);
    expect(await bench.runs.findings(id, 2), 'no third epoch').to.equal(undefined);
  });
});
