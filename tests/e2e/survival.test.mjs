import assert from 'node:assert/strict';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { test } from 'node:test';
import { openProfile, useApp, waitUntilReady } from '../helpers/app.mjs';

const MINUTES = 60_000;
const PLAIN = { shift: 0, rotation: 0, scale: 0, shear: 0, thickness: 0, elastic: 0 };

let app;
let browser;
useApp((started) => ({ app, browser } = started));

/** A small run: what matters here is not what it learns. */
function configOf({ engine = 'simd', epochs, units = 16, images = 150 }) {
  const layers = [
    { kind: 'flatten' },
    { kind: 'dense', units },
    { kind: 'relu' },
    { kind: 'dense', units: 10 },
  ];
  return {
    dataset: { kind: 'generated', sampleCount: images, seed: 1 },
    recipe: {
      id: 'small',
      title: 'Small',
      architecture: { name: 'small', layers },
      epochs,
      batchSize: 32,
      optimizer: { kind: 'adam', weightDecay: 0 },
      learningRate: 0.003,
      schedule: 'one-cycle',
      labelSmoothing: 0,
      augmentation: PLAIN,
    },
    seed: 1,
    engine,
  };
}

async function openTrain(context) {
  context.setDefaultTimeout(MINUTES);
  const page = await context.newPage();
  await page.goto(`${app.url}#/train`);
  await page.getByRole('button', { name: 'Start training' }).waitFor();
  return page;
}

const start = (page, config) =>
  page.evaluate(
    (config) => void document.querySelector('inkling-app').services.training.start(config),
    config,
  );

/** Resolves at a step of that epoch or a later one, in a worker that has not been cut off. */
const untilEpoch = (page, epoch) =>
  page.waitForFunction((epoch) => {
    const { active } = document.querySelector('inkling-app').services.training.state.value;
    return active?.tick?.stage === 'training' && active.tick.epoch >= epoch;
  }, epoch);

/** Resolves when that epoch of the newest run can be read from the database. */
const untilStored = (page, epoch) =>
  page.waitForFunction((epoch) => {
    const { epochs, runs } = document.querySelector('inkling-app').services.training.state.value;
    return epochs.get(runs[0]?.id)?.at(-1)?.epoch >= epoch;
  }, epoch);

/** The newest run with its epochs and the weights it ended with, once it has ended. */
async function readEnded(page) {
  await page.waitForFunction(
    () => {
      const { active, runs } = document.querySelector('inkling-app').services.training.state.value;
      return runs.length > 0 && !active;
    },
    undefined,
    { timeout: 3 * MINUTES },
  );
  return page.evaluate(async () => {
    const { runs, epochs, failure } = document.querySelector('inkling-app').services.training.state.value;
    const request = indexedDB.open('inkling');
    await new Promise((resolve) => (request.onsuccess = resolve));
    const weights = request.result.transaction('modelWeights').objectStore('modelWeights').getAll();
    await new Promise((resolve) => (weights.onsuccess = resolve));
    request.result.close();
    const arrays = Object.values(weights.result.at(-1)?.weights ?? {});
    return {
      run: runs[0],
      epochs: epochs.get(runs[0].id) ?? [],
      failure,
      isFinite: arrays.length > 0 && arrays.every((array) => array.every(Number.isFinite)),
      isAllZero: arrays.some((array) => array.length > 100 && array.every((value) => value === 0)),
    };
  });
}

/** A model of a run on a device that was reset on the way is as good as any. */
function assertSound({ run, epochs, failure, isFinite, isAllZero }) {
  assert.equal(failure, undefined);
  assert.equal(run.status, 'finished');
  assert.deepEqual(
    epochs.map(({ epoch }) => epoch),
    Array.from({ length: run.config.recipe.epochs }, (_, epoch) => epoch),
  );
  for (const { loss, validationLoss } of epochs) assert.ok(loss > 0 && validationLoss > 0, 'no loss of 0');
  assert.ok(epochs.at(-1).loss < epochs[0].loss);
  assert.ok(isFinite && !isAllZero, 'the weights are those of a network that has learned');
}

const kindsOf = ({ run }) => run.setbacks.map(({ kind }) => kind);

test('a crashed GPU process never saves a broken model; after the second one another engine goes on', async () => {
  const context = await openProfile(browser);
  const page = await openTrain(context);
  const session = await browser.newBrowserCDPSession();
  await start(page, configOf({ engine: 'webgl', epochs: 40 }));
  for (const epoch of [1, 4]) {
    await untilEpoch(page, epoch);
    await session.send('Browser.crashGpuProcess');
    await page
      .getByText(/The graphics device was reset\. It went on from/)
      .nth(epoch === 1 ? 0 : 1)
      .waitFor();
  }
  const ended = await readEnded(page);
  assertSound(ended);
  assert.deepEqual(kindsOf(ended), ['graphics-lost', 'graphics-lost']);
  assert.equal(ended.run.engine, 'simd');
  await context.close();
});

test('a graphics context lost for good costs what came after the last checkpoint, and nothing broken is saved', async () => {
  const context = await openProfile(browser, { serviceWorkers: 'block' });
  await context.route('**/ml.worker-*.js', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `(${keepContext})();${await response.text()}` });
  });
  const page = await openTrain(context);
  await start(page, configOf({ engine: 'webgl', epochs: 20 }));
  await untilEpoch(page, 1);
  await Promise.all(page.workers().map((worker) => worker.evaluate(loseContext)));
  const ended = await readEnded(page);
  assertSound(ended);
  assert.deepEqual(kindsOf(ended), ['graphics-lost']);
  // A worker that was started last may still be on its way.
  await context.unrouteAll({ behavior: 'ignoreErrors' });
  await context.close();
});

/** Runs in the worker before its own code: keeps the context that is computed with. */
function keepContext() {
  const { getContext } = OffscreenCanvas.prototype;
  OffscreenCanvas.prototype.getContext = function (...parameters) {
    const context = getContext.apply(this, parameters);
    // The one of 1 × 1 only asks what there is.
    if (this.width > 1) self.keptContext = context;
    return context;
  };
}

/** Runs in the worker. */
function loseContext() {
  self.keptContext?.getExtension('WEBGL_lose_context').loseContext();
}

test('two tabs cannot train one run; when the one that does crashes, the other offers to go on', async () => {
  const context = await openProfile(browser);
  const [first, second] = [await openTrain(context), await openTrain(context)];
  await start(first, configOf({ epochs: 200, images: 3000, units: 100 }));
  await untilEpoch(first, 1);
  await second.getByText('Run 1 is trained in another tab.').waitFor();
  assert.equal(await second.getByRole('button', { name: 'Continue' }).isVisible(), false);
  await second.evaluate(() => document.querySelector('inkling-app').services.training.resume(1));
  await second.getByText('Run 1 is being trained in another tab.').waitFor();

  const [session, crashed] = [await context.newCDPSession(first), once(first, 'crash')];
  session.send('Page.crash').catch(ignoreDeadTarget);
  await crashed;
  await second.getByText(/Training was cut off at epoch \d+ of 200/).waitFor();
  await second.getByRole('button', { name: 'Continue' }).click();
  await untilEpoch(second, 1);
  await context.close();
});

test('a tab takes a run over from another, which saves it first', async () => {
  const context = await openProfile(browser);
  const [first, second] = [await openTrain(context), await openTrain(context)];
  await start(first, configOf({ epochs: 200, images: 3000, units: 100 }));
  await untilEpoch(first, 1);
  await second.getByText('Run 1 is trained in another tab.').waitFor();
  await second.getByRole('button', { name: 'Take over' }).click();
  await untilEpoch(second, 1);
  await first.getByText('Run 1 is trained in another tab.').waitFor();
  assert.deepEqual(
    await second.evaluate(async () => {
      const { runs, failure } = document.querySelector('inkling-app').services.training.state.value;
      return { setbacks: runs[0].setbacks, failure };
    }),
    { setbacks: [], failure: undefined },
    'nothing was trained twice, and nothing was lost',
  );
  await context.close();
});

test('a run that was cut off goes on by itself after a crash, in one tab, where that is wanted', async () => {
  const context = await openProfile(browser);
  const first = await openTrain(context);
  await start(first, configOf({ epochs: 200, images: 3000, units: 100 }));
  await first.getByLabel('Go on by itself after a crash').check();
  await first.waitForFunction(
    () => document.querySelector('inkling-app').services.training.state.value.resumesAlone,
  );
  await untilEpoch(first, 1);
  const [session, crashed] = [await context.newCDPSession(first), once(first, 'crash')];
  session.send('Page.crash').catch(ignoreDeadTarget);
  await crashed;
  const [second, third] = await Promise.all([openTrain(context), openTrain(context)]);
  const working = await Promise.any(
    [second, third].map(async (page) => {
      await untilEpoch(page, 1);
      return page;
    }),
  );
  const other = working === second ? third : second;
  await other.getByText('Run 1 is trained in another tab.').waitFor();
  assert.equal(
    await other.evaluate(() => document.querySelector('inkling-app').services.training.state.value.failure),
    undefined,
  );
  await context.close();
});

test('the browser asks before a page is left that trains, and a later visit says what was cut off', async () => {
  const context = await openProfile(browser);
  const page = await openTrain(context);
  const asked = [];
  page.on('dialog', (dialog) => {
    asked.push(dialog.type());
    void dialog.accept();
  });
  // Browsers ask only on pages that somebody has used.
  await page.getByRole('heading', { name: 'Train', exact: true }).click();
  await page.reload();
  assert.deepEqual(asked, []);
  await page.getByRole('heading', { name: 'Train', exact: true }).click();
  await start(page, configOf({ epochs: 200, images: 3000, units: 100 }));
  await untilEpoch(page, 1);
  await page.reload();
  assert.deepEqual(asked, ['beforeunload']);
  await page.getByText(/Training was cut off at epoch \d+ of 200/).waitFor();
  // Nobody comes by Train only.
  await page.evaluate(() => (location.hash = '#/draw'));
  await page.reload();
  await page.getByText(/Run 1 was cut off in epoch \d+ of 200\./).waitFor();
  await page.getByRole('link', { name: 'Go on' }).press('Enter');
  await page.getByText(/Training was cut off at epoch \d+ of 200/).waitFor();
  await context.close();
});

function ignoreDeadTarget(error) {
  if (!/closed|crashed/i.test(error.message)) throw error;
}

test('on a full device training goes on, says that it is not saved, and loses nothing when it is paused', async () => {
  const context = await openProfile(browser, { serviceWorkers: 'block' });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  const origin = new URL(app.url).origin;
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 3_000_000 });
  await page.goto(`${app.url}#/train`);
  await page.getByRole('button', { name: 'Start training' }).waitFor();
  // Of this network one checkpoint fits, and no second.
  await start(page, configOf({ epochs: 200, images: 3000, units: 200 }));
  await page
    .getByText('This device is full: training goes on, but is not saved.')
    .waitFor({ timeout: MINUTES });
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByText('This device is full: what was learned is in memory').waitFor({ timeout: MINUTES });
  const reached = await page.evaluate(readTick);
  await session.send('Storage.overrideQuotaForOrigin', { origin });
  await page.getByRole('button', { name: 'Continue' }).click({ timeout: MINUTES });
  await page
    .getByText(/The device was full at .+ It went on, and was saved again once there was room\./)
    .waitFor();
  await page.waitForFunction(
    () =>
      document.querySelector('inkling-app').services.training.state.value.active?.tick?.stage === 'training',
  );
  const { epoch, batch } = await page.evaluate(readTick);
  assert.ok(
    epoch > reached.epoch || (epoch === reached.epoch && batch >= reached.batch),
    'goes on from there',
  );
  await page.getByRole('button', { name: 'Stop and keep' }).click();
  const ended = await readEnded(page);
  assert.equal(ended.run.status, 'stopped');
  assert.deepEqual(kindsOf(ended), ['storage-full']);
  assert.deepEqual(
    ended.epochs.map(({ epoch }) => epoch),
    Array.from({ length: ended.run.cursor.epoch }, (_, epoch) => epoch),
    'also the epochs that ended meanwhile',
  );
  await context.close();
});

/** Runs in the page. */
function readTick() {
  return document.querySelector('inkling-app').services.training.state.value.active.tick;
}

test('a run that ends on a full device waits for room, lets another run be deleted meanwhile, and is kept', async () => {
  const context = await openProfile(browser, { serviceWorkers: 'block' });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  const origin = new URL(app.url).origin;
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 10_500_000 });
  await page.goto(`${app.url}#/train`);
  await page.getByRole('button', { name: 'Start training' }).waitFor();
  // It ends with a state of 3.8 MB and a model of 1.3 MB, beside which the next one's, 4.3 and 1.4 MB, do not fit.
  await start(page, configOf({ epochs: 1, units: 400 }));
  await page.getByText(/It is v1 now\./).waitFor({ timeout: MINUTES });
  await start(page, configOf({ epochs: 1, units: 450 }));
  await page.getByText('This device is full: what was learned is in memory').waitFor({ timeout: MINUTES });
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save the model as a file' }).click(),
  ]);
  assert.equal(file.suggestedFilename(), 'inkling-run-2.safetensors');
  assert.ok(statSync(await file.path()).size > 1_300_000, 'all of its weights');
  await page.getByRole('button', { name: 'Delete Run 1' }).click();
  await page.getByRole('button', { name: 'Delete Run 1' }).waitFor({ state: 'detached' });
  // When the browser gives back what was deleted is its own affair: often it does so much later.
  await session.send('Storage.overrideQuotaForOrigin', { origin });
  await page.getByText(/It is v2 now\./).waitFor({ timeout: MINUTES });
  const { run, failure } = await readEnded(page);
  assert.deepEqual([run.status, failure], ['finished', undefined]);
  await context.close();
});

test('data that the browser clears in mid-run take no run along; a model of which a bit has changed makes way for the shipped one; cleared data are missed on the next visit, but not after “delete all”', async () => {
  const context = await openProfile(browser);
  await context.addInitScript(countRequestsToPersist);
  const page = await openTrain(context);
  const session = await context.newCDPSession(page);
  const clear = () =>
    session.send('Storage.clearDataForOrigin', {
      origin: new URL(app.url).origin,
      storageTypes: 'indexeddb',
    });
  await start(page, configOf({ epochs: 20_000 }));
  await untilEpoch(page, 5);
  assert.equal(
    await page.evaluate(() => window.requestsToPersist),
    0,
    'not before there is something to keep',
  );
  await clear();
  const { epoch } = await page.evaluate(
    () => document.querySelector('inkling-app').services.training.state.value.active.tick,
  );
  await untilStored(page, epoch + 2);
  await page.getByRole('button', { name: 'Stop and keep' }).click();
  const ended = await readEnded(page);
  assert.deepEqual([ended.run.status, kindsOf(ended), ended.failure], ['stopped', [], undefined]);
  assert.deepEqual(
    ended.epochs.map(({ epoch }) => epoch),
    Array.from({ length: ended.run.cursor.epoch }, (_, epoch) => epoch),
    'also the epochs that had been stored before',
  );
  await page.waitForFunction(() => window.requestsToPersist > 0 && localStorage.getItem('inkling-kept'));

  await page.evaluate(damageModel, ended.run.versionId);
  await page.goto(`${app.url}#/draw`);
  await page.reload();
  await page.getByText('v1 is damaged: its weights are not the ones that were stored.').first().waitFor();
  await waitUntilReady(page);
  assert.equal(await page.locator('model-picker select').inputValue(), '0');

  await clear();
  await page.reload();
  const missed = page.getByRole('heading', { name: 'The browser has removed what Inkling kept here' });
  await missed.waitFor();
  await page.getByRole('link', { name: 'To Data' }).click();
  await page.getByRole('button', { name: 'Delete all my data…' }).click();
  await Promise.all([
    page.waitForEvent('load'),
    page.getByRole('button', { name: 'Delete everything' }).click(),
  ]);
  await page.getByRole('button', { name: 'Take the tour' }).waitFor();
  assert.equal(await missed.isVisible(), false);
  assert.equal(await page.evaluate(() => localStorage.length), 0);
  await context.close();
});

/** Runs in the page: one bit of a model changes, and it is the one that answers. */
async function damageModel(id) {
  const request = indexedDB.open('inkling');
  await new Promise((resolve) => (request.onsuccess = resolve));
  const tx = request.result.transaction(['modelWeights', 'settings'], 'readwrite');
  const reading = tx.objectStore('modelWeights').get(id);
  await new Promise((resolve) => (reading.onsuccess = resolve));
  new Uint8Array(Object.values(reading.result.weights)[0].buffer)[10] ^= 1;
  tx.objectStore('modelWeights').put(reading.result);
  tx.objectStore('settings').put(id, 'champion');
  await new Promise((resolve) => (tx.oncomplete = resolve));
  request.result.close();
}

/** Runs in the page before its own code. */
function countRequestsToPersist() {
  const { persist } = StorageManager.prototype;
  window.requestsToPersist = 0;
  StorageManager.prototype.persist = function () {
    window.requestsToPersist += 1;
    return persist.call(this);
  };
}

test('a run that has ended is trained for five more epochs', async () => {
  const context = await openProfile(browser);
  const page = await openTrain(context);
  await start(page, configOf({ epochs: 2 }));
  await page.getByRole('button', { name: 'Train 5 more epochs' }).click();
  await page.getByText(/It is v2 now\./).waitFor();
  assertSound(await readEnded(page));
  await context.close();
});
