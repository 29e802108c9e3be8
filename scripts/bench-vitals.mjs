/**
 * `npm run bench:vitals`: what a person feels, measured on the built app in a headless browser. For every page, opened
 * for the first time with the processor slowed down fourfold, on a phone and on a wide screen: when its largest content
 * is painted (LCP) and how much of it moves by itself (CLS). While it trains on MNIST, not slowed down: how long every
 * click, key and stroke waits for the next frame (INP is their 98th percentile). It takes three minutes. No test depends on
 * them.
 */
import { giveUp } from './setup.mjs';
import { cpus } from 'node:os';
import { chromium } from 'playwright-core';
import { build, preview } from 'vite';
import { browserArgs, findBrowser } from './browser.mjs';
import { acquireMnist } from './mnist.mjs';

const ROUTES = ['draw', 'data', 'train', 'evaluate', 'models', 'api', 'stress', 'learn', 'about'];
const SCREENS = { phone: { width: 390, height: 844 }, wide: { width: 1440, height: 1000 } };
const SLOW_DOWN = 4;
/** An odd number: its median is one that was measured. LOADS=0 measures the interactions alone. */
const LOADS = Number(process.env.LOADS ?? 3);
/** What comes late, such as a chart, is to have its chance to move things: on the first load of each page. */
const SETTLING_MS = 2500;
/** Nothing larger was painted for as long, in milliseconds: what was largest is it. */
const STILL_MS = 600;
const ROUNDS = 2;

/** What a person does meanwhile, by real input. */
const ACTIONS = {
  Navigation: async (page) => {
    for (const name of ['Draw', 'Data', 'Evaluate', 'Models', 'API', 'Stress', 'About', 'Train']) {
      await page.getByRole('link', { name, exact: true }).click();
      await page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
      await page.waitForTimeout(600);
    }
  },
  'Chart and table': async (page) => {
    for (const name of ['Table', 'Chart']) {
      for (const card of await page.locator('train-page chart-card').all()) {
        await card.getByRole('button', { name, exact: true }).click();
        await page.waitForTimeout(300);
      }
    }
  },
  'Slider of epochs': async (page) => {
    const slider = page.getByRole('slider').first();
    await slider.focus();
    for (const key of ['ArrowLeft', 'ArrowRight', 'Home', 'End']) {
      await page.keyboard.press(key);
      await page.waitForTimeout(300);
    }
  },
  'Typing a setting': async (page) => {
    await page.getByRole('link', { name: 'Stress', exact: true }).click();
    const users = page.getByRole('spinbutton').or(page.getByRole('textbox')).first();
    await users.click();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('25', { delay: 200 });
  },
  Drawing: async (page, round) => {
    await page.getByRole('link', { name: 'Draw', exact: true }).click();
    const pad = page.locator('digit-canvas .pad');
    await pad.waitFor();
    const box = await pad.boundingBox();
    for (let stroke = 0; stroke < 6; stroke++) {
      const x = box.x + box.width * (0.2 + 0.1 * stroke);
      await page.mouse.move(x, box.y + box.height * 0.2);
      await page.mouse.down();
      await page.mouse.move(x + 20 + round, box.y + box.height * 0.8, { steps: 10 });
      await page.mouse.up();
      await page.waitForTimeout(200);
    }
    await page.getByRole('button', { name: 'Clear' }).click();
  },
};

if (!(await acquireMnist())) giveUp('Training is measured on MNIST, and MNIST is not here.');
await build({ logLevel: 'error' });
const server = await preview({ preview: { port: 0 }, logLevel: 'error' });
const url = server.resolvedUrls.local[0];
const browser = await chromium.launch({ executablePath: await findBrowser(), args: browserArgs() });

console.log(`${cpus().length} cores (${cpus()[0].model}), Chromium ${browser.version()}`);
if (LOADS > 0) for (const [screen, viewport] of Object.entries(SCREENS)) await measureLoads(screen, viewport);
await measureInteractions();
await browser.close();
await server.close();

async function openPage(viewport) {
  const context = await browser.newContext({ viewport });
  const page = await context.newPage();
  await page.addInitScript(watchVitals);
  return { context, page };
}

async function measureLoads(screen, viewport) {
  for (const route of ROUTES) {
    const loads = [];
    for (let load = 0; load < LOADS; load++)
      loads.push(await measureLoad(route, viewport, load === 0 ? SETTLING_MS : STILL_MS));
    const [paints, shifts] = [loads.map(({ lcp }) => lcp), loads.map(({ cls }) => cls)];
    console.log(
      `${screen} ${route}: LCP median ${at(paints, 0.5).toFixed(0)} ms, p95 ${at(paints, 0.95).toFixed(0)} ms; ` +
        `CLS median ${at(shifts, 0.5).toFixed(4)}, most ${Math.max(...shifts).toFixed(4)} ` +
        `${loads
          .flatMap(({ moved }) => moved)
          .slice(0, 3)
          .join(' ')}`,
    );
  }
}

/** A first visit, with nothing kept. */
async function measureLoad(route, viewport, stillMs) {
  const { context, page } = await openPage(viewport);
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOW_DOWN });
  await page.goto(`${url}#/${route}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForFunction(
    (ms) => window.vitals.lcp > 0 && performance.now() - window.vitals.lcp > ms,
    stillMs,
  );
  const { lcp, shifts, moved } = await page.evaluate(() => window.vitals);
  await context.close();
  return { lcp, cls: worstWindow(shifts), moved };
}

/** Runs in the page, before anything of it. */
function watchVitals() {
  const vitals = (window.vitals = { lcp: 0, shifts: [], moved: [], interactions: [] });
  const observe = (type, take, options = {}) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({
      type,
      buffered: true,
      ...options,
    });
  observe('largest-contentful-paint', ({ startTime }) => (vitals.lcp = startTime));
  observe('layout-shift', ({ startTime, value, hadRecentInput, sources }) => {
    if (hadRecentInput) return;
    vitals.shifts.push({ startTime, value });
    const nodes = sources.map(({ node }) => node?.localName + (node?.className ? `.${node.className}` : ''));
    vitals.moved.push(`${value.toFixed(4)}:${nodes.join('+')}`);
  });
  observe(
    'event',
    ({ interactionId, duration, name }) => {
      if (interactionId > 0) vitals.interactions.push({ id: interactionId, duration, name });
    },
    { durationThreshold: 16 },
  );
}

/** CLS: the most that moved in one window of at most 5 s, with at most 1 s between two movements. */
function worstWindow(shifts) {
  let [worst, sum, first, last] = [0, 0, -Infinity, -Infinity];
  for (const { startTime, value } of shifts) {
    const isSame = startTime - last < 1000 && startTime - first < 5000;
    [sum, first, last] = [isSame ? sum + value : value, isSame ? first : startTime, startTime];
    worst = Math.max(worst, sum);
  }
  return worst;
}

async function measureInteractions() {
  const { context, page } = await openPage(SCREENS.wide);
  await page.goto(`${url}#/train`);
  await page.getByRole('spinbutton', { name: 'Epochs' }).fill('200');
  await page.getByRole('button', { name: 'Start training' }).click();
  // With one epoch behind it, everything that Train can show is there.
  await page.getByText(/Epoch 2 of/).waitFor({ timeout: 600_000 });
  const all = [];
  for (const [name, act] of Object.entries(ACTIONS)) {
    await page.evaluate(() => (window.vitals.interactions.length = 0));
    for (let round = 0; round < ROUNDS; round++) await act(page, round);
    await page.waitForTimeout(500);
    const times = await page.evaluate(longestOfEach);
    if (times.length > 0) report(`${name} while training`, times);
    all.push(...times);
  }
  const isTraining = await page.evaluate(
    () => document.querySelector('inkling-app').services.training.state.value.active !== undefined,
  );
  report('All of them', all);
  console.log(`INP while training: ${at(all, 0.98)} ms${isTraining ? '' : '; but the training had ended'}`);
  await context.close();
}

/** Runs in the page. What took less than 16 ms is not told by the browser, and not counted. */
function longestOfEach() {
  const longest = new Map();
  for (const { id, duration } of window.vitals.interactions)
    longest.set(id, Math.max(duration, longest.get(id) ?? 0));
  return [...longest.values()];
}

function report(name, values) {
  console.log(
    `${name}: median ${at(values, 0.5)} ms, p95 ${at(values, 0.95)} ms, most ${Math.max(...values)} ms (${values.length} of 16 ms or more)`,
  );
}

/** The nearest rank: of 40 times the 38th is the 95th percentile. */
function at(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}
