/** The archive that takes a model further: that its program runs, in PyTorch, and comes home. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';

const READER = fileURLToPath(new URL('../../helpers/read_weights.py', import.meta.url));
/** Debian's own Python has Debian's PyTorch, also where another one comes first. */
const PYTHONS = ['python3', '/usr/bin/python3'];
const find = (...args) => PYTHONS.find((name) => spawnSync(name, args).status === 0);
const python = find('--version');
const withTorch = find('-c', 'import torch.distributed');
const noPython = python ? false : 'Python 3 is not on this machine';
const noTorch = withTorch ? false : 'Python with PyTorch is not on this machine (apt install python3-torch)';

/** Every kind of layer, paddings that are not alike on all sides, and layers between flatten and dense. */
const LAYERS = [
  { kind: 'conv', filters: 5, kernelSize: 4, stride: 2, padding: 'same' },
  { kind: 'batch-norm' },
  { kind: 'relu' },
  { kind: 'max-pool', size: 3 },
  { kind: 'conv', filters: 7, kernelSize: 2, stride: 1, padding: 'valid' },
  { kind: 'flatten' },
  { kind: 'batch-norm' },
  { kind: 'relu' },
  { kind: 'dropout', rate: 0.25 },
  { kind: 'dense', units: 10 },
];
const ARCHITECTURE = { name: 'own', layers: LAYERS };
const CONFIG = {
  dataset: { kind: 'stored', name: 'mine', title: 'Mine', sampleCount: 300 },
  recipe: {
    id: 'own',
    title: 'Own',
    architecture: ARCHITECTURE,
    epochs: 1,
    batchSize: 32,
    optimizer: { kind: 'adam', weightDecay: 0.01 },
    learningRate: 0.005,
    schedule: 'one-cycle',
    labelSmoothing: 0.05,
    augmentation: {
      shift: 1,
      rotation: 10,
      scale: 0.1,
      shear: 0.15,
      thickness: 0.6,
      elastic: 1.5,
      blur: 1.5,
      contrast: 2,
    },
    earlyStopping: { patience: 3 },
  },
  seed: 7,
  engine: 'auto',
};
const HASH = 'ab'.repeat(32);

let server;
let inkling;
let root;
let folder;
const model = () => ({
  architecture: ARCHITECTURE,
  weights: inkling.initialWeights(ARCHITECTURE, 3),
  weightsHash: HASH,
  preprocessVersion: 2,
  config: CONFIG,
});

before(async () => {
  server = await createServer({
    root: fileURLToPath(new URL('../../..', import.meta.url)),
    configFile: false,
    logLevel: 'error',
    server: { middlewareMode: true },
  });
  const files = [
    '/workers/ml/take-further.ts',
    '/workers/ml/import-model.ts',
    '/src/domain/generated-digits.ts',
    '/src/domain/reference-network.ts',
    '/src/domain/split.ts',
    '/src/domain/weights.ts',
  ];
  inkling = Object.assign({}, ...(await Promise.all(files.map((file) => server.ssrLoadModule(file)))));
  root = mkdtempSync(join(tmpdir(), 'inkling-further-'));
  folder = join(root, 'inkling-v3-the-good-one');
  if (noPython) return;
  const splits = {
    train: inkling.generateDigits(1, 0, 300),
    test: inkling.generateDigits(2, 0, 100),
  };
  const blob = await inkling.packFurther({
    title: 'v3, “the good one”',
    model: model(),
    data: { name: 'mine', title: 'Mine', splits },
  });
  writeFileSync(join(root, 'further.zip'), Buffer.from(await blob.arrayBuffer()));
  run(python, ['-m', 'zipfile', '-e', join(root, 'further.zip'), root]);
});
after(async () => {
  await server?.close();
  if (root) rmSync(root, { recursive: true, force: true });
});

function run(command, args, options = {}) {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', ...options });
  assert.equal(status, 0, `${command} ${args.join(' ')}\n${stdout}\n${stderr}`);
  return stdout;
}

const importFile = async (name) => inkling.importModel(new Blob([readFileSync(join(folder, name))]));

function assertNear(actual, expected, most) {
  assert.equal(actual.length, expected.length);
  const furthest = Math.max(...actual.map((value, at) => Math.abs(value - expected[at])));
  assert.ok(furthest <= most, `${furthest} apart`);
}

/** What Inkling reads in the digits of the test file. */
function logitsOf({ architecture, weights }, count) {
  const { pixels } = inkling.generateDigits(2, 0, count);
  return Array.from({ length: count }, (_, at) => [
    ...inkling.traceImage(architecture, weights, pixels.subarray(784 * at, 784 * (at + 1))).logits,
  ]);
}

test('the program is Python, and says what it does otherwise', { skip: noPython }, () => {
  run(python, ['-m', 'py_compile', join(folder, 'train.py')]);
  const words = readFileSync(join(folder, 'train.py'), 'utf8').replace(/\s+/g, ' ');
  for (const note of ['other random numbers', 'computed as floats here', 'running variance']) {
    assert.ok(words.includes(note), note);
  }
  assert.doesNotMatch(words, /@@/);
});

test('two processes train it, and Inkling reads what they wrote as they do', { skip: noTorch }, async () => {
  // The last two: PyTorch 1.13's launcher trips over its own defaults under Python 3.11 (README.txt says so).
  const launch = [
    '-m',
    'torch.distributed.run',
    '--standalone',
    '--nproc_per_node=2',
    '-r',
    '9:3',
    '-t',
    '9:3',
  ];
  const said = run(withTorch, [...launch, 'train.py', '--start', 'version.safetensors'], {
    cwd: folder,
    env: { ...process.env, OMP_NUM_THREADS: '1' },
  });
  const { train, validation } = inkling.splitIndices(inkling.generateDigits(1, 0, 300).pixels);
  const shares = `${train.length} images to learn from, ${validation.length} to check with, 2 process`;
  assert.ok(said.includes(shares), said);

  const trained = await importFile('model.safetensors');
  assert.deepEqual(trained.architecture.layers, LAYERS);
  assert.deepEqual(trained.origin, { kind: 'trained', weightsHash: HASH });
  const started = await importFile('version.safetensors');
  assert.deepEqual(started.weights, model().weights);
  assert.deepEqual(started.origin, { kind: 'copy', weightsHash: HASH });
  assert.notDeepEqual(trained.weights, started.weights);

  const names = ['version.safetensors', 'model.safetensors'];
  const theirs = JSON.parse(run(withTorch, [READER, folder, ...names], { cwd: root }));
  assertNear(theirs[names[0]].flat(), logitsOf(started, 20).flat(), 1e-5);
  assertNear(theirs[names[1]].flat(), logitsOf(trained, 20).flat(), 1e-5);

  const { labels } = inkling.generateDigits(2, 0, 100);
  const right = logitsOf(trained, 100).filter((row, at) => row.indexOf(Math.max(...row)) === labels[at]);
  assert.ok(said.includes(`(${right.length} of 100)`), said);
});
