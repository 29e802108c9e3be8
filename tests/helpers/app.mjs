/** The built app in a real browser, for end-to-end tests. Whatever it should never do is written down. */
import { readFileSync } from 'node:fs';
import { after, before } from 'node:test';
import { chromium } from 'playwright-core';
import { preview } from 'vite';
import { browserArgs, findBrowser } from '../../scripts/browser.mjs';

const AXE = readFileSync(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');

/**
 * How long a test waits for what should come at once, in milliseconds: also on a machine that does much else.
 * Nothing is faster for a smaller figure; only what is broken is told sooner.
 */
const PATIENCE_MS = 60_000;

/** How long fetching and checking the whole app may take on such a machine, in milliseconds. */
export const OFFLINE_MS = 180_000;

/** Serves dist/ with the headers of a real host; `stop` takes the server away for good. */
export async function serveApp() {
  const server = await preview({ preview: { port: 0, host: '127.0.0.1' }, logLevel: 'error' });
  return {
    url: server.resolvedUrls.local[0],
    stop: async () => {
      server.httpServer.closeAllConnections();
      await server.close();
    },
  };
}

/** Starts the browser; `args` are added to those that every test uses. */
export async function launchBrowser(args = []) {
  const browser = await chromium.launch({
    executablePath: await findBrowser(),
    args: [...browserArgs(), ...args],
    chromiumSandbox: false,
  });
  browser.on('context', (context) => context.setDefaultTimeout(PATIENCE_MS));
  return browser;
}

/** For all tests of a file: serves the app and starts a browser, hands both over, and ends them. */
export function useApp(receive) {
  let app;
  let browser;
  before(async () => {
    [app, browser] = await Promise.all([serveApp(), launchBrowser()]);
    receive({ app, browser });
  });
  after(async () => {
    await browser?.close();
    await app?.stop();
  });
}

/**
 * A fresh profile, with a desktop's window where nothing else is said. Its browser saves data, so that the app
 * does not fetch and check all of itself beside what is tested: what is about that says `keepsOffline`.
 */
export async function openProfile(browser, { keepsOffline = false, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 1000 }, ...options });
  if (!keepsOffline) await saveData(context);
  return context;
}

/** From now on the browser of a profile asks pages to save data. */
export function saveData(context) {
  return context.addInitScript(() => {
    Object.defineProperty(NetworkInformation.prototype, 'saveData', { value: true });
  });
}

/** Opens a page in a fresh profile, and tells its `faults` as `openTab` does. */
export async function openPage(browser, url, { route, ...options } = {}) {
  const context = await openProfile(browser, options);
  return { context, ...(await openTab(context, url, route)) };
}

/**
 * Opens one more page in a profile that there is, which spares it fetching the whole app again. `faults`
 * collects what no page may do: errors in the console, a broken security policy, a request to anybody else,
 * an exception that nobody caught.
 */
export async function openTab(context, url, route = '#/draw') {
  const page = await context.newPage();
  const faults = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`exception: ${error.message}`));
  context.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol.startsWith('http') && origin !== new URL(url).origin)
      faults.push(`request: ${request.url()}`);
  });
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      console.error(`Security policy: ${violatedDirective} ${blockedURI}`);
    });
  });
  await page.goto(`${url}${route}`);
  return { page, faults };
}

/** Resolves when the service worker has kept the whole app, in a profile that `keepsOffline`. */
export async function waitUntilOffline(page) {
  await page.getByText('Works offline').waitFor({ timeout: OFFLINE_MS });
  await waitUntilControlled(page);
}

/** Resolves when what the page asks for goes through the service worker. */
export async function waitUntilControlled(page) {
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated');
}

/** Resolves when the model answers: the bars of an empty pad say nothing, so the page itself is asked. */
export async function waitUntilReady(page) {
  await page.getByText('Write one digit.', { exact: true }).waitFor();
}

/**
 * Resolves when the page that was gone to has taken the focus, as it does once it is there: a key that is
 * pressed before goes astray.
 */
export async function waitUntilFocused(page, title) {
  await page.getByRole('main', { name: title, exact: true }).and(page.locator(':focus')).waitFor();
}

/** Strokes of each digit, in squares of the pad. */
export const DIGIT_STROKES = JSON.parse(readFileSync(new URL('digit-strokes.json', import.meta.url), 'utf8'));

/** Draws strokes with the mouse: real pointer events, several points between any two. */
export async function drawStrokes(page, strokes) {
  const box = await page.locator('digit-canvas .pad').boundingBox();
  const square = (box.width - 2) / 28;
  const place = ([x, y]) => [box.x + 1 + x * square, box.y + 1 + y * square];
  for (const [first, ...rest] of strokes) {
    await page.mouse.move(...place(first));
    await page.mouse.down();
    for (const point of rest) await page.mouse.move(...place(point), { steps: 6 });
    await page.mouse.up();
  }
}

/** The digit that the page shows large, once it has one. */
export async function readAnswer(page) {
  const digit = page.locator('draw-page .answer .digit:not(.none)');
  await digit.waitFor();
  return (await digit.textContent()).trim();
}

/** Resolves when the page shows this digit large: while it is being drawn, it looks like others. */
export function waitForAnswer(page, digit) {
  return page.locator('draw-page .answer > .digit', { hasText: String(digit) }).waitFor();
}

/** Resolves when nothing runs out of the page to the right: what a script lays out follows a frame later. */
export function waitUntilFits(page) {
  return page.waitForFunction(() => document.documentElement.scrollWidth <= window.innerWidth);
}

/** Breaches of WCAG 2.0 to 2.2 A and AA and of best practice, as axe-core finds them. */
export async function findBarriers(page) {
  // What begins to move while axe looks is no barrier either, and axe may look for seconds.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.evaluate(settleMotion);
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() =>
    window.axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    }),
  );
  await page.emulateMedia({ reducedMotion: null });
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
  );
}

/** Runs in the page: resolves when every transition that ends has ended; a colour on its way is not yet one. */
async function settleMotion() {
  const motions = [];
  const visit = (root) => {
    motions.push(...root.getAnimations());
    for (const { shadowRoot } of root.querySelectorAll('*')) if (shadowRoot) visit(shadowRoot);
  };
  visit(document);
  const ending = motions.filter(
    ({ effect, playState }) => playState === 'running' && Number.isFinite(effect.getComputedTiming().endTime),
  );
  // One that is called off has ended too.
  await Promise.allSettled(ending.map(({ finished }) => finished));
}
