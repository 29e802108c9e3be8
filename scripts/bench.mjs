/**
 * `npm run bench`: how fast the engines train and answer, side by side in one run: rounds in which all take
 * turns, and the medians of those. In headless Chromium, in Node, and in PyTorch where this machine has it.
 * `--json` prints the figures alone, for machines; ROUNDS and MS set how often and how long each is measured.
 */
import { installPackages } from './setup.mjs';
import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { acquireMnist } from './mnist.mjs';

const ROUNDS = Number(process.env.ROUNDS ?? 3);
const DURATION_MS = Number(process.env.MS ?? 1500);
/** What takes seconds a step is measured as briefly as can be. */
const SHORT_MS = 100;
const BATCH = 128;
const MANY = 256;
const GEMM_SHAPES = [
  [10_816, 288, 64],
  [2048, 576, 64],
  [1024, 1024, 1024],
];
const isJson = process.argv.includes('--json');
const say = (text) => isJson || console.log(text);
const folder = new URL('../tests/bench/', import.meta.url);

installPackages(folder, 'Installing what Inkling is measured against (once) …');
const hasMnist = await acquireMnist({ log: say });
const { openBench } = await import('./open-bench.mjs');
const bench = await openBench();
const allThreads = Math.min(8, cpus().length);
const pytorch = findPython();
const nodeScript = await buildForNode();
const results = {
  machine: `${cpus().length} cores (${cpus()[0].model})`,
  chromium: bench.browserVersion,
  node: process.version,
  pytorch: pytorch?.version,
  rounds: ROUNDS,
};
say(
  `${results.machine}, Chromium ${results.chromium}, Node ${results.node}, PyTorch ${results.pytorch ?? 'none'}`,
);

const imagesPerSecond = (batch) => (timing) => (batch / timing.medianMs) * 1000;
const inBrowser = (name, subject, read) => async () => read(await bench.call(name, subject));

results.gemm = await measure(gemmSubjects());
results.training = await measure(trainingSubjects());
results.answers = await measure(answerSubjects());
results.latency = await measure(latencySubjects());
results.flops = { seed: await bench.call('flopsOf', 'seed'), fast: await bench.call('flopsOf', 'fast') };
results.memory = {
  seed: await bench.call('trainingBytes', { threads: 1, network: 'seed', batch: BATCH }),
  fast: await bench.call('trainingBytes', { threads: 1, network: 'fast', batch: BATCH }),
};
results.agreement = {
  seed: await bench.call('compareWithOnnxRuntime', 'seed'),
  fast: await bench.call('compareWithOnnxRuntime', 'fast'),
};
results.accuracy = hasMnist ? await measureAccuracy() : undefined;
await bench.close();
if (isJson) console.log(JSON.stringify(results));
else printReport();

/** All subjects take turns, round after round; the median of each, by name. */
async function measure(subjects) {
  const values = new Map(Object.keys(subjects).map((name) => [name, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, run] of Object.entries(subjects)) values.get(name).push(await run());
  }
  return Object.fromEntries([...values].map(([name, list]) => [name, median(list)]));
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

function gemmSubjects() {
  return Object.fromEntries(
    ['relaxed', 'plain'].flatMap((build) =>
      GEMM_SHAPES.map((shape) => [
        `${build} ${shape.join('×')}`,
        () => bench.call('timeGemm', shape, DURATION_MS / 3, build),
      ]),
    ),
  );
}

function trainingSubjects() {
  const subjects = {};
  for (const network of ['seed', 'fast']) {
    const subject = (engine, threads, durationMs = DURATION_MS) =>
      inBrowser(
        'timeTraining',
        { engine, threads, network, batch: BATCH, durationMs },
        imagesPerSecond(BATCH),
      );
    subjects[`${network}, simd, 1 thread`] = subject('simd', 1);
    subjects[`${network}, simd, ${allThreads} threads`] = subject('simd', allThreads);
    subjects[`${network}, simd in Node, 1 thread`] = () => runInNode(network);
    addPytorch(subjects, network, 'train', BATCH);
    subjects[`${network}, tfjs cpu`] = subject('tfjs-cpu', 1, SHORT_MS);
    subjects[`${network}, tfjs webgl`] = subject('tfjs-webgl', 1, SHORT_MS);
  }
  return subjects;
}

function answerSubjects() {
  const subjects = {};
  for (const network of ['seed', 'fast']) {
    const subject = (engine, threads, durationMs = DURATION_MS) =>
      inBrowser('timeAnswers', { engine, threads, network, batch: MANY, durationMs }, imagesPerSecond(MANY));
    for (const threads of [1, allThreads]) {
      subjects[`${network}, simd, ${wordThreads(threads)}`] = subject('simd', threads);
      subjects[`${network}, ONNX Runtime, ${wordThreads(threads)}`] = subject('onnxruntime', threads);
    }
    subjects[`${network}, tfjs wasm`] = subject('tfjs-wasm', 1);
    subjects[`${network}, tfjs cpu`] = subject('tfjs-cpu', 1, SHORT_MS);
    subjects[`${network}, tfjs webgl`] = subject('tfjs-webgl', 1, SHORT_MS);
    addPytorch(subjects, network, 'answer', MANY);
  }
  return subjects;
}

/** Milliseconds for one image: the median, and in brackets the 95th percentile. */
function latencySubjects() {
  const subjects = {};
  for (const network of ['seed', 'fast']) {
    for (const engine of ['simd', 'onnxruntime', 'tfjs-wasm', 'tfjs-cpu', 'tfjs-webgl']) {
      const subject = { engine, threads: 1, network, batch: 1, durationMs: DURATION_MS };
      for (const [name, key] of [
        ['p50', 'medianMs'],
        ['p95', 'p95Ms'],
      ]) {
        subjects[`${network}, ${engine}, ${name}`] = inBrowser(
          'timeAnswers',
          subject,
          (timing) => timing[key],
        );
      }
    }
  }
  return subjects;
}

function wordThreads(threads) {
  return threads === 1 ? '1 thread' : `${threads} threads`;
}

function findPython() {
  for (const command of ['python3', '/usr/bin/python3']) {
    const { stdout, status } = spawnSync(command, ['-c', 'import torch; print(torch.__version__)'], {
      encoding: 'utf8',
    });
    if (status === 0) return { command, version: stdout.trim() };
  }
  return undefined;
}

function addPytorch(subjects, network, mode, batch) {
  if (!pytorch) return;
  const script = fileURLToPath(new URL('pytorch.py', folder));
  for (const threads of [1, allThreads]) {
    subjects[`${network}, PyTorch, ${wordThreads(threads)}`] = () =>
      runJson(pytorch.command, [script, network, mode, batch, threads, DURATION_MS / 1000]).perSecond;
  }
}

async function buildForNode() {
  const { build } = await import('vite');
  const outDir = fileURLToPath(new URL('../.cache/bench/', import.meta.url));
  await build({
    configFile: false,
    logLevel: 'error',
    define: { __APP_VERSION__: JSON.stringify('0.0.0-bench') },
    build: {
      ssr: fileURLToPath(new URL('node-training.mjs', folder)),
      outDir,
      emptyOutDir: true,
      target: 'node20',
    },
  });
  return `${outDir}node-training.js`;
}

/** Node 20 knows relaxed SIMD only when it is told to. */
function runInNode(network) {
  const [major] = process.versions.node.split('.').map(Number);
  const flags = major < 22 ? ['--experimental-wasm-relaxed-simd'] : [];
  const kernels = fileURLToPath(new URL('../workers/engines/simd/kernels/build', import.meta.url));
  return runJson(process.execPath, [...flags, nodeScript, kernels, network, BATCH, DURATION_MS]).perSecond;
}

function runJson(command, args) {
  const { stdout, stderr, status } = spawnSync(command, args.map(String), { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} failed: ${stderr}`);
  return JSON.parse(stdout.trim().split('\n').at(-1));
}

/** Seconds of training until the validation accuracy is reached, the median of three seeds. */
async function measureAccuracy() {
  const reached = {};
  for (const [recipe, goals] of [
    ['quick', [0.98, 0.99]],
    ['balanced', [0.99, 0.993]],
  ]) {
    const runs = [];
    for (const seed of [1, 2, 3]) {
      runs.push(await bench.call('trainOnMnist', { recipeId: recipe, seed, checksPerEpoch: 8 }));
    }
    for (const goal of goals) {
      const seconds = runs.map(
        ({ checks }) => checks.find(([, accuracy]) => accuracy >= goal)?.[0] ?? Infinity,
      );
      reached[`${recipe}: ${goal * 100} %`] = median(seconds);
    }
    reached[`${recipe}: its end`] = median(runs.map(({ seconds }) => seconds));
  }
  return reached;
}

function printReport() {
  printTable('Own matrix product, 1 thread', results.gemm, 'GFLOP/s', 1);
  printTable(`Training, batches of ${BATCH}`, results.training, 'images/s', 0);
  printTable(`Answers, batches of ${MANY}`, results.answers, 'images/s', 0);
  printTable('Answer to one image, 1 thread', results.latency, 'ms', 3);
  if (results.accuracy)
    printTable('Training time to validation accuracy, all threads', results.accuracy, 's', 2);
  say('\nRatios');
  for (const [name, value] of Object.entries(ratios())) say(`  ${name.padEnd(64)} ${value}`);
  say(
    `\nMemory of a training, batches of ${BATCH}: seed ${megabytes(results.memory.seed)}, fast ${megabytes(results.memory.fast)}`,
  );
  say(
    `Largest difference of logits from ONNX Runtime's: seed ${results.agreement.seed.toExponential(1)}, fast ${results.agreement.fast.toExponential(1)}`,
  );
  say('TF.js on its wasm backend cannot train a convolution: it has no gradient of filters (tfjs#8474).');
}

function ratios() {
  const { training, answers, latency, gemm, flops } = results;
  const all = `${allThreads} threads`;
  const times = (a, b) => (a === undefined || b === undefined ? 'not measured' : `${(a / b).toFixed(2)}×`);
  const ownGemm = median(GEMM_SHAPES.map((shape) => gemm[`relaxed ${shape.join('×')}`]));
  const share = (network) => {
    const rate = (training[`${network}, simd, 1 thread`] * flops[network].step) / 1e9;
    return `${((100 * rate) / ownGemm).toFixed(0)} % (${rate.toFixed(1)} GFLOP/s)`;
  };
  return {
    [`seed, training, simd against PyTorch, ${all}`]: times(
      training[`seed, simd, ${all}`],
      training[`seed, PyTorch, ${all}`],
    ),
    [`fast, training, simd against PyTorch, ${all}`]: times(
      training[`fast, simd, ${all}`],
      training[`fast, PyTorch, ${all}`],
    ),
    'seed, training, simd against PyTorch, 1 thread': times(
      training['seed, simd, 1 thread'],
      training['seed, PyTorch, 1 thread'],
    ),
    'fast, training, simd against PyTorch, 1 thread': times(
      training['fast, simd, 1 thread'],
      training['fast, PyTorch, 1 thread'],
    ),
    [`seed, training, ${all} against 1`]: times(
      training[`seed, simd, ${all}`],
      training['seed, simd, 1 thread'],
    ),
    [`fast, training, ${all} against 1`]: times(
      training[`fast, simd, ${all}`],
      training['fast, simd, 1 thread'],
    ),
    'seed, training step, share of own matrix product': share('seed'),
    'fast, training step, share of own matrix product': share('fast'),
    'seed, one image, p50, simd against ONNX Runtime, 1 thread': times(
      latency['seed, onnxruntime, p50'],
      latency['seed, simd, p50'],
    ),
    'fast, one image, p50, simd against ONNX Runtime, 1 thread': times(
      latency['fast, onnxruntime, p50'],
      latency['fast, simd, p50'],
    ),
    [`seed, batch ${MANY}, simd against ONNX Runtime, ${all}`]: times(
      answers[`seed, simd, ${all}`],
      answers[`seed, ONNX Runtime, ${all}`],
    ),
    [`fast, batch ${MANY}, simd against ONNX Runtime, ${all}`]: times(
      answers[`fast, simd, ${all}`],
      answers[`fast, ONNX Runtime, ${all}`],
    ),
  };
}

function printTable(title, values, unit, digits) {
  say(`\n${title} (${unit})`);
  for (const [name, value] of Object.entries(values))
    say(`  ${name.padEnd(44)} ${value.toFixed(digits).padStart(12)}`);
}

function megabytes(bytes) {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
