import { expect } from 'chai';
import { crc32 } from '../../../src/domain/crc32';

const of = (text: string) => crc32(new TextEncoder().encode(text));

describe('the CRC-32', () => {
  it('of nothing is 0', () => expect(of('')).to.equal(0));
  it('of the check value is what its catalogue says', () => expect(of('123456789')).to.equal(0xcbf43926));
  it('of a PNG’s last chunk is what every PNG ends with', () => expect(of('IEND')).to.equal(0xae426082));
  it('is never negative', () => expect(of('a')).to.equal(0xe8b7be43));
  it('changes with every single bit', () => {
    const bytes = new Uint8Array(64);
    const sums = new Set(
      Array.from({ length: 512 }, (_, bit) => {
        const flipped = bytes.slice();
        flipped[bit >> 3] = 1 << (bit & 7);
        return crc32(flipped);
      }),
    );
    expect(sums.size).to.equal(512);
    expect(sums.has(crc32(bytes))).to.equal(false);
  });
});
