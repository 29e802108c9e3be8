import { expect } from 'chai';
import '../../src/components/digit-canvas';
import type { DigitCanvas, StrokeEventDetail } from '../../src/components/digit-canvas';
import { drawDigit, drawnBenchmark, type DrawnDigit } from '../../src/domain/drawn-benchmark';
import { imageAt } from '../../src/domain/sample';
import { segmentDigits } from '../../src/domain/segment-digits';
import { inkStrokes, type Stroke } from '../../src/domain/strokes';

/** Digits that are replayed: each hand, each device and each pen is among them. */
const REPLAYED = 80;
const POINTER_TYPES = { mouse: 'mouse', finger: 'touch', pen: 'pen' } as const;

describe('the benchmark of drawn digits, replayed on the pad', () => {
  let canvas: DigitCanvas | undefined;
  afterEach(() => canvas?.remove());

  /** A new pad: the old one would take a finger for the hand beside the pen that it saw last. */
  async function openPad(): Promise<DigitCanvas> {
    canvas?.remove();
    canvas = document.createElement('digit-canvas');
    document.body.append(canvas);
    await canvas.updateComplete;
    return canvas;
  }

  /** Draws a digit with pointer events, as its device would send them; tells what the pad made of them. */
  async function replay({ strokes, device, penWidth }: DrawnDigit): Promise<readonly Stroke[]> {
    const canvas = await openPad();
    const pad = canvas.renderRoot.querySelector<HTMLElement>('.pad')!;
    pad.setPointerCapture = () => undefined;
    canvas.penWidth = penWidth;
    const drawn: Stroke[] = [];
    canvas.addEventListener('stroke-end', ({ detail }: CustomEvent<StrokeEventDetail>) => {
      drawn.push(detail.stroke);
    });
    const box = pad.getBoundingClientRect();
    const send = (type: string, { x, y, width }: Stroke[number]) =>
      pad.dispatchEvent(
        new PointerEvent(type, {
          pointerId: 1,
          button: 0,
          bubbles: true,
          pointerType: POINTER_TYPES[device],
          pressure: type === 'pointerup' ? 0 : (width / penWidth - 0.6) / 0.8,
          clientX: box.left + pad.clientLeft + (x / 28) * pad.clientWidth,
          clientY: box.top + pad.clientTop + (y / 28) * pad.clientHeight,
        }),
      );
    for (const stroke of strokes) {
      stroke.forEach((point, at) => send(at === 0 ? 'pointerdown' : 'pointermove', point));
      send('pointerup', stroke.at(-1)!);
    }
    return drawn;
  }

  it('is what the network gets of the same movements', async () => {
    const { pixels } = drawnBenchmark(REPLAYED);
    for (let index = 0; index < REPLAYED; index++) {
      const [first] = segmentDigits(inkStrokes(await replay(drawDigit(index)))).digits;
      const expected = imageAt(pixels, index);
      const off = first!.pixels.filter((ink, at) => Math.abs(ink - expected[at]!) > 32).length;
      expect(off, `pixels of number ${index} that differ`).to.be.at.most(4);
    }
  });
});
