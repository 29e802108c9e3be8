import { expect } from 'chai';
import '../../src/components/digit-canvas';
import type { DigitCanvas, StrokeEventDetail } from '../../src/components/digit-canvas';
import type { Stroke } from '../../src/domain/strokes';

describe('the pad', () => {
  let canvas: DigitCanvas;
  let pad: HTMLElement;
  let strokes: Stroke[];
  let told: string[];

  beforeEach(async () => {
    canvas = document.createElement('digit-canvas');
    document.body.append(canvas);
    await canvas.updateComplete;
    pad = canvas.renderRoot.querySelector<HTMLElement>('.pad')!;
    // Events that a program makes belong to no real pointer that could be captured.
    pad.setPointerCapture = () => undefined;
    strokes = [];
    told = [];
    canvas.addEventListener('stroke-end', ({ detail }: CustomEvent<StrokeEventDetail>) =>
      strokes.push(detail.stroke),
    );
    for (const name of ['stroke-cancel', 'undo', 'redo', 'clear'])
      canvas.addEventListener(name, () => told.push(name));
  });
  afterEach(() => canvas.remove());

  function point(type: string, x: number, y: number, init: PointerEventInit = {}): void {
    const box = pad.getBoundingClientRect();
    const scale = pad.clientWidth / 28;
    const clientX = box.left + pad.clientLeft + x * scale;
    const clientY = box.top + pad.clientTop + y * scale;
    pad.dispatchEvent(
      new PointerEvent(type, { pointerId: 1, button: 0, bubbles: true, clientX, clientY, ...init }),
    );
  }

  const press = (key: string, init: KeyboardEventInit = {}) =>
    pad.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init }));

  it('turns a movement into a stroke, in squares', () => {
    point('pointerdown', 4, 5);
    point('pointermove', 10, 5);
    point('pointerup', 10, 20);
    expect(strokes).to.have.length(1);
    const [stroke] = strokes;
    expect(stroke!.map(({ x }) => Math.round(x))).to.deep.equal([4, 10, 10]);
    expect(stroke!.map(({ y }) => Math.round(y))).to.deep.equal([5, 5, 20]);
    expect(stroke![0]!.width).to.equal(2);
  });

  it('tells the stroke while it grows', () => {
    const lengths: number[] = [];
    canvas.addEventListener('stroke-change', ({ detail }: CustomEvent<StrokeEventDetail>) =>
      lengths.push(detail.stroke.length),
    );
    point('pointerdown', 4, 5);
    point('pointermove', 5, 5);
    point('pointermove', 6, 5);
    expect(lengths).to.deep.equal([1, 2, 3]);
  });

  it('a pen that presses harder draws wider; mouse and finger do not differ', () => {
    for (const [pointerType, pressure] of [
      ['mouse', 0.5],
      ['touch', 0.9],
      ['pen', 0.2],
      ['pen', 0.9],
    ] as const) {
      point('pointerdown', 4, 5, { pointerType, pressure });
      point('pointerup', 8, 5, { pointerType, pressure: 0 });
    }
    const widths = strokes.map((stroke) => stroke[0]!.width);
    expect(widths.slice(0, 2)).to.deep.equal([2, 2]);
    expect(widths[2]).to.be.below(2);
    expect(widths[3]).to.be.above(2);
    // A pen that is lifted presses with 0; the end is no wider for that.
    for (const stroke of strokes) expect(stroke.at(-1)!.width).to.equal(stroke[0]!.width);
  });

  it('ignores a second finger and the other mouse buttons', () => {
    point('pointerdown', 4, 5);
    point('pointerdown', 20, 20, { pointerId: 2 });
    point('pointermove', 21, 21, { pointerId: 2 });
    point('pointerup', 22, 22, { pointerId: 2 });
    point('pointerup', 6, 5);
    point('pointerdown', 9, 9, { button: 2 });
    point('pointerup', 9, 9, { button: 2 });
    expect(strokes).to.have.length(1);
    expect(strokes[0]!.every(({ x }) => x < 10)).to.equal(true);
  });

  /** An event of a finger or a pen, at a moment of its own; the moment is the platform's to give. */
  function contact(type: string, x: number, init: PointerEventInit & { readonly at: number }): void {
    const box = pad.getBoundingClientRect();
    const [clientX, clientY] = [box.left + x * (pad.clientWidth / 28), box.top + 50];
    const event = new PointerEvent(type, { button: 0, bubbles: true, clientX, clientY, ...init });
    Object.defineProperty(event, 'timeStamp', { value: init.at });
    pad.dispatchEvent(event);
  }
  const finger = { pointerId: 5, pointerType: 'touch', width: 30, height: 30 };
  const pen = { pointerId: 9, pointerType: 'pen', pressure: 0.5 };

  function touch(x: number, at: number, init: PointerEventInit = {}): void {
    for (const type of ['pointerdown', 'pointermove', 'pointerup'])
      contact(type, x, { ...finger, ...init, at });
  }

  it('a hand that rests while a pen is in use does not draw, and a finger does later', () => {
    contact('pointermove', 4, { ...pen, at: 1000 });
    touch(20, 1500);
    expect(strokes, 'beside a pen that hovers').to.deep.equal([]);
    contact('pointerdown', 4, { ...pen, at: 2000 });
    touch(20, 2100);
    contact('pointerup', 8, { ...pen, at: 2200 });
    touch(20, 6000);
    expect(strokes).to.have.length(1);
    expect(strokes[0]!.every(({ x }) => x < 10)).to.equal(true);
    touch(20, 9000);
    expect(strokes).to.have.length(2);
  });

  it('a pen goes before a hand that came down first', () => {
    contact('pointerdown', 20, { ...finger, at: 0 });
    contact('pointermove', 21, { ...finger, at: 10 });
    contact('pointerdown', 4, { ...pen, at: 20 });
    contact('pointermove', 22, { ...finger, at: 25 });
    contact('pointerup', 8, { ...pen, at: 30 });
    contact('pointerup', 22, { ...finger, at: 35 });
    expect(told).to.deep.equal(['stroke-cancel']);
    expect(strokes).to.have.length(1);
    expect(strokes[0]!.every(({ x }) => x < 10)).to.equal(true);
  });

  it('a contact as large as a palm does not draw, nor one that grows to it', () => {
    touch(10, 0, { width: 90, height: 70 });
    expect(strokes).to.deep.equal([]);
    expect(told).to.deep.equal([]);
    contact('pointerdown', 10, { ...finger, at: 10 });
    contact('pointermove', 11, { ...finger, width: 80, at: 20 });
    contact('pointerup', 11, { ...finger, width: 80, at: 30 });
    expect(strokes).to.deep.equal([]);
    expect(told).to.deep.equal(['stroke-cancel']);
    touch(10, 40);
    expect(strokes).to.have.length(1);
  });

  it('takes the focus along with any pointer, so that keys undo and clear', () => {
    touch(10, 0);
    expect(canvas.shadowRoot!.activeElement).to.equal(pad);
  });

  it('a movement that the system took away does not count', () => {
    point('pointerdown', 4, 5);
    point('pointercancel', 4, 5);
    point('pointermove', 9, 9);
    expect(strokes).to.deep.equal([]);
    expect(told).to.deep.equal(['stroke-cancel']);
  });

  it('never lets a touch scroll the page', () => {
    expect(getComputedStyle(pad).touchAction).to.equal('none');
  });

  it('draws with keys: Space puts the pen down and lifts it', () => {
    press(' ');
    for (let step = 0; step < 5; step++) press('ArrowDown');
    press(' ');
    expect(strokes).to.have.length(1);
    const ys = strokes[0]!.map(({ y }) => y);
    expect(ys).to.have.length(6);
    expect(ys.at(-1)! - ys[0]!).to.equal(5);
  });

  it('draws with Shift and arrows, and moves without', () => {
    press('ArrowRight', { shiftKey: true });
    press('ArrowRight', { shiftKey: true });
    press('ArrowDown');
    press('ArrowDown', { shiftKey: true });
    press(' ');
    expect(strokes.map((stroke) => stroke.length)).to.deep.equal([3, 2]);
  });

  it('the keyboard’s pen stays on the pad', () => {
    press(' ');
    for (let step = 0; step < 60; step++) press('ArrowLeft');
    press(' ');
    expect(Math.min(...strokes[0]!.map(({ x }) => x))).to.equal(0.5);
  });

  it('tells undo, redo and clear', () => {
    press('z', { ctrlKey: true });
    press('Z', { ctrlKey: true, shiftKey: true });
    press('y', { metaKey: true });
    press('Delete');
    press('Escape');
    expect(told).to.deep.equal(['undo', 'redo', 'redo', 'clear', 'clear']);
  });

  it('leaves other keys alone, so that Tab leads away', () => {
    expect(press('Tab')).to.equal(true);
    expect(press('a')).to.equal(true);
    expect(press('ArrowUp')).to.equal(false);
  });

  it('ends a stroke when the focus leaves', () => {
    press(' ');
    press('ArrowUp');
    pad.dispatchEvent(new FocusEvent('blur'));
    expect(strokes).to.have.length(1);
  });

  it('paints what it is given in the colour of ink', async () => {
    canvas.strokes = [
      [
        { x: 14, y: 4, width: 4 },
        { x: 14, y: 24, width: 4 },
      ],
    ];
    await canvas.updateComplete;
    const image = canvas.renderRoot.querySelector('canvas')!;
    const [alpha] = image
      .getContext('2d')!
      .getImageData(image.width / 2, image.height / 2, 1, 1)
      .data.slice(3);
    expect(alpha).to.equal(255);
    expect(canvas.renderRoot.querySelector('.hint-empty')!.hasAttribute('hidden')).to.equal(true);
  });
});
