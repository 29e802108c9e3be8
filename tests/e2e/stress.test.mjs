import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { after, afterEach, before, test } from 'node:test';
import {
  findBarriers,
  launchBrowser,
  openPage,
  serveApp,
  waitUntilControlled,
  waitUntilOffline,
} from '../helpers/app.mjs';
import { sendInPage } from '../helpers/api-requests.mjs';
import {
  beginFlood,
  endFlood,
  FLOOD_PLAN,
  untilAnswered,
  untilEnded,
  untilSent,
  untilStored,
} from '../helpers/flood.mjs';
import { readHeaps } from '../helpers/heaps.mjs';

/**
 * What a request may leave behind in any thread once its garbage is gone, in bytes. In the generator that is the user
 * who asked it, with the timer of the next request: about 600. Elsewhere it is next to nothing.
 */
const MOST_KEPT_BYTES = 800;

let app;
let browser;
/** One visit for all tests, each of which makes a load of its own: keeping the app takes seconds. */
let visit;
before(async () => {
  app = await serveApp();
  browser = await launchBrowser();
  visit = await openStress();
});
afterEach(() => {
  const faults = visit.faults.splice(0);
  assert.deepEqual(
    faults.filter((fault) => !/status of (?:400|429|503)|Failed to load resource/.test(fault)),
    [],
  );
});
after(async () => {
  await browser?.close();
  await app?.stop();
});

/** Opens Stress where the service worker answers: from the second visit on. */
async function openStress() {
  const opened = await openPage(browser, app.url, { route: '#/stress' });
  await waitUntilControlled(opened.page);
  await opened.page.reload();
  await opened.page.getByRole('button', { name: 'Start test' }).waitFor();
  return opened;
}

/** Every request that was sent has exactly one ending, and is in the statistics once. */
function assertNothingLost({ counts, status, requests, failures }) {
  const { sent, answered, refused, failed, inFlight } = counts;
  assert.equal(status, 'stopped');
  assert.equal(inFlight, 0);
  assert.equal(answered + refused + failed, sent, JSON.stringify(counts));
  assert.equal(requests, sent);
  assert.equal(failures, refused + failed);
}

/** In the page: which engine reads a digit now. */
async function readEngine() {
  const { recognition, models } = document.querySelector('inkling-app').services;
  const { engine } = await recognition.recognizeMany(models.catalogue.value.champion, new Uint8Array(784));
  return engine;
}

/** In the page: the worker that reads is ended just when it has been given digits. */
function endWorkerInMidPass() {
  const { recognition } = document.querySelector('inkling-app').services;
  return new Promise((resolve) => {
    recognition.recognizeMany = (...question) => {
      delete recognition.recognizeMany;
      const answer = recognition.recognizeMany(...question);
      recognition.client.terminate();
      resolve();
      return answer;
    };
  });
}

/** In the page: where the requests of the test that runs have gone by now. */
async function readCounts() {
  const { state } = await document.querySelector('inkling-app').services.openStress();
  return state.value.live.counts;
}

async function download(page, name) {
  const waiting = page.waitForEvent('download');
  await page.getByRole('button', { name }).click();
  const file = await waiting;
  return { name: file.suggestedFilename(), path: await file.path() };
}

/** Compiles a file in Python; undefined where there is no Python. */
function compilePython(path) {
  const { error, status, stderr } = spawnSync('python3', ['-m', 'py_compile', path], {
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
    encoding: 'utf8',
  });
  return error ? undefined : { status, stderr };
}

/** Drags a corner of the load by the mouse to half its users and half its time. */
async function dragToMiddle(page, corner) {
  await (await corner.elementHandle()).waitForElementState('stable');
  const chart = await page.locator('load-shape-chart').boundingBox();
  const box = await corner.boundingBox();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  // The plot begins 44 pixels from the left and ends 28 above the bottom.
  const [left, bottom] = [chart.x + 44, chart.y + chart.height - 28];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move((left + x) / 2, (y + bottom) / 2, { steps: 5 });
  await page.mouse.up();
  // Not held any more: it stays where it was left.
  await page.mouse.move(x, y);
}

/** Presses twice in the same place; the second time once that which the first began `hasBegun`. */
async function doubleClick(page, button, hasBegun) {
  await button.hover();
  await page.mouse.down({ clickCount: 1 });
  await page.mouse.up({ clickCount: 1 });
  await hasBegun();
  await page.mouse.down({ clickCount: 2 });
  await page.mouse.up({ clickCount: 2 });
}

/** In the page: what in an element of the Stress page is too low for a finger. */
function findSmallTargets(name) {
  const page = document.querySelector('inkling-app').shadowRoot.querySelector('stress-page');
  const { shadowRoot } = page.shadowRoot.querySelector(name);
  return [...shadowRoot.querySelectorAll('button, summary, label')]
    .map((target) => ({ words: target.textContent.trim(), height: target.getBoundingClientRect().height }))
    .filter(({ height }) => height < 44);
}

test('a test is drawn by the mouse and by keys, run, changed, reset, downloaded as Locust’s files, kept and overlaid', async (t) => {
  const { page } = visit;
  const end = page.getByRole('slider', { name: 'Stage 1, its end' });
  const users = page.getByLabel('Number of users (peak concurrency)');
  assert.deepEqual([await users.inputValue(), await page.getByLabel('Run time').inputValue()], ['10', '30s']);
  await dragToMiddle(page, end);
  assert.deepEqual([await users.inputValue(), await page.getByLabel('Run time').inputValue()], ['5', '15s']);
  await end.press('Shift+ArrowUp');
  assert.equal(await users.inputValue(), '15');
  await page.getByLabel('Run time').fill('10m');
  await page.getByText('Tasks, think time and deadline').click();
  await page.getByLabel('Bad request, without a file: weight').fill('3');
  await page.getByLabel('Deadline of an answer (ms)').fill('60000');

  const { name, path } = await download(page, 'Save locustfile.py');
  assert.equal(name, 'locustfile.py');
  const script = readFileSync(path, 'utf8');
  assert.match(script, /\{"duration": 600, "users": 15, "spawn_rate": 5\}/);
  assert.match(script, /@task\(3\)\n {4}def bad_request/);
  const compiled = compilePython(path);
  if (!compiled) t.diagnostic('There is no Python here: the locustfile was not compiled.');
  else assert.equal(compiled.status, 0, compiled.stderr);

  const stop = page.getByRole('button', { name: 'Stop test' });
  await doubleClick(page, page.getByRole('button', { name: 'Start test' }), () => stop.waitFor());
  assert.equal(await stop.isVisible(), true);
  await untilSent(page, 60);
  await page.getByRole('button', { name: 'Reset stats' }).click();
  await page.getByLabel('Users from now on').fill('3');
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await page.locator('dd').getByText('3', { exact: true }).waitFor();
  assert.deepEqual(await findBarriers(page), []);
  for (const name of ['/predict [drawn]', '/predict [upload]', '/predict [no file]'])
    await untilAnswered(page, name, 1);
  await stop.click();
  await page.getByText(/Ended after .*, counted anew from .* sent: /).waitFor();

  const rows = await page.locator('stress-table tbody tr').allTextContents();
  assert.equal(rows.length, 3, rows.join('\n'));
  const csv = await download(page, 'requests.csv');
  assert.match(csv.name, /^Locust_\d{4}-\d\d-\d\d-\d\dh\d\d_locustfile\.py_127\.0\.0\.1_requests\.csv$/);
  const [, ...lines] = readFileSync(csv.path, 'utf8').trim().split('\r\n');
  const counts = lines.map((line) => line.split(',').slice(1, 4));
  const sum = counts.slice(0, -1).reduce((total, [, count]) => total + Number(count), 0);
  assert.deepEqual(counts.at(-1), ['Aggregated', String(sum), '0']);
  assert.match(readFileSync((await download(page, 'report.html')).path, 'utf8'), /<h2>Final ratio<\/h2>/);

  await page.reload();
  await page
    .getByRole('checkbox', { name: /^Load test \d/ })
    .first()
    .check();
  await page.getByRole('img', { name: /^Total Requests per Second: Load test \d/ }).waitFor();
  // The plan is as it was left, too.
  assert.equal(await page.getByLabel('Run time').inputValue(), '10m');
  assert.deepEqual(await findBarriers(page), []);
});

test('10,000 requests at once: each is answered or refused, none is lost or kept, and the page can be used', async (t) => {
  const { page } = visit;
  // Each user asks once, and would ask again in ten minutes.
  const plan = { ...FLOOD_PLAN, thinkMs: [600_000, 600_000], deadlineMs: 300_000 };
  await beginFlood(page, { ...plan, stages: [{ duration: 3600, users: 100, spawnRate: 100_000 }] });
  await untilEnded(page, 100);
  // What is loaded with the first charts is there.
  await page.locator('stress-page .main-svg').first().waitFor();
  const before = await readHeaps(browser, page);
  await page.evaluate(async () => {
    const stress = await document.querySelector('inkling-app').services.openStress();
    stress.edit(10_000, 100_000);
  });
  await untilSent(page, 10_000);
  await page.getByRole('link', { name: 'Draw' }).click();
  await page.getByRole('heading', { name: 'Draw' }).waitFor();
  await page.getByRole('link', { name: 'Stress' }).click();
  await page.getByRole('heading', { name: 'Statistics' }).waitFor();
  await untilEnded(page, 10_000);
  const after = await readHeaps(browser, page);
  const flood = await endFlood(page);
  assertNothingLost(flood);
  const { sent, answered, refused } = flood.counts;
  assert.equal(sent, 10_000);
  assert.equal(answered + refused, sent, JSON.stringify(flood.errors));
  assert.deepEqual([...before.keys()].sort(), [...after.keys()].sort());
  const kept = [...after].map(([name, bytes]) => [name, (bytes - before.get(name)) / (sent - 100)]);
  assert.deepEqual(
    kept.filter(([, bytes]) => bytes > MOST_KEPT_BYTES),
    [],
  );
  t.diagnostic(`Bytes a request: ${kept.map(([name, bytes]) => `${name} ${bytes.toFixed(0)}`).join(', ')}`);
  t.diagnostic(
    `${answered} answered, ${refused} refused; longest task ${Math.max(0, ...flood.longTasks)} ms`,
  );
});

test('with the service worker killed and the engine lost in mid-flood, every request has one ending', async (t) => {
  const { page } = visit;
  await beginFlood(page, { ...FLOOD_PLAN, deadlineMs: 20_000 });
  await untilSent(page, 200);
  const session = await visit.context.newCDPSession(page);
  const stopped = new Promise((resolve) => {
    session.on('ServiceWorker.workerVersionUpdated', ({ versions }) => {
      if (versions.some(({ runningStatus }) => runningStatus === 'stopped')) resolve();
    });
  });
  await session.send('ServiceWorker.enable');
  await session.send('ServiceWorker.stopAllWorkers');
  await stopped;
  await session.detach();
  await untilSent(page, 500);
  await page.evaluate(() => document.querySelector('inkling-app').services.recognition.client.terminate());
  await untilSent(page, 900);
  const flood = await endFlood(page);
  assertNothingLost(flood);
  assert.ok(flood.counts.answered > 0);
  t.diagnostic(JSON.stringify({ ...flood.counts, errors: flood.errors.map(({ error }) => error) }));
});

test('a model is trained, put in place and computed by another engine in mid-flood, and all is counted', async (t) => {
  const own = await serveApp();
  const { context, page } = await openPage(browser, own.url, { route: '#/api', keepsOffline: true });
  await waitUntilOffline(page);
  const drawn = '/predict [drawn]';
  const weights = { ...FLOOD_PLAN.weights, 'predict-drawn': 50, 'small-retrain': 1 };
  await beginFlood(page, { ...FLOOD_PLAN, stages: [{ duration: 3600, users: 8, spawnRate: 1000 }], weights });
  await untilAnswered(page, '/retrain [small]', 1);
  const promoted = await page.evaluate(sendInPage, { path: 'models/1/promote?force=true' });
  assert.deepEqual([promoted.status, promoted.body.model], [200, 1]);
  const before = await page.evaluate(readEngine);
  assert.equal(before, 'simd');
  // The next worker finds no kernels: neither kept, nor at the host.
  await page.evaluate(async () => {
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        const { headers } = await cache.match(request);
        if (headers.get('content-type') === 'application/wasm') await cache.delete(request);
      }
    }
  });
  await own.stop();
  await page.evaluate(endWorkerInMidPass);
  assert.equal(await page.evaluate(readEngine), 'cpu');
  const { sent } = await page.evaluate(readCounts);
  await untilAnswered(page, drawn, sent);
  const flood = await endFlood(page);
  await context.close();
  assertNothingLost(flood);
  // Whoever was in the worker that ended is told so; all others find the next one, or a retraining under way.
  const lost = "HTTPError('503 Server Error: Service Unavailable for url: /predict')";
  const busy = "HTTPError('409 Client Error: Conflict for url: /retrain')";
  assert.deepEqual([...new Set([...flood.errors.map(({ error }) => error), busy])].sort(), [busy, lost]);
  t.diagnostic(JSON.stringify({ ...flood.counts, errors: flood.errors.map(({ error }) => error) }));
});

test('a test whose tab was closed is kept as cut off, and its counts still add up', async () => {
  const { context } = visit;
  const tab = await context.newPage();
  await tab.goto(`${app.url}#/stress`);
  await tab.getByRole('button', { name: 'Start test' }).waitFor();
  await beginFlood(tab, FLOOD_PLAN);
  await untilStored(tab);
  await tab.close();
  // A tab that was closed is not gone at once.
  await visit.page.waitForFunction(async () =>
    (await navigator.locks.query()).held.every(({ name }) => name !== 'inkling-stress'),
  );
  const again = await context.newPage();
  await again.goto(`${app.url}#/stress`);
  await again.getByText('Cut off', { exact: true }).first().waitFor();
  const { status, counts } = await again.evaluate(async () => {
    const stress = await document.querySelector('inkling-app').services.openStress();
    return stress.state.value.runs[0];
  });
  assert.equal(status, 'cut off');
  const { sent, answered, refused, failed, inFlight } = counts;
  assert.ok(sent > 0);
  assert.equal(answered + refused + failed + inFlight, sent);
  await again.close();
});

/** Resolves with all that was sent in a request. */
async function readBody(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts);
}

/**
 * Another server with the seed's contract, and no more than that: it reads the field `file` of a form. It counts who
 * asks, and says who may.
 */
async function serveContract() {
  const heard = { asked: 0, preflights: 0, isOpen: true };
  const answer = async (request, response) => {
    if (heard.isOpen) {
      response.setHeader('Access-Control-Allow-Origin', request.headers.origin ?? '*');
      response.setHeader('Access-Control-Allow-Headers', 'content-type');
    }
    if (request.method === 'OPTIONS') {
      heard.preflights += 1;
      return response.end();
    }
    heard.asked += 1;
    const type = request.headers['content-type'] ?? '';
    const form = type.startsWith('multipart/form-data')
      ? await new Response(await readBody(request), { headers: { 'content-type': type } }).formData()
      : new FormData();
    response.setHeader('Content-Type', 'application/json');
    if (form.get('file') instanceof File) {
      response.end(JSON.stringify({ prediction: 3, confidence: Array(10).fill(0.1) }));
    } else {
      response.statusCode = 400;
      response.end(JSON.stringify({ error: 'No file uploaded' }));
    }
  };
  const server = createServer((request, response) => {
    answer(request, response).catch((error) => response.destroy(error));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { heard, url: `http://127.0.0.1:${server.address().port}`, stop: () => server.close() };
}

/** Serves the app as a build with another host is served, whose security policy lets that host be asked. */
async function serveAppWith(host) {
  process.env.INKLING_STRESS_HOST = host;
  try {
    return await serveApp();
  } finally {
    delete process.env.INKLING_STRESS_HOST;
  }
}

test('another host is tested only by a build that names it, with a warning and within bounds, by a phone too, and gets what was counted', async () => {
  const usual = visit.page.getByLabel('Host').locator('option[value=host]');
  assert.equal(await usual.isDisabled(), true);

  const { heard, ...other } = await serveContract();
  const own = await serveAppWith(other.url);
  const phone = { width: 390, height: 844 };
  const { context, page } = await openPage(browser, own.url, { serviceWorkers: 'block', viewport: phone });
  // What such a build differs in besides: the name of the host.
  await page.evaluate(async (host) => {
    const stress = await document.querySelector('inkling-app').services.openStress();
    Object.defineProperty(stress, 'host', { value: host });
    location.hash = '#/stress';
  }, other.url);
  await page.getByLabel('Host').selectOption('host');
  await page.getByText(`This sends real requests to ${other.url}.`).waitFor();
  const users = page.getByLabel('Number of users (peak concurrency)');
  await users.fill('51');
  await page.getByText('Another host gets at most 50 users.').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Start test' }).isDisabled(), true);
  await users.fill('20');

  const flood = async () => {
    await page.getByRole('button', { name: /^Start/ }).click();
    await untilSent(page, 20);
    await page.getByRole('button', { name: 'Stop test' }).click();
    await page.getByText(/Ended after .* sent: /).waitFor();
    return page.evaluate(readCounts);
  };
  const open = await flood();
  assert.deepEqual(
    { ...open, sent: 0 },
    { sent: 0, answered: open.sent, refused: 0, failed: 0, inFlight: 0 },
  );
  assert.equal(heard.asked, open.sent);
  await page.locator('stress-table summary').click();
  assert.deepEqual(await page.evaluate(findSmallTargets, 'stress-table'), []);
  // A form is what any page may send: only whether the answer may be read is asked for.
  assert.equal(heard.preflights, 0);

  // A host that does not let this app ask: the browser keeps what it says, and nothing is taken for an answer.
  heard.isOpen = false;
  const closed = await flood();
  assert.deepEqual(
    { ...closed, sent: 0 },
    { sent: 0, answered: 0, refused: 0, failed: closed.sent, inFlight: 0 },
  );
  await context.close();
  await own.stop();
  other.stop();
});
