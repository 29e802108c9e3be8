import { expect } from 'chai';
import { AppError } from '../../../src/domain/errors';
import {
  centreOfMass,
  fitDigit,
  inkBounds,
  inkToPixels,
  isNormalized,
  placeByCentreOfMass,
  scaleInk,
  toPixels,
} from '../../../src/domain/preprocess';
import { longerSide } from '../../../src/domain/raster';
import { expectSameBytes } from '../../helpers/bytes';
import { asImage, inkOf, line, paint, place } from '../../helpers/pictures';

const SEVEN = inkOf([line([8, 5], [19, 5], [13, 23])]);

/** A digit as dark strokes in the middle of white paper. */
function seven(isInverted = true) {
  return place(SEVEN, { zoom: 1, side: 300, left: 40, top: 30, isInverted });
}

function reasonOf(work: () => unknown): string | undefined {
  try {
    work();
  } catch (error) {
    return error instanceof AppError ? error.help.reason : String(error);
  }
  return undefined;
}

describe('preprocessing', () => {
  it('makes the longer side 20 pixels and centres by mass', () => {
    const pixels = toPixels(seven());
    const image = asImage(pixels);
    expect(longerSide(inkBounds(image, 1)!)).to.equal(20);
    const { x, y } = centreOfMass(image);
    expect(x).to.be.within(13.5, 14.5);
    expect(y).to.be.within(13.5, 14.5);
  });

  it('reads dark on light and light on dark alike', () => {
    expectSameBytes(toPixels(seven(true)), toPixels(seven(false)));
  });

  it('gives the same bytes wherever the digit lies and however large it is', () => {
    const expected = toPixels(place(SEVEN, { zoom: 1, side: 700, left: 0, top: 0, isInverted: true }));
    for (const [left, top] of [
      [476, 0],
      [0, 476],
      [476, 476],
      [211, 97],
    ] as const) {
      const moved = place(SEVEN, { zoom: 1, side: 700, left, top, isInverted: true });
      expectSameBytes(toPixels(moved), expected);
    }
    const zoomed = place(SEVEN, { zoom: 3, side: 700, left: 10, top: 10, isInverted: true });
    expectSameBytes(toPixels(zoomed), expected);
  });

  it('leaves an image alone that is in this form already', () => {
    const pixels = toPixels(seven());
    expect(isNormalized(asImage(pixels))).to.equal(true);
    expectSameBytes(inkToPixels(asImage(pixels))!, pixels);
    const onWhite = place(asImage(pixels), { zoom: 1, side: 28, left: 0, top: 0, isInverted: true });
    expectSameBytes(toPixels(onWhite), pixels);
  });

  it('keeps all of a shape that is too lopsided to be centred', () => {
    // A heavy blob with a long thin tail: centred by mass, the tail would leave the field.
    const tail = [
      { x: 8, y: 4, width: 0.4 },
      { x: 8, y: 24, width: 0.4 },
    ];
    const pixels = inkToPixels(inkOf([[{ x: 8, y: 5, width: 7 }], tail]))!;
    const image = asImage(pixels);
    expect(longerSide(inkBounds(image, 1)!)).to.equal(20);
    expect(inkBounds(image, 1)!.bottom).to.equal(28);
    expect(centreOfMass(image).y).to.be.below(13.5);
  });

  it('is not made smaller by a speck of dust far away', () => {
    const clean = toPixels(seven());
    const { width, height, data } = seven();
    const dusty = { width, height, data: Uint8ClampedArray.from(data) };
    dusty.data.set([120, 120, 120], (290 * 300 + 290) * 4);
    expectSameBytes(toPixels(dusty), clean);
  });

  it('darkens a hard pencil, and takes what is hardly there for nothing', () => {
    const pale = paint(100, 100, (x, y) => (x > 45 && x < 55 && y > 20 && y < 80 ? 180 : 230));
    expect(Math.max(...toPixels(pale))).to.equal(255);
    const ghost = paint(100, 100, (x, y) => (x > 45 && x < 55 && y > 20 && y < 80 ? 215 : 230));
    expect(reasonOf(() => toPixels(ghost))).to.equal('BLANK_IMAGE');
  });

  it('ignores the grain of paper', () => {
    const grain = (x: number, y: number) => ((x * 7919 + y * 104729) % 13) - 6;
    const stroke = (x: number, y: number) => x > 95 && x < 105 && y > 40 && y < 160;
    const noisy = paint(200, 200, (x, y) => (stroke(x, y) ? 40 : 220) + grain(x, y));
    const bounds = inkBounds(asImage(toPixels(noisy)), 1)!;
    expect(longerSide(bounds)).to.equal(20);
    expect(bounds.right - bounds.left).to.be.at.most(4);
  });

  it('refuses a blank, an empty and a tiny picture by name', () => {
    expect(reasonOf(() => toPixels(paint(50, 50, () => 255)))).to.equal('BLANK_IMAGE');
    expect(reasonOf(() => toPixels(paint(50, 50, () => 0)))).to.equal('BLANK_IMAGE');
    expect(reasonOf(() => toPixels(paint(7, 7, () => 0)))).to.equal('IMAGE_TOO_SMALL');
    expect(inkToPixels(inkOf([]))).to.equal(undefined);
  });
});

describe('transparency', () => {
  const stroke = (x: number, y: number) => x > 45 && x < 55 && y > 20 && y < 80;
  const opaque = toPixels(paint(100, 100, (x, y) => (stroke(x, y) ? 0 : 255)));

  it('lays dark ink on white and light ink on black', () => {
    for (const level of [0, 255]) {
      const ink = paint(100, 100, (x, y) => (stroke(x, y) ? [level, level, level, 255] : [0, 0, 0, 0]));
      expectSameBytes(toPixels(ink), opaque);
    }
  });

  it('takes most of a sheet with see-through corners for its paper', () => {
    const isCorner = (x: number, y: number) => Math.min(x, 99 - x) + Math.min(y, 99 - y) < 15;
    const card = paint(100, 100, (x, y) => {
      if (isCorner(x, y)) return [0, 0, 0, 0];
      const level = stroke(x, y) ? 20 : 240;
      return [level, level, level, 255];
    });
    const bounds = inkBounds(asImage(toPixels(card)), 128)!;
    expect(bounds.right - bounds.left).to.equal(3);
  });
});

describe('the steps of preprocessing', () => {
  it('finds the ink', () => {
    const image = { width: 4, height: 3, data: Uint8Array.of(0, 0, 0, 0, 0, 9, 20, 0, 0, 0, 30, 0) };
    expect(inkBounds(image, 1)).to.deep.equal({ left: 1, top: 1, right: 3, bottom: 3 });
    expect(inkBounds(image, 10)).to.deep.equal({ left: 2, top: 1, right: 3, bottom: 3 });
    expect(inkBounds(image, 31)).to.equal(undefined);
  });

  it('scales by the mean of the area', () => {
    // 40 pixels high, the left half of each pair of columns full: half ink everywhere.
    const data = Uint8Array.from({ length: 40 * 40 }, (_, at) => (at % 2 === 0 ? 200 : 0));
    const scaled = scaleInk({ width: 40, height: 40, data }, { left: 0, top: 0, right: 40, bottom: 40 });
    expect([scaled.width, scaled.height]).to.deep.equal([20, 20]);
    // Half ink, and as there is nothing darker, made full.
    expect(new Set(scaled.data)).to.deep.equal(new Set([255]));
  });

  it('keeps a hairline, which fills little of each pixel', () => {
    const data = new Uint8Array(600 * 600);
    for (let y = 50; y < 550; y++) data[y * 600 + 300] = 255;
    const scaled = fitDigit({ width: 600, height: 600, data })!;
    expect(Math.max(...scaled.data)).to.equal(255);
    expect(longerSide(inkBounds(scaled, 128)!)).to.equal(20);
  });

  it('enlarges a tiny digit to 20 pixels', () => {
    const data = new Uint8Array(8 * 8).fill(0);
    for (let y = 1; y < 7; y++) data[y * 8 + 3] = 255;
    const scaled = fitDigit({ width: 8, height: 8, data })!;
    expect(longerSide(inkBounds(scaled, 1)!)).to.equal(20);
  });

  it('computes the centre of mass by hand', () => {
    const data = Uint8Array.of(10, 0, 30, 0, 0, 0, 0, 0, 40);
    expect(centreOfMass({ width: 3, height: 3, data })).to.deep.equal({
      x: (30 * 2 + 40 * 2) / 80,
      y: (40 * 2) / 80,
    });
  });

  it('moves by whole pixels so that the centre of mass comes to index 14', () => {
    const data = new Uint8Array(3 * 20);
    for (let y = 0; y < 20; y++) data[y * 3 + 1] = 255;
    const pixels = placeByCentreOfMass({ width: 3, height: 20, data });
    expect(inkBounds(asImage(pixels), 1)).to.deep.equal({ left: 14, top: 4, right: 15, bottom: 24 });
  });
});
