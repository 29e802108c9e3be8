import { expect } from 'chai';
import { createRandom } from '../../../src/domain/random';
import { DEFAULT_PLAN, TASK_KINDS, type StressTarget, type TaskKind } from '../../../src/domain/stress-plan';
import { writeLocustfile } from '../../../src/stress/locustfile';
import { createTasks } from '../../../src/stress/tasks';
import type { StressRequest } from '../../../src/stress/transport';

const ALL = { 'predict-drawn': 1, 'predict-upload': 1, 'bad-request': 1, 'small-retrain': 1 };

/** Requests of a kind, as a test of this target draws them. */
function draw(wanted: TaskKind, target: StressTarget): readonly StressRequest[] {
  const next = createTasks(ALL, createRandom(1), target);
  const drawn = Array.from({ length: 200 }, next);
  return drawn.filter(({ kind }) => kind === wanted).map(({ request }) => request);
}

/** The status that the seed's `POST /predict` has for a request: it reads the field `file` of a form, and no other body. */
async function askSeed({ head, body }: StressRequest): Promise<number> {
  const headers = head.headers as [string, string][];
  if (!new Headers(headers).get('content-type')?.startsWith('multipart/form-data;')) return 400;
  const file = (await new Response(body, { headers }).formData()).get('file');
  if (!(file instanceof File)) return 400;
  const { width, height } = await createImageBitmap(file);
  return width === 28 && height === 28 ? 200 : 500;
}

describe('the requests of a load test', () => {
  it('of another host are those that the seed answers: each digit is a PNG in the form field `file`', async () => {
    const statuses = async (kind: TaskKind) => [
      ...new Set(await Promise.all(draw(kind, 'host').map((request) => askSeed(request)))),
    ];
    expect(await statuses('predict-drawn')).to.deep.equal([200]);
    expect(await statuses('predict-upload')).to.deep.equal([200]);
    expect(await statuses('bad-request')).to.deep.equal([400]);
  });

  it('of this app send drawn digits as 784 raw bytes', () => {
    for (const target of ['service-worker', 'router'] as const) {
      const sent = draw('predict-drawn', target);
      expect([...new Set(sent.map(({ body }) => body.byteLength))]).to.deep.equal([784]);
      expect(sent[0]!.head.headers).to.deep.equal([['Content-Type', 'application/octet-stream']]);
    }
  });
});

describe('the locustfile', () => {
  const script = writeLocustfile({ ...DEFAULT_PLAN, weights: ALL, deadlineMs: 2500 });
  const calls = script.split('\n').filter((line) => line.includes('self.client.post('));

  it('sends every digit as a PNG in the form field `file`, and several digits', () => {
    expect(calls).to.have.length(TASK_KINDS.length);
    expect(script).not.to.include('octet-stream');
    for (const call of calls.filter((line) => /\[(drawn|upload)\]/.test(line)))
      expect(call).to.include('files=digit()');
    const digits = /DIGITS = \[([^\]]*)\]/.exec(script)![1]!.match(/"[A-Za-z0-9+/=]+"/g)!;
    expect(new Set(digits).size).to.be.at.least(10);
    for (const digit of digits) expect(atob(digit.slice(1, -1))).to.match(/^\x89PNG/);
  });

  it('waits for no answer beyond its deadline, which is that of the plan; a retraining has five minutes', () => {
    for (const call of calls) {
      const seconds = Number(/timeout=([\d.]+)/.exec(call)?.[1]);
      expect(seconds, call).to.equal(call.includes('/retrain') ? 300 : 2.5);
    }
  });
});
