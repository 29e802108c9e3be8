/**
 * `npm run bench:api`: how many predictions a second the app answers, of 784 bytes each: through its service
 * worker, beside a bare service worker that answers a constant, in turns in one run; and by its router
 * directly. What counts is the ratio: the rates themselves are the machine's. Words choose other variants of
 * the bare worker: `npm run bench:api -- text stream read`.
 */
import './setup.mjs';
import { createServer } from 'node:http';
import { cpus } from 'node:os';
import { chromium } from 'playwright-core';
import { build, preview } from 'vite';
import { browserArgs, findBrowser } from './browser.mjs';

const ROUNDS = 9;
/** Requests of a round, by how many are in flight. */
const LOADS = [
  { inFlight: 1, requests: 100 },
  { inFlight: 8, requests: 300 },
  { inFlight: 64, requests: 600 },
];
const DIRECT = [
  { inFlight: 1, requests: 500 },
  { inFlight: 64, requests: 4000 },
  { inFlight: 256, requests: 4000 },
];

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
const server = await preview({ preview: { port: 0 }, logLevel: 'error' });
const bare = createServer(({ url }, response) => {
  response.setHeader('Content-Type', url.endsWith('.js') ? 'text/javascript' : 'text/html');
  response.end(url.endsWith('.js') ? BARE_WORKER : '<!doctype html>');
}).listen(0, '127.0.0.1');
const browser = await chromium.launch({ executablePath: await findBrowser(), args: browserArgs() });
console.log(`${cpus().length} cores (${cpus()[0].model}), Chromium ${browser.version()}`);

const appPage = await openApp();
const barePage = await openBare();
for (const load of LOADS) await compare(load);
for (const load of DIRECT) {
  const runs = await repeat(() => appPage.evaluate(send, { ...load, way: 'direct' }));
  report(`router directly, ${load.inFlight} in flight`, middle(runs));
}
await browser.close();
await server.close();
bare.close();

async function openApp() {
  const page = await (await browser.newContext()).newPage();
  await page.goto(server.resolvedUrls.local[0]);
  await page.getByText('Works offline').waitFor();
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated');
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

/** In turns, so that whatever else the machine does troubles all alike. */
async function compare(load) {
  const ways = [['predict', appPage], ...variants.map((way) => [way, barePage])];
  const runs = new Map(ways.map(([way]) => [way, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [way, page] of ways) runs.get(way).push(await page.evaluate(send, { ...load, way }));
  }
  const ours = middle(runs.get('predict'));
  report(`predict, ${load.inFlight} in flight`, ours);
  for (const way of variants) {
    const theirs = middle(runs.get(way));
    const ratios = runs.get('predict').map(({ rate }, round) => rate / runs.get(way)[round].rate);
    const ratio = ratios.toSorted((a, b) => a - b)[ROUNDS >> 1];
    report(`  bare, ${way}`, theirs, `; predict is ${(100 * ratio).toFixed(0)} % of it`);
  }
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

async function repeat(measure) {
  const runs = [];
  for (let round = 0; round < ROUNDS; round++) runs.push(await measure());
  return runs;
}

/** The run of the middle rate. */
function middle(runs) {
  return runs.toSorted((a, b) => a.rate - b.rate)[runs.length >> 1];
}

function report(name, { rate, p50, p95 }, note = '') {
  console.log(`${name}: ${rate.toFixed(0)}/s, p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms${note}`);
}
