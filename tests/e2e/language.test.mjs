/** Other languages: every page in each of them, and in one that reads from right to left. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { findBarriers, openPage, openProfile, openTab, useApp, waitUntilFits } from '../helpers/app.mjs';

const ROUTES = ['draw', 'data', 'train', 'evaluate', 'models', 'api', 'stress', 'about', 'learn'];
/** Names that are the same in every language. */
const NAMES =
  /TensorFlow\.js|WebGL|WASM|ReLU|CPU|MNIST|ONNX|TF\.js|safetensors|English|Deutsch|Español|fetch|curl|GET|POST|DELETE|[\w.]+\.(?:csv|html|py|png)|\b[a-z_]*[0-9a-f]{40,}|\w{3,9} \d{1,2}, \d{4}/gu;

let app;
let browser;
useApp((started) => ({ app, browser } = started));
/** One profile for all walks: each new one fetches the whole app. */
let profile;

/** Everything that can be read or heard on the page, names that people gave and code aside. */
function readPage(page) {
  return page.evaluate(() => {
    const texts = [];
    const heard = ['aria-label', 'aria-description', 'aria-roledescription', 'title', 'placeholder', 'alt'];
    const read = (root) => {
      for (const element of root.querySelectorAll('*')) {
        if (element.closest('style, script, noscript, code, pre, [translate=no]')) continue;
        if (element.tagName === 'DETAILS') element.open = true;
        for (const name of heard) texts.push(element.getAttribute(name) ?? '');
        for (const { nodeType, data } of element.childNodes) if (nodeType === 3) texts.push(data);
        if (element.shadowRoot) read(element.shadowRoot);
      }
    };
    read(document.body);
    return texts.map((text) => text.replace(/\s+/gu, ' ').trim()).filter(Boolean);
  });
}

/** Opens every page in turn, in one visit, and calls `look` on each when it is there. */
async function walk(language, width, look) {
  profile ??= await openProfile(browser);
  const { page, faults } = await openTab(profile, app.url, `#/draw?lang=${language}`);
  await page.setViewportSize({ width, height: 900 });
  for (const route of ROUTES) {
    await page.evaluate((hash) => (location.hash = hash), `#/${route}`);
    await page.locator(`${route}-page h1`).first().waitFor();
    await look(page, route);
  }
  await page.close();
  assert.deepEqual(faults, []);
}

/** A word of plain letters: in the pseudo-language every message has accents. */
const isEnglish = (text) =>
  (
    text
      .replace(/\u2068[^\u2069]*\u2069/gu, '')
      .replace(NAMES, '')
      .match(/[A-Za-z]{3,}/gu) ?? []
  ).some((word) => /[aeiou]/iu.test(word));

test('in a language that reads from right to left, every page is turned, fits, and is translated throughout', async () => {
  await walk('qps-rtl', 1440, async (page, route) => {
    assert.equal(await page.evaluate(() => document.documentElement.dir), 'rtl');
    assert.deepEqual([route, ...(await readPage(page)).filter(isEnglish)], [route]);
    await waitUntilFits(page);
    await page.setViewportSize({ width: 390, height: 844 });
    await waitUntilFits(page);
    assert.deepEqual([route, ...(await findBarriers(page))], [route]);
    await page.setViewportSize({ width: 1440, height: 900 });
  });
});

for (const language of ['de', 'es']) {
  const catalogue = JSON.parse(
    readFileSync(new URL(`../../src/i18n/catalogues/${language}.json`, import.meta.url), 'utf8'),
  );
  const others = new Set(Object.values(catalogue));

  test(`${language}: no English is left on any page, and every page fits 320 px`, async () => {
    await walk(language, 320, async (page, route) => {
      assert.equal(await page.evaluate(() => document.documentElement.lang), language);
      const left = (await readPage(page)).filter((text) => catalogue[text] && !others.has(text));
      assert.deepEqual([route, ...left], [route]);
      await waitUntilFits(page);
    });
  });
}

test('a language is chosen without a reload, has the focus still, and is spoken on the next visit', async () => {
  const { context, page, faults } = await openPage(browser, app.url, { route: '#/about' });
  await page.evaluate(() => (window.isSamePage = true));
  await page.getByRole('combobox', { name: 'Language' }).selectOption('Deutsch');
  await page.getByRole('heading', { level: 1, name: 'Über' }).waitFor();
  assert.equal(await page.title(), 'Über · Inkling');
  assert.equal(await page.evaluate(() => window.isSamePage), true);
  const focused = page.locator('#language:focus');
  await focused.waitFor();
  await page.reload();
  await page.getByRole('heading', { level: 1, name: 'Über' }).waitFor();
  await page.getByRole('combobox', { name: 'Sprache' }).selectOption('English');
  await page.getByRole('heading', { level: 1, name: 'About' }).waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'en');
  await context.close();
  assert.deepEqual(faults, []);
});

test('whoever reads another language first is greeted in it', async () => {
  const { context, page } = await openPage(browser, app.url, { locale: 'es-MX' });
  await page.getByRole('heading', { level: 1, name: 'Dibujar' }).waitFor();
  await context.close();
});
