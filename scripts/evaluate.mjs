/**
 * `npm run evaluate`: measures the shipped model, prints what it finds with 95 % intervals, and writes the same
 * beside the model, for its card in the app. Nothing is trained: the recipe's seeds are read from
 * docs/champion-seeds.json, which `npm run train:champion` writes, and what learned from generated digits from
 * docs/generated-score.json, which `npm run score:generated` writes.
 */
import { giveUp } from './setup.mjs';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { build, preview } from 'vite';
import { summarizeDrawToAnswer } from './draw-to-answer.mjs';
import { acquireMnist } from './mnist.mjs';
import { openBench } from './open-bench.mjs';
import { summarize } from './seed-summary.mjs';

const folder = new URL('../public/models/', import.meta.url);
const seedsPath = new URL('../docs/champion-seeds.json', import.meta.url);
const generatedPath = new URL('../docs/generated-score.json', import.meta.url);

if (!(await acquireMnist())) giveUp('A model is measured on MNIST, and MNIST is not here.');
if (readSeeds().length < 2) giveUp('Train two seeds at least: SEED=2 npm run train:champion');
const card = JSON.parse(readFileSync(new URL('shipped.json', folder), 'utf8'));
const bench = await openBench('tests/bench/evaluate.worker.ts');
const generated = JSON.parse(readFileSync(generatedPath, 'utf8'));
const measured = await bench.call('evaluate', generated.test);
await bench.close();
const evaluation = {
  ...measured,
  downloadBytes: statSync(new URL(card.weightsPath, folder)).size,
  seeds: measureSeeds(),
  drawToAnswer: await measureDrawing(),
};
// The card's score is of the weights as they are shipped, which are rounded.
const { share, total } = evaluation.test;
writeJson('shipped.json', { ...card, test: { correct: Math.round(share * total), total } });
writeJson('evaluation.json', evaluation);
print();

/** On the app as it is deployed, which is built for it. */
async function measureDrawing() {
  await build({ logLevel: 'error' });
  const server = await preview({ preview: { port: 0 }, logLevel: 'error' });
  try {
    const machine = `${cpus().length} × ${cpus()[0].model}`;
    return { machine, ...(await summarizeDrawToAnswer(server.resolvedUrls.local[0])) };
  } finally {
    await server.close();
  }
}

function writeJson(name, value) {
  writeFileSync(new URL(name, folder), `${JSON.stringify(value, null, 2)}\n`);
}

function readSeeds() {
  return JSON.parse(readFileSync(seedsPath, 'utf8')).runs;
}

function measureSeeds() {
  const runs = readSeeds();
  const { mean, deviation, low, high } = summarize(runs.map(({ test }) => test.correct / test.total));
  return {
    name: 'MNIST test digits read rightly',
    share: mean,
    deviation,
    low,
    high,
    total: runs[0].test.total,
    seeds: runs.map(({ seed }) => seed),
  };
}

function print() {
  const { test, seeds, calibrationError, refusedDigits, refusedThings, redrawn } = evaluation;
  const { downloadBytes, drawToAnswer, fromGenerated } = evaluation;
  console.log(`The shipped weights, ${evaluation.weightsHash.slice(0, 12)}, ${downloadBytes} bytes:`);
  console.log(line(test));
  console.log(`Its recipe, ${seeds.seeds.length} seeds (deviation ${percent(seeds.deviation)}):`);
  console.log(line(seeds));
  console.log('On the test set:');
  console.log(line(calibrationError));
  console.log('Refused as no digit:');
  for (const share of [refusedDigits, ...refusedThings]) console.log(line(share));
  console.log('Test digits written again, read rightly:');
  for (const share of redrawn) console.log(line(share));
  console.log('A network that learned from generated digits alone:');
  console.log(line(fromGenerated));
  console.log(`From the pen to the answer, ${drawToAnswer.count} movements on ${drawToAnswer.machine}:`);
  console.log(`  median: ${milliseconds(drawToAnswer.median)}`);
  const { p95, low, high } = drawToAnswer;
  console.log(`  p95: ${milliseconds(p95)} (${milliseconds(low)} to ${milliseconds(high)})`);
}

function milliseconds(value) {
  return `${value.toFixed(1)} ms`;
}

function line({ name, share, low, high, total }) {
  return `  ${name}: ${percent(share)} (${percent(low)} to ${percent(high)}; of ${total})`;
}

function percent(share) {
  return `${(100 * share).toFixed(2)} %`;
}
