import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { test } from 'node:test';
import { findBarriers, openPage, openProfile, useApp } from '../helpers/app.mjs';

const MINUTES = 60_000;

let app;
let browser;
useApp((started) => ({ app, browser } = started));

async function openTrain(options) {
  const opened = await openPage(browser, app.url, { route: '#/train', ...options });
  await opened.page.getByRole('button', { name: 'Start training' }).waitFor();
  return opened;
}

async function startRun(page, { images, epochs, recipe = 'Quick' }) {
  await page.getByRole('radio', { name: recipe }).check();
  await page.getByLabel('Data', { exact: true }).selectOption('generated');
  await page.getByRole('spinbutton', { name: 'Images' }).fill(String(images));
  await page.getByRole('spinbutton', { name: 'Epochs' }).fill(String(epochs));
  await page.getByRole('button', { name: 'Start training' }).click();
}

const row = (page, number) => page.locator('run-table tbody tr').filter({ hasText: `Run ${number}` });
const untilFinished = (page, number) =>
  row(page, number)
    .getByText('Finished')
    .waitFor({ timeout: 2 * MINUTES });
const afterEpoch = (page, number) =>
  page
    .locator('run-findings')
    .getByRole('heading', { name: `After epoch ${number}`, exact: true })
    .waitFor();

/** The figures on the diagonal of the matrix, and what it says of itself. */
const readMatrix = (page) =>
  page.locator('confusion-matrix').evaluate((element) => ({
    hint: element.shadowRoot.querySelector('.hint').textContent.trim(),
    cells: [...element.shadowRoot.querySelectorAll('.cell')].map((cell) => cell.textContent.trim()),
  }));

test('a finished run keeps its mistakes, hard digits and filters of every epoch, also after a reload', async () => {
  const { context, page, faults } = await openTrain();
  await startRun(page, { images: 600, epochs: 3 });
  await untilFinished(page, 1);
  await page.reload();
  await afterEpoch(page, 3);
  await page.locator('hard-samples digit-tile').nth(11).waitFor();
  assert.equal(await page.locator('filter-view svg').count(), 16);
  const last = await readMatrix(page);
  const filters = () => page.locator('filter-view svg path').first().getAttribute('d');
  const lastFilter = await filters();

  await page.getByRole('slider', { name: 'Go back to' }).focus();
  await page.keyboard.press('Home');
  await afterEpoch(page, 1);
  await page.waitForFunction((d) => {
    const deep = (root, path) => path.reduce((at, name) => at.shadowRoot.querySelector(name), root);
    const path = ['train-page', 'run-findings', 'filter-view', 'svg path'];
    return deep(document.querySelector('inkling-app'), path).getAttribute('d') !== d;
  }, lastFilter);
  const first = await readMatrix(page);
  assert.notDeepEqual(first.cells, last.cells);
  assert.match(first.hint, /^\d+ of \d+ digits read wrongly\.$/);

  await page.getByRole('gridcell', { name: /^0 read as 0: / }).focus();
  await page.keyboard.press('ArrowRight');
  assert.match(await page.evaluate(nameOfFocused), /^0 read as 1: /);
  await page.keyboard.press('Enter');
  await page
    .locator('hard-samples')
    .getByText(/(a 0 read as 1)\.$/)
    .waitFor();
  assert.deepEqual(await findBarriers(page), []);
  await context.close();
  assert.deepEqual(faults, []);
});

function nameOfFocused() {
  let { activeElement } = document;
  while (activeElement.shadowRoot?.activeElement) activeElement = activeElement.shadowRoot.activeElement;
  return activeElement.getAttribute('aria-label');
}

/** Runs whose epochs the page holds: with those of all, a long day of training would fill its memory. */
function countRunsInMemory() {
  return document.querySelector('inkling-app').services.training.state.value.epochs.size;
}

test('four runs are compared by the keyboard: curves, settings with their differences, parallel axes', async () => {
  const { context, page, faults } = await openTrain();
  for (const [at, epochs] of [1, 2, 1, 3].entries()) {
    await startRun(page, { images: 200 + 50 * at, epochs });
    await untilFinished(page, at + 1);
  }
  for (const number of [1, 2, 3, 4]) {
    await page.getByRole('checkbox', { name: `Compare Run ${number}` }).focus();
    await page.keyboard.press('Space');
  }
  assert.equal(await page.evaluate(countRunsInMemory), 1, 'the curves of the run that is shown, no others');
  await page.getByRole('button', { name: 'Compare 4 runs' }).focus();
  await page.keyboard.press('Enter');
  const comparison = page.locator('run-comparison');
  await comparison.getByRole('heading', { name: '4 runs compared' }).waitFor();
  await comparison.locator('chart-card .annotation-text').nth(7).waitFor();
  await comparison.getByText('They differ in images, epochs and data hash.').waitFor();
  await comparison
    .getByText(/^The best is Run \d: images \d+, epochs \d, seconds .+, accuracy .+%\.$/)
    .waitFor();
  assert.deepEqual(await findBarriers(page), []);
  await saveCharts(page);

  await page.getByRole('checkbox', { name: 'Compare Run 4' }).uncheck();
  await comparison.getByRole('heading', { name: '3 runs compared' }).waitFor();
  assert.equal(await comparison.locator('parallel-axes').count(), 0, 'three are told by the table');
  await context.close();
  assert.deepEqual(faults, []);
});

/** The curves of one run and those of all: their numbers, and their pictures. */
async function saveCharts(page) {
  const save = async (chart, format) => {
    const download = page.waitForEvent('download');
    const group = page.getByRole('group', { name: `Save ${chart} as`, exact: true });
    await group.getByRole('button', { name: `Save ${format}` }).click();
    const file = await download;
    return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') };
  };
  const compared = await save('validation loss', 'CSV');
  assert.equal(compared.name, 'inkling-runs-1-2-3-4-loss.csv');
  assert.match(compared.text, /^"Epoch","Run 1","Run 2","Run 3","Run 4"\r\n1,/);
  const own = await save('loss', 'SVG');
  assert.equal(own.name, 'inkling-run-4-loss.svg');
  assert.match(own.text, /^<svg[^>]*>[^]*Validation[^]*<\/svg>\s*$/);
}

/** What the page asks of the system is written down: no test can see an icon's badge or a screen stay on. */
function recordSystem() {
  window.asked = [];
  const note = (what) => Promise.resolve(window.asked.push(what));
  navigator.setAppBadge = (count) => note(`badge ${count}`);
  navigator.clearAppBadge = () => note('no badge');
  const request = async () => {
    await note('awake');
    const lock = Object.assign(new EventTarget(), {
      released: false,
      release: async () => {
        lock.released = true;
        await note('released');
      },
    });
    window.lock = lock;
    return lock;
  };
  Object.defineProperty(navigator, 'wakeLock', { value: { request } });
}

const waitForAsked = (page, what) => page.waitForFunction((words) => window.asked.includes(words), what);

test('title and badge tell how far a training is, from any page, and are restored afterwards', async () => {
  const { context, page, faults } = await openTrain();
  await context.addInitScript(recordSystem);
  await page.reload();
  await startRun(page, { images: 2000, epochs: 100 });
  await page.waitForFunction(() => /^\d+% · Epoch \d+ of 100 · Inkling$/.test(document.title));
  await page.getByRole('link', { name: 'About' }).click();
  await page.getByRole('heading', { name: 'About' }).first().waitFor();
  await page.waitForFunction(() => /^\d+% · Epoch \d+ of 100 · Inkling$/.test(document.title));
  await page.waitForFunction(() => window.asked.some((what) => /^badge [1-9]\d*$/.test(what)));
  await page.getByRole('link', { name: 'Train' }).click();
  await page.getByRole('button', { name: 'Stop and keep' }).click();
  await page.waitForFunction(() => document.title === 'Train · Inkling');
  await waitForAsked(page, 'no badge');
  await context.close();
  assert.deepEqual(faults, []);
});

test('the device is kept awake only if asked, only while training, again when back in view, and next time', async () => {
  const { context, page, faults } = await openTrain();
  await context.addInitScript(recordSystem);
  await page.reload();
  await startRun(page, { images: 2000, epochs: 200 });
  await page.waitForFunction(() => /^\d+% · Epoch/.test(document.title));
  assert.deepEqual(await page.evaluate(() => window.asked.filter((what) => what === 'awake')), []);
  await page.getByLabel('Keep this device awake while training').check();
  await waitForAsked(page, 'awake');
  // As the browser does when the page is hidden, and when it is seen again.
  await page.evaluate(() => {
    window.lock.released = true;
    window.asked.length = 0;
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await waitForAsked(page, 'awake');
  await page.getByRole('button', { name: 'Stop and keep' }).click();
  await waitForAsked(page, 'released');
  await page.reload();
  await page.getByRole('checkbox', { name: 'Keep this device awake while training' }).waitFor();
  await page.waitForFunction(
    () =>
      document
        .querySelector('inkling-app')
        .shadowRoot.querySelector('train-page')
        .shadowRoot.querySelector('.habit input').checked,
  );
  await context.close();
  assert.deepEqual(faults, []);
});

test('a report opens from disk, asks nobody for anything, and shows the figures', async () => {
  const { context, page, faults } = await openTrain({ acceptDownloads: true });
  await startRun(page, { images: 400, epochs: 2 });
  await untilFinished(page, 1);
  await afterEpoch(page, 2);
  const accuracy = (await row(page, 1).locator('[data-label=Validation]').textContent()).trim();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save report' }).click(),
  ]);
  assert.equal(download.suggestedFilename(), 'inkling-run-1.html');
  const folder = await mkdtemp(join(tmpdir(), 'inkling-report-'));
  try {
    const file = join(folder, 'report.html');
    await download.saveAs(file);
    await openReport(file, accuracy);
  } finally {
    await rm(folder, { recursive: true });
  }
  await context.close();
  assert.deepEqual(faults, []);
});

async function openReport(file, accuracy) {
  const context = await openProfile(browser);
  const report = await context.newPage();
  const requests = [];
  const faults = [];
  report.on('request', (request) => requests.push(request.url()));
  report.on('console', (message) => faults.push(message.text()));
  const address = pathToFileURL(file).href;
  await report.goto(address);
  assert.deepEqual(
    requests.filter((url) => !url.startsWith('data:')),
    [address],
  );
  const text = await report.locator('body').innerText();
  const settings = ['Generated digits', 'WASM', 'SHA-256 of the data', 'Environment at the beginning'];
  for (const words of ['Run 1: Quick', accuracy, ...settings, 'A training of Inkling']) {
    assert.ok(text.includes(words), words);
  }
  assert.equal(await report.locator('svg path.validation').count(), 2);
  assert.equal(await report.locator('img').count(), 12);
  const drawn = await report
    .locator('img')
    .evaluateAll((all) => all.every((image) => image.naturalWidth === 28));
  assert.equal(drawn, true, 'every digit is drawn');
  assert.equal(await report.locator('svg:not([aria-label]), img:not([alt])').count(), 0);
  assert.deepEqual(faults, []);
  await context.close();
}
