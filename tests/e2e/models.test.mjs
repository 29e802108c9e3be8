import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readFileSync } from 'node:fs';
import { findBarriers, openPage, useApp } from '../helpers/app.mjs';

let app;
let browser;
useApp((started) => ({ app, browser } = started));

async function openModels(options = {}) {
  const opened = await openPage(browser, app.url, { route: '#/models', ...options });
  await opened.page.getByText('One model. The shipped model answers on Draw.').waitFor();
  return opened;
}

/** Saves the model that is shown, as a person does. */
async function saveModel(page, format) {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: format }).click();
  const file = await download;
  return { name: file.suggestedFilename(), buffer: readFileSync(await file.path()) };
}

const bring = (page, { name, buffer }) =>
  page
    .locator('models-page input[type=file]')
    .setInputFiles({ name, mimeType: 'application/octet-stream', buffer });

test('a model is saved, brought back, judged, named, chosen all the same, rolled back, deleted, and comes back', async () => {
  const { context, page, faults } = await openModels();
  const saved = await saveModel(page, 'safetensors');
  assert.equal(saved.name, 'inkling-shipped.safetensors');
  assert.equal((await saveModel(page, 'ONNX')).name, 'inkling-shipped.onnx');
  assert.equal((await saveModel(page, 'TF.js')).name, 'inkling-shipped-tfjs.zip');

  await bring(page, { ...saved, name: 'theirs.safetensors' });
  await page.getByText('2 models. The shipped model answers on Draw.').waitFor();
  const panel = page.locator('gate-panel');
  await panel.getByText('v1 is kept as a candidate.').waitFor();
  await panel.getByText(/exactly as the model in use does: nothing was learned/).waitFor();
  await page.reload();
  await page.getByRole('button', { name: 'theirs', exact: true }).click();
  await panel.getByText('v1 is kept as a candidate.').waitFor();
  await panel.getByText('The figures').click();
  await panel.getByRole('row', { name: 'Macro F1' }).first().waitFor();
  await page.getByRole('textbox', { name: 'Name' }).fill('Grandmother');
  await page.getByRole('textbox', { name: 'Notes' }).fill('From her <b>notebook</b>.');
  await page.getByRole('textbox', { name: 'Tags' }).fill('night, good');
  await page.getByRole('button', { name: 'Keep these words' }).click();
  await page.getByRole('heading', { name: 'Grandmother' }).waitFor();

  await page.getByRole('button', { name: 'Use on Draw : Grandmother' }).click();
  const question = page.getByRole('dialog', { name: 'Use v1 anyway?' });
  await question.waitFor();
  assert.deepEqual(await findBarriers(page), []);
  await question.getByRole('button', { name: 'Keep the shipped model' }).click();
  await panel.getByRole('button', { name: 'Use it anyway' }).click();
  await question.getByRole('button', { name: 'Use it anyway' }).click();
  await page.getByText('2 models. Grandmother answers on Draw.').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Delete' }).isDisabled(), true);
  await compareAndTrace(page);
  assert.deepEqual(await findBarriers(page), []);
  await page.reload();
  await page.getByText('2 models. Grandmother answers on Draw.').waitFor();
  assert.equal(await page.getByRole('textbox', { name: 'Notes' }).inputValue(), 'From her <b>notebook</b>.');

  await page.getByRole('button', { name: /^Back to/ }).click();
  await page.getByText('2 models. The shipped model answers on Draw.').waitFor();
  await page.getByRole('button', { name: 'Grandmother', exact: true }).click();
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByText('One model. The shipped model answers on Draw.').waitFor();
  await page.getByRole('button', { name: 'Undo' }).press('Enter');
  await page.getByText('2 models. The shipped model answers on Draw.').waitFor();
  await context.close();
  assert.deepEqual(faults, []);
});

/** Both models side by side, and which came of which. */
async function compareAndTrace(page) {
  for (const name of ['Compare Grandmother', 'Compare Shipped']) await page.getByLabel(name).check();
  const table = page.getByRole('region', { name: 'Models side by side, table' });
  await table.getByRole('row', { name: /^Tags , differs night, good –/ }).waitFor();
  const copy = page.getByRole('treeitem', { name: /^Grandmother, a copy, from a file, of Shipped/ });
  assert.equal(await copy.getAttribute('aria-selected'), 'true');
  await copy.press('ArrowLeft');
  await page.keyboard.press('Enter');
  await page.getByRole('treeitem', { name: /^Shipped/, selected: true }).waitFor();
  await copy.click();
  await page.getByRole('heading', { name: 'Grandmother', exact: true }).waitFor();
}

test('a model is taken further as one archive', async () => {
  const { context, page, faults } = await openModels();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Make the ZIP' }).click();
  const file = await download;
  assert.equal(file.suggestedFilename(), 'inkling-shipped-further.zip');
  const bytes = readFileSync(await file.path());
  for (const name of ['README.txt', 'train.py', 'version.onnx', 'version.safetensors']) {
    assert.ok(bytes.includes(`inkling-the-shipped-model/${name}`), name);
  }
  await context.close();
  assert.deepEqual(faults, []);
});

test('what was typed for one model, and not kept, is not said of another', async () => {
  const { context, page, faults } = await openModels();
  const saved = await saveModel(page, 'TF.js');
  for (const name of ['first.zip', 'second.zip']) {
    await bring(page, { ...saved, name });
    await page.getByRole('heading', { name: name.replace('.zip', '') }).waitFor();
  }
  await page.getByRole('textbox', { name: 'Notes' }).fill('Of the second.');
  await page.getByRole('button', { name: 'first', exact: true }).click();
  await page.getByRole('heading', { name: 'first' }).waitFor();
  assert.equal(await page.getByRole('textbox', { name: 'Notes' }).inputValue(), '');
  await context.close();
  assert.deepEqual(faults, []);
});

test('a file that is no model is refused in three lines, also on a phone', async () => {
  const { context, page, faults } = await openModels({
    viewport: { width: 320, height: 640 },
    hasTouch: true,
  });
  await bring(page, { name: 'letter.zip', buffer: Buffer.from('Dear all') });
  const desk = page.getByRole('alert').filter({ hasText: 'This file is no model that is read here.' });
  await desk.getByText('Your models are as they were.').waitFor();
  await desk.getByText('MODEL_UNKNOWN').waitFor();
  assert.deepEqual(await findBarriers(page), []);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.equal(width <= 320, true, `${width} px wide`);
  await page.getByRole('button', { name: 'Put away' }).click();
  await desk.waitFor({ state: 'hidden' });
  await context.close();
  assert.deepEqual(faults, []);
});
