/** The API: every endpoint in three ways, who may ask, and what happens when somebody goes away in the middle. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { digitBytes, digitPng, sendInPage, zipFiles } from '../helpers/api-requests.mjs';
import { launchBrowser, openPage, serveApp, waitUntilOffline } from '../helpers/app.mjs';
import { check } from '../helpers/json-schema.mjs';

let app;
let browser;
before(async () => {
  [app, browser] = await Promise.all([serveApp(), launchBrowser()]);
});
after(async () => {
  await browser.close();
  await app.stop();
});

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
  ['another method', { method: 'GET', path: 'predict' }, 405, error('METHOD_NOT_ALLOWED')],
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
  ['a bad option', { path: 'retrain', headers: json, text: '{"epochs":0}' }, 400, error('OPTION_INVALID')],
  ['no JSON', { path: 'retrain', headers: json, text: '{' }, 400, error('JSON_INVALID')],
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
  ['a run', { method: 'GET', path: 'runs/1' }, 200, ({ id }) => assert.equal(id, 1), '/runs/{id}'],
  ['no such run', { method: 'GET', path: 'runs/77' }, 404, error('RUN_UNKNOWN'), '/runs/{id}'],
  ['an ended run', { method: 'DELETE', path: 'runs/1' }, 409, error('RUN_ENDED'), '/runs/{id}'],
  [
    'events of a run',
    { method: 'GET', path: 'runs/1/events' },
    200,
    (events) => assert.match(events, /^event: run\ndata: \{"id":1,"status":"finished".*\}\n\n$/),
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
  const send = (request) => page.evaluate(sendInPage, { ...request, isDirect });
  const { body: description } = await send({ method: 'GET', path: 'openapi.json' });
  for (const [name, request, status, says, described] of CASES) {
    const answer = await send(request);
    assert.equal(answer.status, status, `${name}: ${JSON.stringify(answer.body)}`);
    says(answer.body);
    assert.equal(answer.headers['cache-control'], 'no-store', name);
    const content = describedAnswer(description, request, status, described);
    const { schema } = content[answer.type] ?? assert.fail(`${name}: ${answer.type} is not described`);
    assert.deepEqual(check(answer.body, schema, description), [], name);
  }
}

test('every endpoint answers the router, the page and the service worker alike, also offline', async () => {
  const own = await serveApp();
  const { context, page, faults } = await openPage(browser, own.url);
  await page.locator('draw-page').waitFor();
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
