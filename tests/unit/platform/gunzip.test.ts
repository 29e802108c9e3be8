import { expect } from 'chai';
import type { AppError } from '../../../src/domain/errors';
import { gunzip, isGzip } from '../../../src/platform/gunzip';
import { contentHash, sha256 } from '../../../src/platform/sha256';
import { expectSameBytes } from '../../helpers/bytes';

async function gzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

async function reasonOf(work: Promise<unknown>): Promise<string | undefined> {
  return work.then(
    () => undefined,
    (error: unknown) => (error as AppError).help.reason,
  );
}

describe('gzip', () => {
  const bytes = Uint8Array.from({ length: 5000 }, (_, at) => (at * at) % 251);

  it('is unpacked', async () => {
    const packed = await gzip(bytes);
    expect(isGzip(packed)).to.equal(true);
    expect(isGzip(bytes)).to.equal(false);
    expectSameBytes(await gunzip(packed, 5000), bytes);
  });

  it('that unpacks to more than it should is stopped', async () => {
    const bomb = await gzip(new Uint8Array(10_000_000));
    expect(await reasonOf(gunzip(bomb, 100_000))).to.equal('GZIP_TOO_LARGE');
  });

  it('that is damaged or cut off is refused', async () => {
    const packed = await gzip(bytes);
    const damaged = Uint8Array.from(packed);
    damaged[packed.length >> 1]! ^= 0xff;
    expect(await reasonOf(gunzip(damaged, 5000))).to.equal('GZIP_CORRUPT');
    expect(await reasonOf(gunzip(packed.slice(0, -10), 5000))).to.equal('GZIP_CORRUPT');
  });
});

describe('SHA-256', () => {
  it('is that of the standard', async () => {
    // FIPS 180-2, appendix B.1.
    expect(await sha256(new TextEncoder().encode('abc'))).to.equal(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });

  it('of a content depends on which bytes are pixels and which are labels', async () => {
    const one = await contentHash(Uint8Array.of(1, 2), Uint8Array.of(3));
    expect(await contentHash(Uint8Array.of(1), Uint8Array.of(2, 3))).not.to.equal(one);
    expect(await contentHash(Uint8Array.of(1, 2), Uint8Array.of(3))).to.equal(one);
  });
});
