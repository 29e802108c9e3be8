import { expect } from 'chai';
import type { StressRun } from '../../../src/domain/stress-run';
import { HistoryKeeper } from '../../../src/stress/history-keeper';
import { exceptionsCsv, failuresCsv, historyCsv, requestsCsv } from '../../../src/stress/locust-csv';
import { pythonFloat } from '../../../src/stress/python-number';
import { Tally } from '../../../src/stress/tally';

/** 19:05:10 UTC; whole seconds, so that rates can be computed by hand. */
const START = Date.UTC(2026, 10, 25, 19, 5, 10);
const BEGUN = { begunAt: START, startedAt: START };

/** 100 drawn digits in 1 … 100 ms, ten a second, the last of each ten fails; one upload of 3,432.5 ms. */
function knownTally(): Tally {
  const tally = new Tally('worker-1');
  for (let at = 0; at < 100; at++) {
    const error =
      at % 10 === 9 ? "HTTPError('429 Client Error: Too Many Requests for url: /predict')" : undefined;
    tally.count({
      method: 'POST',
      name: '/predict [drawn]',
      latencyMs: at + 1,
      sizeBytes: 200,
      error,
      at: START + Math.floor(at / 10) * 1000,
    });
  }
  tally.count({
    method: 'POST',
    name: '/predict [a, "b"]',
    latencyMs: 3432.5,
    sizeBytes: 301,
    error: undefined,
    at: START + 10_000,
  });
  return tally;
}

/** The lines of a file, without the head; each must end in CR LF, as Python's csv.writer has it. */
function linesOf(csv: string): readonly string[] {
  expect(csv.endsWith('\r\n')).to.equal(true);
  return csv.slice(0, -2).split('\r\n');
}

describe('Locust’s CSV files, of a mock with known latencies', () => {
  const snapshot = knownTally().snapshot();
  const run: Pick<StressRun, 'entries' | 'measuredMs'> = { entries: snapshot.entries, measuredMs: 10_000 };

  it('requests.csv: header for header, number for number, sorted by name, the sum last', () => {
    const [head, ...rows] = linesOf(requestsCsv(run));
    expect(head).to.equal(
      'Type,Name,Request Count,Failure Count,Median Response Time,Average Response Time,Min Response Time,Max Response Time,Average Content Size,Requests/s,Failures/s,50%,66%,75%,80%,90%,95%,98%,99%,99.9%,99.99%,100%',
    );
    expect(rows).to.deep.equal([
      'POST,"/predict [a, ""b""]",1,0,3432.5,3432.5,3432.5,3432.5,301.0,0.1,0.0,3400,3400,3400,3400,3400,3400,3400,3400,3400,3400,3400',
      'POST,/predict [drawn],100,10,50,50.5,1.0,100.0,200.0,10.0,1.0,51,67,76,81,91,96,99,100,100,100,100',
      ',Aggregated,101,10,51,83.98514851485149,1.0,3432.5,201.0,10.1,1.0,51,67,76,81,91,96,99,100,3400,3400,3400',
    ]);
  });

  it('requests.csv of nothing has its sum alone, without percentiles', () => {
    const [, ...rows] = linesOf(requestsCsv({ entries: [], measuredMs: 0 }));
    expect(rows).to.deep.equal([
      `,Aggregated,0,0,0,0.0,0,0,0,0.0,0.0,${Array.from({ length: 11 }, () => 'N/A').join(',')}`,
    ]);
  });

  it('stats_history.csv: a row for each kind of request and moment, with current rates of six decimals', () => {
    const history = new HistoryKeeper();
    history.add({ entries: snapshot.entries, users: 7, ...BEGUN }, START + 10_000);
    const [head, ...rows] = linesOf(historyCsv(history.points));
    expect(head).to.equal(
      'Timestamp,User Count,Type,Name,Requests/s,Failures/s,50%,66%,75%,80%,90%,95%,98%,99%,99.9%,99.99%,100%,Total Request Count,Total Failure Count,Total Median Response Time,Total Average Response Time,Total Min Response Time,Total Max Response Time,Total Average Content Size',
    );
    // Ten a second in each of the eight seconds that ended two before the last answer.
    const second = START / 1000 + 10;
    expect(rows).to.deep.equal([
      `${second},7,POST,"/predict [a, ""b""]",0.000000,0.000000,3400,3400,3400,3400,3400,3400,3400,3400,3400,3400,3400,1,0,3432.5,3432.5,3432.5,3432.5,301.0`,
      `${second},7,POST,/predict [drawn],10.000000,1.000000,51,67,76,81,91,96,99,100,100,100,100,100,10,50,50.5,1.0,100.0,200.0`,
      `${second},7,,Aggregated,10.000000,1.000000,51,67,76,81,91,96,99,100,3400,3400,3400,101,10,51,83.98514851485149,1.0,3432.5,201.0`,
    ]);
  });

  it('shows current percentiles: of what was answered in the last ten seconds', () => {
    const tally = new Tally('worker-1');
    const count = (latencyMs: number, at: number) =>
      tally.count({ method: 'POST', name: '/predict', latencyMs, sizeBytes: 1, error: undefined, at });
    const history = new HistoryKeeper();
    for (let second = 0; second <= 20; second++) {
      count(second < 10 ? 80 : 5, START + second * 1000);
      history.add({ entries: tally.snapshot().entries, users: 1, ...BEGUN }, START + second * 1000);
    }
    const medians = history.points.map(({ entries }) => entries.at(-1)!.percentiles[0]);
    expect(medians[5]).to.equal(80);
    expect(medians[20]).to.equal(5);
    expect(history.points.at(-1)!.entries.at(-1)!.percentiles.at(-1)).to.equal(5);
  });

  it('failures.csv and exceptions.csv: counts, and when they were seen', () => {
    expect(failuresCsv(snapshot.errors)).to.equal(
      'Method,Name,Error,Occurrences,First Seen,Last Seen\r\n' +
        "POST,/predict [drawn],HTTPError('429 Client Error: Too Many Requests for url: /predict'),10,2026-11-25T19:05:10Z,2026-11-25T19:05:19Z\r\n",
    );
    const tally = new Tally('worker-2');
    tally.countException(Object.assign(new RangeError('too "far"'), { stack: 'at a\nat b' }));
    expect(exceptionsCsv(tally.snapshot().exceptions)).to.equal(
      'Count,Message,Traceback,Nodes\r\n1,"RangeError: too ""far""","at a\nat b",worker-2\r\n',
    );
  });

  it('numbers are written as Python writes floats', () => {
    const floats = {
      '1.0': 1,
      '0.1': 0.1,
      '1e-05': 1e-5,
      '0.0001': 1e-4,
      '1.5e-07': 1.5e-7,
      '0.0': 0,
      '123456789.0': 123456789,
    };
    for (const [text, value] of Object.entries(floats)) expect(pythonFloat(value)).to.equal(text);
  });

  it('a tally does not grow with the number of answers', () => {
    const tally = new Tally('worker-1');
    for (let at = 0; at < 50_000; at++) {
      tally.count({
        method: 'POST',
        name: '/predict',
        latencyMs: (at * 7919) % 20_000,
        sizeBytes: 1,
        error: `Error(${at})`,
        at: START + at * 100,
      });
    }
    const { entries, errors } = tally.snapshot();
    expect(errors.length).to.be.at.most(201);
    expect(errors.reduce((sum, { occurrences }) => sum + occurrences, 0)).to.equal(50_000);
    expect(entries[0]!.times.size).to.be.at.most(300);
    expect(entries[0]!.perSecond.size).to.be.at.most(31);
    expect(entries[0]!.fine.size).to.be.at.most(1800);
  });
});
