import { preprocess, toPixels } from '../../src/domain/preprocess';
import { generateDigit } from '../../src/domain/generated-digits';
import { segmentDigits } from '../../src/domain/segment-digits';
import { decodeImage } from '../../src/platform/decode-image';
import { expectSameBytes } from '../helpers/bytes';
import { encode } from '../helpers/image-files';
import { photograph, randomScene } from '../helpers/photographs';
import { asImage, inkOf, line, paint, place } from '../helpers/pictures';
import { openBench, type Bench } from '../helpers/worker';

describe('page and worker preprocess alike: the same picture gives the same bytes', () => {
  let bench: Bench;
  before(() => (bench = openBench()));
  after(() => bench.close());

  const strokes = [line([8, 5], [19, 5], [13, 23]), line([9, 14], [17, 14])];
  const digit = place(inkOf(strokes), { zoom: 2, side: 500, left: 20, top: 40, isInverted: true });
  const shaded = paint(320, 240, (x, y) => {
    const paper = 200 - x / 8;
    return Math.hypot(x - 160, y - 120) < 60 && Math.hypot(x - 160, y - 120) > 45 ? paper - 120 : paper;
  });
  const transparent = paint(120, 200, (x, y) =>
    Math.abs(x - 60 - y / 10) < 6 ? [200, 30, 30, 255] : [0, 0, 0, 0],
  );

  const photo = photograph(
    randomScene(
      3,
      [-0.2, 0.15].map((x, index) => ({ ink: asImage(generateDigit(3, index).pixels), x, y: 0 })),
      0.3,
    ),
  );

  for (const [name, picture, type] of [
    ['a drawing as PNG', digit, 'image/png'],
    ['a drawing as JPEG', digit, 'image/jpeg'],
    ['a shaded picture as WebP', shaded, 'image/webp'],
    ['red ink on nothing', transparent, 'image/png'],
    ['a photograph of two digits', photo, 'image/jpeg'],
  ] as const) {
    it(name, async () => {
      const file = await encode(picture, type);
      const onPage = toPixels(await decodeImage(file));
      const { pixels, found } = await bench.client.call('readPicture', { file }, { deadlineMs: 30_000 });
      expectSameBytes(pixels, onPage);
      const digits = segmentDigits(preprocess(await decodeImage(file)).ink).digits;
      expectSameBytes(
        found.digits.flatMap((digit) => [...digit.pixels]),
        digits.flatMap((digit) => [...digit.pixels]),
      );
    });
  }
});
