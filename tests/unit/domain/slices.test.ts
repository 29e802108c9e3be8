import { expect } from 'chai';
import { dataKey, DRAWN_TEST, GENERATED_TEST } from '../../../src/domain/evaluated-data';
import { notesOnImages } from '../../../src/domain/evaluated-notes';
import { foldsOf } from '../../../src/domain/cross-validation';
import { drawDigit } from '../../../src/domain/drawn-benchmark';
import { drawnFacets, inkFacet, partFacet } from '../../../src/domain/image-facets';
import { readLogits } from '../../../src/domain/readings';
import { rowsOfSlice, sliceReadings, sliceSets } from '../../../src/domain/slices';
import { splitIndices } from '../../../src/domain/split';
import { generateDigits } from '../../../src/domain/generated-digits';

/** Readings whose answers are these, each the surer the later it comes. */
function readAs(labels: readonly number[], answers: readonly number[]) {
  const logits = new Float32Array(10 * labels.length);
  answers.forEach((answer, row) => (logits[10 * row + answer] = 1 + row));
  return readLogits(logits, Uint8Array.from(labels));
}

const tens = (count: number) => Array.from({ length: 10 }, () => count);

describe('slices of a test', () => {
  const facet = { title: 'Half', names: ['first', 'second', 'nobody'], codes: Uint8Array.of(0, 0, 0, 1, 1) };
  const readings = readAs([1, 2, 3, 4, 5], [1, 7, 3, 4, 8]);

  it('count each image once, and are held against the whole', () => {
    const [group] = sliceReadings(readings, [facet]);
    expect(group!.title).to.equal('Half');
    expect(group!.slices.map(({ name, score }) => [name, score.correct, score.total])).to.deep.equal([
      ['first', 2, 3],
      ['second', 1, 2],
    ]);
    expect(group!.slices[0]!.difference).to.be.closeTo(2 / 3 - 3 / 5, 1e-12);
    // Wilson's interval of 1 of 2, to three places: 0.095 to 0.905.
    expect(group!.slices[1]!.accuracy.low).to.be.closeTo(0.0945, 5e-4);
    expect(group!.slices[1]!.accuracy.high).to.be.closeTo(0.9055, 5e-4);
  });

  it('leave out what divides nothing', () => {
    const one = { title: 'One', names: ['all'], codes: new Uint8Array(5) };
    expect(sliceReadings(readings, [one])).to.deep.equal([]);
    expect(sliceReadings(readAs([], []), [{ ...one, codes: new Uint8Array(0) }])).to.deep.equal([]);
  });

  it('show their mistakes first, the surest at the top, and then what was right, the least sure first', () => {
    const all = { title: 'All', names: ['all'], codes: new Uint8Array(5) };
    expect(rowsOfSlice(readings, all, 0)).to.deep.equal([4, 1, 0, 2, 3]);
    expect(rowsOfSlice(readings, facet, 1)).to.deep.equal([4, 3]);
  });

  it('add up sets by their source, and all of them to a whole', () => {
    const set = (title: string, source: 'archive' | 'generated', correct: number, total: number) => {
      const data = { kind: 'stored', name: title, split: 'test' } as const;
      return { title, source, data, score: { correct, total } };
    };
    const { whole, sources } = sliceSets([
      set('a', 'archive', 8, 10),
      set('g', 'generated', 50, 100),
      set('b', 'archive', 1, 10),
    ]);
    expect(whole.score).to.deep.equal({ correct: 59, total: 120 });
    expect(sources.map(({ source, together }) => [source, together.score])).to.deep.equal([
      ['archive', { correct: 9, total: 20 }],
      ['generated', { correct: 50, total: 100 }],
    ]);
    expect(sources[0]!.sets.map(({ name }) => name)).to.deep.equal(['a', 'b']);
    expect(sources[0]!.together.difference).to.be.closeTo(9 / 20 - 59 / 120, 1e-12);
  });
});

describe('ways to divide images', () => {
  it('follow how each digit of the drawn benchmark was drawn', () => {
    const facets = drawnFacets(60);
    expect(facets.map(({ title }) => title)).to.deep.equal(['Hand', 'Device', 'Pen', 'Size', 'Place']);
    const nameOf = (title: string, index: number) => {
      const { names, codes } = facets.find((facet) => facet.title === title)!;
      return names[codes[index]!]!;
    };
    for (let index = 0; index < 60; index++) {
      const { hand, device, penWidth } = drawDigit(index);
      expect(nameOf('Hand', index).toLowerCase()).to.equal(hand);
      expect(nameOf('Device', index).toLowerCase()).to.equal(device);
      expect(nameOf('Pen', index)).to.equal(`${penWidth} squares wide`);
    }
    const corners = [...facets[4]!.codes].filter((code) => code === 0).length;
    expect(corners, 'four in ten begin in a corner').to.be.within(15, 35);
  });

  it('have as many of the lightest as of the heaviest, and those with less ink among the lightest', () => {
    const block = generateDigits(1, 0, 30);
    const { codes } = inkFacet(block)[0]!;
    const ink = (row: number) =>
      block.pixels.subarray(row * 784, row * 784 + 784).reduce((sum, each) => sum + each, 0);
    const of = (code: number) => [...codes.keys()].filter((row) => codes[row] === code).map(ink);
    expect([0, 1, 2].map((code) => of(code).length)).to.deep.equal([10, 10, 10]);
    expect(Math.max(...of(0))).to.be.at.most(Math.min(...of(1)));
    expect(Math.max(...of(1))).to.be.at.most(Math.min(...of(2)));
  });

  it('tell the parts of a set as runs do', () => {
    const { pixels } = generateDigits(2, 0, 60);
    const { codes } = partFacet(pixels, 50);
    const { validation } = splitIndices(pixels.slice(0, 50 * 784));
    const rows = [...codes.keys()];
    expect(rows.filter((row) => codes[row] === 1)).to.deep.equal([...validation]);
    expect(rows.filter((row) => codes[row] === 2)).to.deep.equal([50, 51, 52, 53, 54, 55, 56, 57, 58, 59]);
  });
});

describe('what is said of the images of a test', () => {
  it('is nothing where all ten digits are there and were prepared as those that the model knows', () => {
    expect(notesOnImages(tens(5), { model: 2, images: 2 })).to.deep.equal([]);
    expect(notesOnImages(tens(5), { model: 2 }), 'nobody knows').to.deep.equal([]);
  });

  it('is what a set of one digit cannot tell', () => {
    const sevens = tens(0).with(7, 20);
    const [note, ...rest] = notesOnImages(sevens, { model: 2, images: 2 });
    expect(note).to.match(/^All of these are a 7\. .*precision is 100% whatever the model does/);
    expect(rest).to.deep.equal([]);
  });

  it('is which digits are missing', () => {
    expect(notesOnImages(tens(5).with(3, 0), { model: 2 })).to.deep.equal([
      'There is no 3 among them: averages over the digits leave it out.',
    ]);
    expect(notesOnImages(tens(5).with(3, 0).with(0, 0).with(9, 0), { model: 2 })[0]).to.match(
      /^There is no 0, 3 or 9 .* leave them out\.$/,
    );
  });

  it('is that they were prepared in another way than the model learned, and what to do', () => {
    const [older] = notesOnImages(tens(5), { model: 2, images: 1 });
    expect(older).to.match(/an older way \(version 1\).*\(version 2\).*Add their files again/);
    const [newer] = notesOnImages(tens(5), { model: 1, images: 2 });
    expect(newer).to.match(/a newer way \(version 2\).*\(version 1\).*Train the model anew/);
  });
});

describe('parts that are held back', () => {
  it('hold every image once, have each digit in each, and are not learned from', () => {
    const labels = Uint8Array.from({ length: 203 }, (_, row) => (row < 40 ? 9 : row % 9));
    const folds = foldsOf(labels, 4, 1);
    const held = folds.flatMap((fold) => [...fold.held]);
    expect(held.toSorted((a, b) => a - b)).to.deep.equal([...labels.keys()]);
    for (const { held, learned } of folds) {
      expect(held.length + learned.length).to.equal(203);
      expect([...held].filter((row) => learned.includes(row))).to.deep.equal([]);
      expect([...held].filter((row) => labels[row] === 9).length).to.be.within(9, 11);
      expect(new Set([...held].map((row) => labels[row]))).to.have.length(10);
    }
  });
});

describe('the names of tests', () => {
  it('tell the kinds of images apart', () => {
    expect([dataKey(DRAWN_TEST), dataKey(GENERATED_TEST)]).to.deep.equal([
      'drawn-benchmark',
      'generated/7919/5000',
    ]);
  });
});
