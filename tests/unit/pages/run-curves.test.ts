import { expect } from 'chai';
import type { RunId } from '../../../src/domain/ids';
import type { CurvePoint, EpochMetrics } from '../../../src/domain/run';
import { accuracyAxis, lossAxis, runCurves, summarize } from '../../../src/pages/run-curves';

const point = (progress: number, loss: number, accuracy: number): CurvePoint => ({
  progress,
  loss,
  accuracy,
});

function epoch(number: number, validationAccuracy: number, curve: readonly CurvePoint[]): EpochMetrics {
  return {
    runId: 1 as RunId,
    epoch: number,
    loss: 0,
    accuracy: 0,
    validationLoss: 0.2,
    validationAccuracy,
    learningRate: 0,
    durationMs: 0,
    curve,
  };
}

describe('the curves of a run', () => {
  it('take the stored points of ended epochs and go on with the live ones', () => {
    const epochs = [epoch(0, 0.9, [point(0.5, 1, 0.5), point(1, 0.5, 0.8)])];
    const live = [point(0.9, 9, 0), point(1.1, 0.4, 0.9), point(1.2, 0.3, 1)];
    const [raw, training, validation] = runCurves(epochs, live).accuracy;
    expect(raw!.points).to.have.length(3);
    expect(training!.points.map(({ x }) => x)).to.deep.equal([0.5, 1, 1.1, 1.2]);
    expect(training!.points[2]!.y).to.be.closeTo(0.8 * 0.9 + 0.9 * 0.1, 1e-12);
    expect(validation!.points).to.deep.equal([{ x: 1, y: 0.9 }]);
  });

  it('never hand a loss of 0 to a logarithmic axis', () => {
    const { loss } = runCurves([], [point(0.1, 0, 1)]);
    for (const { points } of loss) for (const { y } of points) expect(y).to.be.above(0);
    const [low] = lossAxis(1, loss).y.range!;
    expect(low).to.be.above(0);
  });

  it('cut the accuracy axis below what was reached, and not at all before', () => {
    const curves = (y: number) => runCurves([epoch(0, y, [point(1, 1, y)])], []).accuracy;
    expect(accuracyAxis(1, []).y.range![0]).to.equal(0);
    expect(accuracyAxis(1, curves(0.97)).y.range![0]).to.equal(0.9);
    expect(accuracyAxis(1, curves(0.42)).y.range![0]).to.equal(0.4);
  });

  it('are summed up in a sentence', () => {
    const epochs = [epoch(0, 0.953, []), epoch(1, 0.982, [])];
    expect(summarize('accuracy', [])).to.contain('No epoch has ended');
    expect(summarize('accuracy', epochs.slice(0, 1))).to.equal(
      'Validation accuracy is 95.30% after 1 epoch.',
    );
    expect(summarize('accuracy', epochs)).to.equal(
      'Validation accuracy went from 95.30% to 98.20% in 2 epochs.',
    );
  });
});
