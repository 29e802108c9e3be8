/**
 * `npm run train:champion`: trains the model that comes with the app, with the app itself, in a headless
 * browser: the Train page's own recipe on all of MNIST, then one score on the test set. Writes
 * public/models/. Goes on where it was cut off, because the browser's profile is kept meanwhile.
 *
 * RECIPE, SEED and ENGINE choose others than the usual ones.
 */
import { giveUp } from './setup.mjs';
import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { acquireMnist } from './mnist.mjs';
import { openApp } from './open-app.mjs';

const { RECIPE = 'Careful', SEED = '1', ENGINE = 'auto' } = process.env;
const profile = fileURLToPath(new URL(`../.cache/champion-${RECIPE}-${SEED}/`, import.meta.url));
const target = new URL('../public/models/', import.meta.url);

if (!(await acquireMnist())) giveUp('The shipped model is trained on MNIST, and MNIST is not here.');
const app = await openApp({ profile, route: `#/train`, query: `?seed=${SEED}` });
const { page } = app;

await startOrContinue();
await untilDone();
const { card, weights } = await scoreAndExport();
mkdirSync(target, { recursive: true });
writeFileSync(new URL('shipped.bin', target), weights);
writeFileSync(new URL('shipped.json', target), `${JSON.stringify(card, null, 2)}\n`);
await app.close();
rmSync(profile, { recursive: true, force: true });
console.log(`Test: ${card.test.correct} of ${card.test.total}. Weights: ${card.weightsHash}`);

async function startOrContinue() {
  const button = page.getByRole('button', { name: 'Continue' });
  const start = page.getByRole('button', { name: 'Start training' });
  await start.waitFor();
  if (await button.isVisible()) return button.click();
  await page.getByLabel(RECIPE).check();
  await page.getByLabel('Runs on').selectOption(ENGINE);
  return start.click();
}

/** Prints how it goes until the run has ended. */
async function untilDone() {
  let last = '';
  for (;;) {
    const statement = await page.locator('train-page .progress .statement').textContent();
    const facts = await page.locator('train-page .facts').allTextContents();
    const line = `${statement} ${facts.join(' ')}`.replace(/\s+/g, ' ').trim();
    if (line !== last) console.log((last = line));
    if (line.startsWith('Done in')) return;
    const errors = await page.locator('error-desk section').allTextContents();
    if (errors.length > 0) giveUp(errors.join(' ').replace(/\s+/g, ' ').trim());
    await page.waitForTimeout(5000);
  }
}

/** Scores on the test set, once, and reads the model version out of the app's database. */
async function scoreAndExport() {
  await page.getByRole('button', { name: /^Test/ }).click();
  await page.getByText(/Testing v\d+/).waitFor({ state: 'detached', timeout: 600_000 });
  const { version, score, bytes } = await page.evaluate(readModelVersion);
  const card = {
    ...version,
    id: 0,
    test: score,
    weightsPath: 'shipped.bin',
    trainedOn: `Headless Chromium ${app.browserVersion}, ${cpus().length} cores (${cpus()[0].model}), no GPU`,
  };
  const weights = Buffer.from(bytes);
  const hash = createHash('sha256').update(weights).digest('hex');
  if (hash !== version.weightsHash) giveUp('The weights that were read are not those that were stored.');
  return { card, weights };
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
