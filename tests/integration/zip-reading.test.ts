import { expect } from 'chai';
import { readArchive, type ArchiveProgress } from '../../workers/ml/import-archive';
import { expectSameBytes } from '../helpers/bytes';
import { collectingSink } from '../helpers/collecting-sink';
import { digitPixels, digitPng, importZip, summarize } from '../helpers/digit-files';
import { encode } from '../helpers/image-files';
import { paint } from '../helpers/pictures';
import { asFile, zip } from '../helpers/zip-files';
import { PNG } from '../helpers/zip-fixtures';

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
