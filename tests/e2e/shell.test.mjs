import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import {
  findBarriers,
  openPage,
  openProfile,
  openTab,
  useApp,
  waitUntilControlled,
  waitUntilFits,
  waitUntilReady,
} from '../helpers/app.mjs';

const ROUTES = ['draw', 'data', 'train', 'models', 'about'];
const HEADINGS = { draw: 'Draw', data: 'Data', train: 'Train', models: 'Models', about: 'About' };
const ALL_HEADINGS = { ...HEADINGS, evaluate: 'Evaluate', api: 'API', stress: 'Stress', learn: 'Learn' };

let app;
let browser;
useApp((started) => ({ app, browser } = started));

const headingOf = (page) => page.getByRole('heading', { level: 1 });

test('every page has an address that survives a reload', async () => {
  const { context, page, faults } = await openPage(browser, app.url);
  for (const route of ROUTES) {
    await page.getByRole('link', { name: HEADINGS[route] }).click();
    await headingOf(page).getByText(HEADINGS[route]).waitFor();
    assert.equal(new URL(page.url()).hash, `#/${route}`);
    await page.reload();
    await headingOf(page).getByText(HEADINGS[route]).waitFor();
    assert.match(await page.title(), new RegExp(HEADINGS[route]));
  }
  await page.goBack();
  await headingOf(page).getByText('Models').waitFor();
  await context.close();
  assert.deepEqual(faults, []);
});

for (const options of [
  { colorScheme: 'light', viewport: { width: 1440, height: 1000 } },
  { colorScheme: 'dark', viewport: { width: 390, height: 844 }, hasTouch: true },
]) {
  describe(`no page keeps anybody out, ${options.colorScheme}, ${options.viewport.width} px`, () => {
    let opened;
    before(async () => {
      opened = await openPage(browser, app.url, options);
      await waitUntilReady(opened.page);
    });
    after(() => opened?.context.close());

    for (const route of Object.keys(ALL_HEADINGS)) {
      test(`${route}: no barrier that axe knows`, async () => {
        const { page, faults } = opened;
        await page.evaluate((hash) => (location.hash = hash), `#/${route}`);
        await headingOf(page).getByText(ALL_HEADINGS[route]).waitFor();
        assert.deepEqual(await findBarriers(page), []);
        assert.deepEqual(faults, []);
      });
    }
  });
}

describe('no page keeps anybody out', () => {
  let context;
  before(async () => {
    context = await openProfile(browser, { hasTouch: true });
  });
  after(() => context?.close());

  test('a phone has four tabs and a sheet for the other pages, which keeps the focus and gives it back', async () => {
    const { context, page, faults } = await openPage(browser, app.url, {
      colorScheme: 'dark',
      viewport: { width: 320, height: 640 },
      hasTouch: true,
    });
    await headingOf(page).waitFor();
    const tabs = page.getByRole('navigation', { name: 'Pages', exact: true });
    const more = tabs.getByRole('button', { name: 'More' });
    const sheet = page.getByRole('dialog', { name: 'More' });
    assert.deepEqual(
      (await tabs.locator('li').getByRole('link').allInnerTexts()).map((text) => text.trim()),
      ['Draw', 'Data', 'Train', 'Evaluate'],
    );
    await more.press('Enter');
    await sheet.waitFor();
    assert.deepEqual(await findBarriers(page), []);
    for (const target of await sheet.getByRole('link').or(sheet.getByRole('button')).all()) {
      const { width, height } = await target.boundingBox();
      assert.ok(width >= 44 && height >= 44, `${await target.innerText()} is ${width} × ${height}`);
    }
    // Round all that can be reached: the focus never leaves the sheet for the page under it.
    for (let tab = 0; tab < 12; tab++) {
      await page.keyboard.press('Tab');
      assert.ok(await page.evaluate(isFocusInSheet), `after ${tab + 1} Tabs`);
    }
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'hidden' });
    await more.and(page.locator(':focus')).waitFor();

    await more.click();
    await sheet.getByRole('button', { name: 'Light' }).click();
    await page.waitForFunction(() => document.documentElement.dataset.theme === 'light');
    await sheet.getByRole('link', { name: 'Stress' }).click();
    await headingOf(page).getByText('Stress').waitFor();
    await sheet.waitFor({ state: 'hidden' });
    assert.equal(await more.getAttribute('aria-current'), 'true');
    await context.close();
    assert.deepEqual(faults, []);
  });

  for (const width of [320, 390, 768, 1024]) {
    test(`at ${width} px nothing runs out of the page, and every target can be hit`, async () => {
      const { page } = await openTab(context, app.url);
      await page.setViewportSize({ width, height: 800 });
      await page.reload();
      for (const [route, heading] of Object.entries(ALL_HEADINGS)) {
        await page.goto(`${app.url}#/${route}`);
        await headingOf(page).getByText(heading).waitFor();
        await waitUntilFits(page);
        const small = await page.evaluate(findSmallTargets);
        assert.deepEqual(small, [], route);
      }
      await page.close();
    });
  }

  test('the first Tab leads past the navigation', async () => {
    const { page } = await openTab(context, app.url);
    await headingOf(page).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    const focused = await page.evaluate(
      () => document.querySelector('inkling-app').shadowRoot.activeElement.tagName,
    );
    assert.equal(focused, 'MAIN');
    await page.close();
  });
});

/** Runs in the page: the focus is in the sheet, or in the browser's own controls, which follow the last of the page's. */
function isFocusInSheet() {
  let focused = document.activeElement;
  if (focused === document.body) return true;
  while (focused.shadowRoot?.activeElement) {
    if (focused.localName === 'more-sheet') return true;
    focused = focused.shadowRoot.activeElement;
  }
  return false;
}

/** Runs in the page: visible controls under 24 pixels either way (WCAG 2.2, 2.5.8). */
function findSmallTargets() {
  const found = [];
  const visit = (root) => {
    for (const element of root.querySelectorAll('*')) {
      if (element.shadowRoot) visit(element.shadowRoot);
      if (
        !element.matches(
          'button, select, input:not([type=radio]):not([hidden]), summary, nav a, label.recipe',
        )
      )
        continue;
      // What is touched of a box to tick is its label.
      const target = (element.matches('input') && element.closest('label')) || element;
      const { width, height } = target.getBoundingClientRect();
      if (width > 0 && (width < 24 || height < 24))
        found.push(`${element.tagName} ${element.textContent.trim()} ${width}×${height}`);
    }
  };
  visit(document);
  return found;
}

test('the theme follows the device until one is chosen, and the choice is kept', async () => {
  const { context, page } = await openPage(browser, app.url, { colorScheme: 'dark' });
  await headingOf(page).waitFor();
  const themeOf = () => page.evaluate(() => document.documentElement.dataset.theme);
  assert.equal(await themeOf(), 'dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await page.waitForFunction(() => document.documentElement.dataset.theme === 'light');
  await page.getByRole('button', { name: /theme/ }).click();
  await page.getByRole('button', { name: /theme/ }).click();
  assert.equal(await themeOf(), 'dark');
  await page.reload();
  await headingOf(page).waitFor();
  assert.equal(await themeOf(), 'dark');
  await context.close();
});

test('the page is isolated and locked down: no inline script, no eval, nobody else to talk to', async () => {
  const { context, page } = await openPage(browser, app.url);
  await headingOf(page).waitFor();
  assert.equal(await page.evaluate(() => crossOriginIsolated), true);
  const outcomes = await page.evaluate(async () => {
    // What a debugger evaluates is exempt from the policy; what a timer calls is the page's own.
    await new Promise((resolve) => setTimeout(resolve));
    const attempt = async (work) => {
      try {
        await work();
        return 'allowed';
      } catch {
        return 'refused';
      }
    };
    return {
      // oxlint-disable-next-line no-eval -- that it is refused is what is tested
      eval: await attempt(() => globalThis.eval('1')),
      html: await attempt(() => (document.createElement('div').innerHTML = '<b>x</b>')),
      fetch: await attempt(() => fetch('https://example.com/')),
      worker: await attempt(() => new Worker('data:text/javascript,1')),
    };
  });
  assert.deepEqual(outcomes, { eval: 'refused', html: 'refused', fetch: 'refused', worker: 'refused' });
  await context.close();
});

test('the app can be installed: Chromium finds nothing missing in its manifest', async () => {
  const { context, page } = await openPage(browser, app.url);
  await waitUntilControlled(page);
  const session = await context.newCDPSession(page);
  const { errors } = await session.send('Page.getAppManifest');
  assert.deepEqual(errors, []);
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
  // A test's profile is a private one, in which no app can be installed.
  assert.deepEqual(
    installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito'),
    [],
  );
  await context.close();
});

test('a page is fetched beside the app, in a handful of files, and what is behind it once it is shown', async () => {
  const context = await openProfile(browser);
  const page = await context.newPage();
  const scripts = [];
  page.on('request', (request) =>
    scripts.push(...(/\/assets\/([a-z-]+)-[\w-]{8}\.js$/.exec(request.url())?.slice(1) ?? [])),
  );
  const held = (name) =>
    new Promise((arrived) =>
      page.route(`**/assets/${name}-*.js`, (route) => arrived(() => route.continue())),
    );
  const [loading, train] = [held('index'), held('train-page')];
  const asked = page.waitForRequest(/train-page-/);
  await page.goto(`${app.url}#/train`, { waitUntil: 'commit' });
  const letApp = await loading;
  // The page is asked for while the app is not here yet.
  await asked;
  await letApp();
  await page.getByRole('link', { name: 'Train', exact: true }).waitFor();
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
  assert.ok(scripts.length <= 6, scripts.join(', '));
  const [letTrain, reader] = [await train, page.waitForRequest(/ml\.worker/)];
  await letTrain();
  await headingOf(page).getByText('Train').waitFor();
  await reader;
  await context.close();
});

/** The files that the first paint of Draw runs: those of the document, the page, and what the page imports. */
function firstFiles(dist) {
  const html = readFileSync(new URL('index.html', dist), 'utf8');
  const found = new Set([...html.matchAll(/(?:src|href)="\.\/([^"]+\.js)"/g)].map((match) => match[1]));
  assert.ok(found.size > 0);
  const draw = readdirSync(new URL('assets/', dist)).find((name) => name.startsWith('draw-page-'));
  for (const path of found.add(`assets/${draw}`)) {
    const imports = readFileSync(new URL(path, dist), 'utf8').matchAll(
      /(?:from|import)\s*"\.\/([^"]+\.js)"/g,
    );
    for (const [, name] of imports) found.add(`assets/${name}`);
  }
  return [...found];
}

test('first paint loads at most 60 kB of JavaScript, and none of TF.js or Plotly', async () => {
  const dist = new URL('../../dist/', import.meta.url);
  const first = firstFiles(dist);
  const sizes = first.map((path) => gzipSync(readFileSync(new URL(path, dist))).length);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  console.log(`JavaScript for first paint: ${(total / 1000).toFixed(1)} kB gzip in ${first.length} files`);
  assert.ok(total <= 60_000, `${total} bytes`);
  // Words that minifiers leave, each of which must be found somewhere, or it would prove nothing.
  const assets = readdirSync(new URL('assets/', dist)).map((name) => `assets/${name}`);
  for (const heavy of ['WEBGL_VERSION', 'Plotly.']) {
    const files = assets.filter(
      (path) => path.endsWith('.js') && readFileSync(new URL(path, dist), 'utf8').includes(heavy),
    );
    assert.ok(files.length > 0, heavy);
    assert.deepEqual(
      files.filter((path) => first.includes(path)),
      [],
    );
  }
});

test('no file of the build evaluates text as code', () => {
  const assets = new URL('../../dist/assets/', import.meta.url);
  for (const file of readdirSync(assets).filter((name) => name.endsWith('.js'))) {
    const text = readFileSync(new URL(file, assets), 'utf8');
    assert.doesNotMatch(text, /\bnew Function\(|[^.\w]eval\(/, file);
  }
});

test('no two files of the build wait for each other: either could begin without the other', () => {
  const assets = new URL('../../dist/assets/', import.meta.url);
  const imports = new Map(
    readdirSync(assets)
      .filter((name) => name.endsWith('.js'))
      .map((name) => {
        const text = readFileSync(new URL(name, assets), 'utf8');
        return [name, [...text.matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)].map((match) => match[1])];
      }),
  );
  assert.ok([...imports.values()].some((names) => names.length > 0));
  const settled = new Set();
  const visit = (name, path) => {
    assert.ok(!path.includes(name), [...path, name].join(' imports '));
    if (settled.has(name)) return;
    for (const next of imports.get(name) ?? []) visit(next, [...path, name]);
    settled.add(name);
  };
  for (const name of imports.keys()) visit(name, []);
});
