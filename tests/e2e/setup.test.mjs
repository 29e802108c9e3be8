import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { findBarriers, openPage, useApp, waitUntilFits } from '../helpers/app.mjs';

const MINUTES = 60_000;
const manifest = JSON.parse(readFileSync(new URL('../../dist/mnist/manifest.json', import.meta.url), 'utf8'));
const hasMnist = manifest.splits !== undefined;

let app;
let browser;
useApp((started) => ({ app, browser } = started));

const statement = (page) => page.locator('train-page .progress .statement');
const startButton = (page) => page.getByRole('button', { name: 'Start training' });

async function openTrain(options) {
  const opened = await openPage(browser, app.url, { route: '#/train', ...options });
  await startButton(opened.page).waitFor();
  return opened;
}

/** Sets up a small run with settings of one's own. */
async function setUp(page) {
  await page.getByLabel('Data', { exact: true }).selectOption('generated');
  await page.getByRole('spinbutton', { name: 'Images' }).fill('300');
  await page.getByRole('spinbutton', { name: 'Epochs' }).fill('2');
  await page.getByLabel('Runs on').selectOption('simd');
  await page.locator('run-form summary').click();
  await page.getByRole('spinbutton', { name: 'Batch size' }).fill('20');
  await page.getByLabel('Schedule').selectOption('cosine');
  await page.getByRole('button', { name: /^Convolution 32/ }).click();
  await page.getByRole('spinbutton', { name: 'Filters' }).fill('12');
  await page.getByRole('slider', { name: 'Turn' }).fill('15');
}

async function copyLink(page) {
  await page.getByRole('button', { name: 'Copy link to this setup' }).click();
  await page.getByText('The link to this setup is copied.').waitFor();
  return page.evaluate(() => navigator.clipboard.readText());
}

async function train(page) {
  const told = page
    .locator('toast-list')
    .getByText('is done.')
    .waitFor({ timeout: 3 * MINUTES });
  await startButton(page).click();
  await statement(page)
    .getByText(/Done in/)
    .waitFor({ timeout: 2 * MINUTES });
  await told;
  return page.evaluate(
    () => document.querySelector('inkling-app').services.models.catalogue.value.versions[0].weightsHash,
  );
}

/** Runs in the page: visible controls of the form that are lower than a finger, 44 pixels. */
function findSmallTargets() {
  const found = [];
  const visit = (root) => {
    for (const element of root.querySelectorAll('*')) {
      if (element.shadowRoot) visit(element.shadowRoot);
      // A box or a circle is as large as the label around it.
      const control = element.matches('[type=checkbox], [type=radio]') ? element.closest('label') : element;
      if (!element.matches('button, select, input, summary')) continue;
      const { width, height } = control.getBoundingClientRect();
      if (width > 0 && height < 43.5)
        found.push(`${element.tagName} ${element.textContent.trim()} ${height}`);
    }
  };
  visit(
    document
      .querySelector('inkling-app')
      .shadowRoot.querySelector('train-page')
      .shadowRoot.querySelector('run-form').shadowRoot,
  );
  return found;
}

async function checkFit(page) {
  await waitUntilFits(page);
  assert.deepEqual(await page.evaluate(findSmallTargets), []);
}

const permissions = ['clipboard-read', 'clipboard-write'];

test('a setup copied as a link fills the form of another profile, starts nothing, and trains to the same weights', async () => {
  const { context, page, faults } = await openTrain({ permissions });
  await setUp(page);
  assert.deepEqual(await findBarriers(page), []);
  const link = await copyLink(page);
  assert.match(link, /#\/train\?run=[\w-]+$/);
  const hash = await train(page);
  await page.getByRole('row').filter({ hasText: 'Quick, changed, 2 epochs' }).waitFor();
  await context.close();

  const other = await openPage(browser, app.url, { route: new URL(link).hash });
  await other.page.getByText('A link filled in this form.').waitFor();
  await other.page.getByText('Nothing trained yet.').waitFor();
  assert.equal(await other.page.getByRole('spinbutton', { name: 'Batch size' }).inputValue(), '20');
  assert.equal(await other.page.getByRole('spinbutton', { name: 'Images' }).inputValue(), '300');
  await other.page.getByRole('button', { name: /^Convolution 12/ }).waitFor();
  assert.equal(await train(other.page), hash);
  await other.context.close();
  assert.deepEqual([...faults, ...other.faults], []);
});

test('a hostile link changes nothing but what it says rightly, and says so', async () => {
  const record = { v: 1, r: 'balanced', e: 3, b: -5, d: '<img src=x onerror=alert(1)>', l: 'x', zz: 1 };
  const written = Buffer.from(JSON.stringify(record)).toString('base64url');
  const { context, page, faults } = await openPage(browser, app.url, { route: `#/train?run=${written}` });
  const notes = page.locator('run-form .notes');
  await notes.getByText('A link filled in this form.').waitFor();
  assert.equal(await notes.getByRole('listitem').count(), 4);
  assert.equal(await page.getByRole('spinbutton', { name: 'Epochs' }).inputValue(), '3');
  assert.equal(await page.getByRole('radio', { name: /Balanced/ }).isChecked(), true);
  assert.equal(await page.locator('run-form img').count(), 0);

  await page.evaluate(() => (location.hash = '#/train?run=%25%25'));
  await notes.getByText('This link is damaged').waitFor();
  await context.close();
  assert.deepEqual(faults, []);
});

test('goes on from the shipped model, which keeps reading', async () => {
  const { context, page, faults } = await openTrain();
  await page.getByLabel('Data', { exact: true }).selectOption('generated');
  await page.getByRole('spinbutton', { name: 'Images' }).fill('600');
  await page.locator('run-form summary').click();
  await page.getByLabel('Start from').selectOption('0');
  await page.getByLabel('Old images').selectOption('none');
  await page.getByRole('spinbutton', { name: 'Learning rate' }).fill('0.0001');
  await train(page);
  const accuracy = page.locator('train-page .facts div').filter({ hasText: 'Validation accuracy' });
  assert.ok(Number.parseFloat(await accuracy.locator('dd').textContent()) > 85, 'it knew digits before');
  await context.close();
  assert.deepEqual(faults, []);
});

test('with all settings open, the form fits a phone, and every target is large enough to touch', async () => {
  for (const width of [320, 390]) {
    const { context, page, faults } = await openTrain({ viewport: { width, height: 800 }, hasTouch: true });
    await page.locator('run-form summary').click();
    await page.getByLabel('Stop early').check();
    if (hasMnist) await page.getByLabel('Data', { exact: true }).selectOption('mixture');
    await page.getByRole('button', { name: /^Convolution 32/ }).click();
    await checkFit(page);
    await page.getByLabel('Start from').selectOption('0');
    await checkFit(page);
    assert.deepEqual(await findBarriers(page), []);
    await context.close();
    assert.deepEqual(faults, []);
  }
});
