/** Renders the PNG icons from the SVG ones, with the browser that the tests use. Run after a change. */
import './setup.mjs';
import { readFileSync, writeFileSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { browserArgs, findBrowser } from './browser.mjs';

const icons = new URL('../public/icons/', import.meta.url);
const browser = await chromium.launch({ executablePath: await findBrowser(), args: browserArgs() });
const page = await browser.newPage();
for (const [source, side] of [
  ['icon', 192],
  ['icon', 512],
  ['icon-maskable', 192],
  ['icon-maskable', 512],
  ['icon-monochrome', 512],
]) {
  const svg = readFileSync(new URL(`${source}.svg`, icons), 'base64');
  await page.setViewportSize({ width: side, height: side });
  await page.setContent(
    `<body style="margin:0"><img width="${side}" src="data:image/svg+xml;base64,${svg}">`,
  );
  const png = await page.screenshot({ omitBackground: true });
  writeFileSync(new URL(`${source}-${side}.png`, icons), png);
}
await browser.close();
