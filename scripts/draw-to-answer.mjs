import { chromium } from 'playwright-core';
import { browserArgs, findBrowser } from './browser.mjs';

const DIGITS = 40;
/** As most digits are written; 3 strokes and more are rare. */
const STROKES_A_DIGIT = 2;
/** Movements of a stroke: the browser tells of one a frame, so it takes 0.4 s, as a quick hand does. */
const MOVES_A_STROKE = 24;
/** The z of a 95 % interval. */
const Z = 1.96;

/**
 * What somebody waits who draws on the app at `url`: from each movement of the pen, at the event, until the
 * page shows what the network reads, in milliseconds. 40 digits of two strokes, each cleared by Escape,
 * in a fresh profile. The page itself takes the time: what is answered late counts from the first movement.
 */
export async function measureDrawToAnswer(browser, url) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 1000 } });
  try {
    const page = await context.newPage();
    await page.goto(url);
    await page.getByText('Write one digit.', { exact: true }).waitFor();
    await page.evaluate(collectTimes);
    for (let digit = 0; digit < DIGITS; digit++) {
      for (let stroke = 0; stroke < STROKES_A_DIGIT; stroke++)
        await drawLine(page, 6 + (digit % 12) + 3 * stroke);
      await page.keyboard.press('Escape');
    }
    return await page.evaluate(() => window.answerTimes);
  } finally {
    await context.close();
  }
}

/** The same in a browser of its own: median and 95th percentile, this one with its 95 % interval, in ms. */
export async function summarizeDrawToAnswer(url) {
  const browser = await chromium.launch({ executablePath: await findBrowser(), args: browserArgs() });
  try {
    const times = (await measureDrawToAnswer(browser, url)).sort((a, b) => a - b);
    const median = times[nearestRank(times.length, 0.5)];
    return { median, count: times.length, ...percentileWithInterval(times, 0.95) };
  } finally {
    await browser.close();
  }
}

/** A line from top to bottom of the pad, `x` squares from its left, at the pace of the browser. */
export async function drawLine(page, x) {
  const pad = page.locator('digit-canvas .pad');
  await pad.waitFor();
  const box = await pad.boundingBox();
  const square = box.width / 28;
  await page.mouse.move(box.x + x * square, box.y + 5 * square);
  await page.mouse.down();
  await page.mouse.move(box.x + (x + 2) * square, box.y + 22 * square, { steps: MOVES_A_STROKE });
  await page.mouse.up();
}

/** Runs in the page: keeps what the page measures. */
function collectTimes() {
  window.answerTimes = [];
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntriesByName('stroke to answer')) window.answerTimes.push(duration);
  }).observe({ type: 'measure' });
}

/** A percentile of sorted times with its 95 % interval by order statistics, which asks for no distribution. */
function percentileWithInterval(sorted, share) {
  const margin = Z * Math.sqrt((share * (1 - share)) / sorted.length);
  const at = (part) => sorted[nearestRank(sorted.length, Math.min(1, part))];
  return { p95: at(share), low: at(share - margin), high: at(share + margin) };
}

function nearestRank(count, share) {
  return Math.max(0, Math.ceil(share * count) - 1);
}
