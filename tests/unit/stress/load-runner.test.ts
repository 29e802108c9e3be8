import { expect } from 'chai';
import { DEFAULT_PLAN, MOST_IN_FLIGHT, type StressPlan } from '../../../src/domain/stress-plan';
import { aggregate } from '../../../src/domain/stress-run';
import type { LoadSnapshot } from '../../../src/protocol/load-protocol';
import { LoadRunner } from '../../../src/stress/load-runner';
import { mergeSnapshots } from '../../../src/stress/merge-snapshots';
import type { StressAnswer, Transport } from '../../../src/stress/transport';

const ANSWER: StressAnswer = { status: 200, statusText: 'OK', sizeBytes: 100, isJson: true };
const PLAN: StressPlan = {
  ...DEFAULT_PLAN,
  stages: [{ duration: 60, users: 4, spawnRate: 10_000 }],
  weights: { 'predict-drawn': 1, 'predict-upload': 1, 'bad-request': 0, 'small-retrain': 0 },
  thinkMs: [0, 0],
};

/** A transport that counts, and stops the runner after so many requests. */
function counted(send: (number: number, signal: AbortSignal) => Promise<StressAnswer>) {
  const seen = { sent: 0, limit: Infinity, stop: () => {} };
  const transport: Transport = {
    send: () => {
      const controller = new AbortController();
      seen.sent += 1;
      if (seen.sent === seen.limit) seen.stop();
      return {
        answer: send(seen.sent, controller.signal),
        cancel: (reason) => controller.abort(reason),
      };
    },
  };
  return { seen, transport };
}

/** An answer in a turn of its own, as every real one is. */
function soon(answer: StressAnswer = ANSWER): Promise<StressAnswer> {
  return new Promise((resolve) => setTimeout(() => resolve(answer)));
}

async function run(
  plan: StressPlan,
  { seen, transport }: ReturnType<typeof counted>,
  limit: number,
): Promise<LoadSnapshot> {
  const order = { plan, baseUrl: 'https://example.test/', worker: 0, workers: 1, seed: 1 };
  const runner = await LoadRunner.open(order, transport);
  Object.assign(seen, { limit, stop: () => runner.stop() });
  await runner.run();
  return runner.snapshot();
}

/** Each request has one ending, and is in the statistics once. */
function expectWhole({ counts, entries }: LoadSnapshot): void {
  expect(counts.answered + counts.refused + counts.failed).to.equal(counts.sent);
  expect(counts.inFlight).to.equal(0);
  expect(aggregate(entries).requests).to.equal(counts.sent);
  expect(aggregate(entries).failures).to.equal(counts.refused + counts.failed);
}

describe('the load generator', () => {
  it('counts what it sends as answered, refused or failed, and nothing twice', async () => {
    const mock = counted((number) => {
      if (number % 5 === 0) return soon({ ...ANSWER, status: 429, statusText: '' });
      if (number % 7 === 0) return Promise.reject(new TypeError('Failed to fetch'));
      if (number % 11 === 0) return soon({ ...ANSWER, isJson: false });
      return soon();
    });
    const snapshot = await run(PLAN, mock, 200);
    expectWhole(snapshot);
    expect(snapshot.counts.sent).to.equal(mock.seen.sent);
    const of = (divides: (number: number) => boolean) =>
      Array.from({ length: mock.seen.sent }, (_, at) => at + 1).filter(divides).length;
    expect(snapshot.counts.refused).to.equal(of((n) => n % 5 === 0));
    expect(snapshot.counts.failed).to.equal(of((n) => n % 5 > 0 && (n % 7 === 0 || n % 11 === 0)));
    expect([...new Set(snapshot.errors.map(({ error }) => error))].sort()).to.deep.equal([
      "CatchResponseError('The answer is not JSON')",
      "ConnectionError('Failed to fetch')",
      "HTTPError('429 Client Error: Too Many Requests for url: /predict')",
    ]);
  });

  it('ends each request at its deadline, and does not count the answer that comes after', async () => {
    const late: (() => void)[] = [];
    const mock = counted(() => new Promise((resolve) => late.push(() => resolve(ANSWER))));
    const snapshot = await run({ ...PLAN, deadlineMs: 20 }, mock, 9);
    for (const answer of late) answer();
    await soon();
    expectWhole(snapshot);
    expect(snapshot.counts.failed).to.equal(snapshot.counts.sent);
    expect(snapshot.errors[0]!.error).to.equal("TimeoutError('No answer within 0.02 s')");
  });

  it('waits for the answers when it is stopped, and gives them up when it is stopped again', async () => {
    let aborted = 0;
    const mock = counted(
      (_, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            aborted += 1;
            reject(signal.reason as Error);
          });
        }),
    );
    const order = { plan: PLAN, baseUrl: 'https://example.test/', worker: 0, workers: 1, seed: 1 };
    const runner = await LoadRunner.open(order, mock.transport);
    const ended = runner.run();
    while (mock.seen.sent < 4) await soon();
    runner.stop();
    expect(runner.snapshot().phase).to.equal('stopping');
    expect(runner.snapshot().counts.inFlight).to.equal(mock.seen.sent);
    runner.stop();
    await ended;
    expect(aborted).to.equal(mock.seen.sent);
    expectWhole(runner.snapshot());
  });

  it('sends at its rate in an open test, whether it is answered or not', async () => {
    const waiting: (() => void)[] = [];
    const mock = counted(
      (number) =>
        new Promise((resolve) => {
          waiting.push(() => resolve(ANSWER));
          if (number === 30) for (const answer of waiting) answer();
          else if (number > 30) resolve(ANSWER);
        }),
    );
    const stages = [{ duration: 60, users: 200, spawnRate: 10_000 }];
    const snapshot = await run({ ...PLAN, model: 'open', stages }, mock, 30);
    expectWhole(snapshot);
    // A closed test of any number of users would not have come to the thirtieth without an answer.
    expect(snapshot.counts.sent).to.be.at.least(30);
    expect(snapshot.missed).to.equal(0);
  });

  it('sends all that was due in an open test while it stood still, and counts each from when it was due', async () => {
    const stallMs = 250;
    const mock = counted((number) => {
      const until = number === 20 ? performance.now() + stallMs : 0;
      while (performance.now() < until);
      return soon();
    });
    const stages = [{ duration: 0.5, users: 400, spawnRate: 1e9 }];
    const snapshot = await run({ ...PLAN, model: 'open', stages }, mock, Infinity);
    expectWhole(snapshot);
    expect(snapshot.counts.sent).to.equal(200);
    expect(snapshot.missed).to.equal(0);
    // Due every 2.5 ms: about half of the stall is what all of it made the hundred wait, one by one.
    const { totalMs, maxMs } = aggregate(snapshot.entries);
    expect(maxMs).to.be.above(stallMs * 0.9);
    expect(totalMs).to.be.above((stallMs / 2) * (stallMs / 2.5) * 0.8);
  });

  it('tells what was due in an open test and not sent, because too much was under way', async () => {
    const stages = [{ duration: 0.3, users: 100_000, spawnRate: 1e9 }];
    const plan: StressPlan = { ...PLAN, model: 'open', stages, deadlineMs: 60_000 };
    const order = { plan, baseUrl: 'https://example.test/', worker: 0, workers: 1, seed: 1 };
    const never = new Promise<StressAnswer>(() => undefined);
    const runner = await LoadRunner.open(order, { send: () => ({ answer: never, cancel: () => undefined }) });
    const ended = runner.run();
    while (runner.snapshot().missed < 10_000) await soon();
    runner.stop();
    runner.stop();
    await ended;
    expectWhole(runner.snapshot());
    expect(runner.snapshot().missed).to.equal(10_000);
    expect(runner.snapshot().counts.sent).to.equal(MOST_IN_FLIGHT);
  });

  it('starts many users in many turns, so that the first answers are heard meanwhile', async () => {
    let inTurn = 0;
    let mostInTurn = 0;
    const mock = counted(() => {
      if (inTurn === 0) setTimeout(() => (inTurn = 0));
      mostInTurn = Math.max(mostInTurn, ++inTurn);
      return soon();
    });
    const stages = [{ duration: 60, users: 2000, spawnRate: 1_000_000 }];
    const snapshot = await run({ ...PLAN, stages, thinkMs: [600_000, 600_000] }, mock, 2000);
    expectWhole(snapshot);
    expect(snapshot.counts.sent).to.equal(2000);
    expect(mostInTurn).to.be.within(1, 500);
  });

  it('shares the users among workers so that they add up', async () => {
    const parts: LoadSnapshot[] = [];
    for (let worker = 0; worker < 3; worker++) {
      const stages = [{ duration: 60, users: 10, spawnRate: 100_000 }];
      const order = {
        plan: { ...PLAN, stages },
        baseUrl: 'https://example.test/',
        worker,
        workers: 3,
        seed: 1,
      };
      const runner = await LoadRunner.open(order, counted(() => new Promise(() => undefined)).transport);
      const ended = runner.run();
      while (runner.snapshot().phase !== 'running') await soon();
      parts.push(runner.snapshot());
      runner.stop();
      runner.stop();
      await ended;
    }
    const merged = mergeSnapshots(parts);
    expect(merged.users).to.equal(10);
    expect(merged.counts.sent).to.equal(10);
    expect(merged.counts.inFlight).to.equal(10);
  });
});
