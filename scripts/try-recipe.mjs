/**
 * `npm run try:recipe`: what a recipe, or a change of one, reaches on MNIST's validation split and on copies of
 * it by other hands and devices. Never on the test set: recipes are chosen by this. RECIPE names the recipe,
 * CHANGES holds JSON that is laid over it, SEEDS and AVERAGED (last epochs whose weights are averaged) choose the
 * rest. RECIPE=shipped trains nothing: it scores the shipped model, to compare with.
 */
import { giveUp } from './setup.mjs';
import { acquireMnist } from './mnist.mjs';
import { openBench } from './open-bench.mjs';

const { RECIPE = 'champion', CHANGES = '{}', SEEDS = '1,2', AVERAGED = '0', THREADS } = process.env;

if (!(await acquireMnist())) giveUp('A recipe is tried on MNIST, and MNIST is not here.');
if (RECIPE === 'shipped') {
  const bench = await openBench('tests/bench/recipe.worker.ts');
  print([await bench.call('scoreShipped')]);
  await bench.close();
  process.exit();
}
for (const seed of SEEDS.split(',').map(Number)) {
  const bench = await openBench('tests/bench/recipe.worker.ts');
  const trial = {
    recipeId: RECIPE,
    changes: JSON.parse(CHANGES),
    seed,
    averaged: Number(AVERAGED),
    ...(THREADS ? { threads: Number(THREADS) } : {}),
  };
  const scores = await bench.call('tryRecipe', trial);
  await bench.close();
  print(scores);
}

function print(scores) {
  for (const name of Object.keys(scores[0])) {
    console.log(`${name}: ${scores.map((set) => set[name].toFixed(2)).join(' %, averaged ')} %`);
  }
}
