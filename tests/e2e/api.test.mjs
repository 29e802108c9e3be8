/** The API: every endpoint in three ways, who may ask, and what happens when somebody goes away in the middle. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { digitBytes, digitPng, sendInPage, zipFiles } from '../helpers/api-requests.mjs';
import {
  findBarriers,
  openPage,
  serveApp,
  useApp,
  waitUntilControlled,
  waitUntilOffline,
  waitUntilReady,
} from '../helpers/app.mjs';
import { check } from '../helpers/json-schema.mjs';

let app;
let browser;
useApp((started) => ({ app, browser } = started));

const file = (name, content, fileName) => ({ name, base64: content.toString('base64'), fileName });
const upload = (...pictures) => pictures.map((picture, index) => file('file', picture, `${index}.png`));
const octets = { 'Content-Type': 'application/octet-stream' };
const seven = Buffer.from(digitBytes(7)).toString('base64');
const json = { 'Content-Type': 'application/json' };
const smallRun = { recipe: 'quick', epochs: 1, dataset: 'generated', samples: 100, seed: 1, engine: 'simd' };
/** Two of each digit: the smallest ZIP that has something to check with. */
const digitsZip = zipFiles(
  Array.from({ length: 20 }, (_, index) => [
    `${index % 10}/${index}.png`,
    digitPng([index % 10], { scale: index < 10 ? 1 : 2 }),
  ]),
);

const error =
  (code) =>
  ({ error, ...body }) =>
    assert.deepEqual([typeof error, body.code], ['string', code]);
const reads = (digit) => (body) => {
  assert.equal(body.prediction, digit);
  assert.equal(body.confidence.indexOf(Math.max(...body.confidence)), digit);
  assert.equal(body.refused, undefined);
};

/** Also where no page has shown the run. */
const tellsHowItWent = ({ id, validationAccuracy }) => {
  assert.equal(id, 1);
  assert.ok(validationAccuracy > 0.1, `${validationAccuracy}`);
};

/** [what is asked, its request, status, what the answer must say, its path in the description] */
const CASES = [
  ['health', { method: 'GET', path: 'health' }, 200, ({ status }) => assert.equal(status, 'ok')],
  ['white on black', { path: 'predict', form: upload(digitPng([3])) }, 200, reads(3)],
  [
    'black on white',
    { path: 'predict', form: upload(digitPng([3], { isInverted: true, scale: 4 })) },
    200,
    reads(3),
  ],
  ['784 bytes', { path: 'predict', headers: octets, base64: seven }, 200, reads(7)],
  [
    'a picture as the body, and a model',
    {
      path: 'predict?model=0',
      headers: { 'Content-Type': 'image/png' },
      base64: digitPng([4]).toString('base64'),
    },
    200,
    (body) => (reads(4)(body), assert.equal(body.model, 0)),
  ],
  [
    'several digits in several files',
    { path: 'predict', form: upload(digitPng([7, 1], { scale: 4 }), digitPng([3])) },
    200,
    ({ prediction, digits }) =>
      assert.deepEqual(
        [prediction, ...digits.map(({ prediction, file }) => [prediction, file])],
        [7, [7, 0], [1, 0], [3, 1]],
      ),
  ],
  [
    'no digit at all',
    { path: 'predict', headers: octets, base64: Buffer.alloc(784, 200).toString('base64') },
    200,
    ({ refused }) => assert.equal(refused, true),
  ],
  [
    'no file, as the seed says it',
    { path: 'predict', form: [{ name: 'other', value: 'x' }] },
    400,
    (body) => assert.equal(body.error, 'No file uploaded'),
  ],
  ['nothing at all', { path: 'predict' }, 400, (body) => assert.equal(body.error, 'No file uploaded')],
  ['no picture', { path: 'predict', form: upload(Buffer.from('Dear all')) }, 400, error('NOT_IMAGE')],
  [
    'a blank one',
    { path: 'predict', form: upload(digitPng([], { scale: 1 })) },
    400,
    ({ code }) => assert.ok(code),
  ],
  ['too few bytes', { path: 'predict', headers: octets, text: 'short' }, 400, error('PIXELS_LENGTH')],
  ['another type', { path: 'predict', headers: json, text: '{}' }, 415, error('TYPE_UNSUPPORTED')],
  [
    'a damaged form',
    { path: 'predict', headers: { 'Content-Type': 'multipart/form-data; boundary=x' }, text: 'no form' },
    400,
    error('FORM_INVALID'),
  ],
  [
    'too many files',
    { path: 'predict', form: upload(...Array.from({ length: 65 }, () => Buffer.from('x'))) },
    413,
    error('TOO_MANY_FILES'),
  ],
  ['another method', { method: 'GET', path: 'predict' }, 405, error('METHOD_NOT_ALLOWED')],
  [
    'a method that changes nothing here',
    { method: 'DELETE', path: 'health' },
    405,
    error('METHOD_NOT_ALLOWED'),
  ],
  [
    'an unknown model',
    { path: 'predict?model=77', headers: octets, base64: seven },
    404,
    error('MODEL_UNKNOWN'),
  ],
  ['models', { method: 'GET', path: 'models' }, 200, ({ models }) => assert.equal(models.at(-1).id, 0)],
  [
    'the champion',
    { method: 'GET', path: 'models/champion' },
    200,
    ({ champion }) => assert.ok(champion),
    '/models/{id}',
  ],
  ['no such model', { method: 'GET', path: 'models/77' }, 404, error('MODEL_UNKNOWN'), '/models/{id}'],
  [
    'promoted already',
    { path: 'models/0/promote' },
    200,
    ({ model }) => assert.equal(model, 0),
    '/models/{id}/promote',
  ],
  [
    'no such model to promote',
    { path: 'models/77/promote' },
    404,
    error('MODEL_UNKNOWN'),
    '/models/{id}/promote',
  ],
  [
    'a promotion asked by a visit',
    { method: 'GET', path: 'models/0/promote' },
    405,
    error('METHOD_NOT_ALLOWED'),
    '/models/{id}/promote',
  ],
  ['a bad option', { path: 'retrain', headers: json, text: '{"epochs":0}' }, 400, error('OPTION_INVALID')],
  ['no JSON', { path: 'retrain', headers: json, text: '{' }, 400, error('JSON_INVALID')],
  ['no recipe', { path: 'retrain', headers: json, text: '{"recipe":"none"}' }, 400, error('OPTION_INVALID')],
  [
    'no engine',
    { path: 'retrain', headers: json, text: '{"engine":"abacus"}' },
    400,
    error('OPTION_INVALID'),
  ],
  ['no set', { path: 'retrain', headers: json, text: '{"dataset":"none"}' }, 400, error('OPTION_INVALID')],
  [
    'a retraining in words',
    { path: 'retrain', headers: { 'Content-Type': 'text/plain' }, text: 'please' },
    415,
    error('TYPE_UNSUPPORTED'),
  ],
  [
    'too much JSON',
    { path: 'retrain', headers: json, text: JSON.stringify({ note: 'x'.repeat(70_000) }) },
    413,
    error('BODY_TOO_LARGE'),
  ],
  [
    'a retraining',
    { path: 'retrain', headers: json, text: JSON.stringify(smallRun) },
    200,
    ({ message, promoted, reason }) => {
      assert.equal(message, 'Model retrained and reloaded successfully!');
      // A network that has seen 100 images is not let through, and it is said why.
      assert.equal(promoted, false);
      assert.ok(reason.length > 20);
    },
  ],
  [
    'no ZIP, as the seed says it',
    { path: 'upload_and_retrain', form: upload(digitPng([3])) },
    400,
    (body) => assert.equal(body.error, 'No zipfile uploaded'),
  ],
  [
    'no ZIP at all',
    { path: 'upload_and_retrain', form: [file('zipfile', Buffer.from('Dear all'), 'digits.zip')] },
    400,
    ({ code }) => assert.ok(code),
  ],
  [
    'a ZIP as the body',
    { path: 'upload_and_retrain', headers: { 'Content-Type': 'application/zip' }, text: 'PK' },
    415,
    error('TYPE_UNSUPPORTED'),
  ],
  [
    'a ZIP without an image',
    {
      path: 'upload_and_retrain',
      form: [file('zipfile', zipFiles([['notes.txt', Buffer.from('none')]]), 'digits.zip')],
    },
    400,
    ({ code }) => assert.ok(code),
  ],
  [
    'a ZIP',
    {
      path: 'upload_and_retrain',
      form: [
        file('zipfile', digitsZip, 'digits.zip'),
        { name: 'recipe', value: 'quick' },
        { name: 'engine', value: 'simd' },
      ],
    },
    200,
    ({ message, accepted, rejected, ignored }) => {
      assert.equal(message, 'Retrained with uploaded data');
      assert.deepEqual([accepted + ignored, rejected], [20, 0]);
    },
  ],
  ['runs', { method: 'GET', path: 'runs' }, 200, ({ runs }) => assert.equal(runs[0].status, 'finished')],
  ['a run', { method: 'GET', path: 'runs/1' }, 200, tellsHowItWent, '/runs/{id}'],
  ['no such run', { method: 'GET', path: 'runs/77' }, 404, error('RUN_UNKNOWN'), '/runs/{id}'],
  ['an ended run', { method: 'DELETE', path: 'runs/1' }, 409, error('RUN_ENDED'), '/runs/{id}'],
  [
    'events of a run',
    { method: 'GET', path: 'runs/1/events' },
    200,
    (events) =>
      assert.match(
        events,
        /^event: run\ndata: \{"id":1,"status":"finished".*\}\n\nevent: end\ndata: \{"id":1\}\n\n$/,
      ),
    '/runs/{id}/events',
  ],
  [
    'events of no run',
    { method: 'GET', path: 'runs/77/events' },
    404,
    error('RUN_UNKNOWN'),
    '/runs/{id}/events',
  ],
  [
    'sets',
    { method: 'GET', path: 'datasets' },
    200,
    ({ datasets }) => assert.equal(datasets.at(-1).train, 20),
  ],
  [
    'the description',
    { method: 'GET', path: 'openapi.json' },
    200,
    ({ openapi }) => assert.equal(openapi, '3.1.0'),
  ],
];

/** What the description says of an answer to this request; throws where it does not know it. */
function describedAnswer(description, { method = 'POST', path }, status, described) {
  const { responses } = description.paths[described ?? `/${path.split('?')[0]}`][method.toLowerCase()] ?? {
    // A wrong method is described nowhere; its answer is the same as everywhere.
    responses: description.paths['/predict'].post.responses,
  };
  assert.ok(responses[status], `${path} is not described to answer ${status}`);
  return responses[status].content;
}

async function runCases(page, isDirect) {
  const { body: description } = await page.evaluate(sendInPage, {
    method: 'GET',
    path: 'openapi.json',
    isDirect,
  });
  const succeeded = new Set();
  const ask = async ([name, request, status, says, described]) => {
    const answer = await page.evaluate(sendInPage, { ...request, isDirect });
    assert.equal(answer.status, status, `${name}: ${JSON.stringify(answer.body)}`);
    says(answer.body);
    assert.equal(answer.headers['cache-control'], 'no-store', name);
    const content = describedAnswer(description, request, status, described);
    const { schema } = content[answer.type] ?? assert.fail(`${name}: ${answer.type} is not described`);
    assert.deepEqual(check(answer.body, schema, description), [], name);
    const { method = 'POST', path } = request;
    if (status < 300) succeeded.add(`${method.toLowerCase()} ${described ?? `/${path.split('?')[0]}`}`);
    return answer;
  };
  for (const one of CASES) await ask(one);
  await cancelRun(ask);
  const all = Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  );
  assert.deepEqual([...succeeded].sort(), all.sort(), 'each endpoint was asked for what it is there for');
}

/** A run that is answered at once, followed by its events, in nobody else's way, and called off. */
async function cancelRun(ask) {
  const text = JSON.stringify({ ...smallRun, samples: 2000, epochs: 200 });
  const headers = { ...json, Prefer: 'respond-async' };
  const started = await ask(['a run to wait for', { path: 'retrain', headers, text }, 202, () => {}]);
  const { run } = started.body;
  assert.equal(started.headers.location, `runs/${run}`);
  const path = `runs/${run}`;
  const goesOnAndStops = (events) => {
    const told = [...events.matchAll(/^event: run\ndata: (.*)$/gm)].map(
      ([, data]) => JSON.parse(data).status,
    );
    assert.match(told.join(), /^(waiting,)*(running,)*stopped$/);
    assert.ok(events.endsWith(`event: end\ndata: {"id":${run}}\n\n`), 'the end is told');
  };
  const headersOfEvents = { Accept: 'text/event-stream' };
  const stopped = ({ status }) => assert.equal(status, 'stopped');
  const follow = [
    'its events',
    { method: 'GET', path, headers: headersOfEvents },
    200,
    goesOnAndStops,
    '/runs/{id}',
  ];
  const end = async () => {
    await ask(['a second run', { path: 'retrain', headers: json, text }, 409, error('RUN_ACTIVE')]);
    await ask(['a run called off', { method: 'DELETE', path }, 200, stopped, '/runs/{id}']);
  };
  await Promise.all([ask(follow), end()]);
}

test('every endpoint answers the router, the page and the service worker alike, also offline', async () => {
  const own = await serveApp();
  const { context, page, faults } = await openPage(browser, own.url, { keepsOffline: true });
  await waitUntilReady(page);
  await runCases(page, true);
  await waitUntilOffline(page);
  await runCases(page, false);
  await own.stop();
  await runCases(page, false);
  await context.close();
  // The browser itself names each answer that is no success, and each request that finds no server.
  assert.deepEqual(
    faults.filter((fault) => !fault.startsWith('console: Failed to load resource')),
    [],
  );
});

test('before a service worker is in control, the page answers itself', async () => {
  const { context, page } = await openPage(browser, app.url, { serviceWorkers: 'block' });
  await page.waitForFunction(
    () => document.querySelector('inkling-app')?.services.recognition.readiness.value.state === 'ready',
  );
  const answer = await page.evaluate(sendInPage, { path: 'predict', headers: octets, base64: seven });
  assert.deepEqual([answer.status, answer.body.prediction], [200, 7]);
  // Called off, it ends as any fetch does.
  const ending = await page.evaluate(async () => {
    const calling = new AbortController();
    const { signal } = calling;
    const asked = fetch('predict', { method: 'POST', body: new Uint8Array(784), signal });
    calling.abort();
    return asked.then(
      ({ status }) => status,
      ({ name }) => name,
    );
  });
  assert.equal(ending, 'AbortError');
  // What is no endpoint still goes to the host.
  assert.equal(await page.evaluate(async () => (await fetch('models/shipped.json')).ok), true);
  await context.close();
});

/** A page of another origin that sends a form to the app, as an attacker's would. */
async function serveForeignForm(action) {
  const page = `<form method="post" enctype="multipart/form-data" action="${action}"><button>Win</button></form>`;
  const server = createServer((_, response) => {
    response.setHeader('Content-Type', 'text/html');
    response.end(page);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  // Another host name is another site: to a browser ports alone are not.
  return { url: `http://localhost:${server.address().port}/`, stop: () => server.close() };
}

test('a form of another site is refused, as is a visit, and starts nothing', async () => {
  const { context, page } = await openPage(browser, app.url);
  await waitUntilControlled(page);
  const foreign = await serveForeignForm(`${app.url}retrain`);
  const visitor = await context.newPage();
  await visitor.goto(foreign.url);
  const [refused] = await Promise.all([
    visitor.waitForResponse((response) => response.url().endsWith('/retrain')),
    visitor.getByRole('button').click(),
  ]);
  assert.equal(refused.status(), 403);
  assert.equal((await visitor.goto(`${app.url}models`)).status(), 403);
  // The app's own address is served all the while: it is not of the API.
  assert.equal((await visitor.goto(app.url)).status(), 200);
  const { body } = await page.evaluate(sendInPage, { method: 'GET', path: 'runs' });
  assert.deepEqual(body.runs, []);
  foreign.stop();
  await context.close();
});

const predictIn = (page) => page.evaluate(sendInPage, { path: 'predict', headers: octets, base64: seven });

test('requests go to the tab that holds the engine, and to the next one when it is closed in mid-request', async () => {
  const { context, page: first } = await openPage(browser, app.url);
  await waitUntilControlled(first);
  const second = await context.newPage();
  await second.goto(app.url);
  await second.waitForFunction(() => navigator.serviceWorker.controller);
  assert.equal((await predictIn(second)).status, 200);
  // The first tab is made to keep quiet, as if it were at work: what it was asked is under way when it closes.
  await first.evaluate(() => {
    document.querySelector('inkling-app').services.recognition.recognizeMany = () => {
      window.isAsked = true;
      return new Promise(() => undefined);
    };
  });
  const asked = predictIn(second);
  await first.waitForFunction(() => window.isAsked);
  // Two passes are under way: a third image waits, and frees its place when it is called off.
  await second.evaluate(() => {
    const headers = { 'Content-Type': 'application/octet-stream' };
    const ask = (signal) => fetch('predict', { method: 'POST', headers, body: new Uint8Array(784), signal });
    globalThis.calling = new AbortController();
    void ask();
    void ask(globalThis.calling.signal).catch(() => undefined);
  });
  const untilQueued = (count) =>
    second.evaluate(async (wanted) => {
      const countQueued = async () => (await (await fetch('health')).json()).queued;
      while ((await countQueued()) !== wanted);
    }, count);
  await untilQueued(1);
  await second.evaluate(() => globalThis.calling.abort());
  await untilQueued(0);
  await first.close();
  const answer = await asked;
  assert.deepEqual(
    [answer.status, answer.body.code, answer.headers['retry-after']],
    [503, 'ENGINE_GONE', '2'],
  );
  // The second tab takes over in its own time; until then there is nobody, and the answer says so.
  let again = await predictIn(second);
  for (let tries = 0; tries < 20 && again.body.code === 'NO_ENGINE'; tries++) again = await predictIn(second);
  assert.deepEqual([again.status, again.body.prediction], [200, 7]);
  await context.close();
});

test('a service worker that is ended in mid-request is started anew, and what it was asked is done once', async () => {
  const { context, page } = await openPage(browser, app.url);
  await waitUntilControlled(page);
  const request = { path: 'retrain', headers: json, text: JSON.stringify({ ...smallRun, epochs: 60 }) };
  const asked = page.evaluate(sendInPage, request);
  await page.waitForFunction(() => {
    const { active, runs } = document.querySelector('inkling-app').services.training.state.value;
    return active?.tick?.epoch > 0 || runs[0]?.cursor.epoch > 0;
  });
  const session = await context.newCDPSession(page);
  await session.send('ServiceWorker.enable');
  await session.send('ServiceWorker.stopAllWorkers');
  const { status, body } = await asked;
  assert.deepEqual([status, body.run], [200, 1], JSON.stringify(body));
  const { body: list } = await page.evaluate(sendInPage, { method: 'GET', path: 'runs' });
  assert.equal(list.runs.length, 1);
  await context.close();
});

test('no tab that answers is 503, and one of another build 409', async () => {
  const { context, page } = await openPage(browser, app.url);
  await waitUntilControlled(page);
  assert.equal((await predictIn(page)).status, 200);
  // A page that no Inkling runs in, but that the service worker controls.
  const bare = await context.newPage();
  await bare.goto(`${app.url}THIRD-PARTY-NOTICES.txt`);
  const ask = () =>
    bare.evaluate(async () => {
      const response = await fetch('predict', { method: 'POST' });
      return [response.status, (await response.json()).code];
    });
  await page.close();
  // A tab that was closed is not gone at once.
  await bare.waitForFunction(async () => {
    const { held } = await navigator.locks.query();
    return held.every(({ name }) => !name.startsWith('inkling-api-holder'));
  });
  assert.deepEqual(await ask(), [503, 'NO_ENGINE']);
  // Two builds may call themselves the same.
  const relay = readFileSync(new URL('../../src/protocol/api-relay-protocol.ts', import.meta.url), 'utf8');
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  const same = `${version}/${/RELAY_VERSION = (\d+)/.exec(relay)[1]}`;
  await bare.evaluate(async (version) => {
    const { active } = await navigator.serviceWorker.ready;
    const build = 'assets/index-Elsewhere.js';
    navigator.serviceWorker.addEventListener('message', () => {
      const { port2 } = new MessageChannel();
      active.postMessage({ kind: 'serve-api', version, build, lifeLock: 'other' }, [port2]);
    });
    navigator.serviceWorker.startMessages();
  }, same);
  assert.deepEqual(await ask(), [409, 'VERSION_SKEW']);
  await context.close();
});

test('the page shows what is sent and what came back, and the call as a program, also on a phone', async () => {
  const { context, page, faults } = await openPage(browser, app.url, {
    route: '#/api',
    viewport: { width: 320, height: 640 },
    hasTouch: true,
  });
  await page.getByText('an example is sent: digit.png').waitFor();
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByText(/^Answered on this device in .* Nothing was sent over the network/).waitFor();
  const shown = JSON.parse(await page.getByRole('region', { name: 'The answer', exact: true }).textContent());
  assert.deepEqual(Object.keys(shown), ['prediction', 'confidence', 'model']);
  await page.getByRole('button', { name: 'curl' }).click();
  await page.getByText("-F 'file=@digit.png'").waitFor();
  await page.getByLabel('Endpoint', { exact: true }).selectOption('model');
  await page.getByLabel('Number').fill('77');
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByText('There is no model 77 on this device.').waitFor();
  assert.deepEqual(await findBarriers(page), []);
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 320);
  await context.close();
  assert.deepEqual(
    faults.filter((fault) => !fault.startsWith('console: Failed to load resource')),
    [],
  );
});
