/** Every page without a mouse, without seeing it, and in large type. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  DIGIT_STROKES,
  drawStrokes,
  openProfile,
  openTab,
  useApp,
  waitUntilFocused,
  waitUntilReady,
} from '../helpers/app.mjs';
import { findCutOff, listen, walkByTab } from '../helpers/reach.mjs';

const WINDOW = { width: 1440, height: 1000 };
/** 200 % of a window of 1440 pixels; type alone made twice as large, also on a phone. */
const ZOOMS = [
  { width: 720, height: 500, type: '' },
  { ...WINDOW, type: '200%' },
  { width: 390, height: 844, type: '200%' },
];
/** The longest that a screen reader is given to read at once, in characters. */
const LONGEST = 260;
/** How long a page may take to lie as it should after its size has changed, in milliseconds. */
const SETTLING_MS = 60_000;

let app;
let browser;
useApp((started) => ({ app, browser } = started));

describe('by ear, with the keyboard and in large type', () => {
  let page;
  let faults;

  before(async () => {
    const context = await openProfile(browser);
    await context.addInitScript(listen);
    ({ page, faults } = await openTab(context, app.url));
    await waitUntilReady(page);
    await page.getByRole('button', { name: 'No, thanks' }).click();
  });
  after(() => page?.context().close());

  /** A page that is gone to has the focus, by its name, and its name is the window's. */
  const show = async (title) => {
    await page.evaluate((hash) => (location.hash = hash), `#/${title.toLowerCase()}`);
    await page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
    await waitUntilFocused(page, title);
    assert.equal(await page.title(), `${title} · Inkling`);
  };
  /** Does something and waits until `words` are said; tells all that was: each thing once, and nothing long. */
  const hear = async (words, act) => {
    await page.evaluate(() => window.heard());
    await act();
    await page
      .waitForFunction((part) => window.saidSoFar().some((text) => text.includes(part)), words)
      .catch(async (cause) => {
        const said = await page.evaluate(() => window.saidSoFar());
        throw new Error(`“${words}” was not said, but: ${said.join(' | ')}`, { cause });
      });
    const said = await page.evaluate(() => window.heard());
    assert.deepEqual(said, [...new Set(said)], 'something was said twice');
    for (const text of said) assert.ok(text.length <= LONGEST, `${text.length} characters: ${text}`);
    return said;
  };
  /** Every control has its turn, in the order of the page, with a ring and with nothing over it. */
  const walk = async () => {
    const { count, ...faulty } = await walkByTab(page);
    assert.ok(count > 11, `${count} stops, of which eleven are the navigation’s`);
    assert.deepEqual(faulty, { unreached: [], outOfOrder: [], ringless: [], covered: [] });
  };
  /** What it finds in the end: charts take the size of their place one after another. */
  const untilNone = async (find) => {
    const deadline = Date.now() + SETTLING_MS;
    let found = await page.evaluate(find);
    while (found.length > 0 && Date.now() < deadline) {
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(done)));
      found = await page.evaluate(find);
    }
    return found;
  };
  const enlarge = async (zooms = ZOOMS) => {
    for (const { type, ...size } of zooms) {
      await page.setViewportSize(size);
      await page.evaluate((fontSize) => (document.documentElement.style.fontSize = fontSize), type);
      assert.deepEqual(await untilNone(findCutOff), [], `${size.width} × ${size.height}, ${type || '100%'}`);
    }
    await page.evaluate(() => (document.documentElement.style.fontSize = ''));
    await page.setViewportSize(WINDOW);
  };
  const everything = async () => {
    await page.evaluate(putToastsAway);
    await walk();
    await enlarge();
    assert.deepEqual(faults, []);
  };

  test('Draw says the answer', async () => {
    const said = await hear('Reads as a 4', () => drawStrokes(page, DIGIT_STROKES[4]));
    assert.ok(said.length <= DIGIT_STROKES[4].length, said.join(' | '));
    await everything();
  });

  test('Data says what was made, and why a file is refused', async () => {
    await show('Data');
    await page.getByRole('button', { name: 'Make a set' }).click();
    await page.getByRole('spinbutton', { name: 'How many' }).fill('100');
    await hear('100 shown', () => page.getByRole('button', { name: 'Make it' }).click());
    await page.getByText('A pixel holds').waitFor();
    const file = { name: 'notes.zip', mimeType: 'application/zip', buffer: Buffer.from('no archive') };
    await hear('This is not a ZIP file.', () => page.locator('input.files').setInputFiles(file));
    await page.getByRole('button', { name: 'Put away' }).click();
    await everything();
  });

  test('Train says how a run went', async () => {
    await show('Train');
    await page.getByLabel('Data', { exact: true }).selectOption('generated');
    await page.getByRole('spinbutton', { name: 'Images' }).fill('600');
    await hear('v1 is kept as a candidate.', () =>
      page.getByRole('button', { name: 'Start training' }).click(),
    );
    await everything();
  });

  test('Evaluate says how well a model reads', async () => {
    await show('Evaluate');
    await page.getByLabel('Digits', { exact: true }).selectOption({ label: 'Generated, seed 1: All, 100' });
    await hear('of 100 digits are read rightly', () => page.getByRole('button', { name: /^Test / }).click());
    await everything();
  });

  test('Models says that one is gone, and has its undo at hand', async () => {
    await show('Models');
    await page.locator('model-table').getByRole('button', { name: 'v1', exact: true }).click();
    const details = page.locator('model-details');
    await hear('“v1” is deleted.', () => details.getByRole('button', { name: 'Delete' }).click());
    await page.getByRole('button', { name: 'Undo' }).press('Enter');
    await page.locator('model-table').getByRole('button', { name: 'v1', exact: true }).waitFor();
    await everything();
  });

  test('API says that an answer has come', async () => {
    await show('API');
    await hear('Answered on this device', () => page.getByRole('button', { name: 'Send' }).click());
    await everything();
  });

  test('Stress says what is wrong with a plan', async () => {
    await show('Stress');
    await hear('users', () => page.getByRole('spinbutton', { name: 'Number of users' }).fill('1000000'));
    await page.getByRole('button', { name: 'Short', exact: true }).click();
    await everything();
  });

  test('About says what a look at every file found', async () => {
    await show('About');
    await page.evaluate(lingerOverCheck);
    await hear('Checking every file', () => page.getByRole('button', { name: 'Check every file' }).click());
    await everything();
    // A tablet on its side, and a phone: all of the navigation can be come by.
    await enlarge([
      { width: 1024, height: 600, type: '' },
      { width: 844, height: 390, type: '' },
    ]);
  });

  test('Learn says each step of the tour', async () => {
    await show('Learn');
    await everything();
    await hear('Step 1 of', () => page.getByRole('button', { name: 'Start the tour' }).press('Enter'));
    await waitUntilFocused(page, 'Data');
    const card = page.getByRole('complementary', { name: 'Guided tour' });
    await hear('Step 2 of', () =>
      card
        .getByRole('button', { name: /^(Next|Skip)/ })
        .first()
        .press('Enter'),
    );
  });
});

/** Runs in the page: toasts go by themselves, at no time that a test could know, and lie over what is below. */
function putToastsAway() {
  const { notices } = document.querySelector('inkling-app').services;
  for (const { id } of notices.notices.value) notices.dismiss(id);
}

/** Runs in the page: here little is kept, and a check that is over within a frame is not told of. */
function lingerOverCheck() {
  const { offline } = document.querySelector('inkling-app').services;
  const checkAll = offline.checkAll.bind(offline);
  offline.checkAll = async () => {
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    return checkAll();
  };
}
