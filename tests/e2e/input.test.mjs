import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import {
  DIGIT_STROKES,
  openPage,
  openProfile,
  openTab,
  readAnswer,
  useApp,
  waitForAnswer,
  waitUntilReady,
} from '../helpers/app.mjs';

let app;
let browser;
useApp((started) => ({ app, browser } = started));

/** The pad with pen, palm and fingers, through the browser's own input: what a program dispatches is not enough. */
class Hand {
  constructor(session, box) {
    this.session = session;
    this.box = box;
  }

  static async over(page, context) {
    const box = await page.locator('digit-canvas .pad').boundingBox();
    return new Hand(await context.newCDPSession(page), box);
  }

  at([x, y]) {
    const square = (this.box.width - 2) / 28;
    return { x: this.box.x + 1 + x * square, y: this.box.y + 1 + y * square };
  }

  pen(type, point, force, buttons = type === 'mouseMoved' && force === 0 ? 0 : 1) {
    return this.session.send('Input.dispatchMouseEvent', {
      type,
      ...this.at(point),
      pointerType: 'pen',
      force,
      buttons,
      button: buttons === 0 && type === 'mouseMoved' ? 'none' : 'left',
      clickCount: type === 'mouseMoved' ? 0 : 1,
    });
  }

  hover(point) {
    return this.pen('mouseMoved', point, 0);
  }

  /** A stroke of the pen, pressed that hard all the way. */
  async write([first, ...rest], force = 0.5) {
    await this.hover(first);
    await this.pen('mousePressed', first, force);
    for (const point of rest) await this.pen('mouseMoved', point, force);
    await this.pen('mouseReleased', rest.at(-1) ?? first, 0, 0);
  }

  /** A touch that covers that many CSS pixels, and moves. */
  async touch(points, radius = 12) {
    const send = (type, touchPoints) => this.session.send('Input.dispatchTouchEvent', { type, touchPoints });
    const contact = (point) => [{ ...this.at(point), radiusX: radius, radiusY: radius }];
    await send('touchStart', contact(points[0]));
    for (const point of points.slice(1)) await send('touchMove', contact(point));
    await send('touchEnd', []);
  }
}

describe('the pad, with pen and hand', () => {
  let context;
  let page;
  let faults;
  let hand;
  before(async () => {
    context = await openProfile(browser, { hasTouch: true });
  });
  after(() => context?.close());
  beforeEach(async () => {
    ({ page, faults } = await openTab(context, app.url));
    await waitUntilReady(page);
    hand = await Hand.over(page, context);
  });
  afterEach(async () => {
    await page.close();
    assert.deepEqual(faults, []);
  });

  const strokesOf = () => page.locator('digit-canvas').evaluate(({ strokes }) => strokes);

  test('a pen that is pressed harder writes wider', async () => {
    await hand.write(
      [
        [6, 6],
        [14, 6],
        [22, 6],
      ],
      0.15,
    );
    await hand.write(
      [
        [6, 20],
        [14, 20],
        [22, 20],
      ],
      0.95,
    );
    const [light, heavy] = (await strokesOf()).map((stroke) => stroke[1].width);
    assert.ok(light < 1.6 && heavy > 2.4, `${light} and ${heavy} squares`);
  });

  test('reads a digit written with a pen, while the hand rests beside it', async () => {
    const palm = [
      [24, 26],
      [24.5, 26],
      [25, 25.5],
    ];
    const [bar, stem] = DIGIT_STROKES[4];
    await hand.hover(bar[0]);
    await hand.touch(palm);
    await hand.write(bar, 0.6);
    await hand.touch(palm, 40);
    await hand.write(stem, 0.6);
    await hand.touch(palm);
    assert.equal((await strokesOf()).length, 2);
    await waitForAnswer(page, 4);
  });

  test('a finger draws where no pen is, and the edge of a hand does not', async () => {
    await hand.touch(
      [
        [20, 20],
        [22, 21],
      ],
      45,
    );
    assert.equal((await strokesOf()).length, 0);
    await hand.touch(DIGIT_STROKES[7][0]);
    assert.equal((await strokesOf()).length, 1);
    await waitForAnswer(page, 7);
  });

  test('takes back fifty strokes, brings them back, and Escape clears them, by keys', async () => {
    for (let dot = 0; dot < 50; dot++) {
      const { x, y } = hand.at([4 + 2 * (dot % 10), 6 + 3 * Math.floor(dot / 10)]);
      await page.mouse.click(x, y);
    }
    assert.equal((await strokesOf()).length, 50);
    for (let step = 0; step < 50; step++) await page.keyboard.press('Control+z');
    assert.equal((await strokesOf()).length, 0);
    for (let step = 0; step < 50; step++) await page.keyboard.press('Control+Shift+z');
    assert.equal((await strokesOf()).length, 50);
    await page.keyboard.press('Escape');
    assert.equal((await strokesOf()).length, 0);
    await page.keyboard.press('Control+z');
    assert.equal((await strokesOf()).length, 50);
  });
});

test('a phone is asked for its camera, and its photograph is read', async () => {
  const options = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
  const { context, page, faults } = await openPage(browser, app.url, options);
  try {
    await waitUntilReady(page);
    const choosing = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Take a photo' }).click();
    const chooser = await choosing;
    assert.equal(await chooser.element().getAttribute('capture'), 'environment');
    const bytes = await page.evaluate(async (strokes) => {
      const canvas = new OffscreenCanvas(400, 400);
      const pen = canvas.getContext('2d');
      pen.fillStyle = '#e8e2d4';
      pen.fillRect(0, 0, 400, 400);
      pen.strokeStyle = '#22325c';
      pen.lineWidth = 22;
      pen.lineCap = pen.lineJoin = 'round';
      for (const stroke of strokes) {
        pen.beginPath();
        for (const [x, y] of stroke) pen.lineTo(x * 14, y * 14);
        pen.stroke();
      }
      const blob = await canvas.convertToBlob({ type: 'image/jpeg' });
      return [...new Uint8Array(await blob.arrayBuffer())];
    }, DIGIT_STROKES[3]);
    await chooser.setFiles({ name: 'photo.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(bytes) });
    assert.equal(await readAnswer(page), '3');
    const picking = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Open a picture' }).click();
    assert.equal(await (await picking).element().getAttribute('capture'), null);
    assert.deepEqual(faults, []);
  } finally {
    await context.close();
  }
});

test('a mouse is offered no camera', async () => {
  const { context, page } = await openPage(browser, app.url);
  await waitUntilReady(page);
  assert.equal(await page.getByRole('button', { name: 'Take a photo' }).count(), 0);
  await context.close();
});
