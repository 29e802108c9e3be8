import { expect } from 'chai';
import { IMPORT_LIMITS } from '../../src/domain/import-limits';
import { readArchive } from '../../workers/ml/import-archive';
import { collectingSink } from '../helpers/collecting-sink';
import { digitPng, importZip, isComplete, summarize } from '../helpers/digit-files';
import { asFile, toBytes, zip, type ZipPart } from '../helpers/zip-files';
import { expectSamples, PNG, SEVEN, THREE, zeros } from '../helpers/zip-fixtures';

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
      [THREE, { ...SEVEN, isDeflated: true }],
      [
        [3, 1],
        [7, 2],
      ],
    ));
  it('with sizes behind the data', () =>
    expectRead(
      [{ ...THREE, isDeflated: true, sizesFollow: true }, SEVEN],
      [
        [3, 1],
        [7, 2],
      ],
    ));
  it('zip64', async () => {
    const parts = [
      { ...THREE, isLong: true },
      { ...SEVEN, isLong: true, isDeflated: true },
    ];
    const outcome = await importZip(parts, { isLong: true });
    expectSamples(outcome, [
      [3, 1],
      [7, 2],
    ]);
    expect(summarize(outcome.report)).to.deep.equal({ accepted: 2 });
  });
  it('with a comment', async () => {
    expectSamples(await importZip([THREE], { comment: toBytes('made by hand') }), [[3, 1]]);
  });
  for (const side of ['before', 'after'] as const) {
    it(`with up to 64 kB ${side} it, and a note`, async () => {
      const outcome = await importZip([THREE], { [side]: zeros(IMPORT_LIMITS.strayBytes) });
      expect(summarize(outcome.report)).to.deep.equal({ accepted: 1, STRAY_BYTES: 1 });
      expectSamples(outcome, [[3, 1]]);
    });
  }
  it('with backslashes and no slash at all, and a note', async () => {
    const outcome = await importZip([{ ...THREE, name: 'digits\\3\\x.png' }]);
    expect(summarize(outcome.report)).to.deep.equal({ accepted: 1, BACKSLASH_NAMES: 1 });
    expectSamples(outcome, [[3, 1]]);
  });
  it('with duplicate names: both are kept where they differ', () =>
    expectRead(
      [THREE, { ...SEVEN, name: THREE.name }],
      [
        [3, 1],
        [3, 2],
      ],
    ));
  it('with exact duplicates: one is kept, the others are counted', async () => {
    const { report } = await expectRead([THREE, THREE, { ...THREE, name: '3/again.png' }], [[3, 1]]);
    expect(summarize(report)).to.deep.equal({ accepted: 1, DUPLICATE: 2 });
  });
  it('with one picture under two labels: the first counts', async () => {
    const { report } = await expectRead([THREE, { ...THREE, name: '8/x.png' }], [[3, 1]]);
    expect(summarize(report)).to.deep.equal({ accepted: 1, LABEL_CONFLICT: 1 });
  });
  it('with NFC and NFD of one name: two samples', () =>
    expectRead(
      [
        { ...THREE, name: '3/\u00e9.png' },
        { ...SEVEN, name: '3/e\u0301.png' },
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
    await expectRead([{ ...THREE, name }], [[3, 1]]);
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
    const outcome = await importZip([...names.map((name) => ({ name, content: PNG })), SEVEN]);
    expect(summarize(outcome.report)).to.deep.equal({ accepted: 1, SYSTEM_FILE: names.length });
    expectSamples(outcome, [[7, 2]]);
  });
  it('with folders as entries: ignored, counted', async () => {
    const outcome = await importZip([{ name: '3/' }, THREE, { name: 'cats/' }]);
    expect(summarize(outcome.report)).to.deep.equal({ accepted: 1, FOLDER: 2 });
  });
  it('in one wrapping folder, and in two', () =>
    expectRead(
      [
        { ...THREE, name: 'mnist/3/x.png' },
        { ...SEVEN, name: 'my/mnist/7/y.png' },
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
        { ...THREE, name: 'mnist/train/3/x.png' },
        { ...SEVEN, name: 'mnist/test/7/y.png' },
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
      [THREE, { ...SEVEN, name: '3/y.png' }],
      [
        [3, 1],
        [3, 2],
      ],
    );
    await expectRead([THREE], [[3, 1]]);
  });
  it('with empty classes', () => expectRead([{ name: '0/' }, { name: '1/' }, THREE], [[3, 1]]));
  it('with nothing to read in it, which the report says', async () => {
    const outcome = await importZip([{ name: 'readme.txt', content: 'Nothing' }]);
    expect(summarize(outcome.report)).to.deep.equal({ NOT_IMAGE: 1 });
  });
  it('twice: the second time there is nothing but duplicates', async () => {
    const file = asFile(await zip([THREE, SEVEN]));
    const sink = collectingSink();
    await readArchive(file, sink);
    const { report } = await readArchive(file, sink);
    expect(summarize(report)).to.deep.equal({ DUPLICATE: 2 });
  });
  it('two at once: each is read as if it were alone', async () => {
    const outcomes = await Promise.all([importZip([THREE, SEVEN]), importZip([SEVEN])]);
    expectSamples(outcomes[0], [
      [3, 1],
      [7, 2],
    ]);
    expectSamples(outcomes[1], [[7, 2]]);
  });
});
