/**
 * `npm run score:generated`: how well a network reads MNIST's test set that learned from generated digits
 * alone. RECIPE, SEED, ENGINE and IMAGES choose others than the usual ones. The usual ones' score is kept in
 * docs/generated-score.json, where `npm run evaluate` reads it.
 */
import { giveUp } from './setup.mjs';
import { writeFileSync } from 'node:fs';
import { acquireMnist } from './mnist.mjs';
import { trainInApp } from './train-in-app.mjs';

const USUAL = { RECIPE: 'Best', SEED: '1', ENGINE: 'auto', IMAGES: '12000' };
const { RECIPE, SEED, ENGINE, IMAGES } = { ...USUAL, ...process.env };
const path = new URL('../docs/generated-score.json', import.meta.url);

if (!(await acquireMnist())) giveUp('The score is one on MNIST’s test set, and MNIST is not here.');
const { score, version } = await trainInApp({
  recipe: RECIPE,
  seed: SEED,
  engine: ENGINE,
  dataset: 'generated',
  images: IMAGES,
});
const { correct, total } = version.validation;
console.log(`Validation, generated digits: ${correct} of ${total}.`);
console.log(`MNIST's test set: ${score.correct} of ${score.total}.`);
const isUsual = Object.entries(USUAL).every(([name, value]) => (process.env[name] ?? value) === value);
if (isUsual) {
  const test = { correct: score.correct, total: score.total };
  const kept = { recipe: RECIPE, seed: Number(SEED), images: Number(IMAGES), test };
  writeFileSync(path, `${JSON.stringify(kept, null, 2)}\n`);
}
