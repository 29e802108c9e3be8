import { expect } from 'chai';
import { AppError } from '../../../src/domain/errors';
import { toPixels } from '../../../src/domain/preprocess';
import { decodeImage } from '../../../src/platform/decode-image';
import { readPictureHeader } from '../../../src/platform/image-header';
import { encode, hollowPng, png16, unorient, withOrientation } from '../../helpers/image-files';
import { inkOf, line, paint, place } from '../../helpers/pictures';

const SEVEN = place(inkOf([line([8, 5], [19, 5], [13, 23])]), {
  zoom: 1,
  side: 240,
  left: 8,
  top: 8,
  isInverted: true,
});

async function reasonOf(file: Blob): Promise<string | undefined> {
  try {
    await decodeImage(file);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    expect(error.code).to.equal('invalid-input');
    expect(error.help.kept, 'what was kept').to.be.a('string');
    expect(error.help.remedy, 'what to do').to.be.a('string');
    return error.help.reason;
  }
  return undefined;
}

const text = (content: string) => new Blob([content]);

/** The largest difference between two images of the same size. */
function difference(a: Uint8Array, b: Uint8Array): number {
  return a.reduce((largest, value, at) => Math.max(largest, Math.abs(value - b[at]!)), 0);
}

describe('pictures that are read', () => {
  const expected = toPixels(SEVEN);

  for (const type of ['image/png', 'image/jpeg', 'image/webp']) {
    it(`as ${type}`, async () => {
      const file = await encode(SEVEN, type);
      expect(file.type).to.equal(type);
      const pixels = toPixels(await decodeImage(file));
      expect(difference(pixels, expected)).to.be.at.most(type === 'image/png' ? 0 : 24);
    });
  }

  for (let orientation = 1; orientation <= 8; orientation++) {
    it(`with EXIF orientation ${orientation}, the right way up`, async () => {
      const jpeg = await encode(unorient(SEVEN, orientation), 'image/jpeg');
      const raster = await decodeImage(await withOrientation(jpeg, orientation));
      expect(difference(toPixels(raster), expected)).to.be.at.most(24);
    });
  }

  it('with 16 bits a pixel', async () => {
    const { data, width } = await decodeImage(await png16(16));
    expect(width).to.equal(16);
    expect([data[0], data[15 * 4]]).to.deep.equal([0, 255]);
  });

  it('with transparency, which is kept', async () => {
    const half = paint(10, 10, (x) => (x < 5 ? [0, 0, 0, 0] : [10, 20, 30, 255]));
    const { data } = await decodeImage(await encode(half));
    expect([data[3], data[9 * 4 + 3]]).to.deep.equal([0, 255]);
  });

  it('whatever their name or type claims', async () => {
    const file = new Blob([await encode(SEVEN)], { type: 'text/plain' });
    expect((await decodeImage(file)).width).to.equal(240);
  });

  it('know their size before they are decoded, also as GIF, BMP and lossless WebP', () => {
    const gif = Uint8Array.of(...new TextEncoder().encode('GIF89a'), 0x2c, 1, 0x90, 1);
    expect(readPictureHeader(gif)).to.deep.equal({ format: 'GIF', width: 300, height: 400 });
    const bmp = new Uint8Array(30);
    bmp.set(new TextEncoder().encode('BM'));
    new DataView(bmp.buffer).setInt32(18, 50, true);
    new DataView(bmp.buffer).setInt32(22, -60, true);
    expect(readPictureHeader(bmp)).to.deep.equal({ format: 'BMP', width: 50, height: 60 });
    const webp = new Uint8Array(30);
    webp.set(new TextEncoder().encode('RIFF....WEBPVP8L'));
    new DataView(webp.buffer).setUint32(21, (99 << 14) | 79, true);
    expect(readPictureHeader(webp)).to.deep.equal({ format: 'WebP', width: 80, height: 100 });
  });
});

describe('pictures that are refused, by name', () => {
  const refused: readonly [string, string, () => Blob | Promise<Blob>][] = [
    ['an empty file', 'IMAGE_EMPTY', () => new Blob([])],
    ['text called .png', 'NOT_IMAGE', () => new File(['hello'], 'digit.png', { type: 'image/png' })],
    ['a gigantic PNG without a pixel', 'IMAGE_TOO_LARGE', () => hollowPng(60_000, 60_000)],
    ['a PNG one pixel too wide', 'IMAGE_TOO_LARGE', () => hollowPng(4097, 10)],
    ['a PNG of no width', 'IMAGE_CORRUPT', () => hollowPng(0, 10)],
    ['a PNG without pixels', 'IMAGE_CORRUPT', () => hollowPng(100, 100)],
    ['a PNG that ends in its header', 'IMAGE_CORRUPT', async () => (await encode(SEVEN)).slice(0, 20)],
    ['a PNG cut in half', 'IMAGE_CORRUPT', async () => cut(await encode(noise()), 0.5)],
    [
      'a JPEG cut in its header',
      'IMAGE_CORRUPT',
      async () => (await encode(SEVEN, 'image/jpeg')).slice(0, 40),
    ],
    [
      'an SVG',
      'SVG_NOT_SUPPORTED',
      () => text('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'),
    ],
    ['an SVG behind an XML head', 'SVG_NOT_SUPPORTED', () => text('\ufeff<?xml version="1.0"?>\n<svg/>')],
    ['a TIFF', 'FORMAT_UNSUPPORTED', () => text('II*\0aaaaaaaaaaaaaaaaaaaaaaaa')],
    ['an AVIF or HEIC', 'FORMAT_UNSUPPORTED', () => text('\0\0\0\x20ftypheicaaaaaaaaaaaa')],
    ['a ZIP', 'NOT_IMAGE', () => text('PK\x03\x04aaaaaaaaaaaaaaaaaaaaaaaaaa')],
  ];
  for (const [name, reason, make] of refused) {
    it(`${name}: ${reason}`, async () => {
      expect(await reasonOf(await make())).to.equal(reason);
    });
  }

  it('a file too long to be a picture, without reading it: IMAGE_TOO_LARGE', async () => {
    const file = new Blob([]);
    Object.defineProperty(file, 'size', { value: 40 * 1024 * 1024 });
    file.arrayBuffer = () => Promise.reject(new Error('It was read'));
    expect(await reasonOf(file)).to.equal('IMAGE_TOO_LARGE');
  });
});

function noise() {
  return paint(200, 200, (x, y) => (x * 7919 + y * 104729 + x * y) % 256);
}

function cut(file: Blob, share: number): Blob {
  return file.slice(0, Math.floor(file.size * share));
}
