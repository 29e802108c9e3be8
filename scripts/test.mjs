/**
 * `npm test`: everything that is checked, in the order in which it is cheapest to fail. Its last line is
 * "N passed, N failed" alone. Words after it choose stages, and files by a part of their path, such as
 * `npm test -- lint types` or `npm test -- web preprocess`.
 */
import './setup.mjs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { fileURLToPath } from 'node:url';
import { findBrowser } from './browser.mjs';
import { acquireMnist } from './mnist.mjs';

/** The slowest end-to-end files, longest first: two run at a time, and neither is to be left alone at the end. */
const LONGEST = [
  'train',
  'survival',
  'offline',
  'data',
  'draw',
  'stress',
  'chaos',
  'api',
  'offline-tour',
  'watch',
  'evaluate',
  'shell',
  'explain',
  'teach',
  'models',
  'tour',
  'hostile-names',
].map((name) => `${name}.test.mjs`);

/** A test in a browser that took longer is told with its time, in milliseconds. */
const SLOW_MS = 2000;

/** What runs in a browser page of its own per file. */
const WEB_FOLDERS = ['tests/unit', 'tests/components', 'tests/contract', 'tests/integration'];

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const counts = { passed: 0, failed: 0, skipped: 0 };

const stages = {
  format: () => runTool('format', 'prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.'),
  lint: () => runTool('lint', 'oxlint/bin/oxlint', '--deny-warnings'),
  types: async () => {
    for (const part of ['pure', 'worker'])
      await runTool(`types, ${part}`, 'typescript/bin/tsc', '-p', `tsconfig.${part}.json`);
    await runTool('types, page and tests', 'typescript/bin/tsc', '-p', 'tsconfig.json');
  },
  mnist: () => acquireMnist(),
  browser: prepareBrowser,
  build: () => runTool('build', 'vite/bin/vite.js', 'build', '--logLevel', 'error'),
  scripts: () => runNodeTests('tests/unit'),
  web: runWebTests,
  e2e: () => runNodeTests('tests/e2e'),
};

/** Stages of one line run beside each other: none of them needs what another makes. */
const ORDER = [['format', 'lint', 'types', 'mnist'], ['browser'], ['build'], ['scripts'], ['web'], ['e2e']];

const words = process.argv.slice(2);
const chosenStages = words.filter((word) => word in stages);
const fileParts = words.filter((word) => !(word in stages));
const isChosenFile = (path) => fileParts.length === 0 || fileParts.some((part) => path.includes(part));

for (const group of ORDER) {
  const names = group.filter((name) => chosenStages.length === 0 || chosenStages.includes(name));
  if (names.length === 0) continue;
  console.log(`\n— ${names.join(', ')}`);
  const start = performance.now();
  await Promise.all(names.map((name) => stages[name]()));
  console.log(`${names.join(', ')}: ${seconds(performance.now() - start)}`);
}
finish();

/** Runs a tool of node_modules; counts as one test. What it says is told in one piece, once it is done. */
async function runTool(label, path, ...args) {
  const child = spawn(process.execPath, [join('node_modules', path), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => said.push(chunk));
  const [status] = await once(child, 'close');
  process.stdout.write(Buffer.concat(said));
  count(status === 0 ? 'passed' : 'failed');
  console.log(`${status === 0 ? 'ok' : 'FAILED'}: ${label}`);
}

function seconds(milliseconds) {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

/** Found once and handed on: each stage that follows would look for it again. */
async function prepareBrowser() {
  try {
    process.env.CHROME_BIN = await findBrowser();
    console.log(`Testing in ${process.env.CHROME_BIN}`);
  } catch (error) {
    console.error(error.message);
    count('failed');
    finish();
  }
}

function findTests(folder, ending) {
  const entries = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return entries
    .filter((entry) => entry.endsWith(ending) && isChosenFile(join(folder, entry)))
    .map((entry) => join(process.cwd(), folder, entry));
}

/** Where a file stands in the order of the slowest; those that are not among them come after. */
function rankOf(file) {
  const rank = LONGEST.indexOf(basename(file));
  return rank === -1 ? LONGEST.length : rank;
}

/** Runs a folder's *.test.mjs files in Node, two at a time: much of what they do is to wait. */
async function runNodeTests(folder) {
  const files = findTests(folder, '.test.mjs').sort((a, b) => rankOf(a) - rankOf(b));
  if (files.length === 0) return;
  const events = run({ files, concurrency: 2, timeout: 900_000 });
  const isTest = ({ name, details }) => details.type !== 'suite' && !files.includes(name);
  events.on('test:pass', (event) => {
    if (!isTest(event)) return;
    count(event.skip === undefined ? 'passed' : 'skipped');
  });
  // A file fails with its tests, which have been counted, or by itself.
  events.on('test:fail', (event) => {
    if (isTest(event) || event.details.error.failureType !== 'subtestsFailed') count('failed');
  });
  await new Promise((resolve) => {
    events.compose(new spec()).on('end', resolve).pipe(process.stdout, { end: false });
  });
}

/** Runs the *.test.ts files in a browser. */
async function runWebTests() {
  const { startTestRunner } = await import('@web/test-runner');
  const { default: config } = await import('../web-test-runner.config.mjs');
  const files = WEB_FOLDERS.flatMap((folder) => findTests(folder, '.test.ts'));
  if (files.length === 0) return;
  const options = {
    config: { ...config, files },
    readCliArgs: false,
    readFileConfig: false,
    autoExitProcess: false,
  };
  const runner = await startTestRunner(options);
  const times = timeFiles(runner.sessions);
  await new Promise((resolve) => runner.on('stopped', resolve));
  for (const { passed, testResults } of runner.sessions.all()) {
    const failures = testResults ? countSuite(testResults) : 0;
    if (testResults) printSuite(testResults);
    // A file that cannot even be loaded has no results; it must not pass for that.
    if (!passed && failures === 0) count('failed');
  }
  printSlowest(times);
}

/** How long each file's page is open, in milliseconds; filled while they run. */
function timeFiles(sessions) {
  const starts = new Map();
  const times = new Map();
  sessions.on('session-status-updated', ({ testFile }) => {
    const now = performance.now();
    if (!starts.has(testFile)) starts.set(testFile, now);
    times.set(testFile, now - starts.get(testFile));
  });
  return times;
}

function printSlowest(times) {
  const slowest = [...times].sort(([, a], [, b]) => b - a).slice(0, 15);
  console.log('\nThe slowest files:');
  for (const [file, time] of slowest) console.log(`  ${seconds(time)} ${relative(process.cwd(), file)}`);
}

/** Counts a suite's tests and those of the suites in it; returns how many failed. */
function countSuite({ tests, suites }) {
  const results = tests.map((test) => (test.skipped ? 'skipped' : test.passed ? 'passed' : 'failed'));
  results.forEach(count);
  const inner = suites.reduce((sum, suite) => sum + countSuite(suite), 0);
  return results.filter((result) => result === 'failed').length + inner;
}

/** Names what has been promised and kept: the runner itself prints only what failed. */
function printSuite({ name, tests, suites }, depth = 0) {
  const indent = '  '.repeat(depth);
  if (name) console.log(`${indent}${name}`);
  for (const { name, skipped, passed, duration } of tests) {
    const time = duration > SLOW_MS ? ` (${seconds(duration)})` : '';
    console.log(`${indent}  ${skipped ? '–' : passed ? '✔' : '✖'} ${name}${time}`);
  }
  for (const suite of suites) printSuite(suite, name ? depth + 1 : depth);
}

function count(result) {
  counts[result] += 1;
}

/** The last line is written as the process ends: the test runner still moves the cursor before that. */
function finish() {
  process.once('exit', () => {
    if (counts.skipped > 0) process.stdout.write(`\n${counts.skipped} skipped; the reasons are above.`);
    process.stdout.write(`\n${counts.passed} passed, ${counts.failed} failed\n`);
  });
  process.exit(counts.failed > 0 ? 1 : 0);
}
