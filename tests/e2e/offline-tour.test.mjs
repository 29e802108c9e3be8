import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { DIGIT_STROKES, drawStrokes, openPage, readAnswer, useApp, waitUntilReady } from '../helpers/app.mjs';

const MINUTE = 60_000;
const manifest = JSON.parse(readFileSync(new URL('../../dist/mnist/manifest.json', import.meta.url), 'utf8'));
const hasMnist = manifest.splits !== undefined;

let app;
let browser;
useApp((started) => ({ app, browser } = started));

/** What is done with the server gone, in the order of the tour. A new page gets a line here. */
const STEPS = { lookAtData, bringDataIn, train, evaluate, draw, takeModelAlong, readAbout };

test('one visit, then no server: data, training, evaluation, drawing, models and files all work', async () => {
  const { context, page, faults } = await openPage(browser, app.url);
  await page.getByText('Works offline', { exact: true }).waitFor({ timeout: MINUTE });
  await app.stop();
  await page.reload();
  await waitUntilReady(page);
  for (const step of Object.values(STEPS)) await step(page);
  await context.close();
  assert.deepEqual(faults, []);
});

const go = async (page, name) => {
  await page.getByRole('link', { name, exact: true }).click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
};

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
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: /PNG folders/ }).click();
  const buffer = readFileSync(await (await saving).path());
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
}

async function evaluate(page) {
  await go(page, 'Evaluate');
  await page.getByLabel('Model', { exact: true }).selectOption('1');
  await page.getByLabel('Digits', { exact: true }).selectOption('generated/7919/5000');
  await page.getByRole('button', { name: /^Test (v|the|again)/ }).click();
  await page.locator('evaluate-page confusion-matrix').waitFor({ timeout: MINUTE });
}

async function draw(page) {
  await go(page, 'Draw');
  await waitUntilReady(page);
  await drawStrokes(page, DIGIT_STROKES[4]);
  assert.equal(await readAnswer(page), '4');
}

async function takeModelAlong(page) {
  await go(page, 'Models');
  await page.getByRole('button', { name: 'v1', exact: true }).first().click();
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'safetensors' }).click();
  const buffer = readFileSync(await (await saving).path());
  const file = { name: 'again.safetensors', mimeType: 'application/octet-stream', buffer };
  await page.locator('models-page input[type=file]').setInputFiles(file);
  await page.getByRole('heading', { name: 'again' }).waitFor();
}

async function readAbout(page) {
  await go(page, 'About');
  await page.getByText('Ready offline.').waitFor();
  await page.getByText('How well it does').waitFor();
  assert.equal(await page.locator('privacy-band .others').textContent(), '0');
}
