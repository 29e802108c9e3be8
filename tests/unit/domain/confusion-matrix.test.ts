import { expect } from 'chai';
import {
  cellStep,
  commonMistakes,
  countAt,
  emptyMatrix,
  matrixScore,
  precisionOf,
  recallOf,
  shareAt,
} from '../../../src/domain/confusion-matrix';

/** 100 fives of which three were read as threes, and 50 threes of which one was read as a five. */
function threesAndFives(): number[][] {
  const matrix = emptyMatrix();
  matrix[5]![5] = 97;
  matrix[5]![3] = 3;
  matrix[3]![3] = 49;
  matrix[3]![5] = 1;
  return matrix;
}

describe('a confusion matrix', () => {
  const matrix = threesAndFives();

  it('has a row for what an image is, and in it a number for what it was read as', () => {
    expect(countAt(matrix, { label: 5, answer: 3 })).to.equal(3);
    expect(countAt(matrix, { label: 3, answer: 5 })).to.equal(1);
    expect(shareAt(matrix, { label: 5, answer: 3 })).to.equal(0.03);
    expect(matrixScore(matrix)).to.deep.equal({ correct: 146, total: 150 });
  });

  it('tells recall and precision, and neither where there is nothing to divide by', () => {
    expect(recallOf(matrix, 5)).to.equal(0.97);
    expect(precisionOf(matrix, 5)).to.equal(97 / 98);
    expect([recallOf(matrix, 0), precisionOf(matrix, 0)]).to.deep.equal([undefined, undefined]);
  });

  it('names the most common mistakes, the worst first, and nothing that was right', () => {
    expect(commonMistakes(matrix, 5)).to.deep.equal([
      { label: 5, answer: 3 },
      { label: 3, answer: 5 },
    ]);
    expect(commonMistakes(matrix, 1)).to.have.length(1);
    expect(commonMistakes(emptyMatrix(), 5)).to.deep.equal([]);
  });

  it('inks right answers by recall, wrong ones by count or share, and nothing not at all', () => {
    expect(cellStep(matrix, { label: 5, answer: 5 }, 'count'), 'recall 97 %').to.equal(3);
    expect(cellStep(matrix, { label: 3, answer: 3 }, 'count'), 'recall 98 %').to.equal(4);
    expect(cellStep(matrix, { label: 5, answer: 3 }, 'count'), '3 images').to.equal(2);
    expect(cellStep(matrix, { label: 5, answer: 3 }, 'share'), '3 %').to.equal(5);
    expect(cellStep(matrix, { label: 0, answer: 0 }, 'count')).to.equal(0);
  });

  it('lets no mistake vanish, however small its share', () => {
    const many = emptyMatrix();
    many[1]![1] = 99_999;
    many[1]![7] = 1;
    expect(cellStep(many, { label: 1, answer: 7 }, 'share')).to.equal(1);
  });
});
