import { APP_VERSION } from '../../src/platform/app-version';
import { apiPath } from '../../src/protocol/api-contract';
import {
  RELAYED_HEADERS,
  type CallOffMessage,
  type RelayedRequest,
} from '../../src/protocol/api-relay-protocol';
import type { KeptFile } from '../../src/protocol/sw-protocol';
import { refuse } from './api-answers';
import { ApiHolder } from './api-holder';
import { CalledOff } from './called-off';
import { isForeign } from './foreign';
import type { Relay } from './relay';

/** Bodies of these types are short; others are sent on as a Blob, which is not copied. */
const SHORT_BODY = /^application\/(?:octet-stream|json)/;
/** The longest that an answer may take, in milliseconds. */
const DEADLINE_MS = 45_000;
/** A retraining answers by itself within 4 minutes. */
const RETRAIN_DEADLINE_MS = 280_000;

/** Answers requests to the API: sends them on to the tab of this build that holds the engine. */
export function relayApi(worker: ServiceWorkerGlobalScope, files: readonly KeptFile[]): void {
  const paths = new Set(files.map(({ path }) => path));
  const holder = new ApiHolder(worker, APP_VERSION, (path) => paths.has(path));
  const calledOff = new CalledOff();
  const { scope } = worker.registration;
  worker.addEventListener('message', ({ data }) => {
    if (data) calledOff.hear(data as CallOffMessage);
  });
  worker.addEventListener('fetch', (event) => {
    const path = apiPath(event.request.url, scope);
    if (path === undefined) return;
    event.stopImmediatePropagation();
    if (isForeign(event.request, location.origin)) return event.respondWith(refuseVisit());
    event.respondWith(calledOff.watch(event.request, (signal) => answer(event, path, holder, signal)));
  });
}

async function answer(
  event: FetchEvent,
  path: string,
  holder: ApiHolder,
  signal: AbortSignal,
): Promise<Response> {
  const relay = holder.current ?? (await holder.find());
  if (relay === 'none') return refuse(503, 'No tab of Inkling is open that could answer.', 'NO_ENGINE');
  if (relay === 'other-version')
    return refuse(409, 'An older or newer Inkling is open. Reload its tab.', 'VERSION_SKEW');
  return send(event, path, relay, signal);
}

async function send(event: FetchEvent, path: string, relay: Relay, signal: AbortSignal): Promise<Response> {
  const { request, clientId } = event;
  const headers: Record<string, string> = {};
  for (const name of RELAYED_HEADERS) {
    const value = request.headers.get(name);
    if (value !== null) headers[name] = value;
  }
  const message: Omit<RelayedRequest, 'id'> = {
    kind: 'request',
    head: { client: clientId, method: request.method, url: request.url, headers },
    body: await readBody(request, headers['content-type']),
  };
  return relay.send(message, {
    signal,
    deadlineMs: path.includes('retrain') || path.endsWith('promote') ? RETRAIN_DEADLINE_MS : DEADLINE_MS,
    keepUntil: (end) => event.waitUntil(end),
  });
}

async function readBody(request: Request, type = ''): Promise<ArrayBuffer | Blob | undefined> {
  if (request.method === 'GET' || request.method === 'HEAD') return undefined;
  try {
    return await (SHORT_BODY.test(type) ? request.arrayBuffer() : request.blob());
  } catch (error) {
    // Called off in the middle of it: there is nobody to answer.
    if (request.signal.aborted) return undefined;
    throw error;
  }
}

function refuseVisit(): Response {
  return refuse(403, 'This address is for programs of this app, not for visits and forms.', 'NAVIGATION');
}
