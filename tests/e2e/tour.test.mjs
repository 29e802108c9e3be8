import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  DIGIT_STROKES,
  drawStrokes,
  findBarriers,
  openPage,
  readAnswer,
  useApp,
  waitUntilFits,
  waitUntilFocused,
  waitUntilReady,
} from '../helpers/app.mjs';

let app;
let browser;
useApp((started) => ({ app, browser } = started));

const PHONE = { colorScheme: 'dark', viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

const card = (page) => page.getByRole('complementary', { name: 'Guided tour' });
const cardButton = (page, name) => card(page).getByRole('button', { name, exact: true });
const button = (page, name) => page.getByRole('button', { name, exact: true });
const title = (page, text) => card(page).getByText(text, { exact: true });

/** Resolves once the step that is on has been seen to be done, and goes on to the next. */
async function goOn(page, next) {
  await cardButton(page, `Next: ${next}`).click({ timeout: 60_000 });
}

/** Resolves when the mark is around something that nothing lies over. */
async function expectMarkInView(page) {
  const isInView = (target, tour) => {
    const { top, bottom } = target.getBoundingClientRect();
    const free = tour.getBoundingClientRect().top;
    return top >= 0 && top < free && (bottom <= free || bottom - top > free);
  };
  // Which element has the mark may change, as a button becomes usable.
  const look = async () =>
    page.locator('[data-tour-target]').evaluate(isInView, await card(page).elementHandle());
  const deadline = Date.now() + 60_000;
  while (!(await look())) {
    assert.ok(Date.now() < deadline, 'the mark is in view');
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(done)));
  }
}

test('the tour leads a phone through the whole life of a model, and goes on after a reload', async () => {
  const { context, page, faults } = await openPage(browser, app.url, PHONE);
  await waitUntilReady(page);
  await button(page, 'Take the tour').click();

  await title(page, 'Digits to learn from').waitFor();
  await expectMarkInView(page);
  assert.deepEqual(await findBarriers(page), []);
  // "Show me" puts the focus on what the step is done with.
  await cardButton(page, 'Show me').click();
  await page.keyboard.press('Enter');
  await page.getByRole('spinbutton', { name: 'How many' }).fill('600');
  await button(page, 'Make it').click();
  await goOn(page, 'Train');

  const filledIn = page.getByText('A link filled in this form.');
  await filledIn.waitFor();
  assert.equal(await page.getByRole('spinbutton', { name: 'Epochs' }).inputValue(), '3');
  await expectMarkInView(page);
  await page.reload();
  await title(page, 'Watch a network learn').waitFor();
  await page.goto(`${app.url}#/about`);
  await cardButton(page, 'Go to Train').click();
  await filledIn.waitFor();
  await button(page, 'Start training').click();
  await goOn(page, 'Evaluate');

  await title(page, 'See where it fails').waitFor();
  await expectMarkInView(page);
  await page.getByLabel('Model', { exact: true }).selectOption('1');
  await page.getByLabel('Digits', { exact: true }).selectOption({ index: 1 });
  await button(page, 'Test v1').click();
  await goOn(page, 'Draw');

  await title(page, 'Try it by hand').waitFor();
  await page.locator('digit-canvas').scrollIntoViewIfNeeded();
  await expectMarkInView(page);
  await drawStrokes(page, DIGIT_STROKES[7]);
  await readAnswer(page);
  await button(page, 'It is a 7').click();
  await title(page, 'Your digit is kept, with what it means.').waitFor();
  await page.reload();
  await cardButton(page, 'Next step').click();
  await title(page, 'Let it learn from you').waitFor();
  await expectMarkInView(page);
  await button(page, 'Learn from my correction').click();
  await title(page, 'It has learned from you. Compare before and after, and decide.').waitFor({
    timeout: 60_000,
  });
  // What is done is pointed at no more.
  await page.locator('[data-tour-target]').waitFor({ state: 'detached' });
  await goOn(page, 'Stress');
  await walkToTheEnd(page);
  await context.close();
  assert.deepEqual(faults, []);
});

/** From the flood on: each step points at what it is done with, and is done by doing it. */
async function walkToTheEnd(page) {
  await title(page, 'Send it a flood').waitFor();
  await expectMarkInView(page);
  await page.getByLabel('Run time').fill('5s');
  await button(page, 'Start test').click();
  await goOn(page, 'Models');

  await title(page, 'Let your model answer').waitFor();
  await expectMarkInView(page);
  await page.locator('model-table').getByRole('button', { name: 'v1', exact: true }).click();
  await button(page, 'Use it anyway').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Use it anyway' }).click();
  await goOn(page, 'API');

  await title(page, 'Ask it as a program does').waitFor();
  await expectMarkInView(page);
  await button(page, 'Send').click();
  await page.getByText('Answered on this device').first().waitFor();
  await goOn(page, 'About');
  await title(page, 'That is the whole life of a model').waitFor();
  await cardButton(page, 'Close').click();
  await card(page).waitFor({ state: 'detached' });
}

test('the offer is made once, and no more to whoever has turned it down', async () => {
  const { context, page, faults } = await openPage(browser, app.url);
  await button(page, 'No, thanks').click();
  await card(page).waitFor({ state: 'detached' });
  await page.waitForFunction(isTourOver);
  await page.reload();
  await waitUntilReady(page);
  await page.waitForFunction(() =>
    document
      .querySelector('inkling-app')
      .services.openTour()
      .then((tour) => tour.state.value.kind === 'over'),
  );
  assert.equal(await card(page).count(), 0);

  // It can still be taken, with the keyboard, and left.
  await page.goto(`${app.url}#/learn`);
  await button(page, 'Start the tour').press('Enter');
  await title(page, 'Digits to learn from').waitFor();
  await waitUntilFocused(page, 'Data');
  await cardButton(page, 'Skip step').press('Enter');
  await title(page, 'Watch a network learn').waitFor();
  await waitUntilFocused(page, 'Train');
  await cardButton(page, 'End tour').press('Enter');
  await card(page).waitFor({ state: 'detached' });
  assert.equal(await page.locator('[data-tour-target]').count(), 0);
  await context.close();
  assert.deepEqual(faults, []);
});

test('a question mark explains a word to the keyboard, and Escape leads back', async () => {
  const { context, page, faults } = await openPage(browser, app.url, { route: '#/train' });
  const hint = page.getByRole('button', { name: '“epoch”' });
  await hint.press('Enter');
  const meaning = page.getByRole('dialog', { name: 'Explanation' });
  await meaning.getByText('One epoch is one time through').waitFor();
  await meaning.getByRole('img', { name: /^A row of images/ }).waitFor();
  assert.deepEqual(await findBarriers(page), []);
  await page.keyboard.press('Escape');
  await meaning.waitFor({ state: 'hidden' });
  await hint.and(page.locator(':focus')).waitFor();
  await context.close();
  assert.deepEqual(faults, []);
});

test('a lesson sets Train up, locks what the teacher chose, and lets it be unlocked', async () => {
  const { context, page, faults } = await openPage(browser, app.url, { route: '#/learn' });
  await page.getByLabel('Title of the lesson').fill('<img src=x onerror=alert(1)> Lesson 3');
  await page.getByRole('spinbutton', { name: 'Images' }).fill('500');
  await page.getByRole('spinbutton', { name: 'Epochs' }).fill('2');
  assert.deepEqual(await findBarriers(page), []);
  await page.setViewportSize({ width: 320, height: 640 });
  await waitUntilFits(page);
  await page.setViewportSize({ width: 1440, height: 1000 });
  await page.getByRole('link', { name: 'Try it' }).click();

  await page.getByText('<img src=x onerror=alert(1)> Lesson 3').waitFor();
  const data = page.getByLabel('Data', { exact: true });
  const epochs = page.getByRole('spinbutton', { name: 'Epochs' });
  assert.ok(await data.isDisabled());
  assert.equal(await page.getByRole('spinbutton', { name: 'Images' }).inputValue(), '500');
  assert.ok(await page.getByRole('radio', { name: /^Quick/ }).isDisabled());
  assert.ok(await epochs.isEnabled());
  assert.equal(await epochs.inputValue(), '2');
  assert.deepEqual(await findBarriers(page), []);

  // A look at another page does not unlock it; its own button does, for good.
  await page.getByRole('link', { name: 'About', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'About' }).waitFor();
  await page.getByRole('link', { name: 'Train', exact: true }).click();
  await page.getByText('Set up by your teacher').waitFor();
  assert.ok(await data.isDisabled());
  await button(page, 'Unlock').click();
  assert.ok(await data.isEnabled());
  await page.reload();
  await button(page, 'Start training').waitFor();
  assert.equal(await button(page, 'Unlock').count(), 0);
  await context.close();
  assert.deepEqual(faults, []);
});

/** Runs in the page: that the tour is over is stored a moment after it is shown. */
async function isTourOver() {
  const result = (request) => new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
  const db = await result(indexedDB.open('inkling'));
  const tour = await result(db.transaction('settings').objectStore('settings').get('tour'));
  db.close();
  return tour?.state === 'over';
}
