import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { findBarriers, openPage, useApp } from '../helpers/app.mjs';

const MINUTES = 60_000;

let app;
let browser;
useApp((started) => ({ app, browser } = started));

/** Trains a small run on generated digits, which becomes v1. */
async function trainSmallRun(page, images = 600) {
  await page.getByLabel('Data', { exact: true }).selectOption('generated');
  await page.getByRole('spinbutton', { name: 'Images' }).fill(String(images));
  await page.getByRole('spinbutton', { name: 'Epochs' }).fill('2');
  await page.getByRole('button', { name: 'Start training' }).click();
  await page
    .locator('run-table tbody tr')
    .first()
    .getByText('Finished')
    .waitFor({ timeout: 2 * MINUTES });
}

/** Tests a model on the generated digits. */
async function testModel(page, model) {
  await page.getByLabel('Model', { exact: true }).selectOption(model);
  await page.getByLabel('Digits', { exact: true }).selectOption('generated/7919/5000');
  await page.getByRole('button', { name: /^Test (v|the|again)/ }).click();
  await page.locator('evaluate-page confusion-matrix').waitFor({ timeout: MINUTES });
}

test('a trained run is tested, and a cell of its matrix shows its images with their probabilities', async () => {
  const { context, page, faults } = await openPage(browser, app.url, { route: '#/train' });
  await trainSmallRun(page);
  await page.getByRole('link', { name: 'Evaluate' }).click();
  await page.getByRole('heading', { name: 'Nothing tested yet' }).waitFor();
  assert.deepEqual(await findBarriers(page), []);
  await testModel(page, '1');
  await page.getByText('How well v1 reads 5,000 digits.').waitFor();

  const report = await page.getByRole('region', { name: 'Report, text' }).textContent();
  assert.match(report, /^ {14}precision {4}recall {2}f1-score {3}support\n\n {11}0 /);
  const accuracy = / accuracy +(0\.\d\d|1\.00) +5000\n/.exec(report)[1];
  const figure = await page.locator('estimate-figure').first().locator('.value').textContent();
  assert.equal((Number.parseFloat(figure) / 100).toFixed(2), accuracy);

  // The cell with the most mistakes: what it counts is what it shows.
  await page.locator('pair-table').getByRole('button').first().click();
  const heading = page.locator('.beside read-images').getByRole('heading');
  const [label, answer] = (await heading.textContent()).match(/\d/g);
  const cell = page.getByRole('gridcell', { name: new RegExp(`^${label} read as ${answer}: `) });
  assert.equal(await cell.getAttribute('aria-selected'), 'true');
  const count = Number((await cell.textContent()).trim());
  await page.locator('.beside read-images').getByText(`${count} image`).first().waitFor();
  const images = page.locator('.beside read-images li button');
  assert.equal(await images.count(), Math.min(24, count));
  const shares = await images.evaluateAll((all) =>
    all.map((button) => Number(/(\d+\.\d)%/.exec(button.ariaLabel)[1])),
  );
  assert.deepEqual(
    shares,
    shares.toSorted((a, b) => b - a),
    'the surest first',
  );

  await images.first().click();
  const opened = page.locator('evaluated-image');
  await opened.getByRole('heading', { name: `A ${label}, read as ${answer}` }).waitFor();
  assert.equal(await opened.locator('probability-bars li').count(), 10);
  await opened.getByText(/^Why an? \d\?$/).click();
  await opened.locator('explain-board').waitFor();
  await opened.getByRole('button', { name: `Keep it as a ${label} in Corrections` }).click();
  await page.getByText(`Kept as a ${label} in Corrections.`).waitFor();
  assert.deepEqual(await findBarriers(page), []);

  // Also for whoever has not been on Train, its curves are there.
  await page.reload();
  await testModel(page, '1');
  await page.getByRole('img', { name: /^Validation loss (is|went) / }).waitFor();
  await context.close();
  assert.deepEqual(faults, []);
});

test('a cell is opened by the keyboard; a test is shown again after a reload, with its parts, and beside every set', async () => {
  const { context, page, faults } = await openPage(browser, app.url, { route: '#/evaluate' });
  await page.getByRole('button', { name: 'Test the shipped model' }).waitFor();
  await page.getByLabel('Digits', { exact: true }).selectOption('generated/7919/5000');
  await page.getByRole('button', { name: 'Test the shipped model' }).click();
  await page.getByRole('gridcell', { name: /^0 read as 0: / }).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.locator('.beside read-images').getByRole('heading', { name: '1 read as 1' }).waitFor();
  await page.reload();
  await page.getByText('How well the shipped model reads 5,000 digits.').waitFor();
  await page.locator('confusion-matrix').waitFor();
  await openSlices(page);
  await context.close();
  assert.deepEqual(faults, []);
});

/** The images of a part of the test, and the test of a set that was scored among all of them. */
async function openSlices(page) {
  const within = page.getByRole('region', { name: 'Parts of these digits' });
  const row = within
    .getByRole('row')
    .filter({ has: page.getByRole('button') })
    .first();
  const count = (await row.locator('.count').textContent()).trim();
  const name = (await row.getByRole('button').textContent()).trim();
  await row.getByRole('button').click();
  const images = page.locator('.beside read-images');
  await images.getByRole('heading', { name }).waitFor();
  await images.getByText(`${count} images, the mistakes first.`).waitFor();

  const sets = page.getByRole('region', { name: 'Every set' });
  await sets.getByRole('button', { name: 'Test on every set' }).click();
  await sets.getByRole('button', { name: 'Drawn benchmark' }).click({ timeout: MINUTES });
  await page.getByText('How well the shipped model reads 500 digits.').waitFor({ timeout: MINUTES });
}

test('a wrong label is found, by hand and by networks that have not learned it, mended in its place, and counted at once', async () => {
  const { context, page, faults } = await openPage(browser, app.url, { route: '#/data' });
  await page.getByRole('button', { name: 'Make a set' }).click();
  await page.getByRole('spinbutton', { name: 'How many' }).fill('600');
  await page.getByRole('button', { name: 'Make it' }).click();
  await page.getByText('600 images in one set').waitFor({ timeout: MINUTES });
  await page.getByRole('link', { name: 'Evaluate' }).click();
  const all = page.getByLabel('Digits', { exact: true }).locator('option', { hasText: 'All, 600' });
  await page.getByLabel('Digits', { exact: true }).selectOption(await all.getAttribute('value'));
  await page.getByText('A model reads digits that it learned from better').waitFor();
  await page.getByRole('button', { name: 'Test the shipped model' }).click();
  const mistakes = page.locator('confusion-matrix .hint');
  const before = Number.parseInt(await mistakes.textContent(), 10);
  assert.ok(before > 0, 'the shipped model misreads some generated digits');

  await page.locator('pair-table').getByRole('button').first().click();
  const heading = await page.locator('.beside read-images').getByRole('heading').textContent();
  await page.locator('.beside read-images li button').first().click();
  await page
    .locator('evaluated-image')
    .getByRole('button', { name: `It is a ${heading.at(-1)}`, exact: true })
    .click();
  await page.getByText(`It is a ${heading.at(-1)} now. All figures were counted again.`).waitFor();
  await page.waitForFunction((count) => {
    const deep = (root, path) => path.reduce((at, name) => at.shadowRoot.querySelector(name), root);
    const path = ['evaluate-page', 'evaluation-board', 'confusion-matrix', '.hint'];
    return deep(document.querySelector('inkling-app'), path).textContent.trim().startsWith(`${count} of`);
  }, before - 1);
  await plantAndFind(page);
  await context.close();
  assert.deepEqual(faults, []);
});

/** A label that is made wrong is among the first that networks suspect that have not learned from it. */
async function plantAndFind(page) {
  const opened = page.locator('evaluated-image');
  await page.getByRole('gridcell', { name: /^1 read as 1: / }).click();
  await page.locator('.beside read-images').getByRole('heading', { name: '1 read as 1' }).waitFor();
  await page.locator('.beside read-images li button').first().click();
  await opened.getByRole('button', { name: 'It is a 8', exact: true }).click();
  await page.getByText('It is a 8 now. All figures were counted again.').waitFor();
  await opened.getByRole('button', { name: 'Close' }).click();

  const list = page.locator('worth-a-look');
  await list.getByRole('button', { name: 'Label errors' }).click();
  await list.getByRole('button', { name: 'Check with models that have not seen them' }).click();
  await list.getByRole('button', { name: 'Check again' }).waitFor({ timeout: 2 * MINUTES });
  await list
    .getByRole('button', { name: /^A 8, read as 1 with / })
    .first()
    .click();
  await opened.getByRole('button', { name: 'It is a 1', exact: true }).click();
  await page.getByText('It is a 1 now. All figures were counted again.').waitFor();
}

test('two models stand side by side with McNemar’s test, and each chart is saved as CSV, SVG and PNG', async () => {
  const options = { route: '#/train', acceptDownloads: true };
  const { context, page, faults } = await openPage(browser, app.url, options);
  await trainSmallRun(page, 300);
  await page.getByRole('link', { name: 'Evaluate' }).click();
  await testModel(page, '1');
  await page.getByLabel('Beside it').selectOption('0');
  const compared = page.locator('version-comparison');
  await compared
    .getByText(/^v1 reads [\d,]+ (more|fewer) of 5,000 rightly than the shipped model\..+McNemar’s/)
    .waitFor();
  await compared.getByRole('button', { name: /^Only the shipped model right/ }).click();
  await page
    .locator('.board read-images')
    .getByRole('heading', { name: 'Only the shipped model right' })
    .waitFor();

  assert.deepEqual(await findBarriers(page), []);

  const desk = page.locator('robustness-desk');
  await desk.getByRole('button', { name: 'Size' }).click();
  await desk.getByRole('button', { name: 'Measure size' }).click();
  await desk.locator('.annotation-text').waitFor({ timeout: MINUTES });
  await desk.getByRole('slider', { name: 'Size, times' }).press('Home');
  await desk.getByText(/^0\.5 times$/).waitFor();
  await desk.getByText(/Read as \d, /).waitFor();
  const [, first] = /^A (\d), made worse/.exec(await desk.getByText(/made worse as far/).textContent());
  const other = page
    .locator('worth-a-look')
    .getByRole('button', { name: new RegExp(`^A [^${first}], read as`) })
    .first();
  const [, label] = /^A (\d), read as/.exec(await other.getAttribute('aria-label'));
  await other.click();
  await desk.getByText(`A ${label}, made worse as far as you like.`).waitFor();

  const chart = page.locator('chart-card[heading=Calibration]');
  await chart.scrollIntoViewIfNeeded();
  await chart.locator('.annotation-text').first().waitFor();
  const starts = { CSV: '"Confidence","perfect","measured"\r\n', SVG: '<svg xmlns=', PNG: '\u0089PNG' };
  for (const [format, start] of Object.entries(starts)) {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      chart.getByRole('button', { name: `Save ${format}` }).click(),
    ]);
    assert.equal(download.suggestedFilename(), `inkling-calibration.${format.toLowerCase()}`);
    const content = await readFile(await download.path(), 'latin1');
    assert.ok(content.startsWith(start), `${format}: ${content.slice(0, 40)}`);
  }
  await context.close();
  assert.deepEqual(faults, []);
});
