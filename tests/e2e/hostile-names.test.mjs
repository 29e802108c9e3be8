import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import JSZip from 'jszip';
import { openPage, openProfile, useApp } from '../helpers/app.mjs';
import { beginFlood, endFlood, FLOOD_PLAN, untilSent } from '../helpers/flood.mjs';
import { findBreakage, findMissing, HOSTILE_NAMES, spreadNames } from '../helpers/hostile-names.mjs';

const MINUTE = 60_000;
/** The longest that a page may take to show its names. */
const PATIENCE_MS = 60_000;
const PICTURE = readFileSync(new URL('../../dist/icons/icon-192.png', import.meta.url));
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true };
/** The name that was given to the set and the model that have something in them. */
const [, IMAGE_NAME] = HOSTILE_NAMES;
const LONG_NAME = HOSTILE_NAMES.at(-1);
const BIDI_NAME = HOSTILE_NAMES.find((name) => name.includes('\u202E'));
/** What a file can hold: no half of a character, and none that HTML has no place for. */
const WRITABLE_NAMES = HOSTILE_NAMES.filter((name) => name.isWellFormed() && !/[\0\r]/.test(name));

let app;
let browser;
useApp((started) => ({ app, browser } = started));

/** Looks through a page once all of the names are there, as they are; complains of whatever came of them. */
async function expectHarmless(page, where, names = []) {
  const deadline = Date.now() + PATIENCE_MS;
  let missing;
  let broken;
  do {
    await page.evaluate(() => new Promise(requestAnimationFrame));
    missing = await page.evaluate(findMissing, names);
    broken = await page.evaluate(findBreakage);
  } while (missing.length + broken.length > 0 && Date.now() < deadline);
  assert.deepEqual(
    missing.map((name) => name.slice(0, 60)),
    [],
    `${where}: not shown as they are`,
  );
  assert.deepEqual(broken, [], where);
}

/** One run, one model, one set and one load test, so that there is something to be named. */
async function makeThings(page) {
  await page.getByLabel('Data', { exact: true }).selectOption('generated');
  await page.getByRole('spinbutton', { name: 'Images' }).fill('300');
  await page.getByRole('spinbutton', { name: 'Epochs' }).fill('1');
  await page.getByRole('button', { name: 'Start training' }).click();
  await page
    .locator('train-page .progress .statement')
    .getByText(/Done in/)
    .waitFor({ timeout: MINUTE });
  await page.goto(`${app.url}#/data`);
  await page.getByRole('button', { name: 'Make a set' }).click();
  await page.getByRole('spinbutton', { name: 'How many' }).fill('100');
  await page.getByRole('button', { name: 'Make it' }).click();
  await page.locator('dataset-table tbody tr').filter({ hasText: 'Generated, seed 1' }).waitFor();
  await beginFlood(page, {
    ...FLOOD_PLAN,
    target: 'router',
    stages: [{ duration: 60, users: 1, spawnRate: 1 }],
  });
  await untilSent(page, 2);
  await endFlood(page);
}

/** Presses a button and takes the file, whose name must be a plain one. Returns its bytes. */
async function save(page, button) {
  const saving = page.waitForEvent('download');
  await button.click();
  const file = await saving;
  assert.match(file.suggestedFilename(), /^[\p{L}\p{N}._-]+$/u);
  return readFileSync(await file.path());
}

/** Opens a report as whoever it was sent to does: with no policy of ours in force. */
async function expectHarmlessReport(bytes) {
  const context = await openProfile(browser);
  const page = await context.newPage();
  await page.setContent(bytes.toString('utf8'), { waitUntil: 'load' });
  await expectHarmless(page, 'a report', WRITABLE_NAMES);
  await context.close();
}

const go = async (page, route, heading) => {
  await page.goto(`${app.url}#/${route}`);
  await page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor();
};
const button = (page, name) => page.getByRole('button', { name });

async function visitData(page) {
  await go(page, 'data', 'Data');
  await expectHarmless(page, 'Data', HOSTILE_NAMES);
  const row = page.locator('dataset-table tbody tr').filter({ hasText: IMAGE_NAME });
  for (const question of ['Rename', 'Delete']) {
    await row.getByRole('button', { name: question }).click();
    await page.getByRole('dialog').waitFor();
    await expectHarmless(page, `Data, ${question}`, [IMAGE_NAME]);
    await page.keyboard.press('Escape');
  }
  await row.getByRole('button').first().click();
  await page.getByText('100 shown.').waitFor();
  await expectHarmless(page, 'Data, a set', [IMAGE_NAME]);
  await row.getByRole('button', { name: 'Save' }).click();
  await save(page, button(page, /PNG folders/));
}

/** Names within an archive, and of the archive. */
async function bringDataIn(page) {
  const archive = new JSZip();
  for (const name of HOSTILE_NAMES) archive.file(`3/${name}`, PICTURE, { createFolders: false });
  const buffer = await archive.generateAsync({ type: 'nodebuffer' });
  const file = { name: `${IMAGE_NAME}.zip`, mimeType: 'application/zip', buffer };
  await page.locator('data-page input.files').setInputFiles(file);
  await page.locator('import-desk').waitFor();
  await expectHarmless(page, 'Data, an archive', [`${IMAGE_NAME}.zip`]);
}

async function visitModels(page) {
  await go(page, 'models', 'Models');
  await expectHarmless(page, 'Models', HOSTILE_NAMES);
  for (const name of [BIDI_NAME, LONG_NAME, IMAGE_NAME]) {
    const row = page
      .locator('model-table tbody tr')
      .nth(HOSTILE_NAMES.length - 1 - HOSTILE_NAMES.indexOf(name));
    await row.getByRole('button').first().click();
    await page.waitForFunction((name) => {
      const find = (root) =>
        root.querySelector('model-details') ??
        [...root.querySelectorAll('*')].reduce(
          (found, { shadowRoot }) => found ?? (shadowRoot && find(shadowRoot)),
          null,
        );
      return find(document)?.shadowRoot.querySelector('h2')?.textContent.includes(name);
    }, name);
    await expectHarmless(page, 'Models, one of them', [name]);
  }
  await save(page, button(page, 'ONNX'));
  const ticks = page.locator('model-table tbody input[type=checkbox]');
  await ticks.nth(0).check();
  await ticks.nth(4).check();
  await page.locator('model-comparison').waitFor();
  await expectHarmless(page, 'Models, compared', [LONG_NAME]);
  const refused = {
    name: `${IMAGE_NAME}.safetensors`,
    mimeType: 'application/octet-stream',
    buffer: PICTURE,
  };
  await page.locator('models-page input[type=file]').setInputFiles(refused);
  await page.getByRole('alert').first().waitFor();
  await expectHarmless(page, 'Models, a file refused');
}

async function visitTrain(page) {
  await go(page, 'train', 'Train');
  await expectHarmless(page, 'Train', HOSTILE_NAMES);
  await page.getByRole('button', { name: 'Run 1', exact: true }).click();
  await expectHarmlessReport(await save(page, button(page, 'Save report')));
  const ticks = page.locator('run-table tbody input[type=checkbox]');
  await ticks.nth(0).check();
  await ticks.nth(4).check();
  await button(page, 'Compare 2 runs').click();
  await expectHarmless(page, 'Train, compared', [LONG_NAME]);
}

async function visitEvaluate(page) {
  await go(page, 'evaluate', 'Evaluate');
  await expectHarmless(page, 'Evaluate', HOSTILE_NAMES);
  const digits = page.getByLabel('Digits', { exact: true });
  const values = await digits
    .locator('option')
    .evaluateAll(
      (options, name) =>
        options.filter(({ textContent }) => textContent.includes(name)).map(({ value }) => value),
      IMAGE_NAME,
    );
  await digits.selectOption(values[0]);
  await button(page, /^Test v/).click();
  await page.locator('evaluate-page confusion-matrix').waitFor({ timeout: MINUTE });
  await expectHarmless(page, 'Evaluate, tested', [IMAGE_NAME]);
}

async function visitStress(page) {
  await go(page, 'stress', 'Stress');
  await button(page, /^Show/).first().click();
  await expectHarmless(page, 'Stress', HOSTILE_NAMES);
  for (const table of ['requests.csv', 'failures.csv', 'exceptions.csv']) {
    const text = (await save(page, button(page, table))).toString('utf8');
    // As Locust writes it, byte for byte: nothing is put before a "=".
    assert.ok(text.includes('"=cmd|"" /C calc""!A0"'), table);
  }
  await expectHarmlessReport(await save(page, button(page, 'report.html')));
}

/** Titles in links, which anybody can send. */
async function openLessons(page) {
  await go(page, 'train', 'Train');
  const run = Buffer.from('{"v":1,"r":"quick"}').toString('base64url');
  for (const [index, name] of HOSTILE_NAMES.entries()) {
    const title = encodeURIComponent(`${index} ${name.toWellFormed()}`);
    await page.evaluate((hash) => (location.hash = hash), `#/train?run=${run}&lesson=${title}&lock=data`);
    await page
      .locator('strong bdi')
      .getByText(new RegExp(`^${index} `))
      .waitFor();
    await expectHarmless(page, 'a lesson');
  }
}

/** Files that the system opens, and that other apps share. */
async function openFiles(page) {
  await go(page, 'draw', 'Draw');
  await page.waitForFunction(() => globalThis.launch);
  const desk = page.getByRole('alert', { name: 'Opened from the system' });
  for (const name of HOSTILE_NAMES.map((name) => name.toWellFormed())) {
    await page.evaluate((name) => globalThis.launch(name), `${name}.png`);
    await expectHarmless(page, 'an opened file', [`${name}.png`]);
  }
  await button(desk, 'Put away').click();
  await page.evaluate(async (names) => {
    const form = new FormData();
    for (const name of names) form.append('files', new File(['x'], `${name}.png`));
    await fetch('share', { method: 'POST', body: form });
  }, HOSTILE_NAMES);
  await page.reload();
  await desk.getByText(`and ${HOSTILE_NAMES.length - 1} more`).waitFor();
  await expectHarmless(page, 'shared files', [`${HOSTILE_NAMES[0]}.png`.replaceAll('"', '%22')]);
  await button(desk, 'Put away').click();
}

/** Names in addresses of the API: its answers repeat them, and the page shows what was asked and what was answered. */
async function askApi(page) {
  await go(page, 'api', 'API');
  const statuses = await page.evaluate(
    async (names) => {
      const answers = names.map(async (name) => {
        const body = new FormData();
        body.append('file', new File(['x'], name));
        const asked = await Promise.all([
          fetch(`models/${encodeURIComponent(name)}`),
          fetch('predict', { method: 'POST', body }),
        ]);
        return asked.map(({ status }) => status);
      });
      return Promise.all(answers);
    },
    HOSTILE_NAMES.map((name) => name.toWellFormed()),
  );
  assert.ok(
    statuses.flat().every((status) => status >= 400 && status < 500),
    String(statuses),
  );
  await page.getByText('an example is sent: digit.png').waitFor();
  for (const name of HOSTILE_NAMES.map((name) => name.toWellFormed())) {
    const asked = await page.evaluate(askForModel, name);
    const answered = JSON.stringify(`There is no model ${asked} on this device.`);
    await expectHarmless(page, 'API', [answered]);
  }
}

/**
 * Runs in the page: asks for a model by the form of the API page, and waits for the answer. Resolves to the name
 * that was asked for: a field has one line.
 */
async function askForModel(name) {
  const page = document.querySelector('inkling-app').shadowRoot.querySelector('api-page');
  const field = page.renderRoot.querySelector('#field-model');
  field.value = name;
  field.dispatchEvent(new Event('input'));
  await page.updateComplete;
  const send = page.renderRoot.querySelector('button.send');
  send.click();
  do await new Promise(requestAnimationFrame);
  while (send.disabled);
  return field.value;
}

/** Runs before the page: the part of the system that opens files with the app. */
function installLaunchQueue() {
  const setConsumer = (consumer) => {
    globalThis.launch = (name) => consumer({ files: [{ getFile: async () => new File(['x'], name) }] });
  };
  Object.defineProperty(globalThis, 'launchQueue', { value: { setConsumer } });
}

/** Pages without anybody's names. */
async function visitOthers(page) {
  for (const name of ['Learn', 'About']) {
    await go(page, name.toLowerCase(), name);
    await expectHarmless(page, name);
  }
}

const VISITS = {
  visitData,
  bringDataIn,
  visitTrain,
  visitModels,
  visitEvaluate,
  visitStress,
  openLessons,
  openFiles,
  askApi,
  visitOthers,
};

test('forty hostile names stay names: on every page, in questions, links and files, nothing of them is run or made HTML', async (t) => {
  const { context, page, faults } = await openPage(browser, app.url, { route: '#/train', ...PHONE });
  await page.addInitScript(installLaunchQueue);
  page.on('dialog', (dialog) => faults.push(`dialog: ${dialog.message()}`));
  await makeThings(page);
  await page.evaluate(spreadNames, HOSTILE_NAMES);
  await page.reload();
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated');
  for (const [name, visit] of Object.entries(VISITS)) await t.test(name, () => visit(page));
  await context.close();
  assert.deepEqual(
    faults.filter((fault) => !/Failed to load resource: .* status of 4\d\d/.test(fault)),
    [],
  );
});
