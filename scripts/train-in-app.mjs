import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { openApp } from './open-app.mjs';
import { giveUp } from './setup.mjs';

/** The longest that scoring 10,000 images may take, in milliseconds, on the slowest engine. */
const SCORING_MS = 1_200_000;

/**
 * Trains a model with the app itself, in a headless browser: what a person would do on the Train page,
 * then one score on MNIST's test set. Prints how it goes. With a `profile` folder a training that was
 * cut off goes on. Returns the model version, its packed weights, its test score, the seconds from the
 * click to the kept model, and the browser's version.
 */
export async function trainInApp({ profile, recipe, engine, seed, dataset = 'mnist', images }) {
  const query = `?seed=${seed}&dataset=${dataset}`;
  const app = await openApp({ profile, route: '#/train', query });
  const { page, browserVersion } = app;
  try {
    await startOrContinue(page, { recipe, engine, images });
    const startedAt = performance.now();
    await printUntilDone(page);
    const seconds = (performance.now() - startedAt) / 1000;
    return { ...(await scoreAndRead(page)), seconds, browserVersion };
  } finally {
    await app.close();
  }
}

async function startOrContinue(page, { recipe, engine, images }) {
  const start = page.getByRole('button', { name: 'Start training' });
  await start.waitFor();
  const resume = page.getByRole('button', { name: 'Continue' });
  if (await resume.isVisible()) return resume.click();
  await page.getByLabel(recipe).check();
  await page.getByLabel('Runs on').selectOption(engine);
  if (images !== undefined) await page.getByRole('spinbutton', { name: 'Images' }).fill(String(images));
  return start.click();
}

async function printUntilDone(page) {
  // The first: below it the gate says what it makes of the model.
  const statement = page.locator('train-page .progress .statement').first();
  const done = statement.filter({ hasText: 'Done in' });
  let last = '';
  for (;;) {
    const isDone = await Promise.race([done.waitFor({ timeout: 0 }).then(() => true), wait(2000)]);
    const facts = await page.locator('train-page .facts').allTextContents();
    const line = `${await statement.textContent()} ${facts.join(' ')}`.replace(/\s+/g, ' ').trim();
    if (line !== last) console.log((last = line));
    if (isDone) return;
    const errors = await page.locator('error-desk section').allTextContents();
    if (errors.length > 0) giveUp(errors.join(' ').replace(/\s+/g, ' ').trim());
  }
}

/** Scores on the test set, once, and reads the newest model version out of the app's database. */
async function scoreAndRead(page) {
  await page.getByRole('button', { name: /^Test/ }).first().click();
  await page
    .getByRole('row')
    .filter({ hasText: /%\s\(\d/ })
    .waitFor({ timeout: SCORING_MS });
  const { version, score, bytes } = await page.evaluate(readModelVersion);
  const weights = Buffer.from(bytes);
  if (createHash('sha256').update(weights).digest('hex') !== version.weightsHash) {
    giveUp('The weights that were read are not those that were stored.');
  }
  return { version, score, weights };
}

/** Runs in the page. Weights come in the order in which the network's layers have them. */
async function readModelVersion() {
  const open = indexedDB.open('inkling');
  await new Promise((resolve) => (open.onsuccess = resolve));
  const database = open.result;
  const newest = (store) =>
    new Promise((resolve) => {
      const request = database.transaction(store).objectStore(store).openCursor(null, 'prev');
      request.onsuccess = () => resolve(request.result.value);
    });
  const version = await newest('modelVersions');
  const { weights } = await newest('modelWeights');
  const { score } = await newest('evaluations');
  const floats = Object.values(weights).flatMap((values) => [...values]);
  return { version, score, bytes: [...new Uint8Array(Float32Array.from(floats).buffer)] };
}
