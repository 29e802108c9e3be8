/**
 * `npm run train:champion`: trains the model that comes with the app, on all of MNIST, and writes it to
 * public/models/ with its card. Goes on where it was cut off. RECIPE, SEED and ENGINE choose others than
 * the usual ones. Every run is noted in docs/champion-seeds.json; only the usual seed's is shipped.
 */
import { giveUp } from './setup.mjs';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { toHalfFloats } from './half-floats.mjs';
import { acquireMnist } from './mnist.mjs';
import { trainInApp } from './train-in-app.mjs';

/** Named before any seed was tried. */
const SHIPPED_SEED = '1';
const { RECIPE = 'Champion', SEED = SHIPPED_SEED, ENGINE = 'simd' } = process.env;
const profile = fileURLToPath(new URL(`../.cache/champion-${RECIPE}-${SEED}/`, import.meta.url));
const target = new URL('../public/models/', import.meta.url);
const seedsPath = new URL('../docs/champion-seeds.json', import.meta.url);

if (!(await acquireMnist())) giveUp('The shipped model is trained on MNIST, and MNIST is not here.');
const { version, score, weights, seconds, browserVersion } = await trainInApp({
  profile,
  recipe: RECIPE,
  seed: SEED,
  engine: ENGINE,
});
const trainedOn = `Headless Chromium ${browserVersion}, ${cpus().length} cores (${cpus()[0].model}), no GPU`;
noteSeed();
if (SEED === SHIPPED_SEED) ship();
rmSync(profile, { recursive: true, force: true });
console.log(`Test: ${score.correct} of ${score.total}. Weights as trained: ${version.weightsHash}`);

/** The shipped weights are rounded to float16: half the download. */
function ship() {
  const bytes = toHalfFloats(weights);
  const weightsHash = createHash('sha256').update(bytes).digest('hex');
  const card = { ...version, id: 0, weightsHash, test: score, weightsPath: 'shipped.bin', trainedOn };
  mkdirSync(target, { recursive: true });
  writeFileSync(new URL(card.weightsPath, target), bytes);
  writeFileSync(new URL('shipped.json', target), `${JSON.stringify(card, null, 2)}\n`);
  console.log(`Shipped: ${bytes.length} bytes, ${weightsHash}`);
  console.log('How sure its answers are has to be measured anew: npm run fit:honesty, then npm run evaluate');
}

/** Runs of another recipe than the noted ones are no seeds of it: they start a new list. */
function noteSeed() {
  const { recipe } = version.config;
  const noted = readSeeds();
  const others = JSON.stringify(noted.recipe) === JSON.stringify(recipe) ? noted.runs : [];
  const { validation, weightsHash, dataHash, engine } = version;
  const run = {
    seed: version.config.seed,
    validation,
    test: score,
    weightsHash,
    dataHash,
    engine,
    seconds: Math.round(seconds),
    trainedOn,
  };
  const runs = [...others.filter(({ seed }) => seed !== run.seed), run].toSorted((a, b) => a.seed - b.seed);
  writeFileSync(seedsPath, `${JSON.stringify({ recipe, runs }, null, 2)}\n`);
}

function readSeeds() {
  try {
    return JSON.parse(readFileSync(seedsPath, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return { runs: [] };
    throw error;
  }
}
