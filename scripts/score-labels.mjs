/**
 * `npm run score:labels`: 50 wrong labels are planted among 5,000 images, and looked for with networks that
 * have not learned from them: how many are among the first 100 suspects, and how long it takes. On MNIST's
 * training images, where they are here, and on generated digits. SEEDS chooses other seeds than 1 to 5;
 * RECIPE, as JSON, what differs from the recipe, and FOLDS the number of networks.
 */
import { acquireMnist } from './mnist.mjs';
import { openBench } from './open-bench.mjs';

const { SEEDS = '1,2,3,4,5', RECIPE = '{}', FOLDS } = process.env;
const seeds = SEEDS.split(',').map(Number);
const sources = (await acquireMnist()) ? ['mnist', 'generated'] : ['generated'];
const options = { changes: JSON.parse(RECIPE), ...(FOLDS ? { folds: Number(FOLDS) } : {}) };

const bench = await openBench('tests/bench/label-errors.worker.ts');
for (const source of sources) {
  for (const seed of seeds) {
    const trial = { source, count: 5000, planted: 50, seed, ...options };
    const { amongFirst, suspects, accuracy, seconds } = await bench.call('findPlanted', trial);
    console.log(
      `${source}, seed ${seed}: ${amongFirst} of 50 among the first 100 of ${suspects} suspects; ` +
        `${(100 * accuracy).toFixed(2)} % of the true labels read; ${seconds.toFixed(1)} s`,
    );
  }
}
await bench.close();
