import { expect } from 'chai';
import { AppError } from '../../../src/domain/errors';
import type { ApiServices } from '../../../src/api/start-api';
import type { RelayedRequest } from '../../../src/protocol/api-relay-protocol';
import { isForeign, type Asking } from '../../../workers/sw/foreign';

const BASE = 'https://inkling.test/app/';
const ASKED = [
  ['POST', 'predict'],
  ['POST', 'retrain'],
  ['POST', 'upload_and_retrain'],
  ['POST', 'models/0/promote'],
  ['DELETE', 'runs/1'],
  ['GET', 'runs'],
] as const;

/** Services that write down what is used of them, and can do nothing. */
function watchedServices() {
  const used: string[] = [];
  const watch = (name: string) =>
    new Proxy(
      {},
      {
        get: (_, part) => {
          used.push(`${name}.${String(part)}`);
          throw new AppError('conflict', 'This is only watched');
        },
      },
    );
  const names = ['recognition', 'models', 'promotion', 'training', 'datasets', 'catalogue', 'imports'];
  const services = Object.fromEntries(names.map((name) => [name, watch(name)]));
  return { used, services: services as unknown as ApiServices };
}

async function askRouter(origin: string | undefined, method: string, path: string) {
  // The build puts it in; a test's page is not built.
  Object.assign(globalThis, { __APP_VERSION__: '0.0.0-test' });
  const { Router } = await import('../../../src/api/router');
  const { used, services } = watchedServices();
  const headers: Record<string, string> = { 'content-type': 'application/octet-stream' };
  if (origin !== undefined) headers['origin'] = origin;
  const request: RelayedRequest = {
    kind: 'request',
    id: 1,
    head: { client: 'tab', method, url: BASE + path, headers },
    body: method === 'POST' ? new ArrayBuffer(784) : undefined,
  };
  const { status, body } = await new Router(services, BASE).answerRelayed(
    request,
    new AbortController().signal,
  );
  return { used, status, code: (JSON.parse(body as string) as { code: string }).code };
}

describe('requests of another site', () => {
  for (const [method, path] of ASKED) {
    it(`${method} ${path} is refused by the router, which touches nothing`, async () => {
      for (const origin of ['https://evil.test', 'https://inkling.test:444', 'null']) {
        const { status, code, used } = await askRouter(origin, method, path);
        expect([origin, status, code, used]).to.deep.equal([origin, 403, 'ORIGIN_FOREIGN', []]);
      }
      // Whoever is of this app, or says nothing, gets further.
      for (const origin of ['https://inkling.test', undefined]) {
        expect((await askRouter(origin, method, path)).status).to.not.equal(403);
      }
    });
  }

  it('is told by the service worker from one of its own pages', () => {
    const own = 'https://inkling.test';
    const asking = { mode: 'cors', destination: '', referrer: BASE, headers: new Headers() } as const;
    const foreign: readonly Partial<Asking>[] = [
      { mode: 'navigate' },
      { destination: 'document' },
      { mode: 'no-cors', destination: 'image' },
      { referrer: 'https://evil.test/' },
      { headers: new Headers({ Origin: 'https://evil.test' }) },
      { headers: new Headers({ Origin: 'null' }) },
    ];
    for (const differs of foreign) expect(isForeign({ ...asking, ...differs }, own)).to.equal(true);
    for (const same of [{}, { referrer: '' }, { headers: new Headers({ Origin: own }) }]) {
      expect(isForeign({ ...asking, ...same }, own)).to.equal(false);
    }
  });
});
