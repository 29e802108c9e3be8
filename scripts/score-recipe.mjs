/**
 * `npm run score:recipe`: what a recipe reaches, by the app itself, as a person would use it: for each seed a
 * fresh browser, a click on Start, and one score on MNIST's test set. RECIPE, SEEDS and ENGINE choose others
 * than the usual ones.
 */
import { giveUp } from './setup.mjs';
import { acquireMnist } from './mnist.mjs';
import { MOST_SEEDS, summarize } from './seed-summary.mjs';
import { trainInApp } from './train-in-app.mjs';

const { RECIPE = 'Quick', SEEDS = '1,2,3,4,5', ENGINE = 'auto' } = process.env;
const seeds = SEEDS.split(',').map(Number);

if (seeds.length < 2 || seeds.length > MOST_SEEDS) giveUp('SEEDS are two to ten numbers, as in 1,2,3.');
if (!(await acquireMnist())) giveUp('A recipe is scored on MNIST, and MNIST is not here.');

const runs = [];
for (const seed of seeds) {
  const { score, version, seconds } = await trainInApp({ recipe: RECIPE, seed, engine: ENGINE });
  const run = {
    seed,
    seconds,
    validation: version.validation.correct / version.validation.total,
    test: score.correct / score.total,
  };
  runs.push(run);
  console.log(
    `Seed ${seed}: ${seconds.toFixed(1)} s, validation ${percent(run.validation)}, test ${percent(run.test)}`,
  );
}

const { mean, deviation, low, high } = summarize(runs.map(({ test }) => test));
const middle = runs.map(({ seconds }) => seconds).toSorted((a, b) => a - b)[Math.floor(runs.length / 2)];
console.log(
  `${RECIPE}, ${seeds.length} seeds, from the click to the kept model: ${middle.toFixed(1)} s, median`,
);
console.log(
  `Test: mean ${percent(mean)}, standard deviation ${percent(deviation)}, ` +
    `95 % interval of the mean ${percent(low)} to ${percent(high)}`,
);

function percent(share) {
  return `${(100 * share).toFixed(2)} %`;
}
