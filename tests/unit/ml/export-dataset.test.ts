import { expect } from 'chai';
import { generateDigits } from '../../../src/domain/generated-digits';
import { decodeImage } from '../../../src/platform/decode-image';
import type { ExportFormat } from '../../../src/domain/dataset-view';
import { exportDataset } from '../../../workers/ml/export-dataset';
import { readTables } from '../../../workers/ml/import-tables';
import { expectSameBytes } from '../../helpers/bytes';
import { asTexts, KeepingSink, reasonOf, samplesOf } from '../../helpers/tables';
import { unzip } from '../../helpers/unzip';

const FORMATS: readonly ExportFormat[] = ['folders', 'idx', 'csv'];
const splits = { train: generateDigits(1, 0, 800), test: generateDigits(2, 0, 200) };
const none = generateDigits(1, 0, 0);
const all = asTexts([...samplesOf(splits.train, 'train'), ...samplesOf(splits.test, 'test')]);

async function readBack(blob: Blob): Promise<string[]> {
  const files = [...(await unzip(blob))].map(([name, bytes]) => new File([bytes], name));
  const sink = new KeepingSink();
  await readTables(files, sink);
  return asTexts(sink.samples);
}

describe('an exported set', () => {
  it('as MNIST’s files reads back the same, in its order', async () => {
    const { blob, suffix } = await exportDataset(splits, 'idx');
    expect(suffix).to.equal('-idx.zip');
    expect([...(await unzip(blob)).keys()]).to.deep.equal([
      'train-images-idx3-ubyte.gz',
      'train-labels-idx1-ubyte.gz',
      't10k-images-idx3-ubyte.gz',
      't10k-labels-idx1-ubyte.gz',
    ]);
    expect(await readBack(blob)).to.deep.equal(all);
  });

  it('as tables reads back the same, in its order', async () => {
    const { blob, suffix } = await exportDataset(splits, 'csv');
    expect(suffix).to.equal('-csv.zip');
    expect(await readBack(blob)).to.deep.equal(all);
  });

  it('as one table is that table', async () => {
    for (const split of ['train', 'test'] as const) {
      const { blob, suffix } = await exportDataset({ train: none, test: none, [split]: splits.test }, 'csv');
      expect(suffix).to.equal(`-${split}.csv`);
      const sink = new KeepingSink();
      await readTables([new File([blob], `my test${suffix}`)], sink);
      expect(asTexts(sink.samples)).to.deep.equal(asTexts(samplesOf(splits.test, split)));
    }
  });

  it('as folders names each file by split, digit and place, and holds the same bytes', async () => {
    const entries = await unzip((await exportDataset(splits, 'folders')).blob);
    expect(entries.size).to.equal(1000);
    for (const at of [0, 1, 199]) {
      const number = String(at).padStart(5, '0');
      const png = entries.get(`test/${splits.test.labels[at]}/${number}.png`)!;
      const { data } = await decodeImage(new Blob([png]));
      expectSameBytes(
        data.filter((_, channel) => channel % 4 === 0),
        splits.test.pixels.subarray(at * 784, (at + 1) * 784),
      );
    }
  });

  it('as folders has no folder for the split where all is for training', async () => {
    const entries = await unzip((await exportDataset({ train: splits.test, test: none }, 'folders')).blob);
    expect(entries.size).to.equal(200);
    for (const name of entries.keys()) expect(name).to.match(/^[0-9]\/[0-9]{5}\.png$/);
  });

  it('is the same file each time', async () => {
    for (const format of FORMATS) {
      const [one, other] = [await exportDataset(splits, format), await exportDataset(splits, format)];
      expectSameBytes(
        new Uint8Array(await one.blob.arrayBuffer()),
        new Uint8Array(await other.blob.arrayBuffer()),
      );
    }
  });

  it('can be called off, and is none where there is nothing', async () => {
    for (const format of FORMATS) {
      const signal = AbortSignal.abort();
      expect(await reasonOf(exportDataset(splits, format, { signal }))).to.equal('aborted');
      expect(await reasonOf(exportDataset({ train: none, test: none }, format))).to.equal('EXPORT_EMPTY');
    }
  });
});
