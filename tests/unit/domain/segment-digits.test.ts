import { expect } from 'chai';
import { inkToPixels } from '../../../src/domain/preprocess';
import type { GreyImage } from '../../../src/domain/raster';
import { segmentDigits } from '../../../src/domain/segment-digits';
import { createInkPad, inkStroke, type Stroke } from '../../../src/domain/strokes';
import { expectSameBytes } from '../../helpers/bytes';
import { inkOf, line } from '../../helpers/pictures';
import DIGIT_STROKES from '../../helpers/digit-strokes.json';

type Points = readonly (readonly [x: number, y: number])[];

const STROKES = DIGIT_STROKES as unknown as Readonly<Record<string, readonly Points[]>>;

/** The digits of a number side by side, each in a field of 28 squares that is `step` wide. */
function write(number: string, step = 22, down = 0): readonly Stroke[] {
  return [...number].flatMap((digit, index) =>
    STROKES[digit]!.map((points) => points.map(([x, y]) => ({ x: x + index * step, y: y + down, width: 2 }))),
  );
}

/** Ink on a sheet that is large enough for four digits in two rows. */
function sheetOf(strokes: readonly Stroke[]): GreyImage {
  const sheet = createInkPad(112, 4);
  for (const stroke of strokes) inkStroke(sheet, stroke);
  return sheet;
}

describe('finding the digits', () => {
  it('finds each digit of a number, from left to right', () => {
    for (const number of ['2026', '1984', '370', '55']) {
      const { digits } = segmentDigits(sheetOf(write(number)));
      expect(digits.length, number).to.equal(number.length);
      [...number].forEach((digit, index) => {
        expectSameBytes(digits[index]!.pixels, inkToPixels(sheetOf(write(digit)))!);
        if (index > 0) expect(digits[index]!.box.left).to.be.above(digits[index - 1]!.box.left);
      });
    }
  });

  it('reads two rows one after the other', () => {
    const rows = sheetOf([...write('47', 24), ...write('31', 24, 36)]);
    const { digits } = segmentDigits(rows);
    const places = digits.map(({ box }) => [box.top > 112 ? 1 : 0, box.left]);
    expect(places).to.deep.equal(places.toSorted((a, b) => a[0]! - b[0]! || a[1]! - b[1]!));
    expect(digits.length).to.equal(4);
  });

  it('takes all of the ink of a single digit, as ever', () => {
    for (const digit of Object.keys(STROKES)) {
      const ink = inkOf(write(digit));
      const { digits } = segmentDigits(ink);
      expect(digits.length, digit).to.equal(1);
      expect(digits[0]!.isTouching, digit).to.equal(false);
      expectSameBytes(digits[0]!.pixels, inkToPixels(ink)!);
    }
  });

  it('does not cut a digit apart whose strokes do not meet', () => {
    const broken: Readonly<Record<string, readonly Stroke[]>> = {
      'a 4 with a gap': [line([8, 5], [6, 15], [14, 15]), line([18, 5], [18, 23])],
      'a 5 whose bar flies off': [line([9, 6], [8, 13], [15, 13], [16, 20], [8, 22]), line([13, 5], [21, 4])],
      'an 8 of two rings': [
        line([14, 3], [18, 6], [14, 10], [10, 6], [14, 3]),
        line([14, 14], [19, 19], [14, 24], [9, 19], [14, 14]),
      ],
      'a 9 whose ring is off its stem': [
        line([13, 4], [9, 8], [13, 12], [16, 8], [13, 4]),
        line([20, 4], [20, 24]),
      ],
      'a 7 with a bar across': [line([8, 5], [19, 5], [13, 23]), line([9, 14], [17, 14])],
    };
    for (const [name, strokes] of Object.entries(broken)) {
      expect(segmentDigits(inkOf(strokes)).digits.length, name).to.equal(1);
    }
  });

  it('says of a piece that is too wide for a digit that two may touch in it', () => {
    const touching = sheetOf([...write('00', 20), line([16, 14], [34, 14])]);
    const { digits } = segmentDigits(touching);
    expect(digits.map(({ isTouching }) => isTouching)).to.deep.equal([true]);
  });

  it('finds nothing on an empty sheet, and takes dust for none of the digits', () => {
    expect(segmentDigits(sheetOf([])).digits).to.deep.equal([]);
    const dusty = sheetOf([...write('42'), [{ x: 90, y: 60, width: 1 }]]);
    expect(segmentDigits(dusty).digits.length).to.equal(2);
  });
});
