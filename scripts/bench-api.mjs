/**
 * `npm run bench:api`: how many predictions a second the app answers, of 784 bytes each: through its service
 * worker, beside a bare service worker that answers a constant; and by its router directly, asked in the page and
 * by a load worker, as Stress does. All take turns, round after round, so that whatever else the machine does
 * troubles all alike; what is told is the median of the rounds. What counts is the ratio: the rates themselves are
 * the machine's. Last come 10,000 requests at once, and the longest task of the page's main thread meanwhile. Words
 * choose other variants of the bare worker: `npm run bench:api -- text stream read`.
 */
import './setup.mjs';
import { createServer } from 'node:http';
import { cpus, loadavg } from 'node:os';
import { build } from 'vite';
import { launchBrowser, openPage, serveApp, waitUntilOffline } from '../tests/helpers/app.mjs';
import { beginFlood, endFlood, FLOOD_PLAN, untilSent } from '../tests/helpers/flood.mjs';
import { watchTasks } from './main-thread-tasks.mjs';

const ROUNDS = 9;
/** Requests of a round, by how many are in flight. */
const LOADS = [
  { inFlight: 1, requests: 100 },
  { inFlight: 8, requests: 300 },
  { inFlight: 64, requests: 600 },
];
const DIRECT = [
  { inFlight: 1, requests: 500 },
  { inFlight: 64, requests: 3000 },
];
const FLOODED = { inFlight: 64, requests: 5000 };

/** What the bare worker does: a constant as a text (the usual way) or as a stream, with or without reading. */
const BARE_WORKER = `
  const bytes = new TextEncoder().encode(JSON.stringify({ prediction: 1, confidence: Array(10).fill(0.0912345678) }));
  const init = { headers: { 'Content-Type': 'application/json' } };
  const text = () => new Response(bytes, init);
  const stream = () => new Response(new ReadableStream({ start(c) { c.enqueue(bytes); c.close(); } }), init);
  const answers = { text, stream, read: ({ request }) => request.arrayBuffer().then(text) };
  addEventListener('install', () => skipWaiting());
  addEventListener('activate', (event) => event.waitUntil(clients.claim()));
  addEventListener('fetch', (event) => {
    const answer = answers[new URL(event.request.url).pathname.slice(1)];
    if (answer) event.respondWith(answer(event));
  });
`;

const variants = process.argv.slice(2);
if (variants.length === 0) variants.push('text', 'stream');
await build({ logLevel: 'error' });
const app = await serveApp();
const bare = createServer(({ url }, response) => {
  response.setHeader('Content-Type', url.endsWith('.js') ? 'text/javascript' : 'text/html');
  response.end(url.endsWith('.js') ? BARE_WORKER : '<!doctype html>');
}).listen(0, '127.0.0.1');
const browser = await launchBrowser();
const { length: cores, 0: core } = cpus();
console.log(`${cores} cores (${core.model}), Chromium ${browser.version()}, load ${loadavg()[0].toFixed(1)}`);

const appPage = await openApp();
const barePage = await openBare();
const measurements = listMeasurements();
for (let round = 0; round < ROUNDS; round++) {
  for (const { runs, measure } of measurements) runs.push(await measure());
}
for (const { title, runs, besides } of measurements) report(title, runs, besides);
await floodAtOnce();
console.log(`Load ${loadavg()[0].toFixed(1)} at the end.`);
await browser.close();
await app.stop();
bare.close();

async function openApp() {
  const { page } = await openPage(browser, app.url, { route: '#/api' });
  await waitUntilOffline(page);
  await page.evaluate(send, { inFlight: 8, requests: 200, way: 'predict' });
  return page;
}

async function openBare() {
  const page = await (await browser.newContext()).newPage();
  await page.goto(`http://127.0.0.1:${bare.address().port}/`);
  await page.evaluate(() => navigator.serviceWorker.register('worker.js'));
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated');
  await page.evaluate(send, { inFlight: 8, requests: 200, way: 'text' });
  return page;
}

/** All that is measured in a round, in the order in which it is told. */
function listMeasurements() {
  const asking = (title, page, load, besides) => ({
    title,
    besides,
    runs: [],
    measure: () => page.evaluate(send, load),
  });
  const through = LOADS.flatMap((load) => {
    const ours = asking(`predict, ${load.inFlight} in flight`, appPage, { ...load, way: 'predict' });
    const theirs = variants.map((way) => asking(`  bare, ${way}`, barePage, { ...load, way }, ours));
    return [ours, ...theirs];
  });
  const direct = DIRECT.map((load) =>
    asking(`router directly, in the page, ${load.inFlight} in flight`, appPage, { ...load, way: 'direct' }),
  );
  const title = `router directly, by a load worker, ${FLOODED.inFlight} in flight`;
  return [...through, ...direct, { title, runs: [], measure: floodRouter }];
}

/** Runs in the page: so many requests, always so many of them in flight. */
async function send({ inFlight, requests, way }) {
  const body = new Uint8Array(784).map((_, at) => (at % 28 > 12 && at % 28 < 16 ? 255 : 0));
  const init = { method: 'POST', headers: { 'Content-Type': 'application/octet-stream' }, body };
  const { api } = document.querySelector('inkling-app')?.services ?? {};
  const ask = way === 'direct' ? () => api.handle(new Request('predict', init)) : () => fetch(way, init);
  const times = [];
  let left = requests;
  const worker = async () => {
    while (left-- > 0) {
      const askedAt = performance.now();
      const response = await ask();
      await response.json();
      if (!response.ok) throw new Error(`answered ${response.status}`);
      times.push(performance.now() - askedAt);
    }
  };
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: inFlight }, worker));
  const rate = (1000 * requests) / (performance.now() - startedAt);
  times.sort((a, b) => a - b);
  return { rate, p50: times[times.length >> 1], p95: times[Math.ceil(0.95 * times.length) - 1] };
}

/** The router by its port, as a test of Stress asks it. */
async function floodRouter() {
  const stages = [{ duration: 3600, users: FLOODED.inFlight, spawnRate: 100_000 }];
  await beginFlood(appPage, { ...FLOOD_PLAN, target: 'router', stages });
  await untilSent(appPage, FLOODED.requests);
  const { requests, measuredMs } = await endFlood(appPage);
  return { rate: (1000 * requests) / measuredMs };
}

/** 10,000 users who ask once: where all their requests have gone, and what the main thread did at most. */
async function floodAtOnce() {
  await appPage.evaluate(() => (location.hash = '#/stress'));
  // The charts' code is loaded and drawn once, before there is any load.
  await appPage.locator('.main-svg').first().waitFor();
  await appPage.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
  const endWatch = await watchTasks(browser);
  const stages = [{ duration: 3600, users: 10_000, spawnRate: 100_000 }];
  await beginFlood(appPage, { ...FLOOD_PLAN, stages, thinkMs: [600_000, 600_000], deadlineMs: 300_000 });
  await untilSent(appPage, 10_000);
  const { counts, longTasks } = await endFlood(appPage);
  const { longestMs, computedMs } = await endWatch();
  const { sent, answered, refused, failed, inFlight } = counts;
  console.log(
    `${sent} at once: ${answered} answered, ${refused} refused, ${failed} failed, ${inFlight} under way`,
  );
  console.log(
    `Main thread: ${longTasks.length} tasks over 50 ms, the longest ${longestMs.toFixed(1)} ms by the clock; the longest computed for ${computedMs.toFixed(1)} ms`,
  );
}

/** The median of each figure, and of the ratio to what was measured in the same rounds. */
function report(title, runs, besides) {
  const of = (figure) => median(runs.map((run) => run[figure]));
  const ratio = besides && median(besides.runs.map(({ rate }, round) => rate / runs[round].rate));
  const times =
    runs[0].p50 === undefined ? [] : [`p50 ${of('p50').toFixed(2)} ms`, `p95 ${of('p95').toFixed(2)} ms`];
  const note = besides ? [`predict is ${(100 * ratio).toFixed(0)} % of it`] : [];
  console.log(`${title}: ${[`${of('rate').toFixed(0)}/s`, ...times, ...note].join(', ')}`);
}

function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}
