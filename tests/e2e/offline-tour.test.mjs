import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import {
  DIGIT_STROKES,
  drawStrokes,
  launchBrowser,
  OFFLINE_MS,
  openPage,
  serveApp,
  waitForAnswer,
  waitUntilReady,
} from '../helpers/app.mjs';
import { digitPng } from '../helpers/api-requests.mjs';
import { beginFlood, endFlood, FLOOD_PLAN, untilSent } from '../helpers/flood.mjs';
import { startRecordingProxy } from '../helpers/recording-proxy.mjs';

const MINUTE = 60_000;
/** Whom Chromium asks for itself, whatever is open. Were it a page, `openPage` would count it as a fault. */
const BROWSERS_OWN = /^(?:https?:\/\/)?[\w.-]+\.(?:google|googleapis|gvt1)\.com[:/]/;
const manifest = JSON.parse(readFileSync(new URL('../../dist/mnist/manifest.json', import.meta.url), 'utf8'));
const hasMnist = manifest.splits !== undefined;

let app;
let browser;
let proxy;
before(async () => {
  app = await serveApp();
  proxy = await startRecordingProxy(app.url);
  browser = await launchBrowser(proxy.args);
});
after(async () => {
  await browser?.close();
  proxy?.stop();
  await app?.stop();
});

/** What is done with the server gone, in the order of the tour. A new page gets a line here. */
const STEPS = {
  lookAtData,
  bringDataIn,
  train,
  evaluate,
  draw,
  correct,
  askApi,
  flood,
  takeModelAlong,
  prepareLesson,
  readAbout,
};

test('one visit, then no server: everything works, in the order of the tour, and nobody else is ever asked', async (t) => {
  const { context, page, faults } = await openPage(browser, app.url, { keepsOffline: true });
  await page.getByText('Works offline', { exact: true }).waitFor({ timeout: OFFLINE_MS });
  await app.stop();
  const { forwarded } = proxy;
  assert.ok(forwarded > 20, 'the proxy saw the visit');
  await page.reload();
  await waitUntilReady(page);
  for (const [name, step] of Object.entries(STEPS)) await t.test(name, () => step(page));
  await context.close();
  assert.deepEqual(faults, []);
  const asked = () => proxy.strangers.filter((address) => !BROWSERS_OWN.test(address));
  assert.deepEqual(asked(), []);
  const other = await browser.newPage();
  await other.goto('http://stranger.example/');
  assert.ok(asked().includes('http://stranger.example/'), 'the proxy sees whoever else is asked');
});

const go = async (page, name) => {
  await page.getByRole('link', { name, exact: true }).click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
};

/** Presses a button and takes the file that comes of it. Returns its bytes. */
async function save(page, button) {
  const saving = page.waitForEvent('download');
  await button.click();
  return readFileSync(await (await saving).path());
}

async function lookAtData(page) {
  await go(page, 'Data');
  await page.getByRole('button', { name: 'Make a set' }).click();
  await page.getByRole('spinbutton', { name: 'How many' }).fill('200');
  await page.getByRole('button', { name: 'Make it' }).click();
  await page.locator('dataset-table tbody tr').filter({ hasText: 'Generated, seed 1' }).waitFor();
}

/** What was taken away comes back in. */
async function bringDataIn(page) {
  const row = page.locator('dataset-table tbody tr').filter({ hasText: 'Generated, seed 1' });
  await row.getByRole('button', { name: 'Save' }).click();
  const buffer = await save(page, page.getByRole('button', { name: /PNG folders/ }));
  const zip = { name: 'mine.zip', mimeType: 'application/zip', buffer };
  await page.locator('data-page input.files').setInputFiles(zip);
  await page.getByRole('button', { name: 'Add 200 digits' }).click({ timeout: MINUTE });
  await page.locator('dataset-table tbody tr').filter({ hasText: 'mine' }).waitFor();
}

/** On MNIST, which comes from what is kept; its chart needs Plotly. */
async function train(page) {
  await go(page, 'Train');
  await page.getByLabel('Data', { exact: true }).selectOption(hasMnist ? 'mnist' : 'generated');
  await page.getByRole('spinbutton', { name: 'Images' }).fill('2000');
  await page.getByRole('spinbutton', { name: 'Epochs' }).fill('2');
  await page.getByRole('button', { name: 'Start training' }).click();
  await page
    .locator('train-page .progress .statement')
    .getByText(/Done in/)
    .waitFor({ timeout: 2 * MINUTE });
  await page.locator('chart-card.accuracy .scatterlayer .trace').first().waitFor();
  await save(page, page.getByRole('button', { name: 'Save report' }));
}

async function evaluate(page) {
  await go(page, 'Evaluate');
  await page.getByLabel('Model', { exact: true }).selectOption('1');
  const digits = page.getByLabel('Digits', { exact: true });
  const all = digits.locator('option', { hasText: 'All, 200' }).first();
  await digits.selectOption(await all.getAttribute('value'));
  await page.getByRole('button', { name: /^Test (v|the|again)/ }).click();
  await page.locator('evaluate-page confusion-matrix').waitFor({ timeout: MINUTE });
  await page.getByLabel('Beside it').selectOption('0');
  await page
    .locator('version-comparison')
    .getByText(/McNemar’s/)
    .waitFor({ timeout: MINUTE });
  const chart = page.locator('chart-card[heading=Calibration]');
  await chart.scrollIntoViewIfNeeded();
  await save(page, chart.getByRole('button', { name: 'Save PNG' }));
}

async function draw(page) {
  await go(page, 'Draw');
  await waitUntilReady(page);
  await drawStrokes(page, DIGIT_STROKES[4]);
  await waitForAnswer(page, 4);
  const desk = page.locator('explain-desk');
  await desk.locator('summary').click();
  await desk.getByRole('img', { name: /^Most for a 4/ }).waitFor();
}

/** The lesson checks on MNIST's test digits, too, that nothing was forgotten. */
async function correct(page) {
  const answer = page.getByRole('button', { name: 'It is a 9', exact: true });
  await answer.click();
  await page.getByRole('button', { name: 'Learn from my correction', exact: true }).click();
  const old = page.getByRole('button', { name: 'Keep the old one' });
  await old.click({ timeout: 2 * MINUTE });
  await old.waitFor({ state: 'detached' });
}

/** As a program does that runs in a page of the app: the service worker answers. */
async function askApi(page) {
  await go(page, 'API');
  const picture = [...digitPng([7], { scale: 4 })];
  const { prediction, message } = await page.evaluate(async (picture) => {
    const body = new FormData();
    body.append('file', new Blob([Uint8Array.from(picture)], { type: 'image/png' }), 'digit.png');
    const { prediction } = await (await fetch('predict', { method: 'POST', body })).json();
    const retraining = await fetch('retrain', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{"recipe":"quick","epochs":1,"dataset":"generated","samples":100,"seed":1}',
    });
    return { prediction, ...(await retraining.json()) };
  }, picture);
  assert.equal(prediction, 7);
  assert.equal(message, 'Model retrained and reloaded successfully!');
}

/** Many requests at once, through the service worker, and the report of them. */
async function flood(page) {
  await go(page, 'Stress');
  await beginFlood(page, FLOOD_PLAN);
  await untilSent(page, 200);
  const { counts } = await endFlood(page);
  assert.equal(counts.failed, 0);
  assert.ok(counts.answered > 0);
  await save(page, page.getByRole('button', { name: 'requests.csv' }));
  await save(page, page.getByRole('button', { name: 'report.html' }));
}

async function takeModelAlong(page) {
  await go(page, 'Models');
  await page.getByRole('button', { name: 'v1', exact: true }).first().click();
  await save(page, page.getByRole('button', { name: 'ONNX' }));
  await save(page, page.getByRole('button', { name: 'Make the ZIP' }));
  const buffer = await save(page, page.getByRole('button', { name: 'safetensors' }));
  const file = { name: 'again.safetensors', mimeType: 'application/octet-stream', buffer };
  await page.locator('models-page input[type=file]').setInputFiles(file);
  await page.getByRole('heading', { name: 'again' }).waitFor();
}

/** A link for a class, and what the words of it mean. */
async function prepareLesson(page) {
  await go(page, 'Learn');
  await page.getByLabel('Title of the lesson').fill('Without a network');
  await page.getByRole('link', { name: 'Try it' }).click();
  await page.getByText('Without a network').waitFor();
  await page.getByRole('button', { name: '“epoch”' }).click();
  await page.getByRole('dialog', { name: 'Explanation' }).waitFor();
  await page.keyboard.press('Escape');
}

async function readAbout(page) {
  await go(page, 'About');
  await page.getByText('Ready offline.').waitFor();
  await page.getByText('How well it does').waitFor();
  assert.equal(await page.locator('privacy-band .others').textContent(), '0');
}
