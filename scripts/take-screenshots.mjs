/**
 * `npm run screenshots`: pictures of each page, wide and narrow, light and dark, in .cache/screenshots/,
 * to be looked at; the README's picture is one of them.
 */
import './setup.mjs';
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import {
  DIGIT_STROKES,
  drawStrokes,
  launchBrowser,
  openPage,
  serveApp,
  waitUntilReady,
} from '../tests/helpers/app.mjs';

const folder = fileURLToPath(new URL('../.cache/screenshots/', import.meta.url));
const SIZES = {
  wide: { viewport: { width: 1440, height: 1000 } },
  medium: { viewport: { width: 900, height: 1000 } },
  narrow: { viewport: { width: 390, height: 844 }, hasTouch: true },
  tiny: { viewport: { width: 320, height: 640 }, hasTouch: true },
};

/** What is done on each page before its picture is taken. */
const PAGES = {
  draw: async (page) => {
    await waitUntilReady(page);
    await drawStrokes(page, DIGIT_STROKES[4]);
    await page.locator('draw-page .answer .digit:not(.none)').waitFor();
  },
  data: async (page) => {
    await page.getByRole('button', { name: 'Make a set' }).click();
    await page.getByRole('spinbutton', { name: 'How many' }).fill('1000');
    await page.getByRole('button', { name: 'Make it' }).click();
    await page.getByText('1,000 images in one set').waitFor({ timeout: 60_000 });
    await page.getByText('A pixel holds').waitFor();
  },
  train: async (page) => {
    await page.getByLabel('Data', { exact: true }).selectOption('generated');
    await page.getByRole('spinbutton', { name: 'Images' }).fill('3000');
    await page.getByRole('spinbutton', { name: 'Epochs' }).fill('3');
    await page.getByRole('button', { name: 'Start training' }).click();
    await page
      .locator('train-page .progress .statement')
      .getByText(/Done in/)
      .waitFor({ timeout: 300_000 });
  },
  evaluate: async (page) => {
    await page.getByLabel('Digits', { exact: true }).selectOption({ label: 'Generated digits, 5,000' });
    await page.getByRole('button', { name: /^Test / }).click();
    await page.locator('pair-table').getByRole('button').first().click({ timeout: 120_000 });
    await page.locator('.beside read-images li button').first().click();
    await page.locator('evaluation-board evaluated-image').waitFor();
    // A chart is drawn once it comes near.
    for (const card of await page.locator('chart-card').all()) await card.scrollIntoViewIfNeeded();
    await page.locator('chart-card .annotation-text').nth(5).waitFor();
  },
  models: (page) => page.getByText('Weights hash').waitFor(),
  about: (page) => page.getByRole('heading', { name: 'The shipped model' }).waitFor(),
};

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
await build({ logLevel: 'error' });
const app = await serveApp();
const browser = await launchBrowser();
for (const [size, options] of Object.entries(SIZES)) {
  for (const colorScheme of ['light', 'dark']) {
    const { context, page } = await openPage(browser, app.url, {
      ...options,
      colorScheme,
      reducedMotion: 'reduce',
    });
    await declineTour(page);
    for (const [route, prepare] of Object.entries(PAGES)) {
      await page.goto(`${app.url}#/${route}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await prepare(page);
      const path = `${folder}${route}-${size}-${colorScheme}.png`;
      await page.screenshot({ path, fullPage: true });
      console.log(path);
    }
    await context.close();
  }
}
await takeStorePictures();
await browser.close();
await app.stop();
copyFileSync(`${folder}draw-wide-light.png`, fileURLToPath(new URL('../docs/draw.png', import.meta.url)));

/** Its offer would lie over every picture. */
function declineTour(page) {
  return page.getByRole('button', { name: 'No, thanks' }).click();
}

/** The pictures that app stores and the browser's install dialog show: `scripts/web-manifest.mjs` lists them. */
async function takeStorePictures() {
  const folder = fileURLToPath(new URL('../public/screenshots/', import.meta.url));
  mkdirSync(folder, { recursive: true });
  for (const [name, viewport, routes] of [
    ['wide', { width: 1280, height: 800 }, ['draw', 'train']],
    ['narrow', { width: 390, height: 844 }, ['draw', 'about']],
  ]) {
    const { context, page } = await openPage(browser, app.url, { viewport, reducedMotion: 'reduce' });
    await declineTour(page);
    for (const route of routes) {
      await page.goto(`${app.url}#/${route}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      if (route === 'draw') await PAGES.draw(page);
      await page.screenshot({ path: `${folder}${route}-${name}.png` });
    }
    await context.close();
  }
}
