import { expect } from 'chai';
import { concatenateBytes } from '../../../src/domain/bytes';
import { encodeCsvNames, encodeCsvRows } from '../../../src/domain/csv-samples';
import { generateDigits } from '../../../src/domain/generated-digits';
import { encodeIdxImages, encodeIdxLabels } from '../../../src/domain/idx';
import { acceptedCount, type SampleSink } from '../../../src/domain/import-report';
import { readTables } from '../../../workers/ml/import-tables';
import { asTexts, gzipped, KeepingSink, reasonOf, samplesOf } from '../../helpers/tables';

const block = generateDigits(4, 0, 60);
const images = encodeIdxImages(block.pixels);
const labels = encodeIdxLabels(block.labels);
const table = concatenateBytes(encodeCsvNames(), encodeCsvRows(block, 0, 60));

const file = (name: string, bytes: Uint8Array<ArrayBuffer> | string) => new File([bytes], name);
const refusal = (...files: readonly File[]) => reasonOf(readTables(files, new KeepingSink()));
/** IDX bytes with a number of the header, counted in fours, replaced. */
function withNumber(bytes: Uint8Array<ArrayBuffer>, index: number, value: number): Uint8Array<ArrayBuffer> {
  const copy = bytes.slice();
  new DataView(copy.buffer).setUint32(index * 4, value);
  return copy;
}

describe('tables that are imported', () => {
  it('may be IDX pairs and CSV files of both splits, compressed or not', async () => {
    const sink = new KeepingSink();
    const files = [
      file('t10k-labels-idx1-ubyte.gz', await gzipped(labels)),
      file('mnist_test.csv', table),
      file('train-images-idx3-ubyte', images),
      file('more.csv.gz', await gzipped(table)),
      file('t10k-images-idx3-ubyte', images),
      file('train-labels-idx1-ubyte', labels),
    ];
    const report = await readTables(files, sink);
    expect(asTexts(sink.samples)).to.deep.equal(
      asTexts((['train', 'test', 'test', 'train'] as const).flatMap((split) => samplesOf(block, split))),
    );
    expect(report.entries).to.equal(240);
    expect(acceptedCount(report)).to.equal(240);
  });

  it('count what the set has already', async () => {
    const answers = ['added', 'duplicate', 'conflict'] as const;
    let next = 0;
    const sink: SampleSink = { add: () => Promise.resolve(answers[next++ % 3]!) };
    const report = await readTables([file('a', images), file('b', labels)], sink);
    expect(report.entries).to.equal(60);
    expect(acceptedCount(report)).to.equal(20);
    expect(report.ignored[0]).to.deep.include({ code: 'DUPLICATE', count: 20 });
    expect(report.ignored[0]!.names[0]).to.equal('a, image 2');
    expect(report.rejected[0]).to.deep.include({ code: 'LABEL_CONFLICT', count: 20 });
  });

  it('lose only their bad rows, which are told by number', async () => {
    const text = new TextDecoder().decode(table).split('\n');
    text[3] = text[3]!.replace(/,0,/, ',256,');
    text[10] = '1,2,3';
    const { rejected, entries } = await readTables([file('a.csv', text.join('\n'))], new KeepingSink());
    expect(entries).to.equal(60);
    expect(rejected).to.deep.equal([{ code: 'ROW_INVALID', count: 2, names: ['row 4', 'row 11'] }]);
  });

  it('are refused by name where something is wrong', async () => {
    const noise = Uint8Array.from({ length: 100_000 }, (_, at) => 1 + ((at * at * 31) % 255));
    const pair = (images: Uint8Array<ArrayBuffer>, labels: Uint8Array<ArrayBuffer>) =>
      refusal(file('images-idx3-ubyte', images), file('labels-idx1-ubyte', labels));
    expect(await refusal()).to.equal('FILE_MISSING');
    expect(await refusal(file('a.csv', ''))).to.equal('CSV_INVALID');
    expect(await refusal(file('a.csv', noise))).to.equal('CSV_INVALID');
    expect(await refusal(file('x', images))).to.equal('IDX_PAIR');
    expect(await pair(noise, labels)).to.equal('IDX_INVALID');
    expect(await pair(new Uint8Array(0), labels)).to.equal('IDX_INVALID');
    expect(await pair(withNumber(images, 0, 0x802), labels)).to.equal('IDX_INVALID');
    expect(await pair(images.slice(0, 10), labels)).to.equal('IDX_LENGTH');
    expect(await pair(withNumber(images, 1, 2 ** 31), labels)).to.equal('IDX_LENGTH');
    expect(await pair(withNumber(withNumber(images, 2, 56), 3, 14), labels)).to.equal('IDX_SHAPE');
    expect(await pair(images, encodeIdxLabels(block.labels.slice(1)))).to.equal('IDX_COUNT');
    expect(await pair(images, encodeIdxLabels(block.labels.map(() => 10)))).to.equal('IDX_LABEL');
  });

  it('cannot fill the memory from a small file', async () => {
    const bomb = await gzipped(new Uint8Array(60_000_000));
    expect(bomb.length).to.be.below(100_000);
    expect(await refusal(file('a.csv.gz', bomb))).to.equal('GZIP_TOO_LARGE');
    expect(await refusal(file('images-idx3-ubyte.gz', bomb), file('labels', labels))).to.equal(
      'GZIP_TOO_LARGE',
    );
    expect(await refusal(file('a.csv.gz', (await gzipped(table)).slice(0, -20)))).to.equal('GZIP_CORRUPT');
    const large = { name: 'x.csv', size: 300 * 1024 * 1024 } as File;
    expect(await refusal(large)).to.equal('FILE_TOO_LARGE');
  });

  it('are told of as they come, and can be called off', async () => {
    const controller = new AbortController();
    const shares: number[] = [];
    let added = 0;
    const sink: SampleSink = {
      add() {
        if (++added === 30) controller.abort();
        return Promise.resolve('added');
      },
    };
    const options = { signal: controller.signal, onProgress: (share: number) => shares.push(share) };
    expect(await reasonOf(readTables([file('a.csv', table)], sink, options))).to.equal('aborted');
    expect(added).to.equal(30);
    for (const share of shares) expect(share).to.be.within(0, 1);
    expect(shares.length).to.be.greaterThan(0);
  });
});
