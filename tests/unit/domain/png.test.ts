import { expect } from 'chai';
import { crc32 } from '../../../src/domain/crc32';
import { deflateRuns } from '../../../src/domain/deflate-runs';
import { generateDigit } from '../../../src/domain/generated-digits';
import { encodeGreyPng } from '../../../src/domain/png';
import { decodeImage } from '../../../src/platform/decode-image';
import { expectSameBytes } from '../../helpers/bytes';

async function inflate(packed: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** One byte of each pixel, as the browser decodes the file. */
async function decode(png: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const { width, height, data } = await decodeImage(new Blob([png]));
  expect([width, height]).to.deep.equal([28, 28]);
  return Uint8Array.from({ length: 784 }, (_, pixel) => {
    const [red, green, blue, alpha] = data.subarray(pixel * 4, pixel * 4 + 4);
    expect([green, blue, alpha]).to.deep.equal([red, red, 255]);
    return red!;
  });
}

describe('a PNG of an image', () => {
  it('decodes to the same bytes, whatever they are', async () => {
    const images = [
      new Uint8Array(784),
      new Uint8Array(784).fill(255),
      Uint8Array.from({ length: 784 }, (_, at) => at % 256),
      Uint8Array.from({ length: 784 }, (_, at) => (at * 7919) % 251),
      generateDigit(3, 5).pixels,
    ];
    for (const image of images) expectSameBytes(await decode(encodeGreyPng(image)), image);
  });

  it('is the same file each time, and small for a digit', () => {
    const { pixels } = generateDigit(1, 2);
    expectSameBytes(encodeGreyPng(pixels), encodeGreyPng(pixels));
    expect(encodeGreyPng(pixels).length).to.be.below(500);
  });
});

describe('packing of runs', () => {
  it('is undone by the browser, for runs of every length and bytes of every value', async () => {
    const runs = Array.from({ length: 300 }, (_, length) =>
      Array.from({ length: length % 40 }, () => (length * 37) % 256),
    );
    for (const bytes of [[], [0], [255, 255], runs.flat()].map((values) => Uint8Array.from(values))) {
      expectSameBytes(await inflate(deflateRuns(bytes)), bytes);
    }
  });
});

describe('CRC-32', () => {
  it('is that of the standard, and goes on from a seed', () => {
    const digits = new TextEncoder().encode('123456789');
    // The check value of CRC-32/ISO-HDLC.
    expect(crc32(digits)).to.equal(0xcbf43926);
    expect(crc32(digits.subarray(4), crc32(digits.subarray(0, 4)))).to.equal(0xcbf43926);
    expect(crc32(new Uint8Array(0))).to.equal(0);
  });
});
