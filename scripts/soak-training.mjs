/**
 * `npm run soak:training`: trains 20 runs of 50 epochs (or as many as the arguments say) one after another in
 * one page, and reads after each what the heaps of the page and its workers hold once all garbage is gone.
 * What a run leaves is its record, its model's and the gate's; more would be a leak. The page that is open is
 * Draw: on Train, Plotly remembers the size of up to 10,000 labels, 4 MB, and V8 compiles its code for an hour.
 */
import './setup.mjs';
import { build } from 'vite';
import { launchBrowser, openPage, serveApp } from '../tests/helpers/app.mjs';
import { measureMemory } from '../tests/helpers/memory.mjs';

/** Until then code is compiled and caches are filled. */
const WARM_UP_RUNS = 5;
/** Readings after a run; the least counts, for what is under way at one of them is no leak. */
const READINGS = 3;
const MEGABYTE = 1e6;

const [runs = 20, epochs = 50, images = 6000] = process.argv.slice(2).map(Number);
await build({ logLevel: 'error' });
const app = await serveApp();
const browser = await launchBrowser(['--js-flags=--expose-gc --max-semi-space-size=1']);
const { page } = await openPage(browser, app.url, { route: '#/train' });
await page.getByRole('button', { name: 'Start training' }).waitFor();
await page.getByRole('link', { name: 'Draw' }).click();
const points = [];
for (let run = 1; run <= runs; run++) {
  const trained = await page.evaluate(trainRun, { seed: run, epochs, images });
  const { heapBytes, processBytes } = await readLeast();
  points.push({ hours: performance.now() / 3_600_000, run, heapBytes });
  const [heap, all] = [heapBytes, processBytes].map((bytes) => (bytes / MEGABYTE).toFixed(2));
  console.log(`Run ${run}: ${trained}, heaps ${heap} MB, processes ${all} MB`);
}
await browser.close();
await app.stop();
const warm = points.filter(({ run }) => run > WARM_UP_RUNS);
const perHour = slope(warm.map(({ hours, heapBytes }) => [hours, heapBytes])) / MEGABYTE;
const perRun = slope(warm.map(({ run, heapBytes }) => [run, heapBytes])) / 1000;
console.log(`After ${WARM_UP_RUNS} runs: ${perHour.toFixed(2)} MB an hour, ${perRun.toFixed(1)} kB a run`);

/** The reading with the least in its heaps. */
async function readLeast() {
  const readings = [];
  for (let reading = 0; reading < READINGS; reading++) readings.push(await measureMemory(browser, page));
  return readings.reduce((least, reading) => (reading.heapBytes < least.heapBytes ? reading : least));
}

/** Runs in the page: the Quick recipe for longer, on generated digits. */
async function trainRun({ seed, epochs, images }) {
  const { training } = document.querySelector('inkling-app').services;
  const recipe = {
    id: 'soak',
    title: 'Soak',
    architecture: {
      name: 'soak',
      layers: [
        { kind: 'conv', filters: 8, kernelSize: 5, stride: 2, padding: 'same' },
        { kind: 'batch-norm' },
        { kind: 'relu' },
        { kind: 'flatten' },
        { kind: 'dense', units: 10 },
      ],
    },
    epochs,
    batchSize: 64,
    optimizer: { kind: 'adam', weightDecay: 0 },
    learningRate: 0.002,
    schedule: 'one-cycle',
    labelSmoothing: 0,
    augmentation: { shift: 0, rotation: 0, scale: 0, shear: 0, thickness: 0, elastic: 0 },
  };
  const dataset = { kind: 'generated', sampleCount: images, seed: 1 };
  const { status, trainedMs } = await training.start({ dataset, recipe, seed, engine: 'simd' });
  return `${status} after ${(trainedMs / 1000).toFixed(1)} s`;
}

/** Of the line that fits best, by least squares. */
function slope(pairs) {
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanX, meanY] = [mean(pairs.map(([x]) => x)), mean(pairs.map(([, y]) => y))];
  const covariance = mean(pairs.map(([x, y]) => (x - meanX) * (y - meanY)));
  return covariance / mean(pairs.map(([x]) => (x - meanX) ** 2));
}
