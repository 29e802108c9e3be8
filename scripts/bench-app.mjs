/**
 * `npm run bench:app`: what a person waits for, measured on the built app in a headless browser: the
 * first answer after a cold load, from a stroke to its answer, and the page's longest pauses while it
 * trains. Medians and 95th percentiles; no test depends on them.
 */
import './setup.mjs';
import { cpus } from 'node:os';
import { chromium } from 'playwright-core';
import { build, preview } from 'vite';
import { browserArgs, findBrowser } from './browser.mjs';

const COLD_LOADS = 5;
const STROKES = 60;
const TRAINING_MS = 15_000;

await build({ logLevel: 'error' });
const server = await preview({ preview: { port: 0 }, logLevel: 'error' });
const url = server.resolvedUrls.local[0];
const browser = await chromium.launch({ executablePath: await findBrowser(), args: browserArgs() });

console.log(`${cpus().length} cores (${cpus()[0].model}), Chromium ${browser.version()}`);
report('First answer after a cold load', await measureColdLoads(), 'ms');
report('From a stroke to its answer', await measureStrokes(), 'ms');
const pauses = await measurePauses();
console.log(`While training for ${TRAINING_MS / 1000} s: ${pauses.length} tasks over 50 ms ${list(pauses)}`);
await browser.close();
await server.close();

async function inFreshProfile(work) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 1000 } });
  try {
    return await work(await context.newPage());
  } finally {
    await context.close();
  }
}

/** From the start of the navigation to the first digit on the page, drawn as soon as there is a pad. */
async function measureColdLoads() {
  const times = [];
  for (let load = 0; load < COLD_LOADS; load++) {
    times.push(
      await inFreshProfile(async (page) => {
        await page.goto(url);
        await drawLine(page, 14);
        await page.locator('draw-page .answer .digit:not(.none)').waitFor();
        return page.evaluate(() => performance.now());
      }),
    );
  }
  return times;
}

/** As the page itself says it: from the question, asked in the frame of the stroke, to the answer. */
function measureStrokes() {
  return inFreshProfile(async (page) => {
    await page.goto(url);
    await page.getByText('Write one digit.', { exact: true }).waitFor();
    await page.evaluate(watchAnswers);
    for (let stroke = 0; stroke < STROKES; stroke++) await drawLine(page, 4 + (stroke % 20));
    return page.evaluate(() => window.answerTimes);
  });
}

/** Runs in the page: the time from each pointer event to the next change of the answer. */
function watchAnswers() {
  window.answerTimes = [];
  const root = document.querySelector('inkling-app').shadowRoot.querySelector('draw-page').shadowRoot;
  let askedAt;
  for (const type of ['pointermove', 'pointerup']) {
    window.addEventListener(type, () => (askedAt ??= performance.now()), { capture: true });
  }
  new MutationObserver(() => {
    if (askedAt === undefined) return;
    window.answerTimes.push(performance.now() - askedAt);
    askedAt = undefined;
  }).observe(root.querySelector('.answer'), { characterData: true, subtree: true, childList: true });
}

async function drawLine(page, x) {
  const pad = page.locator('digit-canvas .pad');
  await pad.waitFor();
  const box = await pad.boundingBox();
  const square = box.width / 28;
  await page.mouse.move(box.x + x * square, box.y + 5 * square);
  await page.mouse.down();
  await page.mouse.move(box.x + (x + 2) * square, box.y + 22 * square, { steps: 8 });
  await page.mouse.up();
}

/** The page's tasks over 50 ms while it trains, in ms. */
function measurePauses() {
  return inFreshProfile(async (page) => {
    await page.goto(`${url}?dataset=generated#/train`);
    await page.getByRole('button', { name: 'Start training' }).click();
    await page.getByText(/Epoch 1 of/).waitFor({ timeout: 120_000 });
    return page.evaluate(
      (durationMs) =>
        new Promise((resolve) => {
          const pauses = [];
          new PerformanceObserver((entries) => {
            for (const { duration } of entries.getEntries()) pauses.push(duration);
          }).observe({ type: 'longtask' });
          setTimeout(() => resolve(pauses), durationMs);
        }),
      TRAINING_MS,
    );
  });
}

function report(name, values, unit) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))].toFixed(0);
  console.log(`${name}: median ${at(0.5)} ${unit}, p95 ${at(0.95)} ${unit} (${sorted.length} times)`);
}

function list(values) {
  return values.length === 0 ? '' : `(${values.map((value) => `${value.toFixed(0)} ms`).join(', ')})`;
}
