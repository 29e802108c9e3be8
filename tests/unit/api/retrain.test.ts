import { expect } from 'chai';
import type { ApiCall } from '../../../src/api/call';
import { retrain, uploadAndRetrain } from '../../../src/api/endpoints/retrain';
import { predict } from '../../../src/api/endpoints/predict';
import { PredictionQueue } from '../../../src/api/prediction-queue';
import { Retraining } from '../../../src/api/retraining';
import { Refusal } from '../../../src/api/refusal';
import type { ApiServices } from '../../../src/api/start-api';
import type { Dataset } from '../../../src/domain/dataset';
import { abortedError } from '../../../src/domain/errors';
import type { ModelVersionId, RunId } from '../../../src/domain/ids';
import { Observable } from '../../../src/services/observable';

const ten = Array.from({ length: 10 }, () => 20);
const none = Array.from({ length: 10 }, () => 0);
const set = {
  name: 'sent',
  title: 'Sent',
  source: 'archive',
  contentHash: { train: '', test: '' },
  shardCounts: { train: 1, test: 0 },
  counts: { train: ten, test: none },
  completedAt: 0,
} satisfies Dataset;
const report = { entries: 200, accepted: { train: ten, test: none }, rejected: [], ignored: [], notes: [] };

function callOf(path: string, parts: Partial<ApiCall>): ApiCall {
  return {
    method: 'POST',
    path,
    query: new URLSearchParams(),
    client: 'tab',
    signal: new AbortController().signal,
    header: () => undefined,
    bytes: async () => new Uint8Array(),
    blob: async () => new Blob(),
    form: async () => new FormData(),
    ...parts,
  };
}

function uploadOf(parts: Partial<ApiCall> = {}): ApiCall {
  const form = async () => {
    const body = new FormData();
    body.append('zipfile', new File(['zip'], 'digits.zip'));
    body.append('recipe', 'quick');
    return body;
  };
  const header = (name: string) => (name === 'content-type' ? 'multipart/form-data' : undefined);
  return callOf('upload_and_retrain', { form, header, ...parts });
}

type ReadAside = ApiServices['imports']['readAside'];

/** An app whose runs go on for ever; `done` tells what was done, in order. */
function openApp(
  parts: { readonly ensureMnist?: () => Promise<boolean>; readonly readAside?: ReadAside } = {},
) {
  const done: string[] = [];
  const state = new Observable<{ active?: { runId: RunId }; inTraining: Set<RunId> }>({
    inTraining: new Set(),
  });
  const training = {
    state,
    start: async () => {
      done.push('start');
      // As the real one, which writes the run down first.
      await Promise.resolve();
      state.value = { ...state.value, active: { runId: 1 as RunId } };
      return new Promise(() => undefined);
    },
    stop: () => done.push('stop'),
  };
  const readAside: ReadAside = async () => {
    await Promise.resolve();
    return {
      result: { dataset: set, report },
      keep: async () => void done.push('keep'),
      drop: async () => void done.push('drop'),
    } as unknown as Awaited<ReturnType<ReadAside>>;
  };
  const services = {
    training,
    promotion: {},
    recognition: {},
    datasets: {
      mnist: { value: { state: 'stored' } },
      ensureLoaded: async () => undefined,
      ensureMnist: async () => true,
      ...parts,
    },
    catalogue: { load: async () => undefined, catalogue: { value: { sets: [] } } },
    models: { load: async () => undefined, catalogue: { value: { versions: [], champion: 0 } } },
    imports: { readAside: parts.readAside ?? readAside },
  } as unknown as ApiServices;
  return { done, sources: { ...services, retraining: new Retraining(services) } };
}

async function refusalOf(answer: Promise<unknown>): Promise<readonly unknown[]> {
  try {
    await answer;
  } catch (error) {
    if (error instanceof Refusal) return [error.status, error.answer.code];
    throw error;
  }
  throw new Error('It was not refused');
}

describe('a retraining that is asked for', () => {
  it('is answered with its number when the time is up that began as it came, and goes on', async () => {
    const { done, sources } = openApp();
    const late = new AbortController();
    const answer = uploadAndRetrain(uploadOf(), sources, late.signal);
    while (!sources.training.state.value.active) await new Promise(requestAnimationFrame);
    late.abort();
    const { status, headers } = await answer;
    expect([status, headers['Location']]).to.deep.equal([202, 'runs/1']);
    expect(done).to.deep.equal(['keep', 'start']);
  });

  it('is refused, and starts nothing later, where the time is up before there is a run', async () => {
    const late = new AbortController();
    const reading = openApp({
      readAside: (_, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(abortedError()));
          late.abort();
        }),
    });
    const uploaded = uploadAndRetrain(uploadOf(), reading.sources, late.signal);
    expect(await refusalOf(uploaded)).to.deep.equal([503, 'DEADLINE']);
    let arrive: (isWhole: boolean) => void = () => undefined;
    const mnist = new Promise<boolean>((resolve) => (arrive = resolve));
    const over = new AbortController();
    const fetching = openApp({
      ensureMnist: () => {
        over.abort();
        return mnist;
      },
    });
    const retrained = retrain(callOf('retrain', {}), fetching.sources, over.signal);
    expect(await refusalOf(retrained)).to.deep.equal([503, 'DEADLINE']);
    arrive(true);
    await mnist;
    // Nothing holds the place of the one that was refused.
    fetching.sources.retraining.requireIdle();
    expect([...reading.done, ...fetching.done]).to.deep.equal([]);
  });

  it('ends with the run that it waited for where it is called off', async () => {
    const { done, sources } = openApp();
    const calling = new AbortController();
    void uploadAndRetrain(uploadOf({ signal: calling.signal }), sources);
    while (!sources.training.state.value.active) await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    calling.abort();
    expect(done).to.deep.equal(['keep', 'start', 'stop']);
  });

  it('keeps no set of the second of two that come at once', async () => {
    const { done, sources } = openApp();
    void uploadAndRetrain(uploadOf(), sources);
    expect(await refusalOf(uploadAndRetrain(uploadOf(), sources))).to.deep.equal([409, 'RUN_ACTIVE']);
    while (!done.includes('start')) await new Promise(requestAnimationFrame);
    expect(done.toSorted()).to.deep.equal(['drop', 'keep', 'start']);
  });
});

describe('a prediction of several images', () => {
  it('that is refused leaves none of them waiting', async () => {
    const queue = new PredictionQueue({ recognizeMany: () => new Promise(() => undefined) });
    const pixels = new Uint8Array(784);
    const asker = { client: 'other', signal: new AbortController().signal };
    // Two passes are under way, and one image less than may wait.
    for (let image = 0; image < 2 + 999; image++) void queue.ask(0 as ModelVersionId, pixels, asker);
    expect(queue.length).to.equal(999);
    const { sources } = openApp();
    const readPicture = async () => ({ found: { digits: [{ pixels }, { pixels }] } });
    const recognition = { readPicture } as unknown as ApiServices['recognition'];
    const header = (name: string) => (name === 'content-type' ? 'image/png' : undefined);
    const answer = predict(callOf('predict', { header }), { ...sources, recognition, queue });
    expect(await refusalOf(answer)).to.deep.equal([429, 'QUEUE_FULL']);
    expect(queue.length).to.equal(999);
  });
});
