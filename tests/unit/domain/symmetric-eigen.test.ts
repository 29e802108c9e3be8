import { expect } from 'chai';
import { createRandom } from '../../../src/domain/random';
import { allEigenpairs, largestEigenpairs } from '../../../src/domain/symmetric-eigen';

const matrixOf = (...rows: readonly (readonly number[])[]) => rows.map((row) => Float64Array.from(row));

/** Of n × n numbers A, the positive semidefinite AᵀA. */
function randomGram(size: number, seed: number): Float64Array[] {
  const random = createRandom(seed);
  const rows = Array.from({ length: size }, () => Float64Array.from({ length: size }, () => random.normal()));
  const product = (a: number, b: number) => rows.reduce((sum, row) => sum + row[a]! * row[b]!, 0);
  return rows.map((row, a) => row.map((_, b) => product(a, b)));
}

describe('eigenpairs', () => {
  it('of a matrix of two rows are those found by hand', () => {
    const pairs = allEigenpairs(matrixOf([2, 1], [1, 2]));
    expect(pairs.map(({ value }) => Number(value.toFixed(12)))).to.deep.equal([3, 1]);
    const [first, second] = pairs.map(({ vector }) => [...vector]);
    expect(Math.abs(first![0]!)).to.be.closeTo(Math.SQRT1_2, 1e-12);
    expect(first![0]).to.be.closeTo(first![1]!, 1e-12);
    expect(second![0]).to.be.closeTo(-second![1]!, 1e-12);
  });

  it('of a diagonal matrix are its entries, largest first', () => {
    const pairs = largestEigenpairs(matrixOf([2, 0, 0], [0, 7, 0], [0, 0, 5]), 2, 1);
    expect(pairs.map(({ value }) => Number(value.toFixed(9)))).to.deep.equal([7, 5]);
    expect(Math.abs(pairs[0]!.vector[1]!)).to.be.closeTo(1, 1e-9);
  });

  it('found by iteration are those found by turning', () => {
    const matrix = randomGram(40, 5);
    const all = allEigenpairs(matrix);
    largestEigenpairs(matrix, 4, 2).forEach(({ value, vector }, k) => {
      expect(value).to.be.closeTo(all[k]!.value, all[0]!.value * 1e-6);
      const alike = vector.reduce((sum, entry, at) => sum + entry * all[k]!.vector[at]!, 0);
      expect(Math.abs(alike)).to.be.closeTo(1, 1e-4);
    });
  });

  it('of a matrix of lower rank end in zeros', () => {
    const pairs = largestEigenpairs(matrixOf([1, 1, 0], [1, 1, 0], [0, 0, 0]), 3, 1);
    expect(pairs.map(({ value }) => Number(value.toFixed(9)))).to.deep.equal([2, 0, 0]);
  });

  it('are the same for the same seed', () => {
    const matrix = randomGram(12, 6);
    expect(largestEigenpairs(matrix, 3, 9)).to.deep.equal(largestEigenpairs(matrix, 3, 9));
  });
});
