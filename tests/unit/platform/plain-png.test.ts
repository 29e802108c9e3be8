import { expect } from 'chai';
import type { Raster } from '../../../src/domain/raster';
import { readPictureHeader } from '../../../src/platform/image-header';
import { readPlainPng } from '../../../src/platform/plain-png';
import { expectSameBytes } from '../../helpers/bytes';
import { encode, png16 } from '../../helpers/image-files';
import { paint } from '../../helpers/pictures';
import {
  animatedPng,
  bitPng,
  colourPng,
  greyPng,
  interlacedPng,
  LINEAR_GAMMA,
  palettePng,
} from '../../helpers/png-kinds';

type Bytes = Uint8Array<ArrayBuffer>;

const level = (x: number, y: number) => (x * 37 + y * y * 11 + (x * y) / 3) & 255;
const GREY = {
  width: 29,
  height: 31,
  data: Uint8Array.from({ length: 29 * 31 }, (_, at) => level(at % 29, Math.floor(at / 29))),
};
const COLOUR = Uint8Array.from({ length: 29 * 31 * 3 }, (_, at) => level(at % 87, Math.floor(at / 87)));

const read = (bytes: Bytes) => readPlainPng(bytes, readPictureHeader(bytes));

async function readByBrowser(bytes: Bytes): Promise<Raster> {
  const bitmap = await createImageBitmap(new Blob([bytes]), { colorSpaceConversion: 'none' });
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
  context.drawImage(bitmap, 0, 0);
  return context.getImageData(0, 0, bitmap.width, bitmap.height);
}

describe('a plain PNG has the pixels that the browser gives it', () => {
  for (let filter = 0; filter <= 4; filter++) {
    it(`in grey, by filter ${filter}`, async () =>
      expectSame(await greyPng(GREY, { filterAt: () => filter })));
    it(`in colour, by filter ${filter}`, async () => expectSame(await colourPng(COLOUR, 29, () => filter)));
  }
  it('by all filters in turn', async () => expectSame(await greyPng(GREY, { filterAt: (y) => y % 5 })));
  it('with a text in it', async () => {
    const text = new TextEncoder().encode('Comment\0drawn by hand');
    await expectSame(await greyPng(GREY, { extra: [['tEXt', text]] }));
  });
});

describe('a PNG is left to the browser', () => {
  const kinds: readonly [string, () => Promise<Bytes>][] = [
    ['of 1 bit', () => bitPng(GREY)],
    ['of 16 bits', async () => new Uint8Array(await (await png16(16)).arrayBuffer())],
    ['with a palette', () => palettePng(GREY)],
    ['interlaced', () => interlacedPng(GREY)],
    ['animated', () => animatedPng(GREY, GREY)],
    ['with a gamma', () => greyPng(GREY, { extra: [LINEAR_GAMMA] })],
    ['with a transparent grey', () => greyPng(GREY, { extra: [['tRNS', Uint8Array.of(0, 7)]] })],
    ['with an unknown chunk', () => greyPng(GREY, { extra: [['quAK', new Uint8Array(3)]] })],
    ['with transparency', () => encoded(paint(20, 20, (x) => [0, 0, 0, x]))],
    ['of another size than its data', async () => resized(await greyPng(GREY))],
    ['with an unknown filter', () => greyPng(GREY, { filterAt: (y) => (y === 3 ? 5 : 0) })],
    ['with a damaged byte', async () => damaged(await greyPng(GREY))],
    ['cut off', async () => (await greyPng(GREY)).slice(0, -20)],
    ['large', () => greyPng({ width: 200, height: 200, data: new Uint8Array(40_000) })],
  ];
  for (const [kind, make] of kinds) {
    it(kind, async () => expect(await read(await make())).to.equal(undefined));
  }
});

async function expectSame(bytes: Bytes): Promise<void> {
  const plain = await read(bytes);
  const browsers = await readByBrowser(bytes);
  expect([plain?.width, plain?.height]).to.deep.equal([browsers.width, browsers.height]);
  expectSameBytes(plain!.data, browsers.data);
}

async function encoded(raster: Raster): Promise<Bytes> {
  return new Uint8Array(await (await encode(raster)).arrayBuffer());
}

function resized(bytes: Bytes): Bytes {
  new DataView(bytes.buffer).setUint32(20, 30);
  return bytes;
}

function damaged(bytes: Bytes): Bytes {
  bytes[60]! ^= 1;
  return bytes;
}
