import { expect } from 'chai';
import '../../src/components/model-figures';
import type { ModelEvaluation } from '../../src/domain/model-evaluation';
import { readShippedCard } from '../helpers/shipped';

describe('the figures of the shipped model', () => {
  let evaluation: ModelEvaluation;
  before(async () => {
    evaluation = (await (await fetch('/models/evaluation.json')).json()) as ModelEvaluation;
  });
  afterEach(() => document.body.replaceChildren());

  it('are of the weights that are shipped, and so is the score on its card', async () => {
    const { weightsHash, test, weightsPath } = await readShippedCard();
    expect(evaluation.weightsHash).to.equal(weightsHash);
    expect(evaluation.test.share).to.equal(test.correct / test.total);
    const bytes = await (await fetch(`/models/${weightsPath}`)).arrayBuffer();
    expect(evaluation.downloadBytes).to.equal(bytes.byteLength);
    expect(bytes.byteLength).to.be.at.most(250_000);
  });

  it('are all shown, each with its interval around it', async () => {
    const figures = Object.assign(document.createElement('model-figures'), { evaluation });
    document.body.append(figures);
    await figures.updateComplete;
    const { test, seeds, calibrationError, refusedDigits, refusedThings, redrawn } = evaluation;
    const { fromGenerated, drawToAnswer } = evaluation;
    const onTestSet = [test, seeds, calibrationError, fromGenerated];
    const all = [...onTestSet, refusedDigits, ...refusedThings, ...redrawn];
    const cells = [...figures.shadowRoot!.querySelectorAll('td')].map(({ textContent }) => textContent);
    const expected = all.flatMap(({ share, low, high }) => [
      `${(100 * share).toFixed(2)}%`,
      `${(100 * low).toFixed(2)}–${(100 * high).toFixed(2)}`,
    ]);
    const { median, p95, low, high } = drawToAnswer;
    expected.push(
      `${median.toFixed(1)} ms`,
      '',
      `${p95.toFixed(1)} ms`,
      `${low.toFixed(1)}–${high.toFixed(1)}`,
    );
    expect(cells).to.deep.equal(expected);
    for (const { name, share, low, high } of all) {
      expect(low, name).to.be.at.most(share);
      expect(high, name).to.be.at.least(share);
    }
  });
});
