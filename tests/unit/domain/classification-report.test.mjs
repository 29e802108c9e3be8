/** Our report against scikit-learn's: what it printed once, and what it prints here where Python has it. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';
import { REPORT_CASES } from '../../helpers/report-cases.mjs';

const SCRIPT = fileURLToPath(new URL('../../helpers/make_reports.py', import.meta.url));
const SAVED = new URL('../../helpers/reports.json', import.meta.url);
/** Debian's own Python has Debian's scikit-learn, also where another one comes first. */
const PYTHONS = ['python3', '/usr/bin/python3'];

const python = PYTHONS.find((name) => spawnSync(name, ['-c', 'import sklearn.metrics']).status === 0);
const noSklearn = python ? false : 'Python with scikit-learn is not on this machine';

let server;
let ours;
before(async () => {
  const root = fileURLToPath(new URL('../../..', import.meta.url));
  server = await createServer({
    root,
    configFile: false,
    logLevel: 'error',
    server: { middlewareMode: true },
  });
  ours = await server.ssrLoadModule('/src/domain/classification-report.ts');
});
after(() => server?.close());

/** Ours equals the other: the text to the character, the JSON to the last bits. */
function compare({ name, labels, answers, digits }, { text, json }) {
  const report = ours.classificationReport(labels, answers, digits);
  assert.equal(ours.reportText(report), text, name);
  const actual = ours.reportJson(report);
  assert.deepEqual(Object.keys(actual), Object.keys(json), name);
  for (const [entry, expected] of Object.entries(json)) {
    const pairs =
      typeof expected === 'number'
        ? [[actual[entry], expected]]
        : Object.entries(expected).map(([figure, value]) => [actual[entry][figure], value]);
    for (const [value, wanted] of pairs) assert.ok(Math.abs(value - wanted) < 1e-12, `${name}: ${entry}`);
  }
}

const saved = JSON.parse(readFileSync(SAVED, 'utf8'));
for (const [at, reportCase] of REPORT_CASES.entries()) {
  test(`the report of ${reportCase.name} is what scikit-learn printed`, () => compare(reportCase, saved[at]));
}

test('the reports are what scikit-learn prints here', { skip: noSklearn }, () => {
  const { stdout, stderr, status } = spawnSync(python, [SCRIPT], {
    input: JSON.stringify(REPORT_CASES),
    encoding: 'utf8',
    maxBuffer: 1e8,
  });
  assert.equal(status, 0, stderr);
  const reports = JSON.parse(stdout);
  assert.equal(reports.length, REPORT_CASES.length);
  for (const [at, reportCase] of REPORT_CASES.entries()) compare(reportCase, reports[at]);
});
