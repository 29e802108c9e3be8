import { expect } from 'chai';
import { binByConfidence, calibrationOf } from '../../../src/domain/calibration';
import { classificationReport, formatDecimals } from '../../../src/domain/classification-report';
import { compareReadings, mcNemarTest } from '../../../src/domain/compare-readings';
import { evaluateReadings } from '../../../src/domain/evaluation';
import { averageEstimates, estimateF1, estimateShare } from '../../../src/domain/intervals';
import { findLabelSuspects } from '../../../src/domain/label-suspects';
import { toPrediction } from '../../../src/domain/prediction';
import { rankClass } from '../../../src/domain/ranking-curves';
import {
  hardestRows,
  logLossOf,
  probabilitiesOf,
  readLogits,
  rowsOfPair,
  surestMistakes,
  topScore,
} from '../../../src/domain/readings';
import { refusalCurve } from '../../../src/domain/refusal';

/** Logits whose softmax gives these probabilities to some digits, and next to nothing to the others. */
function logitsOf(rows: readonly Readonly<Record<number, number>>[]): Float32Array {
  return Float32Array.from(
    rows.flatMap((shares) => Array.from({ length: 10 }, (_, digit) => Math.log(shares[digit] ?? 1e-12))),
  );
}

const read = (
  rows: readonly Readonly<Record<number, number>>[],
  labels: readonly number[],
  temperature = 1,
) => readLogits(logitsOf(rows), Uint8Array.from(labels), temperature);

/** Four images: two ones, a two and a seven; the two is read as a seven. */
const four = () =>
  read(
    [
      { 1: 0.9, 7: 0.1 },
      { 1: 0.6, 7: 0.4 },
      { 7: 0.7, 2: 0.3 },
      { 7: 0.8, 1: 0.2 },
    ],
    [1, 1, 2, 7],
  );

describe('readings', () => {
  it('are the probabilities that a prediction has, at any temperature', () => {
    const logits = Float32Array.from([3, -1, 0.5, 2, 0, 0, -4, 1, 2.5, 0]);
    const readings = readLogits(logits, Uint8Array.of(3), 1.7);
    const { digit, probabilities } = toPrediction(logits, 1.7);
    expect(readings.digits[0]).to.equal(digit);
    probabilitiesOf(readings, 0).forEach((share, at) =>
      expect(share).to.be.closeTo(probabilities[at]!, 1e-7),
    );
  });

  it('tell the mean cross-entropy, and whether the label is among the two likeliest', () => {
    const expected = -(Math.log(0.9) + Math.log(0.6) + Math.log(0.3) + Math.log(0.8)) / 4;
    expect(logLossOf(four())).to.be.closeTo(expected, 1e-6);
    expect(topScore(four(), 1)).to.deep.equal({ correct: 3, total: 4 });
    expect(topScore(four(), 2)).to.deep.equal({ correct: 4, total: 4 });
  });

  it('list the images of a cell by confidence, the hardest, and the surest mistakes', () => {
    expect(rowsOfPair(four(), { label: 1, answer: 1 })).to.deep.equal([0, 1]);
    expect(rowsOfPair(four(), { label: 2, answer: 7 })).to.deep.equal([2]);
    expect(hardestRows(four(), 2)).to.deep.equal([2, 1]);
    expect(surestMistakes(four(), 5)).to.deep.equal([2]);
  });
});

describe('calibration', () => {
  it('is the mean distance of confidence and accuracy, and Brier’s score, by hand', () => {
    // Two answers of 75 %, one right; they share a bin, so confidence 0.75 meets accuracy 0.5.
    const readings = read(
      [
        { 0: 0.75, 1: 0.25 },
        { 0: 0.75, 1: 0.25 },
      ],
      [0, 1],
    );
    const { expectedError, brierScore } = calibrationOf(readings);
    expect(expectedError).to.be.closeTo(0.25, 1e-6);
    expect(brierScore).to.be.closeTo((2 * 0.25 ** 2 + 2 * 0.75 ** 2) / 2, 1e-6);
  });

  it('puts each answer into one bin, a certain one into the last', () => {
    const bins = binByConfidence(read([{ 3: 1 }, { 3: 0.42, 4: 0.3, 5: 0.28 }], [3, 4]), 5);
    expect(bins.map(({ count }) => count)).to.deep.equal([0, 0, 1, 0, 1]);
    expect(bins.map(({ right }) => right)).to.deep.equal([0, 0, 0, 0, 1]);
  });
});

describe('ranking curves', () => {
  // scikit-learn's documented example: y = [0, 0, 1, 1], scores = [0.1, 0.4, 0.35, 0.8].
  const readings = read(
    [0.1, 0.4, 0.35, 0.8].map((share) => ({ 1: share, 0: 1 - share })),
    [0, 0, 1, 1],
  );

  it('have the areas of scikit-learn’s examples: 0.75, and an average precision of 0.83', () => {
    const { rocArea, averagePrecision, roc } = rankClass(readings, 1);
    expect(rocArea).to.be.closeTo(0.75, 1e-9);
    expect(averagePrecision).to.be.closeTo(0.8333333, 1e-6);
    expect([roc[0], roc.at(-1)]).to.deep.equal([
      { x: 0, y: 0 },
      { x: 1, y: 1 },
    ]);
  });

  it('take equal probabilities as one step: half of the area where all are equal', () => {
    expect(
      rankClass(
        read(
          [
            { 1: 0.5, 0: 0.5 },
            { 1: 0.5, 0: 0.5 },
          ],
          [0, 1],
        ),
        1,
      ).rocArea,
    ).to.equal(0.5);
  });

  it('have no area where the digit, or everything else, is missing', () => {
    expect(rankClass(readings, 5).rocArea).to.equal(undefined);
    expect(rankClass(readings, 5).averagePrecision).to.equal(undefined);
    expect(rankClass(read([{ 1: 0.9, 0: 0.1 }], [1]), 1).rocArea).to.equal(undefined);
  });
});

describe('refusing the least sure answers', () => {
  it('tells what is right among those that are left', () => {
    const curve = refusalCurve(four());
    const at = (share: number) => curve.find(({ refused }) => refused === share)!;
    expect([at(0).answered, at(0).accuracy.value]).to.deep.equal([4, 0.75]);
    // The least sure is a right one of 60 %, the next the mistake of 70 %.
    expect([at(0.25).answered, at(0.25).accuracy.value]).to.deep.equal([3, 2 / 3]);
    expect([at(0.5).answered, at(0.5).accuracy.value]).to.deep.equal([2, 1]);
    expect(at(0.5).threshold).to.be.closeTo(0.7, 1e-6);
  });
});

describe('McNemar’s exact test', () => {
  it('is as published', () => {
    // Agresti, Categorical Data Analysis, 10.1.1: 150 and 86 changed their minds.
    expect(mcNemarTest(150, 86)).to.be.closeTo(3.716e-5, 5e-8);
    // 5 of 6, by hand: 2 (1 + 6) / 64.
    expect(mcNemarTest(5, 1)).to.be.closeTo(14 / 64, 1e-12);
  });

  it('finds no difference where there is none, and none too large for a number', () => {
    expect([mcNemarTest(0, 0), mcNemarTest(4, 4), mcNemarTest(3, 4)]).to.deep.equal([1, 1, 1]);
    expect(mcNemarTest(10_000, 0)).to.equal(0);
    expect(mcNemarTest(5000, 5000)).to.equal(1);
  });

  it('comes with what only one of two models reads rightly, and what each digit gains', () => {
    const other = read([{ 1: 0.9 }, { 2: 0.9 }, { 2: 0.9 }, { 1: 0.9 }], [1, 1, 2, 7]);
    const compared = compareReadings(four(), other);
    expect(compared).to.deep.include({
      bothRight: 1,
      bothWrong: 0,
      onlyFirst: [1, 3],
      onlySecond: [2],
      pValue: 1,
    });
    expect(compared.gains).to.deep.equal([0, 1, -1, 0, 0, 0, 0, 1, 0, 0]);
  });
});

describe('probable label errors', () => {
  it('are images that are surely something else, by the model’s own standard of sure; then those that are less so', () => {
    const readings = read(
      [
        { 1: 0.9, 7: 0.1 },
        { 7: 0.95, 1: 0.05 },
        { 7: 0.9, 1: 0.1 },
        { 7: 0.85, 2: 0.15 },
        { 7: 0.6, 1: 0.4 },
      ],
      [1, 1, 7, 7, 1],
    );
    // Usual for a seven: 0.875. The last image is likelier a seven, but less surely than sevens are.
    const suspects = findLabelSuspects(readings, 10);
    expect(suspects.map(({ row, suggestion, isConfident }) => [row, suggestion, isConfident])).to.deep.equal([
      [1, 7, true],
      [4, 7, false],
    ]);
    expect(findLabelSuspects(readings, 1).map(({ row }) => row)).to.deep.equal([1]);
  });
});

describe('estimates', () => {
  it('of an F1 are those of its Jaccard index, taken along', () => {
    const { value, low, high } = estimateF1({ correct: 8, total: 12 });
    const jaccard = estimateShare({ correct: 8, total: 12 });
    expect(value).to.be.closeTo(16 / 20, 1e-12);
    expect(low).to.be.closeTo((2 * jaccard.low) / (1 + jaccard.low), 1e-12);
    expect(high).to.be.closeTo((2 * jaccard.high) / (1 + jaccard.high), 1e-12);
  });

  it('have a mean that is surer than each of them', () => {
    const one = estimateShare({ correct: 90, total: 100 });
    const mean = averageEstimates([one, one, one, one]);
    expect(mean.value).to.equal(0.9);
    expect(mean.value - mean.low).to.be.closeTo((one.value - one.low) / 2, 1e-12);
    expect(averageEstimates([])).to.deep.equal({ value: 0, low: 0, high: 1 });
  });
});

describe('an evaluation', () => {
  it('has means that are those of its report', () => {
    const { macro, report, accuracy, score, classes } = evaluateReadings(four());
    expect(score).to.deep.equal({ correct: 3, total: 4 });
    expect(accuracy.value).to.equal(report.accuracy);
    expect(classes.map(({ digit }) => digit)).to.deep.equal([1, 2, 7]);
    for (const name of ['precision', 'recall', 'f1'] as const) {
      expect(macro[name].value, name).to.be.closeTo(report.macro[name], 1e-12);
    }
  });

  it('of one class has no curve, and all the rest', () => {
    const evaluation = evaluateReadings(read([{ 4: 0.9 }, { 4: 0.8 }], [4, 4]));
    expect(evaluation.report.accuracy).to.equal(1);
    expect(evaluation.rankings[4]!.rocArea).to.equal(undefined);
    expect(evaluation.suspects).to.deep.equal([]);
  });
});

describe('numbers as Python writes them', () => {
  it('go to the even neighbour where they lie in the middle', () => {
    const written = [0.125, 0.375, 0.625, 0.875, 0.135, 1, 0, 2 / 3].map((value) => formatDecimals(value, 2));
    expect(written).to.deep.equal(['0.12', '0.38', '0.62', '0.88', '0.14', '1.00', '0.00', '0.67']);
  });

  it('leave nothing out where there are no images', () => {
    expect(classificationReport([], []).classes).to.deep.equal([]);
  });
});
