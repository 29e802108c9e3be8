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
    globalThis.launch = (name, base64) => {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      consumer({ files: [{ getFile: async () => new File([bytes], name) }] });
    };
  };
  Object.defineProperty(globalThis, 'launchQueue', { value: { setConsumer } });
}

test('a file that the system opens lands on the right page, and nothing happens before a yes', async () => {
  const { context, page, faults } = await openPage(browser, app.url);
  await page.addInitScript(installLaunchQueue);
  await page.reload();
  await waitUntilReady(page);
  await page.waitForFunction(() => globalThis.launch);
  const launch = (name) => page.evaluate(([name, file]) => globalThis.launch(name, file), [name, PICTURE]);

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

  await launch('letter.doc');
  await desk(page).getByText('is nothing that Inkling reads').waitFor();
  await desk(page).getByRole('button', { name: 'Put away' }).click();
  await desk(page).waitFor({ state: 'detached' });
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
  await context.close();
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
