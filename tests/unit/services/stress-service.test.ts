import { expect } from 'chai';
import { DEFAULT_PLAN, type StressPlan } from '../../../src/domain/stress-plan';
import { NO_SELF_CHECK, type StressRun, type StressRunId } from '../../../src/domain/stress-run';
import { secondsOf, wordState } from '../../../src/pages/stress-words';
import type { LoadReport, LoadRequest, LoadSnapshot } from '../../../src/protocol/load-protocol';

const PLAN: StressPlan = {
  ...DEFAULT_PLAN,
  target: 'router',
  stages: [
    { duration: 60, users: 5, spawnRate: 5 },
    { duration: 240, users: 9, spawnRate: 5 },
  ],
};

/** What the build puts in is there before what reads it. */
async function loadService() {
  Object.assign(globalThis, { __APP_VERSION__: '0.0.0-test' });
  return (await import('../../../src/services/stress-service')).StressService;
}

/** A service whose load worker says what the test says. */
async function open() {
  const StressService = await loadService();
  const heard: LoadRequest[] = [];
  const worker = {
    onmessage: (_event: { readonly data: LoadReport }) => undefined as void,
    onerror: undefined,
    postMessage: (request: LoadRequest) => heard.push(request),
    terminate: () => undefined,
  };
  let started = 0;
  const stressRuns = {
    add: async () => ++started as StressRunId,
    save: async () => undefined,
    list: async (): Promise<readonly StressRun[]> => [],
  };
  const service = new StressService({
    spawn: () => worker as unknown as Worker,
    connect: async () => undefined,
    stressRuns,
    settings: {},
    changes: { subscribe: () => () => undefined },
    baseUrl: 'https://inkling.test/',
    host: '',
  } as unknown as ConstructorParameters<typeof StressService>[0]);
  /** Resolves when the worker has been told to start. */
  const begun = new Promise<void>((resolve) => {
    worker.postMessage = (request) => {
      resolve();
      return heard.push(request);
    };
  });
  const report = (data: LoadReport) => worker.onmessage({ data });
  return { service, heard, begun, report, started: () => started };
}

/** So many answers since `startedAt`, of a test that began at `begunAt`. */
function snapshotOf(answered: number, begunAt: number, startedAt: number): LoadSnapshot {
  return {
    phase: 'running',
    users: 5,
    counts: { sent: answered, answered, refused: 0, failed: 0, inFlight: 0 },
    entries: [],
    errors: [],
    exceptions: [],
    selfCheck: NO_SELF_CHECK,
    missed: 0,
    begunAt,
    startedAt,
    lastAnswerAt: Date.now(),
  };
}

describe('load tests', () => {
  it('start once, however often they are told to while they begin', async () => {
    const { service, begun, report, started } = await open();
    const both = [service.start(PLAN), service.start(PLAN)];
    await begun;
    expect(service.state.value.failure).to.equal(undefined);
    expect(started()).to.equal(1);
    report({ kind: 'end', epoch: 0, snapshot: snapshotOf(3, Date.now(), Date.now()) });
    await Promise.all(both);
    expect(service.state.value.failure).to.equal(undefined);
    expect(service.state.value.live!.status).to.equal('stopped');
    expect(service.isBusy).to.equal(false);
  });

  it('count anew after a reset, while their stages go on, and a report from before it changes nothing', async () => {
    const { service, heard, begun, report } = await open();
    const ended = service.start(PLAN);
    await begun;
    const begunAt = Date.now() - 100_000;
    const before = snapshotOf(70, begunAt, begunAt);
    report({ kind: 'report', epoch: 0, snapshot: before });
    const live = () => service.state.value.live!;
    expect(wordState(live())).to.match(/^Stage 2 of 2, 5 users\. 1:4\d of 4:00\.$/);

    service.reset();
    expect(heard.at(-1)).to.deep.equal({ kind: 'reset', epoch: 1 });
    expect(wordState(live())).to.match(/^Stage 2 of 2, 5 users\. 1:4\d of 4:00\.$/);
    report({ kind: 'report', epoch: 0, snapshot: before });
    expect(live().counts.sent).to.equal(0);
    expect(live().history).to.deep.equal([]);

    report({ kind: 'report', epoch: 1, snapshot: snapshotOf(2, begunAt, Date.now()) });
    expect(live().counts.sent).to.equal(2);
    expect(live().measuredMs).to.be.below(60_000);
    expect(secondsOf(live())).to.be.at.least(100);
    report({ kind: 'end', epoch: 1, snapshot: snapshotOf(3, begunAt, Date.now()) });
    await ended;
    expect(live().history.at(-1)!.seconds).to.be.at.least(100);
    expect(wordState(live())).to.match(/^Ended after 1:4\d, counted anew from 1:4\d\. 3 sent: /);
  });

  it('stay stopped once they were told to stop, whatever a report from before says', async () => {
    const { service, begun, report } = await open();
    const ended = service.start(PLAN);
    await begun;
    const snapshot = snapshotOf(7, Date.now(), Date.now());
    report({ kind: 'report', epoch: 0, snapshot });
    service.stop();
    report({ kind: 'report', epoch: 0, snapshot });
    expect(service.state.value.live!.status).to.equal('stopping');
    report({ kind: 'end', epoch: 0, snapshot: { ...snapshot, phase: 'stopping' } });
    await ended;
    expect(service.state.value.live!.status).to.equal('stopped');
  });
});
