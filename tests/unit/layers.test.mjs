/** Who may import whom: the table of src/README.md, held against every import in the code. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, sep } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A folder may import itself, the folders listed, and the packages listed. */
const TABLE = {
  'src/domain': { folders: [], packages: [] },
  'src/protocol': { folders: ['src/domain'], packages: [] },
  'src/storage': { folders: ['src/domain'], packages: ['idb'] },
  'src/platform': { folders: ['src/domain'], packages: ['jszip'] },
  'src/i18n': { folders: ['src/domain', 'src/platform'], packages: ['lit'] },
  'src/ml-client': {
    folders: ['src/domain', 'src/protocol', 'src/platform'],
    packages: ['workbox-window'],
  },
  'src/services': {
    folders: [
      'src/domain',
      'src/protocol',
      'src/storage',
      'src/platform',
      'src/i18n',
      'src/ml-client',
      'src/stress',
    ],
    packages: [],
  },
  'src/stress': { folders: ['src/domain', 'src/protocol', 'src/platform'], packages: [] },
  'src/api': {
    folders: ['src/domain', 'src/protocol', 'src/platform', 'src/services'],
    packages: [],
  },
  'src/components': {
    folders: ['src/domain', 'src/i18n'],
    packages: ['lit', 'plotly.js-cartesian-dist-min'],
  },
  'src/pages': { folders: ['src/domain', 'src/i18n', 'src/services', 'src/components'], packages: ['lit'] },
  'src/app': { folders: 'all of src', packages: ['lit'] },
  'workers/engines': {
    folders: ['src/domain', 'workers/engines/tfjs', 'workers/engines/simd'],
    packages: [],
  },
  'workers/engines/simd': {
    folders: ['src/domain', 'src/platform', 'workers/engines', 'workers/engines/simd/kernels'],
    packages: [],
  },
  'workers/engines/simd/kernels': { folders: [], packages: [] },
  'workers/engines/tfjs': { folders: ['src/domain', 'workers/engines'], packages: ['@tensorflow/'] },
  'workers/rpc': { folders: ['src/domain', 'src/protocol', 'src/storage', 'src/platform'], packages: [] },
  'workers/ml': {
    folders: ['src/domain', 'src/protocol', 'src/storage', 'src/platform', 'workers/engines', 'workers/rpc'],
    packages: [],
  },
  'workers/load': { folders: ['src/domain', 'src/protocol', 'src/stress'], packages: [] },
  'workers/sw': { folders: ['src/domain', 'src/protocol', 'src/platform'], packages: [] },
  'workers/entry': {
    folders: ['workers/load', 'workers/ml', 'workers/rpc', 'workers/sw', 'src/protocol'],
    packages: [],
  },
};

/** Packages with one door: the only files that may import them. */
const DOORS = {
  jszip: ['src/platform/zip/write-archive.ts'],
  'plotly.js-cartesian-dist-min': [
    'src/components/plotly-cartesian.ts',
    'src/components/plotly-chart.ts',
    'src/components/plotly.d.ts',
  ],
  'workbox-window': ['src/ml-client/register-service-worker.ts'],
};

/** Where src names files of workers: the addresses that workers are started from. */
const WORKER_ADDRESSES = ['ml', 'load'].map((name) => `../../workers/${name}.worker.ts?worker&url`);

function listFiles(folder) {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((entry) => entry.endsWith('.ts'))
    .map((entry) => `${folder}/${entry.split(sep).join('/')}`);
}

/** The row of the table that a file belongs to. */
function rowOf(file) {
  const folder = posix.dirname(file);
  if (folder === 'src') return 'src/app';
  if (folder === 'workers') return 'workers/entry';
  return Object.keys(TABLE)
    .filter((row) => folder === row || folder.startsWith(`${row}/`))
    .sort((a, b) => b.length - a.length)[0];
}

function importsOf(file) {
  const text = readFileSync(join(root, file), 'utf8');
  const pattern =
    /(?:^|\n)\s*(?:import|export)\s(?:[^'";]*?\sfrom\s)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/g;
  return [...text.matchAll(pattern)].map((match) => match[1] ?? match[2]);
}

/** Why an import is not allowed, or undefined. */
function complaint(file, specifier) {
  const row = rowOf(file);
  if (!row) return 'stands in no row of the table';
  const { folders, packages } = TABLE[row];
  if (!specifier.startsWith('.')) {
    const isListed = packages.some((name) => specifier === name || specifier.startsWith(name));
    if (!isListed) return `may not import the package ${specifier}`;
    const door = DOORS[specifier];
    return door && !door.includes(file) ? `is not the door of ${specifier}` : undefined;
  }
  if (WORKER_ADDRESSES.includes(specifier))
    return row === 'src/ml-client' ? undefined : 'may not name a worker';
  const target = rowOf(posix.normalize(posix.join(posix.dirname(file), specifier)));
  const isAllowed =
    target === row || (folders === 'all of src' ? target?.startsWith('src/') : folders.includes(target));
  return isAllowed ? undefined : `may not import ${target} (${specifier})`;
}

const files = [...listFiles('src'), ...listFiles('workers')];

test('every import is allowed by the table', () => {
  const complaints = files.flatMap((file) =>
    importsOf(file).flatMap((specifier) => {
      const reason = complaint(file, specifier);
      return reason ? [`${file} ${reason}`] : [];
    }),
  );
  assert.deepEqual(complaints, []);
});

test('the guard itself sees what it should forbid', () => {
  assert.match(complaint('src/domain/run.ts', '../storage/schema'), /may not import src\/storage/);
  assert.match(
    complaint('src/pages/draw-page.ts', '../protocol/ml-protocol'),
    /may not import src\/protocol/,
  );
  assert.match(complaint('src/services/x.ts', '../../workers/ml/assess'), /may not import workers\/ml/);
  assert.match(complaint('src/pages/x.ts', '@tensorflow/tfjs-core'), /may not import the package/);
  assert.match(complaint('src/components/x.ts', 'plotly.js-cartesian-dist-min'), /is not the door/);
});

test('pages do not import pages, and entry files stay short', () => {
  const pages = files.filter((file) => /^src\/pages\/[a-z]+-page\.ts$/.test(file));
  assert.ok(pages.length >= 3);
  for (const page of pages) {
    for (const specifier of importsOf(page)) assert.doesNotMatch(specifier, /^\.\/[a-z]+-page$/, page);
  }
  for (const entry of files.filter((file) => dirname(file) === 'workers')) {
    const lines = readFileSync(join(root, entry), 'utf8').split('\n').length;
    assert.ok(lines < 40, `${entry} has ${lines} lines`);
  }
});
