/**
 * `npm run train:champion`: trains the model that comes with the app, on all of MNIST, and writes it to
 * public/models/ with its card. Goes on where it was cut off. RECIPE, SEED and ENGINE choose others than
 * the usual ones.
 */
import { giveUp } from './setup.mjs';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { acquireMnist } from './mnist.mjs';
import { trainInApp } from './train-in-app.mjs';

const { RECIPE = 'Best', SEED = '1', ENGINE = 'auto' } = process.env;
const profile = fileURLToPath(new URL(`../.cache/champion-${RECIPE}-${SEED}/`, import.meta.url));
const target = new URL('../public/models/', import.meta.url);

if (!(await acquireMnist())) giveUp('The shipped model is trained on MNIST, and MNIST is not here.');
const trained = await trainInApp({ profile, recipe: RECIPE, seed: SEED, engine: ENGINE });
const card = {
  ...trained.version,
  id: 0,
  test: trained.score,
  weightsPath: 'shipped.bin',
  trainedOn: `Headless Chromium ${trained.browserVersion}, ${cpus().length} cores (${cpus()[0].model}), no GPU`,
};
mkdirSync(target, { recursive: true });
writeFileSync(new URL(card.weightsPath, target), trained.weights);
writeFileSync(new URL('shipped.json', target), `${JSON.stringify(card, null, 2)}\n`);
rmSync(profile, { recursive: true, force: true });
console.log('How sure its answers are has to be measured anew: npm run fit:honesty');
console.log(`Test: ${card.test.correct} of ${card.test.total}. Weights: ${card.weightsHash}`);
