import { expect } from 'chai';
import { mcNemarTest } from '../../../src/domain/compare-readings';
import { GATE_MARGIN } from '../../../src/domain/gate-margin';
import { SHIPPED_MODEL, type ModelVersionId } from '../../../src/domain/ids';
import {
  accuracyLost,
  compareAtGate,
  faultsOf,
  judgeEvidence,
  macroF1Lost,
  passesGate,
  type GateComparison,
  type GateEvidence,
  type GateSet,
} from '../../../src/domain/promotion-gate';

const CANDIDATE = { versionId: 7 as ModelVersionId, weightsHash: 'b' };
const CHAMPION = { versionId: SHIPPED_MODEL, weightsHash: 'a' };

/** Labels 0 … 9 in turn, and answers that are wrong at the given rows: the next digit. */
function answersTo(total: number, wrongRows: readonly number[]): [Uint8Array, Uint8Array] {
  const labels = Uint8Array.from({ length: total }, (_, row) => row % 10);
  const answers = labels.slice();
  for (const row of wrongRows) answers[row] = (answers[row]! + 1) % 10;
  return [labels, answers];
}

const rows = (count: number, first = 0) => Array.from({ length: count }, (_, index) => first + index);

/** What the gate sees where these rows are misread. */
function compared(
  total: number,
  candidateWrong: readonly number[],
  championWrong: readonly number[] = [],
  set: GateSet = 'mnist',
): GateComparison {
  const [labels, candidate] = answersTo(total, candidateWrong);
  return compareAtGate(set, labels, candidate, answersTo(total, championWrong)[1]);
}

function evidenceOf(comparisons: readonly GateComparison[], marginPoints: number = GATE_MARGIN.usual) {
  return { candidate: CANDIDATE, champion: CHAMPION, marginPoints, comparisons } satisfies GateEvidence;
}

const kindsOf = (evidence: GateEvidence) =>
  faultsOf(evidence).map(({ kind, comparison }) => `${comparison.set}: ${kind}`);

describe('promotion gate', () => {
  it('counts what only one of both reads, and their figures, as by hand', () => {
    // Ten images, one of each digit: the candidate misreads 0 and 1, the champion 1 and 2.
    const comparison = compared(10, [0, 1], [1, 2]);
    expect(comparison).to.include({ onlyCandidate: 1, onlyChampion: 1, pValue: 1 });
    expect(comparison.candidate.score).to.deep.equal({ correct: 8, total: 10 });
    // 0 → 1 and 1 → 2: F1 is 0 of 0, 0 of 1, 2/3 of 2, and 1 of the other seven.
    expect(comparison.candidate.macroF1).to.be.closeTo((2 / 3 + 7) / 10, 1e-12);
    expect(accuracyLost(comparison)).to.equal(0);
  });

  it('lets pass what is as good, and what is better', () => {
    expect(passesGate(evidenceOf([compared(10_000, [3]), compared(500, [], [], 'drawn')]))).to.equal(true);
    const better = [compared(10_000, [], rows(300)), compared(500, [], rows(30), 'drawn')];
    expect(passesGate(evidenceOf(better))).to.equal(true);
    expect(macroF1Lost(better[0]!)).to.be.below(0);
  });

  it('lets exactly the margin be lost, and not an image more', () => {
    // 20 of 10,000 are 0.2 points. The champion misreads 10 others, so that chance explains the difference.
    const lost = (count: number) => evidenceOf([compared(10_000, rows(count + 20, 500), rows(20))]);
    expect(accuracyLost(lost(20).comparisons[0]!)).to.equal(0.2);
    expect(kindsOf(lost(20))).not.to.include('mnist: accuracy');
    expect(kindsOf(lost(21))).to.include('mnist: accuracy');
    // A margin that no double holds exactly.
    const tenth = (count: number) => evidenceOf([compared(1000, rows(count + 40, 100), rows(40))], 0.3);
    expect(kindsOf(tenth(3))).to.deep.equal([]);
    expect(kindsOf(tenth(4))).to.include('mnist: accuracy');
  });

  it('lets one of 500 drawn digits be lost at the usual margin: that is 0.2 points', () => {
    const [one, two] = [compared(500, [5], [], 'drawn'), compared(500, [5, 16], [], 'drawn')];
    expect(macroF1Lost(one)).to.be.above(0.2);
    expect(macroF1Lost(one)).to.be.below(0.205);
    expect(passesGate(evidenceOf([one]))).to.equal(true);
    expect(kindsOf(evidenceOf([two]))).to.deep.equal(['drawn: accuracy', 'drawn: macro-f1']);
  });

  it('refuses a fall of macro F1 that accuracy hides: a rare digit that is read no more', () => {
    // 990 images of 0 … 8 and 10 of 9: both misread ten, the candidate all of the nines.
    const labels = Uint8Array.from({ length: 1000 }, (_, row) => (row < 990 ? row % 9 : 9));
    const champion = labels.map((label, row) => (row < 10 ? (label + 1) % 9 : label));
    const candidate = labels.map((label) => (label === 9 ? 4 : label));
    const comparison = compareAtGate('mnist', labels, candidate, champion);
    expect(accuracyLost(comparison)).to.equal(0);
    expect(kindsOf(evidenceOf([comparison]))).to.deep.equal(['mnist: macro-f1']);
  });

  it('refuses what is significantly worse within the margin, and only then', () => {
    // 6 more are misread and none is gained: p = 2 / 2^6 = 0.031. With 5 it is 0.0625.
    expect(mcNemarTest(0, 6)).to.be.closeTo(0.03125, 1e-12);
    expect(kindsOf(evidenceOf([compared(10_000, rows(6))]))).to.deep.equal(['mnist: significance']);
    expect(kindsOf(evidenceOf([compared(10_000, rows(5))]))).to.deep.equal([]);
    expect(kindsOf(evidenceOf([compared(10_000, [], rows(6))])), 'better').to.deep.equal([]);
  });

  it('needs many images to call a difference significant: of ten, five lost are too many by the margin alone', () => {
    expect(kindsOf(evidenceOf([compared(10, rows(5))]))).to.deep.equal([
      'mnist: accuracy',
      'mnist: macro-f1',
    ]);
    expect(kindsOf(evidenceOf([compared(10, rows(5))], 60))).to.deep.equal([]);
  });

  it('asks both sets: one that falls is enough to refuse', () => {
    const good = compared(10_000, []);
    expect(passesGate(evidenceOf([good, compared(500, rows(3), [], 'drawn')]))).to.equal(false);
    expect(passesGate(evidenceOf([compared(10_000, rows(300)), compared(500, [], [], 'drawn')]))).to.equal(
      false,
    );
  });

  it('lets nothing be lost where the margin is nothing', () => {
    expect(kindsOf(evidenceOf([compared(10_000, [4])], 0))).to.deep.equal([
      'mnist: accuracy',
      'mnist: macro-f1',
    ]);
    expect(passesGate(evidenceOf([compared(10_000, [4], [4])], 0))).to.equal(true);
  });

  it('lets nothing pass that was compared on nothing, or that cannot be read with', () => {
    expect(passesGate(evidenceOf([]))).to.equal(false);
    const objection = 'All of its weights are zero.';
    const verdict = judgeEvidence({ ...evidenceOf([]), objection }, true, 1);
    expect(verdict).to.include({ isPassed: false, promoted: false, accuracy: 0, reason: objection });
  });

  it('lets nothing pass that is no other model than the one in use, however well it reads', () => {
    const objection = 'It answers as the model in use does.';
    const verdict = judgeEvidence({ ...evidenceOf([compared(10_000, [])]), objection }, true, 1);
    expect(verdict).to.include({ isPassed: false, promoted: false, accuracy: 1, reason: objection });
  });

  it('promotes what passes where that is wanted, and nothing else', () => {
    const passing = evidenceOf([compared(10_000, rows(5)), compared(500, [], [], 'drawn')]);
    expect(judgeEvidence(passing, true, 1)).to.include({ isPassed: true, promoted: true, accuracy: 0.9995 });
    expect(judgeEvidence(passing, false, 1)).to.include({ isPassed: true, promoted: false });
    const failing = evidenceOf([compared(10_000, rows(500))]);
    expect(judgeEvidence(failing, true, 1)).to.include({ isPassed: false, promoted: false, accuracy: 0.95 });
  });

  it('says which set, which figure, how much and what was allowed', () => {
    const reasonOf = (comparison: GateComparison, margin?: number) =>
      judgeEvidence(evidenceOf([comparison], margin), true, 1).reason;
    expect(reasonOf(compared(10_000, rows(210), rows(80)))).to.equal(
      'It reads 1.30 points fewer of MNIST’s test images than the model in use: 97.90%, not 99.20%; ' +
        'at most 0.2 may be lost (McNemar, p < 0.001).',
    );
    expect(reasonOf(compared(5000, rows(6), [], 'generated'), 1)).to.equal(
      'It is significantly worse on the generated test digits: 6 are read by the model in use alone, ' +
        '0 by this one alone (McNemar, p = 0.031).',
    );
    expect(reasonOf(compared(500, [], [], 'drawn'))).to.equal(
      'It reads 100.00% of the drawn digits, no worse than the model before it.',
    );
    expect(reasonOf(compared(500, [1], [], 'drawn'), 0)).to.include('nothing may be lost');
  });
});
