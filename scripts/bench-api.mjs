/**
 * `npm run bench:api`: how many predictions a second the app answers, of 784 bytes each. Three parts, which can be
 * asked for by their names (`npm run bench:api -- router`); all of them take about two minutes:
 *
 * - `through` its service worker, beside a bare service worker that answers a constant, at 1, 8 and 64 in flight.
 *   What counts is the ratio: the rates themselves are the machine's. Further words choose other variants of the
 *   bare worker: `through text stream read`.
 * - its `router` directly, asked in the page and by a load worker, as Stress does; with what each request costs of
 *   computing in all threads of the browser together, which says more than the rate where a machine does other things.
 * - `burst`: 10,000 requests at once, and the longest task of the page's main thread meanwhile.
 *
 * What is compared takes turns, a moment each, round after round, so that whatever else the machine does troubles all
 * alike; what is told is the median of the rounds.
 */
import './setup.mjs';
import { createServer } from 'node:http';
import { cpus, loadavg } from 'node:os';
import { build } from 'vite';
import { launchBrowser, openPage, serveApp, waitUntilOffline } from '../tests/helpers/app.mjs';
import { beginFlood, endFlood, FLOOD_PLAN, readCounted, untilSent } from '../tests/helpers/flood.mjs';
import { watchTasks } from './main-thread-tasks.mjs';

const ROUNDS = 5;
/** How long a measurement lasts, in milliseconds. */
const MOMENT_MS = 1200;
const IN_FLIGHT = [1, 8, 64];
const DIRECT_IN_FLIGHT = [1, 64];
/** What a load worker sends the router in a round: at first until all is warm, and then what counts. */
const FLOOD = { inFlight: 64, warm: 2000, requests: 10_000 };

const PARTS = { through: benchThrough, router: benchRouter, burst: benchBurst };
const VARIANTS = ['text', 'stream', 'read', 'empty'];

/** What the bare worker does: a constant as a text (the usual way) or as a stream, with or without reading. */
const BARE_WORKER = `
  const bytes = new TextEncoder().encode(JSON.stringify({ prediction: 1, confidence: Array(10).fill(0.0912345678) }));
  const init = { headers: { 'Content-Type': 'application/json' } };
  const text = () => new Response(bytes, init);
  const stream = () => new Response(new ReadableStream({ start(c) { c.enqueue(bytes); c.close(); } }), init);
  const empty = () => new Response(null, init);
  const answers = { text, stream, empty, read: ({ request }) => request.arrayBuffer().then(text) };
  addEventListener('install', () => skipWaiting());
  addEventListener('activate', (event) => event.waitUntil(clients.claim()));
  addEventListener('fetch', (event) => {
    const answer = answers[new URL(event.request.url).pathname.slice(1)];
    if (answer) event.respondWith(answer(event));
  });
`;

const words = process.argv.slice(2);
const unknown = words.find((word) => !(word in PARTS) && !VARIANTS.includes(word));
if (unknown !== undefined) {
  console.error(`There is no "${unknown}": ${Object.keys(PARTS).join(', ')}; ${VARIANTS.join(', ')}.`);
  process.exit(1);
}
const chosen = VARIANTS.filter((word) => words.includes(word));
const variants = chosen.length > 0 ? chosen : ['text', 'stream'];
const named = Object.keys(PARTS).filter((word) => words.includes(word));
const beganAt = performance.now();

await build({ logLevel: 'error' });
const app = await serveApp();
const browser = await launchBrowser();
const { length: cores, 0: core } = cpus();
tell(`${cores} cores (${core.model}), Chromium ${browser.version()}`);
const appPage = await openApp();
for (const part of named.length > 0 ? named : chosen.length > 0 ? ['through'] : Object.keys(PARTS)) {
  tell(part);
  await PARTS[part]();
}
tell('done');
await browser.close();
await app.stop();

async function benchThrough() {
  const { page: barePage, close } = await openBare();
  const asking = (title, page, load, besides) => ({
    title,
    besides,
    runs: [],
    measure: () => page.evaluate(send, { ...load, forMs: MOMENT_MS }),
  });
  const measurements = IN_FLIGHT.flatMap((inFlight) => {
    const ours = asking(`predict, ${inFlight} in flight`, appPage, { inFlight, way: 'predict' });
    return [ours, ...variants.map((way) => asking(`  bare, ${way}`, barePage, { inFlight, way }, ours))];
  });
  await takeTurns(measurements);
  await close();
}

async function benchRouter() {
  const direct = DIRECT_IN_FLIGHT.map((inFlight) => ({
    title: `router directly, in the page, ${inFlight} in flight`,
    runs: [],
    measure: () => appPage.evaluate(send, { inFlight, way: 'direct', forMs: MOMENT_MS }),
  }));
  const title = `router directly, by a load worker, ${FLOOD.inFlight} in flight`;
  await takeTurns([...direct, { title, runs: [], measure: floodRouter }]);
}

/** Measures each in turn, round after round, and tells what came out. */
async function takeTurns(measurements) {
  for (let round = 0; round < ROUNDS; round++) {
    for (const { runs, measure } of measurements) runs.push(await measure());
    tell(
      `  round ${round + 1} of ${ROUNDS}: ${measurements.map(({ runs }) => wordRate(runs.at(-1).rate)).join(', ')}`,
    );
  }
  for (const { title, runs, besides } of measurements) report(title, runs, besides);
}

async function openApp() {
  const { page } = await openPage(browser, app.url, { route: '#/api', keepsOffline: true });
  await waitUntilOffline(page);
  await page.evaluate(send, { inFlight: 8, way: 'predict', forMs: MOMENT_MS });
  return page;
}

async function openBare() {
  const server = createServer(({ url }, response) => {
    response.setHeader('Content-Type', url.endsWith('.js') ? 'text/javascript' : 'text/html');
    response.end(url.endsWith('.js') ? BARE_WORKER : '<!doctype html>');
  }).listen(0, '127.0.0.1');
  const page = await (await browser.newContext()).newPage();
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  await page.evaluate(() => navigator.serviceWorker.register('worker.js'));
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated');
  await page.evaluate(send, { inFlight: 8, way: 'text', forMs: MOMENT_MS });
  return {
    page,
    close: async () => {
      await page.context().close();
      server.close();
    },
  };
}

/** Runs in the page: always so many requests in flight, for so long. */
async function send({ inFlight, way, forMs }) {
  const body = new Uint8Array(784).map((_, at) => (at % 28 > 12 && at % 28 < 16 ? 255 : 0));
  const init = { method: 'POST', headers: { 'Content-Type': 'application/octet-stream' }, body };
  const { api } = document.querySelector('inkling-app')?.services ?? {};
  const ask = way === 'direct' ? () => api.handle(new Request('predict', init)) : () => fetch(way, init);
  const times = [];
  const startedAt = performance.now();
  const worker = async () => {
    while (performance.now() - startedAt < forMs) {
      const askedAt = performance.now();
      const response = await ask();
      await response.arrayBuffer();
      if (!response.ok) throw new Error(`answered ${response.status}`);
      times.push(performance.now() - askedAt);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
  const rate = (1000 * times.length) / (performance.now() - startedAt);
  times.sort((a, b) => a - b);
  return { rate, p50: times[times.length >> 1], p95: times[Math.ceil(0.95 * times.length) - 1] };
}

/** The router by its port, as a test of Stress asks it. */
async function floodRouter() {
  const stages = [{ duration: 3600, users: FLOOD.inFlight, spawnRate: 100_000 }];
  await beginFlood(appPage, { ...FLOOD_PLAN, target: 'router', stages });
  await untilSent(appPage, FLOOD.warm);
  const [before, computedBefore] = [await readCounted(appPage), await readComputed()];
  await untilSent(appPage, FLOOD.warm + FLOOD.requests);
  const [after, computedAfter] = [await readCounted(appPage), await readComputed()];
  await endFlood(appPage);
  const requests = after.requests - before.requests;
  return {
    rate: (1000 * requests) / (after.measuredMs - before.measuredMs),
    computedUs: (1e6 * (computedAfter - computedBefore)) / requests,
  };
}

/** How long the browser has computed by now, in all its processes together, in seconds. */
async function readComputed() {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0);
}

/** 10,000 users who ask once: where all their requests have gone, and what the main thread did at most. */
async function benchBurst() {
  await appPage.evaluate(() => (location.hash = '#/stress'));
  // Charts are drawn once before what is measured, as they are for whoever starts a second test: their code is loaded then.
  await beginFlood(appPage, FLOOD_PLAN);
  await untilSent(appPage, 1000);
  await endFlood(appPage);
  await appPage.locator('plotly-chart').first().scrollIntoViewIfNeeded();
  await appPage.locator('.main-svg').first().waitFor();
  await appPage.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
  const endWatch = await watchTasks(browser);
  const stages = [{ duration: 3600, users: 10_000, spawnRate: 100_000 }];
  await beginFlood(appPage, { ...FLOOD_PLAN, stages, thinkMs: [600_000, 600_000], deadlineMs: 300_000 });
  await untilSent(appPage, 10_000);
  const { counts, measuredMs, longTasks } = await endFlood(appPage);
  const { longestMs, computedMs } = await endWatch();
  const { sent, answered, refused, failed, inFlight } = counts;
  console.log(
    `${sent} at once: ${answered} answered, ${refused} refused, ${failed} failed, ${inFlight} under way after ${(measuredMs / 1000).toFixed(1)} s`,
  );
  console.log(
    `Main thread: ${longTasks.length} tasks over 50 ms, the longest ${longestMs.toFixed(1)} ms by the clock; the longest computed for ${computedMs.toFixed(1)} ms`,
  );
}

/** The median of each figure, and of the ratio to what was measured in the same rounds. */
function report(title, runs, besides) {
  const of = (figure) => median(runs.map((run) => run[figure]));
  const figures = [wordRate(of('rate'))];
  if (runs[0].p50 !== undefined)
    figures.push(`p50 ${of('p50').toFixed(2)} ms`, `p95 ${of('p95').toFixed(2)} ms`);
  if (runs[0].computedUs !== undefined)
    figures.push(`${of('computedUs').toFixed(0)} µs of computing a request`);
  if (besides) {
    const ratio = median(besides.runs.map(({ rate }, round) => rate / runs[round].rate));
    figures.push(`predict is ${(100 * ratio).toFixed(0)} % of it`);
  }
  console.log(`${title}: ${figures.join(', ')}`);
}

/** Progress: when, and how busy the machine is with everything. */
function tell(text) {
  const seconds = ((performance.now() - beganAt) / 1000).toFixed(0);
  console.log(`[${seconds} s, load ${loadavg()[0].toFixed(1)}] ${text}`);
}

function wordRate(rate) {
  return `${rate.toFixed(0)}/s`;
}

function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}
