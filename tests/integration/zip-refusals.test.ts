import { expect } from 'chai';
import { IMPORT_LIMITS } from '../../src/domain/import-limits';
import { readArchive } from '../../workers/ml/import-archive';
import { collectingSink } from '../helpers/collecting-sink';
import { importBytes, importZip, type Outcome } from '../helpers/digit-files';
import { deflateRaw, toBytes, zip } from '../helpers/zip-files';
import { PNG, SEVEN, THREE, zeros } from '../helpers/zip-fixtures';

async function expectRefusal(reason: string, outcome: Promise<Outcome>): Promise<void> {
  const { refusal, sink } = await outcome;
  expect(refusal).to.equal(reason);
  expect(sink.samples, 'what reached the sink').to.have.length(0);
}

describe('a whole archive is refused:', () => {
  it('not a ZIP', () => expectRefusal('ZIP_INVALID', importBytes(toBytes('This is a letter, not a ZIP.'))));
  it('an empty file', () => expectRefusal('ZIP_INVALID', importBytes(zeros(0))));
  it('truncated in the middle', async () => {
    const bytes = await zip([THREE, SEVEN]);
    await expectRefusal('ZIP_TRUNCATED', importBytes(bytes.slice(0, bytes.length / 2)));
  });
  it('truncated by its last 10 bytes', async () => {
    await expectRefusal('ZIP_TRUNCATED', importBytes((await zip([THREE, SEVEN])).slice(0, -10)));
  });
  it('truncated inside its comment', async () => {
    const bytes = await zip([THREE], { comment: toBytes('made by hand') });
    await expectRefusal('ZIP_TRUNCATED', importBytes(bytes.slice(0, -4)));
  });
  it('without its first bytes', async () => {
    await expectRefusal('ZIP_TRUNCATED', importBytes((await zip([THREE])).slice(5)));
  });
  it('an empty ZIP', () => expectRefusal('ZIP_EMPTY', importZip([])));
  it('encrypted', () =>
    expectRefusal('ZIP_ENCRYPTED', importZip([SEVEN, { ...THREE, claims: { flags: 1 } }])));
  it('encrypted, the newer way', () =>
    expectRefusal('ZIP_ENCRYPTED', importZip([{ ...THREE, claims: { method: 99 } }])));
  it('one part of a split archive', async () => {
    const bytes = await zip([THREE]);
    bytes[bytes.length - 22 + 4] = 1;
    await expectRefusal('ZIP_TRUNCATED', importBytes(bytes));
  });
  it('a bomb: one entry of 64 MB of zeros', async () => {
    const bomb = { name: '0/a.png', packed: await deflateRaw(zeros(64 << 20)), isDeflated: true };
    await expectRefusal('ZIP_BOMB', importZip([{ ...bomb, claims: { size: 64 << 20 } }]));
  });
  it('a bomb: many small entries', async () => {
    const packed = await deflateRaw(zeros(1 << 20));
    const bomb = { packed, isDeflated: true, claims: { size: 1 << 20 } };
    const parts = Array.from({ length: 1025 }, (_, index) => ({ ...bomb, name: `0/${index}.png` }));
    await expectRefusal('ZIP_BOMB', importZip(parts));
  });
  it('a size that lies big: 1 GB claimed', () =>
    expectRefusal('ZIP_BOMB', importZip([{ ...THREE, isDeflated: true, claims: { size: 1 << 30 } }])));
  it('more than 1 GB in all', async () => {
    const packed = zeros(64 << 10);
    const large = { packed, isDeflated: true, claims: { size: IMPORT_LIMITS.entryBytes } };
    const parts = Array.from({ length: 110 }, (_, index) => ({ ...large, name: `0/${index}.png` }));
    await expectRefusal('TOO_LARGE', importZip(parts));
  });
  it('a file of more than 200 MB, without reading it', async () => {
    const file = {
      name: 'a.zip',
      size: IMPORT_LIMITS.fileBytes + 1,
      arrayBuffer: () => Promise.reject(new Error('It was read')),
    };
    const reason = await readArchive(file, collectingSink()).catch((error) => error.help.reason as string);
    expect(reason).to.equal('TOO_LARGE');
  });
  it('a file that has gone since it was chosen', async () => {
    const file = { name: 'a.zip', size: 100, arrayBuffer: () => Promise.reject(new Error('Gone')) };
    const reason = await readArchive(file, collectingSink()).catch((error) => error.help.reason as string);
    expect(reason).to.equal('FILE_UNREADABLE');
  });
  it('zip64 with more entries than are taken', () =>
    expectRefusal('TOO_LARGE', importZip([THREE], { isLong: true, count: IMPORT_LIMITS.entries + 1 })));
  it('overlapping entries ×100', async () => {
    const ghost = { ...THREE, isGhost: true, claimedAt: 0 };
    await expectRefusal('ZIP_OVERLAP', importZip([THREE, ...Array.from({ length: 99 }, () => ghost)]));
  });
  it('overlapping entries of different names', () =>
    expectRefusal(
      'ZIP_OVERLAP',
      importZip([THREE, { ...THREE, name: '4/x.png', isGhost: true, claimedAt: 0 }]),
    ));
  it('an entry that claims its neighbour’s bytes', () =>
    expectRefusal('ZIP_OVERLAP', importZip([{ ...THREE, claims: { packedSize: PNG.length + 1 } }, SEVEN])));
  it('an entry inside another one’s data', async () => {
    const inner = await zip([THREE]);
    const ghost = { ...THREE, isGhost: true, claimedAt: 30 + '0/a.bin'.length };
    await expectRefusal('ZIP_OVERLAP', importZip([{ name: '0/a.bin', content: inner }, ghost]));
  });
  it('central and local names that differ', () =>
    expectRefusal('ZIP_AMBIGUOUS', importZip([{ ...THREE, localClaims: { name: '4/x.png' } }])));
  it('central and local sizes that differ', () =>
    expectRefusal('ZIP_AMBIGUOUS', importZip([{ ...THREE, localClaims: { size: 5 } }])));
  it('an end record that counts too few', () =>
    expectRefusal('ZIP_AMBIGUOUS', importZip([THREE, SEVEN], { count: 1 })));
  it('an end record that counts too many', () =>
    expectRefusal('ZIP_AMBIGUOUS', importZip([THREE, SEVEN], { count: 3 })));
  it('two end records, one in the other’s comment', async () => {
    const inner = await zip([SEVEN]);
    await expectRefusal('ZIP_AMBIGUOUS', importZip([THREE], { comment: inner }));
  });
  it('an entry where there is none', () =>
    expectRefusal('ZIP_AMBIGUOUS', importZip([THREE, { ...SEVEN, isGhost: true, claimedAt: 20 }])));
  for (const side of ['before', 'after'] as const) {
    it(`more than 64 kB ${side} it`, () =>
      expectRefusal('ZIP_AMBIGUOUS', importZip([THREE], { [side]: zeros(IMPORT_LIMITS.strayBytes + 1) })));
  }
});
