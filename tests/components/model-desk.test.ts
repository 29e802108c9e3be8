import { expect } from 'chai';
import { ARCHITECTURES } from '../../src/domain/architecture';
import { DRAWN_TEST } from '../../src/domain/evaluated-data';
import { SHIPPED_MODEL, type ModelVersionId, type RunId } from '../../src/domain/ids';
import type { Score } from '../../src/domain/metrics';
import type { ModelVersion } from '../../src/domain/model-version';
import '../../src/pages/model-desk';
import type { ModelDesk } from '../../src/pages/model-desk';
import { Observable } from '../../src/services/observable';
import type { Services } from '../../src/services/services';

const SCORE: Score = { correct: 99, total: 100 };
const OWN = 1 as ModelVersionId;

const version = (id: ModelVersionId): ModelVersion => ({
  id,
  createdAt: 0,
  architecture: ARCHITECTURES.fast,
  preprocessVersion: 2,
  appVersion: '0',
  weightsHash: 'a',
  validation: SCORE,
  runId: 7 as RunId,
});

describe('one model', () => {
  let desk: ModelDesk;
  let asked: unknown[];
  /** What `ensureMnist` comes to. */
  let hasMnist: boolean;

  /** A desk on services that note what they are asked for. */
  async function show(
    id: ModelVersionId,
    known: { test?: Score; drawn?: Score },
    runs: readonly object[] = [],
  ) {
    const scores = (score: Score | undefined) => new Map(score ? [[id, score]] : []);
    const mnist = new Observable<object>({ state: 'missing', isOffered: true });
    const services = {
      models: {
        catalogue: new Observable({
          champion: SHIPPED_MODEL,
          versions: [],
          testScores: scores(known.test),
          drawnScores: scores(known.drawn),
          ...(id === SHIPPED_MODEL ? { shipped: { ...version(id), test: known.test } } : {}),
        }),
        evaluation: new Observable(undefined),
        evaluate: (...question: unknown[]) => asked.push(question),
      },
      modelFiles: { state: new Observable({ isBusy: false }) },
      datasets: {
        mnist,
        ensureMnist: async () => {
          if (!hasMnist) mnist.value = { state: 'missing', error: { code: 'network', message: 'No MNIST.' } };
          return hasMnist;
        },
      },
      catalogue: { catalogue: new Observable({ sets: [] }) },
      training: { state: new Observable({ runs }) },
      reports: { save: (run: unknown) => asked.push(run) },
      promotion: {
        state: new Observable({
          verdicts: new Map(),
          waiting: new Set(),
          judging: new Map(),
          failures: new Map(),
        }),
      },
    } as unknown as Services;
    desk = Object.assign(document.createElement('model-desk'), { services, version: version(id) });
    document.body.append(desk);
    await desk.updateComplete;
  }

  const details = () => desk.renderRoot.querySelector('model-details')!;
  const buttonOf = (words: string) =>
    [...details().renderRoot.querySelectorAll('button')].find(({ textContent }) =>
      textContent.includes(words),
    );
  async function press(words: string) {
    await details().updateComplete;
    buttonOf(words)!.click();
    await Promise.resolve();
    await desk.updateComplete;
    await details().updateComplete;
  }

  beforeEach(() => {
    asked = [];
    hasMnist = true;
  });
  afterEach(() => desk.remove());

  it('can be tested on MNIST where that is not on this device yet: it is fetched first', async () => {
    await show(OWN, {});
    await press('Test on MNIST');
    expect(asked).to.deep.equal([[OWN]]);
  });

  it('says why it could not be tested where MNIST cannot be had', async () => {
    hasMnist = false;
    await show(OWN, {});
    await press('Test on MNIST');
    expect(asked).to.deep.equal([]);
    const failure = desk.renderRoot.querySelector('error-desk')!;
    expect([failure.hidden, failure.error?.message]).to.deep.equal([false, 'No MNIST.']);
  });

  it('tells its drawn figure among all others, and is tested on the drawn digits alone where only that lacks', async () => {
    await show(SHIPPED_MODEL, { test: SCORE });
    await press('Test on drawn digits');
    expect(asked).to.deep.equal([[SHIPPED_MODEL, DRAWN_TEST]]);
    desk.remove();
    await show(SHIPPED_MODEL, { test: SCORE, drawn: SCORE });
    await details().updateComplete;
    expect(details().renderRoot.querySelector('dl')!.textContent).to.match(/Drawn digits\s+99\.00%/);
    expect(buttonOf('Test on')?.textContent, 'all is known').to.equal(undefined);
  });

  it('has the report of its run where that is on this device, and nowhere else', async () => {
    const run = { id: 7 };
    await show(OWN, {}, [{ id: 6 }, run]);
    await press('Report of Run 7');
    expect(asked).to.deep.equal([run]);
    desk.remove();
    for (const [id, runs] of [
      [OWN, [{ id: 6 }]],
      [SHIPPED_MODEL, [run]],
    ] as const) {
      await show(id, {}, runs);
      await details().updateComplete;
      expect(buttonOf('Report of')?.textContent).to.equal(undefined);
      desk.remove();
    }
  });
});
