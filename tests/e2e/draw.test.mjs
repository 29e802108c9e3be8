import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import {
  DIGIT_STROKES,
  drawStrokes,
  openPage,
  openProfile,
  openTab,
  readAnswer,
  serveApp,
  useApp,
  waitForAnswer,
  waitUntilOffline,
  waitUntilReady,
} from '../helpers/app.mjs';

let app;
let browser;
useApp((started) => ({ app, browser } = started));

describe('the Draw page', () => {
  let context;
  let page;
  let faults;
  before(async () => {
    context = await openProfile(browser);
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

  const clear = () => page.getByRole('button', { name: 'Clear' }).click();
  const errorDesk = () => page.locator('error-desk section');

  /** The answer once it is the expected one; a wrong one stays, and the test says which. */
  async function expectAnswer(expected) {
    await waitForAnswer(page, expected).catch(() => undefined);
    assert.equal((await page.locator('draw-page .answer > .digit').textContent()).trim(), expected);
  }

  test('reads every digit that is drawn with real pointer events', async () => {
    for (const [digit, strokes] of Object.entries(DIGIT_STROKES)) {
      await drawStrokes(page, strokes);
      await expectAnswer(digit);
      await clear();
    }
  });

  test('answers while the pen is still on the paper', async () => {
    const box = await page.locator('digit-canvas .pad').boundingBox();
    await page.mouse.move(box.x + box.width / 2, box.y + 80);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2, box.y + 400, { steps: 12 });
    assert.match(await readAnswer(page), /^[0-9?]$/);
    await page.mouse.up();
  });

  test('reads a digit wherever it is drawn, and however small', async () => {
    const shrink = (strokes, zoom, dx, dy) =>
      strokes.map((stroke) => stroke.map(([x, y]) => [x * zoom + dx, y * zoom + dy]));
    for (const [dx, dy] of [
      [0, 0],
      [12, 0],
      [0, 12],
      [12, 12],
    ]) {
      await page.getByText('Fine', { exact: true }).click();
      await drawStrokes(page, shrink(DIGIT_STROKES[7], 0.55, dx, dy));
      await expectAnswer('7');
      await clear();
    }
  });

  test('draws and clears with the keyboard alone', async () => {
    await page.locator('digit-canvas .pad').focus();
    await page.keyboard.press('Space');
    for (let step = 0; step < 16; step++) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    await expectAnswer('1');
    await page.keyboard.press('Delete');
    await waitUntilReady(page);
  });

  test('takes strokes back and brings them back', async () => {
    await drawStrokes(page, DIGIT_STROKES[4]);
    await expectAnswer('4');
    await clear();
    await page.getByRole('button', { name: 'Undo' }).click();
    await expectAnswer('4');
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: 'Redo' }).click();
    await expectAnswer('4');
  });

  test('draws with a finger, and the page does not scroll', async () => {
    const session = await context.newCDPSession(page);
    const box = await page.locator('digit-canvas .pad').boundingBox();
    const at = ([x, y]) => [{ x: box.x + (x / 28) * box.width, y: box.y + (y / 28) * box.height }];
    const [stroke] = DIGIT_STROKES[7];
    const send = (type, touchPoints) => session.send('Input.dispatchTouchEvent', { type, touchPoints });
    await send('touchStart', at(stroke[0]));
    for (const point of stroke.slice(1)) await send('touchMove', at(point));
    await send('touchEnd', []);
    await expectAnswer('7');
    assert.equal(await page.evaluate(() => window.scrollY), 0);
  });

  /** A picture of a 7, made in the page; `paint` says how. */
  async function pictureOf(strokes, { ink = '#000', paper = '#fff', type = 'image/png', side = 300 } = {}) {
    const bytes = await page.evaluate(
      async ([strokes, ink, paper, type, side]) => {
        const canvas = new OffscreenCanvas(side, side);
        const pen = canvas.getContext('2d');
        if (paper) {
          pen.fillStyle = paper;
          pen.fillRect(0, 0, side, side);
        }
        pen.strokeStyle = ink;
        pen.lineWidth = side / 16;
        pen.lineCap = pen.lineJoin = 'round';
        for (const stroke of strokes) {
          pen.beginPath();
          for (const [x, y] of stroke) pen.lineTo((x / 28) * side, (y / 28) * side);
          pen.stroke();
        }
        const blob = await canvas.convertToBlob({ type });
        return [...new Uint8Array(await blob.arrayBuffer())];
      },
      [strokes, ink, paper, type, side],
    );
    return Buffer.from(bytes);
  }

  const open = (name, buffer, mimeType = 'image/png') =>
    page.locator('draw-page input[type=file]').setInputFiles({ name, mimeType, buffer });

  test('reads pictures, whatever their colours', async () => {
    for (const colours of [
      {},
      { ink: '#fff', paper: '#000' },
      { ink: '#0a3fa0', paper: '' },
      { ink: '#eee', paper: '' },
    ]) {
      await open('seven.png', await pictureOf(DIGIT_STROKES[7], colours));
      await expectAnswer('7');
      await clear();
    }
  });

  test('takes a picture that is dropped, and one that is pasted', async () => {
    const bytes = [...(await pictureOf(DIGIT_STROKES[3]))];
    const bring = (kind) =>
      page.evaluate(
        ([bytes, kind]) => {
          const transfer = new DataTransfer();
          transfer.items.add(new File([Uint8Array.from(bytes)], 'three.png', { type: 'image/png' }));
          const board = document
            .querySelector('inkling-app')
            .shadowRoot.querySelector('draw-page')
            .shadowRoot.querySelector('.board');
          if (kind === 'drop')
            board.dispatchEvent(
              new DragEvent('drop', { dataTransfer: transfer, bubbles: true, composed: true }),
            );
          else window.dispatchEvent(new ClipboardEvent('paste', { clipboardData: transfer }));
        },
        [bytes, kind],
      );
    await bring('drop');
    await expectAnswer('3');
    await clear();
    await bring('paste');
    await expectAnswer('3');
  });

  test('says what is wrong with a picture, keeps the drawing, and goes on', async () => {
    await drawStrokes(page, DIGIT_STROKES[4]);
    await expectAnswer('4');
    const blank = await pictureOf([]);
    for (const [name, buffer, words, code] of [
      ['notes.png', Buffer.from('not a picture'), 'This file is not a picture.', 'NOT_IMAGE'],
      ['empty.png', Buffer.alloc(0), 'This file is empty.', 'IMAGE_EMPTY'],
      ['digit.svg', Buffer.from('<svg/>'), 'SVG drawings are not read', 'SVG_NOT_SUPPORTED'],
      ['blank.png', blank, 'There is no digit to see', 'BLANK_IMAGE'],
      ['cut.png', (await pictureOf(DIGIT_STROKES[7])).subarray(0, 300), 'is damaged', 'IMAGE_CORRUPT'],
    ]) {
      await open(name, buffer);
      await errorDesk().getByText(code, { exact: true }).waitFor();
      const said = await errorDesk().textContent();
      assert.ok(said.includes(words), `${name}: ${said}`);
      assert.match(said, /Kept:.+What you can do:/s);
      await expectAnswer('4');
    }
    await open('seven.png', await pictureOf(DIGIT_STROKES[7]));
    await expectAnswer('7');
    assert.equal(await errorDesk().count(), 0);
  });

  /** Digits side by side, each a third as large as the pad. */
  const small = (digits) =>
    digits.flatMap((digit, index) =>
      DIGIT_STROKES[digit].map((stroke) => stroke.map(([x, y]) => [x * 0.42 + 1 + index * 8.5, y * 0.5 + 7])),
    );
  const statement = (words) => page.locator('draw-page .statement', { hasText: words });

  test('reads a number that is drawn, with a box over each digit, and takes it back to one', async () => {
    await page.getByText('Fine', { exact: true }).click();
    await drawStrokes(page, small([4, 0, 7]));
    await statement(/407/).waitFor();
    assert.equal(await page.locator('digit-boxes rect').count(), 3);
    await page.getByRole('button', { name: /^Number 3: 7/ }).click();
    assert.equal(await page.locator('digit-boxes rect.chosen').count(), 1);
    await clear();
    await drawStrokes(page, DIGIT_STROKES[3]);
    await expectAnswer('3');
    assert.equal(await page.locator('digit-boxes rect').count(), 0);
  });

  test('reads a picture of a number, and shows how', async () => {
    await open('number.png', await pictureOf(small([2, 3, 7]), { side: 600 }));
    await statement(/237/).waitFor();
    assert.equal(await page.locator('digit-boxes rect').count(), 3);
    await page.getByText('How it was read').click();
    await page.getByRole('img', { name: 'The ink that is left' }).waitFor();
    await clear();
    await page.getByText('How it was read').waitFor({ state: 'detached' });
  });

  test('says of a scribble that it is no digit', async () => {
    const turns = Array.from({ length: 24 }, (_, k) => [4 + ((k * 17) % 21), 3 + ((k * 11) % 23)]);
    await drawStrokes(page, [turns]);
    await statement('This does not look like a digit.').waitFor();
    await expectAnswer('?');
  });

  test('shows what the network sees', async () => {
    await drawStrokes(page, DIGIT_STROKES[0]);
    await expectAnswer('0');
    const seen = page.getByRole('img', { name: 'Your digit as 28 by 28 pixels' });
    const inked = await seen.evaluate((canvas) => {
      const { data } = canvas.getContext('2d').getImageData(0, 0, 28, 28);
      const rows = Array.from({ length: 28 }, (_, y) => y).filter((y) =>
        Array.from({ length: 28 }, (_, x) => data[(y * 28 + x) * 4 + 3]).some((alpha) => alpha > 0),
      );
      return rows.length;
    });
    assert.equal(inked, 20);
  });

  test('tells a screen reader the answer once a stroke is done', async () => {
    await drawStrokes(page, DIGIT_STROKES[2]);
    await expectAnswer('2');
    const status = page.locator('draw-page').getByRole('status');
    await status.getByText(/2/).waitFor({ state: 'attached' });
  });
});

test('reads a drawn digit offline: one visit, then the server is gone', async () => {
  const own = await serveApp();
  const { context, page, faults } = await openPage(browser, own.url, { keepsOffline: true });
  try {
    await waitUntilOffline(page);
    await own.stop();
    await page.reload();
    await waitUntilReady(page);
    await drawStrokes(page, DIGIT_STROKES[5]);
    await waitForAnswer(page, 5);
    assert.deepEqual(faults, []);
  } finally {
    await context.close();
  }
});
