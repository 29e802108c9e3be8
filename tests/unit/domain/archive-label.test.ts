import { expect } from 'chai';
import { digitNamedBy, readArchivePath, unifySeparators } from '../../../src/domain/archive-label';

const read = (path: string) => readArchivePath(path, path.length);
const labelOf = (path: string) => {
  const reading = read(path);
  return reading.kind === 'file' ? reading.label : reading.kind;
};
const splitOf = (path: string) => {
  const reading = read(path);
  return reading.kind === 'file' ? reading.split : reading.kind;
};

describe('a folder names a digit', () => {
  const words = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
  words.forEach((word, digit) => {
    it(`${digit}, in figures and words of any case`, () => {
      const names = [`${digit}`, word, word.toUpperCase(), `digit${digit}`, `Digit ${digit}`, ` ${digit} `];
      for (const name of [...names, `digit_${digit}`, `digit-${digit}`, `DIGIT_${digit}`]) {
        expect(digitNamedBy(name), name).to.equal(digit);
      }
    });
  });

  it('in full-width and other dressed-up figures', () => {
    expect(['\uff13', '\u2462', '\u00b3', '\u{1d7d1}', 'digit_\uff13'].map(digitNamedBy)).to.deep.equal(
      Array(5).fill(3),
    );
  });

  it('and other folders do not', () => {
    const names = ['10', '03', '-3', '3.0', 'threes', 'digit', 'digit__3', '3a', '', '\u0663', '__proto__'];
    for (const name of [...names, 'constructor', 'toString', '3\ufffd', 'drei']) {
      expect(digitNamedBy(name), name).to.equal(undefined);
    }
  });
});

describe('a path', () => {
  it('has the label of its nearest folder that names a digit', () => {
    expect(labelOf('3/x.png')).to.equal(3);
    expect(labelOf('my/mnist/3/by/anna/x.png')).to.equal(3);
    expect(labelOf('4/3/x.png')).to.equal(3);
    expect(labelOf('./3/x.png')).to.equal(3);
    expect(labelOf('3//x.png')).to.equal(3);
  });

  it('has no label by its file’s name', () => {
    expect(labelOf('3.png')).to.equal(undefined);
    expect(labelOf('cats/3')).to.equal(undefined);
  });

  it('is for training unless a folder says test', () => {
    expect(splitOf('3/x.png')).to.equal('train');
    expect(splitOf('Train/3/x.png')).to.equal('train');
    expect(splitOf('mnist/TEST/3/x.png')).to.equal('test');
    expect(splitOf('3/test/x.png')).to.equal('test');
    expect(splitOf('test/train/3/x.png')).to.equal('train');
    expect(splitOf('tests/3/x.png')).to.equal('train');
  });

  it('may be a folder', () => {
    for (const path of ['3/', 'mnist/3/', './3/']) expect(read(path).kind).to.equal('folder');
  });

  it('may be what a system left behind', () => {
    const paths = ['__MACOSX/', '__MACOSX/3/._x.png', '3/._x.png', '.DS_Store', '3/thumbs.db', 'DESKTOP.INI'];
    for (const path of [...paths, '.git/config', '3/.cache/x.png', '.hidden/']) {
      expect(read(path).kind, path).to.equal('system');
    }
  });

  it('is unsafe where it looks like a place on a disk', () => {
    const paths = [
      '../3/x.png',
      '3/../4/x.png',
      '3/..',
      '/3/x.png',
      '//host/3/x.png',
      'C:/3/x.png',
      'c:x.png',
    ];
    for (const path of [...paths, '3\\x.png', '3/x\0.png', '', '/', './', '../', '__MACOSX/../3/x.png']) {
      expect(read(path).kind, path).to.equal('unsafe');
    }
  });

  it('is unsafe where it is too deep or too long', () => {
    expect(labelOf(`${'a/'.repeat(7)}3/x.png`)).to.equal(3);
    expect(read(`${'a/'.repeat(8)}3/x.png`).kind).to.equal('unsafe');
    expect(readArchivePath('3/x.png', 1024).kind).to.equal('file');
    expect(readArchivePath('3/x.png', 1025).kind).to.equal('unsafe');
  });
});

describe('separators', () => {
  it('are backslashes where no name has a slash', () => {
    expect(unifySeparators(['a\\3\\x.png', 'y.png'])).to.deep.equal({
      paths: ['a/3/x.png', 'y.png'],
      hadBackslashes: true,
    });
  });

  it('are slashes where any name has one', () => {
    const names = ['a\\3\\x.png', '3/y.png'];
    expect(unifySeparators(names)).to.deep.equal({ paths: names, hadBackslashes: false });
    expect(unifySeparators(['y.png'])).to.deep.equal({ paths: ['y.png'], hadBackslashes: false });
  });
});
