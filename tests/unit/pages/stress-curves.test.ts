import { expect } from 'chai';
import { DEFAULT_PLAN } from '../../../src/domain/stress-plan';
import { NO_COUNTS, NO_SELF_CHECK, type StressRun, type StressRunId } from '../../../src/domain/stress-run';
import { compareRuns } from '../../../src/pages/stress-compared';
import { latencyCurves, stressCurves } from '../../../src/pages/stress-curves';
import { HistoryKeeper } from '../../../src/stress/history-keeper';
import { Tally } from '../../../src/stress/tally';

const START = Date.UTC(2026, 10, 25, 19, 5, 10);
const STAGES = [
  { duration: 60, users: 10, spawnRate: 1e6 },
  { duration: 240, users: 40, spawnRate: 1e6 },
];

/** A test of ten seconds whose answers took these milliseconds; each hundredth failed where `fails`. */
function testOf(id: number, times: readonly number[], fails = false): StressRun {
  const tally = new Tally('worker-1');
  for (const [at, latencyMs] of times.entries()) {
    const error = fails && at % 100 === 0 ? "HTTPError('503')" : undefined;
    tally.count({ method: 'POST', name: '/predict', latencyMs, sizeBytes: 10, error, at: START });
  }
  return {
    id: id as StressRunId,
    plan: { ...DEFAULT_PLAN, stages: STAGES },
    host: 'https://inkling.test/',
    status: 'stopped',
    startedAt: START,
    begunAt: START,
    measuredMs: 10_000,
    users: 0,
    counts: NO_COUNTS,
    history: [],
    selfCheck: NO_SELF_CHECK,
    missed: 0,
    environment: [],
    ...tally.snapshot(),
  };
}

const SHORT = testOf(1, Array(100).fill(4));
const LONG = testOf(2, Array(1000).fill(5), true);

describe('load tests beside each other', () => {
  it('show how long answers took as shares, however many answers each test has', () => {
    const { series } = latencyCurves(
      new Map([
        [SHORT, 1],
        [LONG, 2],
      ]),
    );
    expect(series.map(({ name, slot }) => [name, slot])).to.deep.equal([
      ['Load test 1', 1],
      ['Load test 2', 2],
    ]);
    const peaks = series.map(({ points }) => points.filter(({ y }) => y > 0));
    expect(peaks.map((points) => points.map(({ y }) => y))).to.deep.equal([[100], [100]]);
    expect(peaks[0]![0]!.x).to.be.closeTo(4, 0.2);
    expect(peaks[1]![0]!.x).to.be.closeTo(5, 0.2);
  });

  it('say by how much each differs from the first', () => {
    const rows = compareRuns([SHORT, LONG, testOf(3, Array(98).fill(3))]);
    const differences = (title: string) =>
      rows.find((row) => row.title === title)!.cells.map(({ difference }) => difference);
    expect(differences('# Requests')).to.deep.equal(['', '×10', '−2.0%']);
    expect(differences('RPS')).to.deep.equal(['', '×10', '−2.0%']);
    expect(differences('50% (ms)')).to.deep.equal(['', '+25%', '−25%']);
    expect(differences('Failures')).to.deep.equal(['', '+1.00 points', '±0 points']);
    expect(differences('Load')).to.deep.equal(['', '', '']);
  });

  it('draw what was planned from the beginning of the test, also when it was reset since', () => {
    const history = new HistoryKeeper();
    const reset = START + 90_000;
    history.add({ entries: [], users: 40, begunAt: START, startedAt: reset }, reset + 10_000);
    const run = { ...SHORT, startedAt: reset, history: history.points };
    const { users, rates } = stressCurves({ run, compared: new Map(), percentile: 0.99 });
    const [planned, asking] = users.series;
    expect(planned!.points.at(-1)).to.deep.equal({ x: 100, y: 40 });
    expect(asking!.points).to.deep.equal([{ x: 100, y: 40 }]);
    expect(rates.axis.x.range[0]).to.equal(0);
  });
});
