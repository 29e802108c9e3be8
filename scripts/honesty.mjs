/**
 * `npm run score:honesty`: how honest the shipped model's answers are: its calibration, the share of digits
 * that it refuses, and of things that are none. `npm run fit:honesty` first trains the network that refuses, and
 * writes temperature and threshold into the model's card, chosen on the validation split; the model's own weights
 * stay as they are. `npm run fit:honesty threshold` keeps the network that refuses.
 */
import { giveUp } from './setup.mjs';
import { readFileSync, writeFileSync } from 'node:fs';
import { toHalfFloats } from './half-floats.mjs';
import { acquireMnist } from './mnist.mjs';
import { openBench } from './open-bench.mjs';

const folder = new URL('../public/models/', import.meta.url);
const cardPath = new URL('shipped.json', folder);

if (!(await acquireMnist())) giveUp('Honesty is measured on MNIST, and MNIST is not here.');
const bench = await openBench('tests/bench/honesty.worker.ts');
if (process.argv.includes('fit')) {
  if (!process.argv.includes('threshold')) await learn();
  writeCard({ ...readCard(), ...(await bench.call('fit')) });
}
for (const [what, share] of Object.entries(await bench.call('score'))) {
  console.log(`${what}: ${(100 * share).toFixed(2)} %`);
}
await bench.close();

async function learn() {
  const { architecture, weights } = await bench.call('learn');
  const weightsPath = 'refuser.bin';
  writeFileSync(new URL(weightsPath, folder), toHalfFloats(Buffer.from(weights, 'base64')));
  const card = readCard();
  writeCard({ ...card, digitness: { ...card.digitness, refuser: { architecture, weightsPath } } });
}

function readCard() {
  return JSON.parse(readFileSync(cardPath, 'utf8'));
}

function writeCard(card) {
  writeFileSync(cardPath, `${JSON.stringify(card, null, 2)}\n`);
}
