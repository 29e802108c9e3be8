/** Storage that fails: Draw reads digits all the same, and the page says what is wrong and what can be done. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { chromium } from 'playwright-core';
import { browserArgs, findBrowser } from '../../scripts/browser.mjs';
import {
  DIGIT_STROKES,
  drawStrokes,
  findBarriers,
  openProfile,
  readAnswer,
  useApp,
  waitUntilReady,
} from '../helpers/app.mjs';

let app;
let browser;
useApp((started) => ({ app, browser } = started));

async function assertReads(page, digit) {
  await waitUntilReady(page);
  await drawStrokes(page, DIGIT_STROKES[digit]);
  assert.equal(await readAnswer(page), String(digit));
}

/**
 * Runs in the page before anything else. The database of a window that is called `broken` does not open; one that
 * is called `newer` asks for the next version of it, as a newer Inkling does.
 */
function openAsTheWindowIsCalled() {
  const { open } = IDBFactory.prototype;
  IDBFactory.prototype.open = function (database, version) {
    if (name === 'broken') throw new DOMException('Internal error opening backing store.', 'UnknownError');
    return open.call(this, database, name === 'newer' && version ? version + 1 : version);
  };
}

test('where a person forbids the browser to keep anything, Draw reads a digit and the page says so', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'inkling-'));
  mkdirSync(join(folder, 'Default'));
  const preferences = { profile: { default_content_setting_values: { cookies: 2 } } };
  writeFileSync(join(folder, 'Default/Preferences'), JSON.stringify(preferences));
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: await findBrowser(),
    args: browserArgs(),
    chromiumSandbox: false,
    viewport: { width: 1440, height: 1400 },
  });
  context.setDefaultTimeout(60_000);
  const [page] = context.pages();
  await page.goto(app.url);
  await page.getByRole('heading', { name: 'This browser lets Inkling keep nothing.' }).waitFor();
  await page.getByRole('button', { name: 'Try again' }).waitFor();
  assert.equal(await page.getByRole('button', { name: 'Reset storage…' }).isVisible(), false);
  await assertReads(page, 4);
  await context.close();
  rmSync(folder, { recursive: true });
});

test('a broken database and a tab that holds it are named; Draw reads digits meanwhile, and the app goes on once it is reset, or the tab closed', async () => {
  const context = await openProfile(browser, { viewport: { width: 1440, height: 1400 } });
  const page = await context.newPage();
  await page.addInitScript(openAsTheWindowIsCalled);
  await page.addInitScript(() => (window.name ||= 'broken'));
  await page.goto(app.url);
  const broken = page.getByText('The browser cannot read what Inkling keeps on this device.');
  await broken.waitFor();
  await assertReads(page, 7);
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByText('It did not help: it is as before.').waitFor();
  await page.getByRole('button', { name: 'Reset storage…' }).click();
  await page.getByText('All data sets, runs and models of your own, and all settings, are lost').waitFor();
  assert.deepEqual(await findBarriers(page), []);
  await page.evaluate(() => (window.name = 'whole'));
  await Promise.all([
    page.waitForEvent('load'),
    page.getByRole('button', { name: 'Delete it and begin anew' }).click(),
  ]);
  // The tour is offered once the database has answered.
  await page.getByRole('button', { name: 'Take the tour' }).waitFor();
  assert.equal(await broken.isVisible(), false);

  const older = await context.newPage();
  await older.goto(`${app.url}icons/icon.svg`);
  await older.evaluate(holdDatabase);
  await page.evaluate(() => (window.name = 'newer'));
  await page.reload();
  const held = page.getByText('Another tab with an older Inkling is open and does not answer.');
  await held.waitFor();
  await waitUntilReady(page);
  await older.close();
  await held.waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'Take the tour' }).waitFor();
  await context.close();
});

/** Runs in a page that holds the database from then on and hears nothing, as a tab that hangs. */
async function holdDatabase() {
  const request = indexedDB.open('inkling');
  await new Promise((resolve) => (request.onsuccess = resolve));
  window.held = request.result;
}
