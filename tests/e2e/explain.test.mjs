import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import {
  DIGIT_STROKES,
  drawStrokes,
  findBarriers,
  openProfile,
  openTab,
  useApp,
  waitForAnswer,
  waitUntilFits,
  waitUntilReady,
} from '../helpers/app.mjs';

const card = JSON.parse(readFileSync(new URL('../../public/models/shipped.json', import.meta.url), 'utf8'));
const convs = card.architecture.layers.filter(({ kind }) => kind === 'conv');
const [firstConv] = convs;

let app;
let browser;
useApp((started) => ({ app, browser } = started));

for (const options of [
  { colorScheme: 'light' },
  { colorScheme: 'dark', viewport: { width: 390, height: 844 }, hasTouch: true },
]) {
  describe(`“Why a 4?”, ${options.colorScheme}, ${options.viewport?.width ?? 1440} px`, () => {
    let context;
    let page;
    let faults;
    before(async () => {
      context = await openProfile(browser, options);
    });
    after(() => context?.close());
    beforeEach(async () => {
      ({ page, faults } = await openTab(context, app.url));
      await waitUntilReady(page);
    });
    afterEach(async () => {
      await page.close();
      assert.deepEqual(faults, []);
    });

    const desk = () => page.locator('explain-desk');
    const choose = (name) => desk().getByRole('button', { name, exact: true }).click();
    const picture = (name) => desk().getByRole('img', { name });

    async function draw(digit) {
      // On a phone the desk lies below the pad.
      await page.locator('digit-canvas').scrollIntoViewIfNeeded();
      await drawStrokes(page, DIGIT_STROKES[digit]);
      await waitForAnswer(page, digit);
    }

    async function drawAndOpen(digit) {
      await draw(digit);
      await desk().locator('summary').click();
    }

    const expectNoBarriers = async () => {
      assert.deepEqual(await findBarriers(page), []);
      await waitUntilFits(page);
    };

    test('weighs the ink, for the answer and against it', async () => {
      await drawAndOpen(4);
      await picture(/^Most for a 4: .+ Most for |Nothing in it/).waitFor();
      await desk().getByLabel('and not').selectOption({ label: 'a 9' });
      await desk().getByText('speaks for a 9').waitFor();
      await expectNoBarriers();
    });

    test('shows every layer, and the map and filter under the keyboard', async () => {
      await drawAndOpen(4);
      await choose('Layers');
      await desk().getByText(`Map 1 of ${firstConv.filters}`).waitFor();
      await desk().getByRole('button', { name: 'Map 1', exact: true }).focus();
      await page.keyboard.press('ArrowRight');
      await desk().getByText(`Map 2 of ${firstConv.filters}`).waitFor();
      const side = firstConv.kernelSize;
      await picture(`The filter of map 2, ${side} by ${side} weights`).waitFor();
      await expectNoBarriers();
      await choose(`Conv ${convs.length}`);
      await desk()
        .getByText(`Map 2 of ${convs.at(-1).filters}`)
        .waitFor();
      await choose('Dense 1');
      await picture(/^The digit 4 got most/).waitFor();
      await expectNoBarriers();
    });

    test('finds what is alike, once there is something to compare with', async () => {
      await drawAndOpen(4);
      await choose('Alike');
      await desk().getByText('No set of digits is on this device yet').waitFor();
      await expectNoBarriers();
      await page.getByRole('button', { name: 'It is a 4' }).click();
      await page.getByText('Kept as a 4.').waitFor();
      await desk().getByText('The nearest one is labelled 4. 1 compared.').waitFor();
      await expectNoBarriers();
    });

    test('says what would make it another digit', async () => {
      await drawAndOpen(4);
      await choose('What if');
      await desk().getByLabel('What would make it').selectOption({ label: 'a 9' });
      await desk()
        .getByText(/of 784 pixels change .+ the likeliest is a 9/)
        .waitFor();
      await picture('The changed digit, read as a 9').waitFor();
      await expectNoBarriers();
    });

    test('follows the drawing, and waits where there is none', async () => {
      await drawAndOpen(4);
      await picture(/^Most for a 4/).waitFor();
      await page.getByRole('button', { name: 'Clear' }).click();
      await desk().getByText('Write a digit first.').waitFor();
      await draw(7);
      await desk().getByRole('heading', { name: 'Why a 7?' }).waitFor();
      await picture(/^Most for a 7/).waitFor();
    });
  });
}
