/**
 * `npm run bench:app`: what a person waits for, measured on the built app in a headless browser: the
 * first answer after a cold load, from a stroke to its answer, the page's longest pauses while it trains
 * on MNIST, from a click on Stop to the kept model, and from the death of the graphics process to the
 * next step of the run; and what a test of a model on 10,000 images takes. Medians, and 95th percentiles or the
 * worst; no test depends on them. `npm run bench:app -- evaluation` measures the last alone.
 */
import { giveUp } from './setup.mjs';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { build, preview } from 'vite';
import { measureEvaluation } from './bench-evaluation.mjs';
import { browserArgs, findBrowser } from './browser.mjs';
import { drawLine, measureDrawToAnswer } from './draw-to-answer.mjs';
import { acquireMnist } from './mnist.mjs';

const COLD_LOADS = 5;
const TRAINING_MS = 15_000;
const STOPS = 40;
const GRAPHICS_LOSSES = 5;
const IMPORTED = 10_000;

if (!(await acquireMnist())) giveUp('Training is measured on MNIST, and MNIST is not here.');
await build({ logLevel: 'error' });
const server = await preview({ preview: { port: 0 }, logLevel: 'error' });
const url = server.resolvedUrls.local[0];
const browser = await chromium.launch({ executablePath: await findBrowser(), args: browserArgs() });

console.log(`${cpus().length} cores (${cpus()[0].model}), Chromium ${browser.version()}`);
if (!process.argv.includes('evaluation')) await reportWaits();
await reportEvaluation();
await browser.close();
await server.close();

async function reportWaits() {
  report('First answer after a cold load', await measureColdLoads(), 'ms');
  report('From a stroke to its answer', await measureDrawToAnswer(browser, url), 'ms');
  const { pauses, stops } = await measureTraining();
  console.log(
    `While training for ${TRAINING_MS / 1000} s: ${pauses.length} tasks over 50 ms ${list(pauses)}`,
  );
  report('From Stop to the kept model', stops, 'ms');
  report('From the death of the graphics process to the next step', await measureGraphicsLosses(), 'ms');
  const brought = await measureImport();
  console.log(
    `${IMPORTED} PNGs from a ZIP: read in ${(brought.durationMs / 1000).toFixed(1)} s, ` +
      `${brought.pauses.length} tasks over 50 ms ${list(brought.pauses)}`,
  );
}

async function reportEvaluation() {
  const { stored, shown, longest, longestOfCharts, cells } = await measureEvaluation(url, inFreshProfile);
  report('From a click on Test to the stored score of 10,000 images', stored, 'ms');
  report('From a click on Test to all of its report', shown, 'ms');
  report('The page’s longest task meanwhile', longest, 'ms');
  report('and while the first charts are drawn', longestOfCharts, 'ms');
  report('From a click in the matrix to its images', cells, 'ms');
}

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

/** The page's tasks over 50 ms while it trains on all of MNIST, and what stopping takes, in ms. */
function measureTraining() {
  return inFreshProfile(async (page) => {
    await page.goto(`${url}#/train`);
    await page.getByRole('spinbutton', { name: 'Epochs' }).fill('200');
    await page.getByRole('button', { name: 'Start training' }).click();
    await page.getByText(/Epoch 1 of/).waitFor({ timeout: 120_000 });
    const pauses = await page.evaluate(watchPauses, TRAINING_MS);
    await page.getByRole('button', { name: 'Stop and keep' }).click();
    await page.getByText(/Stopped in epoch/).waitFor();
    return { pauses, stops: await page.evaluate(startAndStop, STOPS) };
  });
}

/**
 * A small run on WebGL, whose graphics process is crashed; how long until the run takes its next step, in ms.
 * Each in a browser of its own: one that has lost the device too often does without.
 */
async function measureGraphicsLosses() {
  const times = [];
  for (let loss = 0; loss < GRAPHICS_LOSSES; loss++) {
    const fresh = await chromium.launch({ executablePath: await findBrowser(), args: browserArgs() });
    const page = await fresh.newPage();
    await page.goto(`${url}#/train`);
    await page.getByRole('button', { name: 'Start training' }).waitFor();
    await page.evaluate(startOnWebgl);
    await page.evaluate(untilStep, 1);
    const goingOn = page.evaluate(untilGoesOn);
    const crashedAt = performance.now();
    await (await fresh.newBrowserCDPSession()).send('Browser.crashGpuProcess');
    await goingOn;
    times.push(performance.now() - crashedAt);
    await fresh.close();
  }
  return times;
}

/** Runs in the page. */
function startOnWebgl() {
  const layers = [
    { kind: 'flatten' },
    { kind: 'dense', units: 16 },
    { kind: 'relu' },
    { kind: 'dense', units: 10 },
  ];
  void document.querySelector('inkling-app').services.training.start({
    dataset: { kind: 'generated', sampleCount: 150, seed: 1 },
    recipe: {
      id: 'small',
      title: 'Small',
      architecture: { name: 'small', layers },
      epochs: 500,
      batchSize: 32,
      optimizer: { kind: 'adam', weightDecay: 0 },
      learningRate: 0.003,
      schedule: 'constant',
      labelSmoothing: 0,
      augmentation: { shift: 0, rotation: 0, scale: 0, shear: 0, thickness: 0, elastic: 0 },
    },
    seed: 1,
    engine: 'webgl',
  });
}

/** Runs in the page: until a step of that epoch. */
function untilStep(epoch) {
  const { training } = document.querySelector('inkling-app').services;
  return new Promise((resolve) => {
    const unsubscribe = training.state.subscribe(() => {
      const tick = training.state.value.active?.tick;
      if (tick?.stage !== 'training' || tick.epoch < epoch) return;
      unsubscribe();
      resolve();
    });
  });
}

/** Runs in the page: until the first step after the training was cut off. */
function untilGoesOn() {
  const { training } = document.querySelector('inkling-app').services;
  let isCutOff = false;
  return new Promise((resolve) => {
    const unsubscribe = training.state.subscribe(() => {
      const { active } = training.state.value;
      isCutOff ||= active?.cutOffBy !== undefined;
      if (!isCutOff || active?.tick?.stage !== 'training') return;
      unsubscribe();
      resolve();
    });
  });
}

/** Runs in the page. */
function watchPauses(durationMs) {
  return new Promise((resolve) => {
    const pauses = [];
    new PerformanceObserver((entries) => {
      for (const { duration } of entries.getEntries()) pauses.push(duration);
    }).observe({ type: 'longtask' });
    setTimeout(() => resolve(pauses), durationMs);
  });
}

/** A ZIP of generated digits, as the app itself writes it, brought back into an empty profile. */
async function measureImport() {
  const folder = mkdtempSync(join(tmpdir(), 'inkling-'));
  const file = join(folder, 'digits.zip');
  await inFreshProfile(async (page) => {
    await page.goto(`${url}#/data`);
    await page.getByRole('button', { name: 'Make a set' }).click();
    await page.getByRole('spinbutton', { name: 'How many' }).fill(String(IMPORTED));
    await page.getByRole('button', { name: 'Make it' }).click();
    await page.getByRole('button', { name: 'Save Generated' }).click({ timeout: 120_000 });
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: /PNG folders/ }).click();
    await (await downloading).saveAs(file);
  });
  const brought = await inFreshProfile(async (page) => {
    await page.goto(`${url}#/data`);
    await page.getByRole('heading', { name: 'No sets yet' }).waitFor();
    const pausing = page.evaluate(watchPauses, TRAINING_MS);
    await page.locator('data-page input.files').setInputFiles(file);
    const startedAt = performance.now();
    await page.getByRole('button', { name: /^Add 1/ }).waitFor({ timeout: 120_000 });
    return { durationMs: performance.now() - startedAt, pauses: await pausing };
  });
  rmSync(folder, { recursive: true });
  return brought;
}

/** Runs in the page: the same run again and again, stopped after half a second of training. */
async function startAndStop(count) {
  const { training } = document.querySelector('inkling-app').services;
  const { config } = training.state.value.runs[0];
  const times = [];
  for (let run = 0; run < count; run++) {
    const ending = training.start(config);
    await new Promise((resolve) => {
      const unsubscribe = training.state.subscribe(() => {
        if (training.state.value.active?.tick?.stage !== 'training') return;
        unsubscribe();
        resolve();
      });
    });
    await new Promise((resolve) => setTimeout(resolve, 500));
    const stoppedAt = performance.now();
    training.stop();
    await ending;
    times.push(performance.now() - stoppedAt);
  }
  return times;
}

function report(name, values, unit) {
  const sorted = [...values].sort((a, b) => a - b);
  // The nearest rank: of 40 times the 38th.
  const at = (share) => sorted[Math.ceil(share * sorted.length) - 1].toFixed(0);
  const worst = sorted.length < 20 ? `worst ${at(1)}` : `p95 ${at(0.95)}, worst ${at(1)}`;
  console.log(`${name}: median ${at(0.5)}, ${worst} ${unit} (${sorted.length} times)`);
}

function list(values) {
  return values.length === 0 ? '' : `(${values.map((value) => `${value.toFixed(0)} ms`).join(', ')})`;
}
