import { expect } from 'chai';
import { IMPORT_LIMITS } from '../../src/domain/import-limits';
import { readArchive, type ArchiveProgress } from '../../workers/ml/import-archive';
import { expectSameBytes } from '../helpers/bytes';
import { collectingSink } from '../helpers/collecting-sink';
import {
  digitPixels,
  digitPng,
  importBytes,
  importZip,
  isComplete,
  summarize,
  type Outcome,
} from '../helpers/digit-files';
import { encode } from '../helpers/image-files';
import { paint } from '../helpers/pictures';
import { asFile, deflateRaw, toBytes, zip, type ZipPart } from '../helpers/zip-files';

const PNG = await digitPng(1);
const three: ZipPart = { name: '3/x.png', content: PNG };
const seven: ZipPart = { name: '7/y.png', content: await digitPng(2) };
const zeros = (length: number) => new Uint8Array(length);

/** What a picture of the archive became: label, split, and the seed of its digit. */
function expectSamples(outcome: Outcome, expected: readonly (readonly [label: number, seed: number])[]) {
  const { samples } = outcome.sink;
  expect(samples.map(({ label }) => label)).to.deep.equal(expected.map(([label]) => label));
  samples.forEach(({ pixels }, index) => expectSameBytes(pixels, digitPixels(expected[index]![1])));
}

async function expectRefusal(reason: string, outcome: Promise<Outcome>): Promise<void> {
  const { refusal, sink } = await outcome;
  expect(refusal).to.equal(reason);
  expect(sink.samples, 'what reached the sink').to.have.length(0);
}

/** One entry beside a good one: it has this fate, and the good one is read all the same. */
async function expectFate(code: string, part: ZipPart): Promise<void> {
  const outcome = await importZip([part, seven]);
  expect(outcome.refusal).to.equal(undefined);
  expect(summarize(outcome.report)).to.deep.equal({ accepted: 1, [code]: 1 });
  expect(isComplete(outcome.report!, 2)).to.equal(true);
  expectSamples(outcome, [[7, 2]]);
}

describe('a whole archive is refused:', () => {
  it('not a ZIP', () => expectRefusal('ZIP_INVALID', importBytes(toBytes('This is a letter, not a ZIP.'))));
  it('an empty file', () => expectRefusal('ZIP_INVALID', importBytes(zeros(0))));
  it('truncated in the middle', async () => {
    const bytes = await zip([three, seven]);
    await expectRefusal('ZIP_TRUNCATED', importBytes(bytes.slice(0, bytes.length / 2)));
  });
  it('truncated by its last 10 bytes', async () => {
    await expectRefusal('ZIP_TRUNCATED', importBytes((await zip([three, seven])).slice(0, -10)));
  });
  it('truncated inside its comment', async () => {
    const bytes = await zip([three], { comment: toBytes('made by hand') });
    await expectRefusal('ZIP_TRUNCATED', importBytes(bytes.slice(0, -4)));
  });
  it('without its first bytes', async () => {
    await expectRefusal('ZIP_TRUNCATED', importBytes((await zip([three])).slice(5)));
  });
  it('an empty ZIP', () => expectRefusal('ZIP_EMPTY', importZip([])));
  it('encrypted', () =>
    expectRefusal('ZIP_ENCRYPTED', importZip([seven, { ...three, claims: { flags: 1 } }])));
  it('encrypted, the newer way', () =>
    expectRefusal('ZIP_ENCRYPTED', importZip([{ ...three, claims: { method: 99 } }])));
  it('one part of a split archive', async () => {
    const bytes = await zip([three]);
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
    expectRefusal('ZIP_BOMB', importZip([{ ...three, isDeflated: true, claims: { size: 1 << 30 } }])));
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
    expectRefusal('TOO_LARGE', importZip([three], { isLong: true, count: IMPORT_LIMITS.entries + 1 })));
  it('overlapping entries ×100', async () => {
    const ghost = { ...three, isGhost: true, claimedAt: 0 };
    await expectRefusal('ZIP_OVERLAP', importZip([three, ...Array.from({ length: 99 }, () => ghost)]));
  });
  it('overlapping entries of different names', () =>
    expectRefusal(
      'ZIP_OVERLAP',
      importZip([three, { ...three, name: '4/x.png', isGhost: true, claimedAt: 0 }]),
    ));
  it('an entry that claims its neighbour’s bytes', () =>
    expectRefusal('ZIP_OVERLAP', importZip([{ ...three, claims: { packedSize: PNG.length + 1 } }, seven])));
  it('an entry inside another one’s data', async () => {
    const inner = await zip([three]);
    const ghost = { ...three, isGhost: true, claimedAt: 30 + '0/a.bin'.length };
    await expectRefusal('ZIP_OVERLAP', importZip([{ name: '0/a.bin', content: inner }, ghost]));
  });
  it('central and local names that differ', () =>
    expectRefusal('ZIP_AMBIGUOUS', importZip([{ ...three, localClaims: { name: '4/x.png' } }])));
  it('central and local sizes that differ', () =>
    expectRefusal('ZIP_AMBIGUOUS', importZip([{ ...three, localClaims: { size: 5 } }])));
  it('an end record that counts too few', () =>
    expectRefusal('ZIP_AMBIGUOUS', importZip([three, seven], { count: 1 })));
  it('an end record that counts too many', () =>
    expectRefusal('ZIP_AMBIGUOUS', importZip([three, seven], { count: 3 })));
  it('two end records, one in the other’s comment', async () => {
    const inner = await zip([seven]);
    await expectRefusal('ZIP_AMBIGUOUS', importZip([three], { comment: inner }));
  });
  it('an entry where there is none', () =>
    expectRefusal('ZIP_AMBIGUOUS', importZip([three, { ...seven, isGhost: true, claimedAt: 20 }])));
  for (const side of ['before', 'after'] as const) {
    it(`more than 64 kB ${side} it`, () =>
      expectRefusal('ZIP_AMBIGUOUS', importZip([three], { [side]: zeros(IMPORT_LIMITS.strayBytes + 1) })));
  }
});

describe('an entry is rejected, and the rest is read:', () => {
  for (const [name, method] of [
    ['bzip2', 12],
    ['LZMA', 14],
  ] as const) {
    it(`the method ${name}`, () => expectFate('ZIP_METHOD', { ...three, claims: { method } }));
  }
  it('a wrong CRC', () => expectFate('ENTRY_CRC', { ...three, claims: { crc: 1 } }));
  it('a wrong CRC, deflated', () =>
    expectFate('ENTRY_CRC', { ...three, isDeflated: true, claims: { crc: 1 } }));
  it('corrupt deflate', () =>
    expectFate('ENTRY_CORRUPT', { ...three, isDeflated: true, packed: toBytes('\x07\xff') }));
  it('deflate that ends too early', async () => {
    const packed = (await deflateRaw(PNG)).slice(0, -8);
    await expectFate('ENTRY_CORRUPT', { ...three, isDeflated: true, packed });
  });
  it('a size that lies small: 8 MB claims 100 bytes', async () => {
    const packed = await deflateRaw(zeros(8 << 20));
    await expectFate('ENTRY_SIZE', { ...three, packed, isDeflated: true, claims: { size: 100 } });
  });
  it('a size that lies big', () =>
    expectFate('ENTRY_SIZE', { ...three, isDeflated: true, claims: { size: PNG.length + 1 } }));
  it('a size that lies, stored', () =>
    expectFate('ENTRY_SIZE', { ...three, claims: { size: PNG.length + 1 } }));
  it('more than 10 MB', () =>
    expectFate('ENTRY_TOO_LARGE', { ...three, packed: zeros(60_000), claims: { size: (10 << 20) + 1 } }));
  it('a nested ZIP', async () =>
    expectFate('NESTED_ZIP', { name: '3/more.zip', content: await zip([three]) }));
  it('a nested ZIP that is called a picture, deflated', async () => {
    await expectFate('NESTED_ZIP', { name: 'x.png', content: await zip([three]), isDeflated: true });
  });
  it('zip slip: ../../0/x.png', () => expectFate('NAME_UNSAFE', { ...three, name: '../../0/x.png' }));
  it('zip slip inside: 3/../4/x.png', () => expectFate('NAME_UNSAFE', { ...three, name: '3/../4/x.png' }));
  it('an absolute path: /abs', () => expectFate('NAME_UNSAFE', { ...three, name: '/abs/3/x.png' }));
  it('a drive: C:/', () => expectFate('NAME_UNSAFE', { ...three, name: 'C:/3/x.png' }));
  it('a backslash beside slashes: 0\\evil.png', () =>
    expectFate('NAME_UNSAFE', { ...three, name: '0\\evil.png' }));
  it('NUL in a name', () => expectFate('NAME_UNSAFE', { ...three, name: '3/x.png\0.txt' }));
  it('a 10 kB name', () => expectFate('NAME_UNSAFE', { ...three, name: `3/${'x'.repeat(10_000)}.png` }));
  it('nine folders in each other', () =>
    expectFate('NAME_UNSAFE', { ...three, name: `${'a/'.repeat(8)}3/x.png` }));
  it('a symlink (mode 0xA1FF)', () =>
    expectFate('ENTRY_SYMLINK', { name: '3/x.png', content: '../../etc/passwd', mode: 0xa1ff }));
  it('__proto__/a.png', () => expectFate('LABEL_UNKNOWN', { ...three, name: '__proto__/a.png' }));
  it('constructor/a.png', () => expectFate('LABEL_UNKNOWN', { ...three, name: 'constructor/a.png' }));
  it('a folder that names no digit', () => expectFate('LABEL_UNKNOWN', { ...three, name: 'cats/a.png' }));
  it('a picture in no folder', () => expectFate('LABEL_UNKNOWN', { ...three, name: '3.png' }));
  it('a file that is no picture', () => expectFate('NOT_IMAGE', { name: '3/notes.txt', content: 'To do' }));
  it('a wrong extension', () => expectFate('NOT_IMAGE', { name: '3/x.png', content: 'Not a PNG' }));
  it('an empty entry', () => expectFate('IMAGE_EMPTY', { name: '3/x.png' }));
});

describe('an archive is read:', () => {
  const expectRead = async (parts: readonly ZipPart[], samples: readonly (readonly [number, number])[]) => {
    const outcome = await importZip(parts);
    expect(outcome.refusal).to.equal(undefined);
    expect(isComplete(outcome.report!, parts.length)).to.equal(true);
    expectSamples(outcome, samples);
    return outcome;
  };

  it('stored and deflated, in the order of its directory', () =>
    expectRead(
      [three, { ...seven, isDeflated: true }],
      [
        [3, 1],
        [7, 2],
      ],
    ));
  it('with sizes behind the data', () =>
    expectRead(
      [{ ...three, isDeflated: true, sizesFollow: true }, seven],
      [
        [3, 1],
        [7, 2],
      ],
    ));
  it('zip64', async () => {
    const parts = [
      { ...three, isLong: true },
      { ...seven, isLong: true, isDeflated: true },
    ];
    const outcome = await importZip(parts, { isLong: true });
    expectSamples(outcome, [
      [3, 1],
      [7, 2],
    ]);
    expect(summarize(outcome.report)).to.deep.equal({ accepted: 2 });
  });
  it('with a comment', async () => {
    expectSamples(await importZip([three], { comment: toBytes('made by hand') }), [[3, 1]]);
  });
  for (const side of ['before', 'after'] as const) {
    it(`with up to 64 kB ${side} it, and a note`, async () => {
      const outcome = await importZip([three], { [side]: zeros(IMPORT_LIMITS.strayBytes) });
      expect(summarize(outcome.report)).to.deep.equal({ accepted: 1, STRAY_BYTES: 1 });
      expectSamples(outcome, [[3, 1]]);
    });
  }
  it('with backslashes and no slash at all, and a note', async () => {
    const outcome = await importZip([{ ...three, name: 'digits\\3\\x.png' }]);
    expect(summarize(outcome.report)).to.deep.equal({ accepted: 1, BACKSLASH_NAMES: 1 });
    expectSamples(outcome, [[3, 1]]);
  });
  it('with duplicate names: both are kept where they differ', () =>
    expectRead(
      [three, { ...seven, name: three.name }],
      [
        [3, 1],
        [3, 2],
      ],
    ));
  it('with exact duplicates: one is kept, the others are counted', async () => {
    const { report } = await expectRead([three, three, { ...three, name: '3/again.png' }], [[3, 1]]);
    expect(summarize(report)).to.deep.equal({ accepted: 1, DUPLICATE: 2 });
  });
  it('with one picture under two labels: the first counts', async () => {
    const { report } = await expectRead([three, { ...three, name: '8/x.png' }], [[3, 1]]);
    expect(summarize(report)).to.deep.equal({ accepted: 1, LABEL_CONFLICT: 1 });
  });
  it('with NFC and NFD of one name: two samples', () =>
    expectRead(
      [
        { ...three, name: '3/\u00e9.png' },
        { ...seven, name: '3/e\u0301.png' },
      ],
      [
        [3, 1],
        [3, 2],
      ],
    ));
  it('with names that hide something, which are shown written out', async () => {
    const names = ['3/gpj\u202egnp.exe', '3/\u200bx.png', `3/${'long'.repeat(200)}.png`];
    const outcome = await importZip(names.map((name) => ({ name, content: 'No picture' })));
    const shown = outcome.report!.rejected[0]!.names;
    expect(shown[0]).to.equal('3/gpj\\u202Egnp.exe');
    expect(shown[1]).to.equal('3/\\u200Bx.png');
    expect(shown[2]).to.match(/^3\/(?:long)+.*…(?:long|ng|ong|g)+\.png$/);
    expect(shown[2]).to.have.length(80);
  });
  it('with names that are not UTF-8: the label is what is plain', async () => {
    const name = Uint8Array.of(...toBytes('3/'), 0xff, 0xfe, ...toBytes('.png'));
    await expectRead([{ ...three, name }], [[3, 1]]);
  });
  it('with what systems leave behind: ignored, counted', async () => {
    const names = [
      '__MACOSX/3/x.png',
      '3/._x.png',
      '3/.DS_Store',
      'Thumbs.db',
      '3/desktop.ini',
      '.git/3/x.png',
    ];
    const outcome = await importZip([...names.map((name) => ({ name, content: PNG })), seven]);
    expect(summarize(outcome.report)).to.deep.equal({ accepted: 1, SYSTEM_FILE: names.length });
    expectSamples(outcome, [[7, 2]]);
  });
  it('with folders as entries: ignored, counted', async () => {
    const outcome = await importZip([{ name: '3/' }, three, { name: 'cats/' }]);
    expect(summarize(outcome.report)).to.deep.equal({ accepted: 1, FOLDER: 2 });
  });
  it('in one wrapping folder, and in two', () =>
    expectRead(
      [
        { ...three, name: 'mnist/3/x.png' },
        { ...seven, name: 'my/mnist/7/y.png' },
      ],
      [
        [3, 1],
        [7, 2],
      ],
    ));
  it('with labels in words and the like', async () => {
    const folders = ['Three', 'THREE', 'digit_3', '3 ', '\uff13', 'train/3', 'Digit 3', 'digit-3', 'digit3'];
    const parts = await Promise.all(
      folders.map(async (folder, seed) => ({ name: `${folder}/x.png`, content: await digitPng(seed) })),
    );
    await expectRead(
      parts,
      folders.map((_, seed) => [3, seed]),
    );
  });
  it('with train/ and test/ as splits', async () => {
    const outcome = await expectRead(
      [
        { ...three, name: 'mnist/train/3/x.png' },
        { ...seven, name: 'mnist/test/7/y.png' },
      ],
      [
        [3, 1],
        [7, 2],
      ],
    );
    expect(outcome.sink.samples.map(({ split }) => split)).to.deep.equal(['train', 'test']);
    expect(outcome.report!.accepted.train[3]).to.equal(1);
    expect(outcome.report!.accepted.test[7]).to.equal(1);
  });
  it('with a single class, and with a single picture', async () => {
    await expectRead(
      [three, { ...seven, name: '3/y.png' }],
      [
        [3, 1],
        [3, 2],
      ],
    );
    await expectRead([three], [[3, 1]]);
  });
  it('with empty classes', () => expectRead([{ name: '0/' }, { name: '1/' }, three], [[3, 1]]));
  it('with nothing to read in it, which the report says', async () => {
    const outcome = await importZip([{ name: 'readme.txt', content: 'Nothing' }]);
    expect(summarize(outcome.report)).to.deep.equal({ NOT_IMAGE: 1 });
  });
  it('twice: the second time there is nothing but duplicates', async () => {
    const file = asFile(await zip([three, seven]));
    const sink = collectingSink();
    await readArchive(file, sink);
    const { report } = await readArchive(file, sink);
    expect(summarize(report)).to.deep.equal({ DUPLICATE: 2 });
  });
  it('two at once: each is read as if it were alone', async () => {
    const outcomes = await Promise.all([importZip([three, seven]), importZip([seven])]);
    expectSamples(outcomes[0], [
      [3, 1],
      [7, 2],
    ]);
    expectSamples(outcomes[1], [[7, 2]]);
  });
});

describe('a reading of 100,000 entries', () => {
  const COUNT = 100_000;
  let file: File;
  before(async () => {
    const parts = Array.from({ length: COUNT }, () => ({ name: 'cats/x.png', content: PNG }));
    file = asFile(await zip(parts, { isLong: true }));
  });

  it('accounts for each, and tells how far it is', async () => {
    const progress: ArchiveProgress[] = [];
    const { report } = await readArchive(file, collectingSink(), {
      onProgress: (step) => progress.push(step),
    });
    expect(summarize(report)).to.deep.equal({ LABEL_UNKNOWN: COUNT });
    expect(report.rejected[0]!.names).to.have.length(20);
    expect(progress.at(-1)).to.deep.equal({ done: COUNT, total: COUNT });
    const steps = progress.map(({ done }) => done);
    expect(steps).to.deep.equal([...new Set(steps)].sort((a, b) => a - b));
  });

  it('ends where it is called off', async () => {
    const controller = new AbortController();
    let last = 0;
    const ending = await readArchive(file, collectingSink(), {
      signal: controller.signal,
      onProgress: ({ done }) => {
        last = done;
        controller.abort();
      },
    }).catch((error) => error.code as string);
    expect(ending).to.equal('aborted');
    expect(last).to.be.below(COUNT);
  });
});

describe('large pictures of an archive', () => {
  it('are not begun once it is called off', async () => {
    const picture = await encode(paint(2000, 1000, (x) => (x > 900 && x < 1100 ? 0 : 255)));
    const content = new Uint8Array(await picture.arrayBuffer());
    const parts = Array.from({ length: 8 }, (_, index) => ({ name: `1/${index}.png`, content }));
    const controller = new AbortController();
    const sink = collectingSink();
    const reading = readArchive(asFile(await zip(parts)), sink, { signal: controller.signal });
    controller.abort();
    expect(await reading.catch((error) => error.code as string)).to.equal('aborted');
    expect(sink.samples).to.have.length(0);
  });
});

describe('previews of an archive', () => {
  it('are small, however large their pictures are', async () => {
    const picture = await encode(
      paint(1600, 800, (x, y) => (x > 700 && x < 900 && y > 100 && y < 700 ? 0 : 255)),
    );
    const { previews } = await importZip([
      { name: '1/large.png', content: new Uint8Array(await picture.arrayBuffer()) },
    ]);
    const [{ grey, ink }] = previews as [NonNullable<typeof previews>[number]];
    expect([grey.width, grey.height, ink.width, ink.height]).to.deep.equal([160, 80, 160, 80]);
    expect([grey.data[0], grey.data[40 * 160 + 80]]).to.deep.equal([255, 0]);
    expect([ink.data[0], ink.data[40 * 160 + 80]]).to.deep.equal([0, 255]);
  });

  it('show the steps of pictures, of different digits first', async () => {
    const parts = await Promise.all(
      [3, 3, 3, 3, 3, 7, 1].map(async (label, seed) => ({
        name: `${label}/${seed}.png`,
        content: await digitPng(seed),
      })),
    );
    const { previews } = await importZip(parts);
    expect(previews!.map(({ name }) => name)).to.deep.equal([
      '3/0.png',
      '7/5.png',
      '1/6.png',
      '3/1.png',
      '3/2.png',
      '3/3.png',
    ]);
    expect(previews![0]!.label).to.equal(3);
    expectSameBytes(previews![0]!.pixels, digitPixels(0));
    expect(previews![0]!.grey.width).to.equal(28);
  });
});
