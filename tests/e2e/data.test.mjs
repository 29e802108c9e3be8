import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import {
  DIGIT_STROKES,
  drawStrokes,
  findBarriers,
  launchBrowser,
  OFFLINE_MS,
  openPage,
  serveApp,
} from '../helpers/app.mjs';

const MINUTE = 60_000;
const DIGITS = 1000;
const READER = fileURLToPath(new URL('../helpers/read_exports.py', import.meta.url));
const has = (command, ...args) => spawnSync(command, args).status === 0;
const noPython = has('python3', '--version') ? false : 'Python 3 is not on this machine';

/** Packs a folder with the tools that people have. Each gets the folder and the file to write. */
const PACKERS = {
  'Python’s zipfile': {
    isMissing: noPython,
    pack: (folder, file) => run('python3', ['-m', 'zipfile', '-c', file, ...'0123456789'], folder),
  },
  'Info-ZIP': {
    isMissing: has('zip', '-v') ? false : 'zip is not on this machine',
    pack: (folder, file) => run('zip', ['-q', '-r', file, ...'0123456789'], folder),
  },
  '7-Zip': {
    isMissing: has('7z', 'i') ? false : '7z is not on this machine',
    pack: (folder, file) => run('7z', ['a', '-tzip', '-bso0', file, ...'0123456789'], folder),
  },
};

let app;
let browser;
let folder;
before(async () => {
  app = await serveApp();
  browser = await launchBrowser();
  folder = mkdtempSync(join(tmpdir(), 'inkling-'));
});
after(async () => {
  await browser?.close();
  await app?.stop();
  rmSync(folder, { recursive: true, force: true });
});

function run(command, args, cwd) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  return stdout;
}

async function openData(options) {
  const opened = await openPage(browser, app.url, { route: '#/data', ...options });
  await opened.page.getByRole('heading', { name: 'Data', exact: true }).waitFor();
  return opened;
}

async function makeSet(page, count, seed = 1) {
  await page.getByRole('button', { name: 'Make a set' }).click();
  await page.getByRole('spinbutton', { name: 'How many' }).fill(String(count));
  await page.getByRole('spinbutton', { name: 'Seed' }).fill(String(seed));
  await page.getByRole('button', { name: 'Make it' }).click();
  await row(page, `Generated, seed ${seed}`).waitFor({ timeout: MINUTE });
}

const row = (page, title) => page.locator('dataset-table tbody tr').filter({ hasText: title });

async function saveSet(page, title, format) {
  await row(page, title).getByRole('button', { name: 'Save' }).click();
  const downloading = page.waitForEvent('download');
  await page.getByRole('dialog').getByRole('button', { name: format }).click();
  const path = join(folder, `${Date.now()}-${(await downloading).suggestedFilename()}`);
  await (await downloading).saveAs(path);
  return path;
}

const choose = (page, files) => page.locator('data-page input.files').setInputFiles(files);

/** What Python makes of exports: by file, its counts and the hash over all samples. */
function readExports(...files) {
  return Object.values(JSON.parse(run('python3', [READER, ...files])));
}

describe('a set of 1,000 digits', { skip: noPython }, () => {
  let opened;
  let folders;
  let known;
  before(async () => {
    opened = await openData();
    await makeSet(opened.page, DIGITS);
    folders = await saveSet(opened.page, 'Generated', /PNG folders/);
  });
  after(async () => {
    await opened.context.close();
    assert.deepEqual(opened.faults, []);
  });

  test('is the same for Python in each of the three formats', async () => {
    const { page } = opened;
    const files = [folders, await saveSet(page, 'Generated', /IDX/), await saveSet(page, 'Generated', /CSV/)];
    const found = readExports(...files);
    assert.equal(new Set(found.map(({ sha256 }) => sha256)).size, 1);
    [known] = found;
    const total = Object.values(known.counts.train).reduce((sum, count) => sum + count, 0);
    assert.equal(total, DIGITS);
  });

  for (const [tool, { isMissing, pack }] of Object.entries(PACKERS)) {
    test(`comes back with all its pixels when it was packed with ${tool}`, { skip: isMissing }, async () => {
      const unpacked = mkdtempSync(join(folder, 'unpacked-'));
      run('python3', ['-m', 'zipfile', '-e', folders, unpacked]);
      const file = join(unpacked, `packed with ${tool}.zip`);
      pack(unpacked, file);
      const { context, page, faults } = await openData();
      await choose(page, file);
      await page.getByRole('button', { name: 'Add 1,000 digits' }).click({ timeout: MINUTE });
      const csv = await saveSet(page, `packed with ${tool}`, /CSV/);
      assert.equal(readExports(csv)[0].sha256, known.sha256);
      await context.close();
      assert.deepEqual(faults, []);
    });
  }

  test('of one image per digit is taken, and a network learns from it', async () => {
    const unpacked = mkdtempSync(join(folder, 'ten-'));
    run('python3', ['-m', 'zipfile', '-e', folders, unpacked]);
    const script = [
      'import os, zipfile',
      "with zipfile.ZipFile('ten.zip', 'w') as z:",
      "    for d in '0123456789': z.write(os.path.join(d, sorted(os.listdir(d))[0]), f'data/{d}/image.png')",
    ];
    run('python3', ['-c', script.join('\n')], unpacked);
    const { context, page, faults } = await openData();
    await choose(page, join(unpacked, 'ten.zip'));
    await page.getByRole('button', { name: 'Add 10 digits' }).click({ timeout: MINUTE });
    // By the keyboard: it is in a toast, which stays while it has the focus.
    await page.getByRole('link', { name: 'Train on them' }).press('Enter');
    await page.getByLabel('Data', { exact: true }).selectOption({ label: 'ten' });
    await page.getByText('A small set: a network learns it by heart').waitFor();
    await page.getByRole('button', { name: 'Start training' }).click();
    await page
      .locator('train-page .progress .statement')
      .getByText(/Done in/)
      .waitFor({ timeout: MINUTE });
    await context.close();
    assert.deepEqual(faults, []);
  });
});

test('names are text: no markup of a file or an entry comes to life', async () => {
  const { context, page, faults } = await openData();
  const name = '<img src=x onerror=alert(1)>.csv';
  const rows = ['label', ...Array.from({ length: 784 }, (_, at) => `pixel${at}`)].join();
  const sample = (label) => [label, ...Array.from({ length: 784 }, (_, at) => (at * label) % 256)].join();
  await choose(page, {
    name,
    mimeType: 'text/csv',
    buffer: Buffer.from(`${rows}\n${sample(3)}\nnonsense\n${sample(7)}\n`),
  });
  await page.getByText('Not a label and 784 pixels').first().waitFor();
  assert.equal(await page.locator('import-desk h2').textContent(), name);
  await page.getByRole('button', { name: 'Add 2 digits' }).click();
  await row(page, '<img src=x').waitFor();
  assert.equal(await page.locator('data-page img').count(), 0);
  await context.close();
  assert.deepEqual(faults, []);
});

test('a file that is none of the known kinds says so, and nothing is added', async () => {
  const { context, page } = await openData();
  await choose(page, { name: 'digits.zip', mimeType: 'application/zip', buffer: Buffer.from('not a zip') });
  const desk = page.locator('error-desk section');
  await desk.getByText('Nothing was added.').waitFor();
  assert.match(await desk.textContent(), /not a ZIP file/);
  assert.equal(await page.locator('dataset-table tbody tr').count(), 0);
  await context.close();
});

test('an import without room for it says so, and leaves nothing half written', async () => {
  const { context, page } = await openData();
  await makeSet(page, 3000);
  const csv = await saveSet(page, 'Generated', /CSV/);
  const other = await openData();
  const session = await other.context.newCDPSession(other.page);
  await session.send('Storage.overrideQuotaForOrigin', { origin: new URL(app.url).origin, quotaSize: 1000 });
  await choose(other.page, csv);
  await other.page.getByText('This device has no room left').waitFor({ timeout: MINUTE });
  assert.equal(await other.page.evaluate(countShards), 0);
  await session.send('Storage.overrideQuotaForOrigin', { origin: new URL(app.url).origin });
  await other.context.close();
  await context.close();
});

test('a tab that is closed in the middle of an import leaves nothing behind', async () => {
  const { context, page } = await openData({ keepsOffline: true });
  await makeSet(page, 6000);
  const csv = await saveSet(page, 'Generated', /CSV/);
  const other = await openData();
  // Watched from within: a look from outside, now and then, can miss the middle.
  const reading = other.page.evaluate(untilPartIsRead);
  await choose(other.page, csv);
  await reading;
  await other.page.close({ runBeforeUnload: false });
  const again = await other.context.newPage();
  await again.goto(`${app.url}#/data`);
  await again.getByRole('heading', { name: 'No sets yet' }).waitFor();
  await again.waitForFunction(async () => {
    const held = (await navigator.locks.query()).held ?? [];
    return held.every(({ name }) => !name.startsWith('inkling-staging'));
  });
  await again.reload();
  await again.getByRole('heading', { name: 'No sets yet' }).waitFor();
  await waitForNoShards(again);
  await other.context.close();
  await context.close();
});

/** Runs in the page. */
function untilPartIsRead() {
  const page = document.querySelector('inkling-app').shadowRoot.querySelector('data-page');
  const { renderRoot } = page.renderRoot.querySelector('import-band');
  return new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      if (!/\d % read/.test(renderRoot.textContent)) return;
      observer.disconnect();
      resolve();
    });
    observer.observe(renderRoot, { subtree: true, childList: true, characterData: true });
  });
}

async function waitForNoShards(page) {
  while ((await page.evaluate(countShards)) > 0) await page.waitForFunction(() => true);
}

/** Runs in the page: how many parts of sets are stored. */
async function countShards() {
  const open = indexedDB.open('inkling');
  await new Promise((resolve) => (open.onsuccess = resolve));
  const request = open.result.transaction('shards').objectStore('shards').count();
  const count = await new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
  open.result.close();
  return count;
}

test('ten of each: digits are drawn with the pen and kept with a key, and the last can be taken back', async () => {
  const { context, page, faults } = await openData();
  await page.getByRole('button', { name: 'Draw digits' }).click();
  for (const digit of [0, 1, 2]) {
    await page.getByText(`Write a ${digit}.`).waitFor();
    await drawStrokes(page, DIGIT_STROKES[digit]);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: `Write a ${digit}: 1 of 10` }).waitFor();
  }
  await page.getByRole('button', { name: 'Take the last one back' }).click();
  await page.getByRole('button', { name: 'Write a 2: 0 of 10' }).waitFor();
  await page.getByText('2 images in one set, all on this device.').waitFor();
  await context.close();
  assert.deepEqual(faults, []);
});

test('digits are chosen by dragging, relabelled, deleted, and both are taken back', async () => {
  const { context, page, faults } = await openData();
  await makeSet(page, 60);
  const grid = page.locator('sample-grid');
  await page.getByText('60 shown.').waitFor();
  const tile = (number) => grid.locator(`#tile-${number}`).boundingBox();
  const [from, to] = [await tile(0), await tile(2)];
  await page.mouse.move(from.x + 20, from.y + 20);
  await page.mouse.down();
  await page.mouse.move(to.x + 20, to.y + 20, { steps: 5 });
  await page.mouse.up();
  await page.getByText('3 chosen.').waitFor();
  await page.getByRole('button', { name: 'Relabel as 7' }).click();
  await page.getByLabel('Only').selectOption('changed');
  await page.getByText(/\b[23] shown\./).waitFor();
  await page.getByLabel('Only').selectOption('');
  await grid.locator('.scroller').focus();
  await page.keyboard.press('Control+a');
  await page.getByText('60 chosen.').waitFor();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await page.getByText('0 shown.').waitFor();
  await page.getByRole('button', { name: 'Undo the last change' }).click();
  await page.getByText('60 shown.').waitFor();
  await page.getByRole('button', { name: 'Undo the last change' }).click();
  await page.getByText('Undo the last change').waitFor({ state: 'hidden' });
  await context.close();
  assert.deepEqual(faults, []);
});

test('a digit that is corrected on Draw is kept, and the toast takes it back', async () => {
  const { context, page, faults } = await openPage(browser, app.url);
  await drawStrokes(page, DIGIT_STROKES[4]);
  await page.getByRole('button', { name: 'It is a 9' }).click();
  // A toast that is pointed at stays.
  await page.locator('toast-list .toast', { hasText: 'Kept as a 9.' }).hover();
  await page.evaluate(() => (location.hash = '#/data'));
  await row(page, 'Corrections').waitFor();
  await page.getByText('1 image in one set').waitFor();
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await page.getByText('0 images in one set').waitFor();
  await context.close();
  assert.deepEqual(faults, []);
});

test('“delete all my data” leaves nothing behind', async () => {
  const { context, page } = await openData({ keepsOffline: true });
  await makeSet(page, 50);
  await page.getByText('Works offline').waitFor({ timeout: OFFLINE_MS });
  // One of each that Inkling keeps, and what belongs to somebody else on the same origin.
  await page.evaluate(() => {
    localStorage.setItem('inkling-language', 'en');
    localStorage.setItem('others-key', 'theirs');
    sessionStorage.setItem('inkling-lesson', '#/train');
  });
  await page.getByRole('button', { name: 'theme, change it' }).click();
  // The page that comes after it would keep itself anew.
  await page.addInitScript(() => (navigator.serviceWorker.register = () => new Promise(() => undefined)));
  await page.getByRole('button', { name: 'Delete all my data…' }).click();
  await page.getByRole('button', { name: 'Keep everything' }).click();
  await row(page, 'Generated').waitFor();
  await page.getByRole('button', { name: 'Delete all my data…' }).click();
  await Promise.all([
    page.waitForEvent('load'),
    page.getByRole('button', { name: 'Delete everything' }).click(),
  ]);
  await page.goto(`${app.url}#/data`);
  await page.getByRole('heading', { name: 'No sets yet' }).waitFor();
  assert.equal(await page.evaluate(countShards), 0);
  const left = await page.evaluate(async () => ({
    keys: [...Object.keys(localStorage), ...Object.keys(sessionStorage)],
    caches: await caches.keys(),
    registrations: (await navigator.serviceWorker.getRegistrations()).length,
  }));
  assert.deepEqual(left, { keys: ['others-key'], caches: [], registrations: 0 });
  await context.close();
});

test('the Data page keeps nobody out: full, importing, and with a summary', async () => {
  const { context, page } = await openData();
  await makeSet(page, 200);
  await page.getByRole('button', { name: 'Lay them out on a map' }).click();
  await page.locator('data-map').waitFor();
  assert.deepEqual(await findBarriers(page), []);
  await choose(page, { name: 'no.zip', mimeType: 'application/zip', buffer: Buffer.from('no') });
  await page.locator('error-desk section').first().waitFor();
  assert.deepEqual(await findBarriers(page), []);
  await context.close();
});
