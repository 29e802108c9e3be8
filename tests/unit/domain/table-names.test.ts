import { expect } from 'chai';
import type { AppError } from '../../../src/domain/errors';
import { pairIdxFiles } from '../../../src/domain/idx-pairs';
import { isTableName, looksLikeTables, splitInName } from '../../../src/domain/table-names';

const MNIST = ['train-images-idx3-ubyte.gz', 'train-labels-idx1-ubyte.gz'];
const TEST = ['t10k-images-idx3-ubyte', 't10k-labels-idx1-ubyte'];
const named = (...names: readonly string[]) => names.map((name) => ({ name }));

function pairsOf(images: readonly string[], labels: readonly string[]): string[] {
  return pairIdxFiles(named(...images), named(...labels)).map(
    ({ images, labels, split }) => `${split}: ${images.name} ${labels.name}`,
  );
}

function reasonFor(images: readonly string[], labels: readonly string[]): string | undefined {
  try {
    pairsOf(images, labels);
  } catch (error) {
    return (error as AppError).help.reason;
  }
  return undefined;
}

describe('names of tables', () => {
  it('are known, compressed or not, in any folder', () => {
    const tables = ['a.csv', 'A/B.CSV.gz', 'x.idx3', ...MNIST, ...TEST, 'data/train-images.idx3-ubyte'];
    for (const name of tables) expect(isTableName(name), name).to.equal(true);
    for (const name of ['a.png', 'csv', 'x.csv.zip', '__MACOSX/a.csv', '.a.csv']) {
      expect(isTableName(name), name).to.equal(false);
    }
  });

  it('tell archives of tables from archives of pictures', () => {
    expect(looksLikeTables([...MNIST, ...TEST])).to.equal(true);
    expect(looksLikeTables(['data/', 'data/train.csv', 'README.txt', '__MACOSX/._x.png'])).to.equal(true);
    expect(looksLikeTables(['0/1.png', 'labels.csv'])).to.equal(false);
    expect(looksLikeTables(['readme.txt'])).to.equal(false);
    expect(looksLikeTables([])).to.equal(false);
  });

  it('tell the split by the last word for one', () => {
    expect(splitInName('mnist_test.csv')).to.equal('test');
    expect(splitInName('test.csv')).to.equal('test');
    expect(splitInName('t10k-images-idx3-ubyte')).to.equal('test');
    expect(splitInName('my test digits-train.csv')).to.equal('train');
    expect(splitInName('latest.csv')).to.equal(undefined);
  });
});

describe('files of images and labels', () => {
  it('are paired by name, compressed or not, in any order', () => {
    expect(pairsOf([MNIST[0]!, TEST[0]!], [TEST[1]!, MNIST[1]!])).to.deep.equal([
      `train: ${MNIST.join(' ')}`,
      `test: ${TEST.join(' ')}`,
    ]);
    expect(pairsOf(['a.images', 'b.images'], ['b.labels', 'a.labels'])).to.deep.equal([
      'train: a.images a.labels',
      'train: b.images b.labels',
    ]);
  });

  it('that are alone belong together under any names', () => {
    expect(pairsOf(['digits'], ['answers.bin'])).to.deep.equal(['train: digits answers.bin']);
    expect(pairsOf(['x'], ['t10k-labels'])).to.deep.equal(['test: x t10k-labels']);
  });

  it('without exactly one partner are refused', () => {
    expect(reasonFor(['x'], [])).to.equal('IDX_PAIR');
    expect(reasonFor([], ['x'])).to.equal('IDX_PAIR');
    expect(reasonFor(['a-images', 'b-images'], ['a-labels'])).to.equal('IDX_PAIR');
    expect(reasonFor([MNIST[0]!, 'train-images-idx3-ubyte'], [MNIST[1]!])).to.equal('IDX_PAIR');
    expect(reasonFor([MNIST[0]!], [TEST[1]!])).to.equal('IDX_PAIR');
  });
});
