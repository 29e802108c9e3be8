/**
 * `npm run score:honesty`: how honest the shipped model's answers are: its calibration, the share of digits
 * that it refuses, and of things that are none. `npm run fit:honesty` first writes temperature and
 * thresholds into the model's card, chosen on the validation split; weights stay as they are.
 */
import { giveUp } from './setup.mjs';
import { readFileSync, writeFileSync } from 'node:fs';
import { acquireMnist } from './mnist.mjs';
import { openBench } from './open-bench.mjs';

const cardPath = new URL('../public/models/shipped.json', import.meta.url);

if (!(await acquireMnist())) giveUp('Honesty is measured on MNIST, and MNIST is not here.');
const bench = await openBench('tests/bench/honesty.worker.ts');
if (process.argv.includes('fit')) {
  const card = JSON.parse(readFileSync(cardPath, 'utf8'));
  writeFileSync(cardPath, `${JSON.stringify({ ...card, ...(await bench.call('fit')) }, null, 2)}\n`);
}
for (const [what, share] of Object.entries(await bench.call('score'))) {
  console.log(`${what}: ${(100 * share).toFixed(2)} %`);
}
await bench.close();
