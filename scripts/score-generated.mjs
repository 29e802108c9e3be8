/**
 * `npm run score:generated`: how well a network reads MNIST's test set that learned from generated digits
 * alone. RECIPE, SEED, ENGINE and IMAGES choose others than the usual ones.
 */
import { giveUp } from './setup.mjs';
import { acquireMnist } from './mnist.mjs';
import { trainInApp } from './train-in-app.mjs';

const { RECIPE = 'Best', SEED = '1', ENGINE = 'auto', IMAGES = '12000' } = process.env;

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
