import { expect } from 'chai';
import { importZip, isComplete, summarize } from '../helpers/digit-files';
import { deflateRaw, toBytes, zip, type ZipPart } from '../helpers/zip-files';
import { expectSamples, PNG, SEVEN, THREE, zeros } from '../helpers/zip-fixtures';

/** One entry beside a good one: it has this fate, and the good one is read all the same. */
async function expectFate(code: string, part: ZipPart): Promise<void> {
  const outcome = await importZip([part, SEVEN]);
  expect(outcome.refusal).to.equal(undefined);
  expect(summarize(outcome.report)).to.deep.equal({ accepted: 1, [code]: 1 });
  expect(isComplete(outcome.report!, 2)).to.equal(true);
  expectSamples(outcome, [[7, 2]]);
}

describe('an entry is rejected, and the rest is read:', () => {
  for (const [name, method] of [
    ['bzip2', 12],
    ['LZMA', 14],
  ] as const) {
    it(`the method ${name}`, () => expectFate('ZIP_METHOD', { ...THREE, claims: { method } }));
  }
  it('a wrong CRC', () => expectFate('ENTRY_CRC', { ...THREE, claims: { crc: 1 } }));
  it('a wrong CRC, deflated', () =>
    expectFate('ENTRY_CRC', { ...THREE, isDeflated: true, claims: { crc: 1 } }));
  it('corrupt deflate', () =>
    expectFate('ENTRY_CORRUPT', { ...THREE, isDeflated: true, packed: toBytes('\x07\xff') }));
  it('deflate that ends too early', async () => {
    const packed = (await deflateRaw(PNG)).slice(0, -8);
    await expectFate('ENTRY_CORRUPT', { ...THREE, isDeflated: true, packed });
  });
  it('a size that lies small: 8 MB claims 100 bytes', async () => {
    const packed = await deflateRaw(zeros(8 << 20));
    await expectFate('ENTRY_SIZE', { ...THREE, packed, isDeflated: true, claims: { size: 100 } });
  });
  it('a size that lies big', () =>
    expectFate('ENTRY_SIZE', { ...THREE, isDeflated: true, claims: { size: PNG.length + 1 } }));
  it('a size that lies, stored', () =>
    expectFate('ENTRY_SIZE', { ...THREE, claims: { size: PNG.length + 1 } }));
  it('more than 10 MB', () =>
    expectFate('ENTRY_TOO_LARGE', { ...THREE, packed: zeros(60_000), claims: { size: (10 << 20) + 1 } }));
  it('a nested ZIP', async () =>
    expectFate('NESTED_ZIP', { name: '3/more.zip', content: await zip([THREE]) }));
  it('a nested ZIP that is called a picture, deflated', async () => {
    await expectFate('NESTED_ZIP', { name: 'x.png', content: await zip([THREE]), isDeflated: true });
  });
  it('zip slip: ../../0/x.png', () => expectFate('NAME_UNSAFE', { ...THREE, name: '../../0/x.png' }));
  it('zip slip inside: 3/../4/x.png', () => expectFate('NAME_UNSAFE', { ...THREE, name: '3/../4/x.png' }));
  it('an absolute path: /abs', () => expectFate('NAME_UNSAFE', { ...THREE, name: '/abs/3/x.png' }));
  it('a drive: C:/', () => expectFate('NAME_UNSAFE', { ...THREE, name: 'C:/3/x.png' }));
  it('a backslash beside slashes: 0\\evil.png', () =>
    expectFate('NAME_UNSAFE', { ...THREE, name: '0\\evil.png' }));
  it('NUL in a name', () => expectFate('NAME_UNSAFE', { ...THREE, name: '3/x.png\0.txt' }));
  it('a 10 kB name', () => expectFate('NAME_UNSAFE', { ...THREE, name: `3/${'x'.repeat(10_000)}.png` }));
  it('nine folders in each other', () =>
    expectFate('NAME_UNSAFE', { ...THREE, name: `${'a/'.repeat(8)}3/x.png` }));
  it('a symlink (mode 0xA1FF)', () =>
    expectFate('ENTRY_SYMLINK', { name: '3/x.png', content: '../../etc/passwd', mode: 0xa1ff }));
  it('__proto__/a.png', () => expectFate('LABEL_UNKNOWN', { ...THREE, name: '__proto__/a.png' }));
  it('constructor/a.png', () => expectFate('LABEL_UNKNOWN', { ...THREE, name: 'constructor/a.png' }));
  it('a folder that names no digit', () => expectFate('LABEL_UNKNOWN', { ...THREE, name: 'cats/a.png' }));
  it('a picture in no folder', () => expectFate('LABEL_UNKNOWN', { ...THREE, name: '3.png' }));
  it('a file that is no picture', () => expectFate('NOT_IMAGE', { name: '3/notes.txt', content: 'To do' }));
  it('a wrong extension', () => expectFate('NOT_IMAGE', { name: '3/x.png', content: 'Not a PNG' }));
  it('an empty entry', () => expectFate('IMAGE_EMPTY', { name: '3/x.png' }));
});
