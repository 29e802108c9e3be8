import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { findBarriers, openPage, useApp, waitUntilReady } from '../helpers/app.mjs';

let app;
let browser;
useApp((started) => ({ app, browser } = started));

const PICTURE = readFileSync(new URL('../../dist/icons/icon-192.png', import.meta.url)).toString('base64');
const desk = (page) => page.getByRole('alert', { name: 'Opened from the system' });

/** Runs before the page: the part of the system that opens files with the app. */
function installLaunchQueue() {
  const setConsumer = (consumer) => {
    globalThis.launch = (base64, ...names) => {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      consumer({ files: names.map((name) => ({ getFile: async () => new File([bytes], name) })) });
    };
    globalThis.launchAt = (targetURL) => consumer({ files: [], targetURL });
  };
  Object.defineProperty(globalThis, 'launchQueue', { value: { setConsumer } });
}

test('a file that the system opens lands on the right page, and nothing happens before a yes', async () => {
  const { context, page, faults } = await openPage(browser, app.url);
  await page.addInitScript(installLaunchQueue);
  await page.reload();
  await waitUntilReady(page);
  await page.waitForFunction(() => globalThis.launch);
  const launch = (...names) => page.evaluate((all) => globalThis.launch(...all), [PICTURE, ...names]);

  await launch('three<img src=x onerror=alert(1)>.png');
  await desk(page).getByText('three<img src=x onerror=alert(1)>.png').waitFor();
  assert.equal(await desk(page).locator('img').count(), 0);
  assert.deepEqual(await findBarriers(page), []);
  await page.getByText('Write one digit.', { exact: true }).waitFor();
  await desk(page).getByRole('button', { name: 'Read the picture on Draw' }).click();
  await page.locator('draw-page .answer .digit:not(.none), draw-page .answer .statement').first().waitFor();
  await page.getByText('Write one digit.', { exact: true }).waitFor({ state: 'hidden' });

  // It is no ZIP: what matters is where it is refused.
  await launch('digits.zip');
  await desk(page).getByRole('button', { name: 'Look at its digits on Data' }).click();
  await page.getByRole('heading', { level: 1, name: 'Data' }).waitFor();
  await page.getByText('This is not a ZIP file').first().waitFor();

  await launch('mine.safetensors');
  await desk(page).getByRole('button', { name: 'Take it in as a model' }).click();
  await page.getByRole('heading', { level: 1, name: 'Models' }).waitFor();
  await page.getByRole('alert').getByText('no model that is read here').waitFor();

  // Draw reads one picture at a time: none of the others is lost.
  await launch('one.png', 'two.png', 'three.png');
  for (const [name, others] of [
    ['one.png', 'and 2 more'],
    ['two.png', 'and 1 more'],
    ['three.png', ''],
  ]) {
    await desk(page).getByText(name).waitFor();
    if (others) await desk(page).getByText(others).waitFor();
    await desk(page).getByRole('button', { name: 'Read the picture on Draw' }).click();
  }
  await desk(page).waitFor({ state: 'detached' });

  await launch('letter.doc');
  await desk(page).getByText('is nothing that Inkling reads').waitFor();
  await desk(page).getByRole('button', { name: 'Put away' }).click();
  await desk(page).waitFor({ state: 'detached' });

  // A shortcut of the system, while the app is open: only to a page that there is, and only of this app.
  const shortcut = (address) => page.evaluate((url) => globalThis.launchAt(url), address);
  await shortcut(`${app.url}#/train`);
  await page.getByRole('heading', { level: 1, name: 'Train' }).waitFor();
  for (const address of [
    app.url,
    `${app.url}#/nowhere`,
    'https://other.example/#/data',
    `${app.url}x/#/data`,
  ])
    await shortcut(address);
  assert.equal(new URL(page.url()).hash, '#/train');
  await context.close();
  assert.deepEqual(faults, []);
});

test('a picture that is shared with the app is asked about, and another site’s form does no more than ask', async () => {
  const { context, page } = await openPage(browser, app.url);
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated');
  // Of a page without our policy, as another site is: ours lets no form be sent.
  const other = await context.newPage();
  await context.route('http://other.example/', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<form method="post" enctype="multipart/form-data" action="${app.url}share"><input type="file" name="files"></form>`,
    }),
  );
  await other.goto('http://other.example/');
  await other
    .locator('input')
    .setInputFiles({ name: 'five.png', mimeType: 'image/png', buffer: Buffer.from(PICTURE, 'base64') });
  await other.evaluate(() => document.querySelector('form').submit());
  await other.waitForURL(`${app.url}#/draw`);
  await desk(other).getByText('five.png').waitFor();
  await other.getByText('Write one digit.', { exact: true }).waitFor();
  await desk(other).getByRole('button', { name: 'Put away' }).click();
  await other.reload();
  await waitUntilReady(other);
  assert.equal(await desk(other).count(), 0, 'it is asked about once');

  // What cannot be taken is told, and nobody is left with an error of the browser’s.
  await other.goto('http://other.example/');
  const many = Array.from({ length: 51 }, (_, index) => ({
    name: `${index}.png`,
    mimeType: 'image/png',
    buffer: Buffer.from([index]),
  }));
  await other.locator('input').evaluate((input) => (input.multiple = true));
  await other.locator('input').setInputFiles(many);
  await other.evaluate(() => document.querySelector('form').submit());
  await other.getByText('50 of the 51 files that were shared were taken.').waitFor();
  assert.equal(new URL(other.url()).hash, '#/draw');
  await desk(other).getByText('and 49 more').waitFor();
  const damaged = await page.evaluate(async () => {
    const { redirected, status } = await fetch('share', { method: 'POST', body: 'no form' });
    return [redirected, status];
  });
  assert.deepEqual(damaged, [true, 200]);
  await page.goto(`${app.url}#/draw?shared=0-of-0`);
  await page.reload();
  await page.getByText('What was shared could not be taken.').waitFor();
  await context.close();
});

test('an address without https says what to do, in place of errors', async () => {
  const { context, page, faults } = await openPage(browser, app.url, {
    viewport: { width: 320, height: 640 },
  });
  await context.route('http://inkling.example/**', async (route) => {
    const { pathname } = new URL(route.request().url());
    await route.fulfill({ response: await route.fetch({ url: new URL(pathname, app.url).href }) });
  });
  faults.length = 0;
  await page.goto('http://inkling.example/#/about');
  await page.getByRole('heading', { level: 1, name: 'Inkling needs https or localhost' }).waitFor();
  assert.equal(await page.evaluate(() => isSecureContext), false);
  await page.getByRole('link', { name: 'https://inkling.example/' }).waitFor();
  assert.deepEqual(await findBarriers(page), []);
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 320);
  await context.close();
  // The browser itself says that such an address has no isolation.
  const isOurs = (fault) => !/^request: http:\/\/inkling\.example\/|Cross-Origin-Opener-Policy/.test(fault);
  assert.deepEqual(faults.filter(isOurs), []);
});

test('every address and picture that the manifest names is there, as large as it says', async () => {
  const { context, page } = await openPage(browser, app.url);
  const manifest = await (await fetch(`${app.url}manifest.webmanifest`)).json();
  const pictures = [...manifest.icons, ...manifest.screenshots].filter(({ type }) => type === 'image/png');
  for (const { src, sizes } of pictures) {
    const size = await page.evaluate(async (url) => {
      const bitmap = await createImageBitmap(await (await fetch(url)).blob());
      return `${bitmap.width}x${bitmap.height}`;
    }, src);
    assert.equal(size, sizes, src);
  }
  const factors = new Set(manifest.screenshots.map(({ form_factor }) => form_factor));
  assert.deepEqual([...factors].sort(), ['narrow', 'wide']);
  for (const { url } of manifest.shortcuts) {
    await page.goto(new URL(url, app.url).href);
    await page.getByRole('heading', { level: 1 }).waitFor();
  }
  const session = await context.newCDPSession(page);
  const { errors } = await session.send('Page.getAppManifest');
  assert.deepEqual(errors, []);
  await context.close();
});
