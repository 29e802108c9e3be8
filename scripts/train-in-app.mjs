import { createHash } from 'node:crypto';
import { openApp } from './open-app.mjs';
import { giveUp } from './setup.mjs';

/** The longest that scoring 10,000 images may take, in milliseconds, on the slowest engine. */
const SCORING_MS = 1_200_000;

/**
 * Trains a model with the app itself, in a headless browser: what a person would do on the Train page,
 * then one score on MNIST's test set. Prints how it goes. With a `profile` folder a training that was
 * cut off goes on. Returns the model version, its packed weights, its test score, and the browser's
 * version.
 */
export async function trainInApp({ profile, recipe, engine, seed, dataset = 'mnist', images }) {
  const query = `?seed=${seed}&dataset=${dataset}`;
  const app = await openApp({ profile, route: '#/train', query });
  const { page, browserVersion } = app;
  try {
    await startOrContinue(page, { recipe, engine, images });
    await printUntilDone(page);
    return { ...(await scoreAndRead(page)), browserVersion };
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
  let last = '';
  for (;;) {
    const statement = await page.locator('train-page .progress .statement').textContent();
    const facts = await page.locator('train-page .facts').allTextContents();
    const line = `${statement} ${facts.join(' ')}`.replace(/\s+/g, ' ').trim();
    if (line !== last) console.log((last = line));
    if (line.startsWith('Done in')) return;
    const errors = await page.locator('error-desk section').allTextContents();
    if (errors.length > 0) giveUp(errors.join(' ').replace(/\s+/g, ' ').trim());
    await page.waitForTimeout(2000);
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
