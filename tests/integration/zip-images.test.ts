import { expect } from 'chai';
import { toPixels } from '../../src/domain/preprocess';
import type { GreyImage, Raster } from '../../src/domain/raster';
import { decodeImage } from '../../src/platform/decode-image';
import {
  digitPixels,
  digitPng,
  importZip,
  isComplete,
  summarize,
  type Outcome,
} from '../helpers/digit-files';
import { encode, hollowPng, png16, unorient, withOrientation } from '../helpers/image-files';
import { animatedWebp, cmykJpeg, gif } from '../helpers/odd-pictures';
import { inkOf, line, paint, place } from '../helpers/pictures';
import {
  animatedPng,
  bitPng,
  greyPng,
  interlacedPng,
  LINEAR_GAMMA,
  linearProfile,
  palettePng,
} from '../helpers/png-kinds';
import { toBytes, zip } from '../helpers/zip-files';

type Content = Blob | Uint8Array<ArrayBuffer> | string;

/** A seven on light paper, 240 pixels a side. */
const INK = inkOf([line([8, 5], [19, 5], [13, 23])]);
const SEVEN = place(INK, { zoom: 1, side: 240, left: 8, top: 8, isInverted: true });
const SEVEN_PIXELS = toPixels(SEVEN);

/** A file as the only one of an archive, in the folder of sevens. */
async function importPicture(content: Content): Promise<Outcome> {
  const bytes = content instanceof Blob ? new Uint8Array(await content.arrayBuffer()) : toBytes(content);
  const outcome = await importZip([{ name: '7/picture.png', content: bytes }]);
  expect(isComplete(outcome.report!, 1)).to.equal(true);
  return outcome;
}

async function expectRejected(code: string, content: Content): Promise<void> {
  const { report, sink } = await importPicture(content);
  expect(summarize(report)).to.deep.equal({ [code]: 1 });
  expect(sink.samples).to.have.length(0);
}

/** The picture became these pixels, give or take `most` on the average of all. */
async function expectAccepted(content: Content, expected: Uint8Array, most: number, note?: string) {
  const { report, sink } = await importPicture(content);
  expect(summarize(report)).to.deep.equal({ accepted: 1, ...(note ? { [note]: 1 } : {}) });
  expect(sink.samples[0]!.label).to.equal(7);
  expect(meanDifference(sink.samples[0]!.pixels, expected)).to.be.at.most(most);
}

function meanDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).to.equal(b.length);
  return Array.from(a).reduce((sum, value, at) => sum + Math.abs(value - b[at]!), 0) / a.length;
}

function greyOf({ width, height, data }: Raster): GreyImage {
  return { width, height, data: Uint8Array.from({ length: width * height }, (_, pixel) => data[pixel * 4]!) };
}

async function cutHalf(file: Blob): Promise<Blob> {
  return file.slice(0, file.size / 2);
}

describe('a picture in an archive is rejected:', () => {
  it('16384² PNG', async () => {
    const side = 16_384;
    const packed = await bitPng({ width: side, height: 64, data: new Uint8Array(side * 64) });
    new DataView(packed.buffer).setUint32(20, side);
    await expectRejected('IMAGE_TOO_LARGE', packed);
  });
  it('a header that claims 60000² with no data', () =>
    expectRejected('IMAGE_TOO_LARGE', hollowPng(60_000, 60_000)));
  it('a truncated PNG', async () => expectRejected('IMAGE_CORRUPT', await cutHalf(await encode(SEVEN))));
  it('a truncated small grey PNG', async () =>
    expectRejected('IMAGE_CORRUPT', await cutHalf(new Blob([await digitPng(1)]))));
  it('a JPEG truncated in its header', async () =>
    expectRejected('IMAGE_CORRUPT', (await encode(SEVEN, 'image/jpeg')).slice(0, 60)));
  it('text named .png', () => expectRejected('NOT_IMAGE', 'This is a letter.'));
  it('a film', () => expectRejected('NOT_IMAGE', '\0\0\0\x18ftypisom\0\0\0\0isommp42'));
  for (const [kind, svg] of [
    ['with a script', '<svg xmlns="http://www.w3.org/2000/svg"><script>window.PWNED = 1</script></svg>'],
    ['with outside references', '<?xml version="1.0"?><svg><image href="http://127.0.0.1:9/x.png"/></svg>'],
    [
      'with foreignObject',
      '<svg><foreignObject><img src="x" onerror="window.PWNED = 1"/></foreignObject></svg>',
    ],
    ['with a doctype', '<!DOCTYPE svg><svg onload="window.PWNED = 1"/>'],
  ] as const) {
    it(`an SVG ${kind}, which does nothing`, async () => {
      await expectRejected('SVG_NOT_SUPPORTED', svg);
      expect('PWNED' in window).to.equal(false);
    });
  }
  it('a TIFF', () => expectRejected('FORMAT_UNSUPPORTED', 'II*\0aaaaaaaaaaaaaaaaaaaaaaaa'));
  for (const brand of ['heic', 'avif']) {
    it(`a picture of the brand ${brand} that the browser cannot read`, async () => {
      await expectRejected('FORMAT_UNSUPPORTED', boxedPicture(brand, 64));
    });
    it(`a picture of the brand ${brand} that claims 60000²`, async () => {
      await expectRejected('IMAGE_TOO_LARGE', boxedPicture(brand, 60_000));
    });
  }
  it('blank', async () => expectRejected('BLANK_IMAGE', await encode(paint(40, 40, () => 255))));
  it('all black', async () => expectRejected('BLANK_IMAGE', await encode(paint(40, 40, () => 0))));
  it('1×1', async () => expectRejected('IMAGE_TOO_SMALL', await encode(paint(1, 1, () => 0))));
  it('7×7', async () => expectRejected('IMAGE_TOO_SMALL', await encode(paint(7, 7, (x) => x * 30))));
  it('a link to a picture, which is not fetched', async () => {
    const before = performance.getEntriesByType('resource').length;
    await expectRejected('NOT_IMAGE', '[InternetShortcut]\nURL=http://127.0.0.1:9/3.png');
    expect(performance.getEntriesByType('resource').length).to.equal(before);
  });
});

describe('a picture in an archive is accepted:', () => {
  const grey = greyOf(paint(40, 40, (x, y) => (x > 14 && x < 24 && y > 5 && y < 35 ? y * 3 : 255)));
  const expected = toPixels(rasterOf(grey));

  it('16-bit PNG', async () => {
    const decoded = await decodeImage(await png16(16));
    await expectAccepted(await png16(16), toPixels(decoded), 0);
  });
  it('1-bit PNG', async () => {
    const data = grey.data.map((level) => (level < 128 ? 0 : 255));
    await expectAccepted(await bitPng(grey), toPixels(rasterOf({ ...grey, data })), 2);
  });
  it('palette PNG', async () => expectAccepted(await palettePng(grey), expected, 2));
  it('interlaced PNG', async () => expectAccepted(await interlacedPng(grey), expected, 2));
  it('PNG with gAMA, which changes nothing', async () =>
    expectAccepted(await greyPng(grey, { extra: [LINEAR_GAMMA] }), expected, 2));
  it('PNG with an ICC profile, which changes nothing', async () =>
    expectAccepted(await greyPng(grey, { extra: [await linearProfile()] }), expected, 2));
  for (let orientation = 1; orientation <= 8; orientation++) {
    it(`EXIF-rotated JPEG, orientation ${orientation}`, async () => {
      const jpeg = await encode(unorient(SEVEN, orientation), 'image/jpeg');
      await expectAccepted(await withOrientation(jpeg, orientation), SEVEN_PIXELS, 2);
    });
  }
  it('CMYK JPEG', async () => {
    const small = greyOf(paint(20, 20, (x, y) => (x > 7 && x < 11 && y > 3 && y < 17 ? 20 : 240)));
    const data = Uint8Array.from({ length: 160 * 160 }, (_, at) => {
      return small.data[Math.floor(at / 160 / 8) * 20 + Math.floor((at % 160) / 8)]!;
    });
    await expectAccepted(cmykJpeg(small), toPixels(rasterOf({ width: 160, height: 160, data })), 2);
  });
  it('animated GIF: its first frame, with a note', async () => {
    const moving = gif(grey, { ...grey, data: grey.data.map(() => 200) });
    await expectAccepted(moving, expected, 2, 'ANIMATED_FIRST_FRAME');
  });
  it('GIF of one frame', async () => expectAccepted(gif(grey), expected, 2));
  it('animated WebP: its first frame, with a note', async () => {
    const moving = await animatedWebp(
      SEVEN,
      paint(240, 240, (x) => x),
    );
    await expectAccepted(moving, SEVEN_PIXELS, 2, 'ANIMATED_FIRST_FRAME');
  });
  it('APNG: its first frame, with a note', async () => {
    const moving = await animatedPng(grey, { ...grey, data: grey.data.map(() => 200) });
    await expectAccepted(moving, expected, 0, 'ANIMATED_FIRST_FRAME');
  });
  it('transparent background', async () => {
    const ink = await encode(paintSeven((strength) => [0, 0, 0, strength]));
    await expectAccepted(ink, SEVEN_PIXELS, 2);
  });
  for (const polarity of ['dark on light', 'light on dark']) {
    for (const paper of ['opaque', 'transparent']) {
      it(`${polarity}, ${paper}: the same pixels`, async () => {
        const level = polarity === 'dark on light' ? 0 : 255;
        const opaque = (strength: number) => (level === 0 ? 255 - strength : strength);
        const painted = paintSeven((strength) =>
          paper === 'opaque' ? opaque(strength) : [level, level, level, strength],
        );
        await expectAccepted(await encode(painted), SEVEN_PIXELS, 2);
      });
    }
  }
  it('noise: as a picture or as none, and never by an error', async () => {
    const noise = paint(64, 64, (x, y) => (x * 7919 + y * 104_729 + x * y * 31) % 256);
    const { report, sink } = await importPicture(await encode(noise));
    const counts = summarize(report);
    expect([{ accepted: 1 }, { BLANK_IMAGE: 1 }]).to.deep.include(counts);
    expect(sink.samples.length).to.equal(counts['accepted'] ?? 0);
  });
  it('1×4000: a stroke', async () => {
    const stroke = paint(1, 4000, (_, y) => (y > 1500 && y < 2500 ? 0 : 255));
    await expectAccepted(await encode(stroke), toPixels(stroke), 0);
  });
  it('off-centre: the same pixels', async () => {
    const corner = place(INK, { zoom: 1, side: 500, left: 250, top: 20, isInverted: true });
    await expectAccepted(await encode(corner), SEVEN_PIXELS, 0);
  });
  it('in MNIST’s own form: unchanged', async () => expectAccepted(await digitPng(5), digitPixels(5), 0));
  for (const [kind, makeTail] of [
    ['HTML', () => '<html><script>window.PWNED = 1</script></html>'],
    ['ZIP', async () => zip([{ name: '4/x.png', content: await digitPng(3) }])],
  ] as const) {
    it(`polyglot of PNG and ${kind}: 784 bytes, and nothing else of it`, async () => {
      const both = new Blob([await digitPng(5), await makeTail()]);
      await expectAccepted(both, digitPixels(5), 0);
      const { previews } = await importPicture(both);
      expect(previews![0]!.pixels.length).to.equal(784);
      expect('PWNED' in window).to.equal(false);
    });
  }
});

/** Black, and as opaque as there is ink. */
function paintSeven(colourOf: (strength: number) => number | [number, number, number, number]): Raster {
  return paint(240, 240, (x, y) => colourOf(255 - SEVEN.data[(y * 240 + x) * 4]!));
}

function rasterOf(image: GreyImage): Raster {
  return paint(image.width, image.height, (x, y) => image.data[y * image.width + x]!);
}

/** Boxes with a brand and a size, and no picture in them. */
function boxedPicture(brand: string, side: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(64);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 24);
  bytes.set(toBytes(`ftyp${brand}`), 4);
  view.setUint32(24, 20);
  bytes.set(toBytes('ispe'), 28);
  view.setUint32(36, side);
  view.setUint32(40, side);
  return bytes;
}
