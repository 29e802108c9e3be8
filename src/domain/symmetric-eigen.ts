/** The largest eigenvalues of a symmetric matrix, and their vectors. */
import { createRandom } from './random';

/** An eigenvalue and the vector of unit length that belongs to it. */
export interface Eigenpair {
  readonly value: number;
  readonly vector: Float64Array;
}

/** Vectors beyond those that are asked for: the more, the faster these converge. */
const SPARE_VECTORS = 8;
/** For a spectrum as flat as that of MNIST, six digits are settled by then. */
const ITERATIONS = 30;
/** Of Jacobi's method: it converges quadratically, in fewer than ten sweeps for any size used here. */
const MAX_SWEEPS = 30;

type Vectors = readonly Float64Array[];

/**
 * The `count` largest eigenpairs of a positive semidefinite matrix (its rows), largest first: orthogonal
 * iteration, then a Rayleigh–Ritz step (Golub and Van Loan, Matrix Computations, 8.2.4). The same seed
 * gives the same answer. Takes 30 · size² · (count + 8) multiplications.
 */
export function largestEigenpairs(matrix: Vectors, count: number, seed: number): readonly Eigenpair[] {
  const random = createRandom(seed);
  const width = Math.min(matrix.length, count + SPARE_VECTORS);
  let basis: Vectors = Array.from({ length: width }, () => Float64Array.from(matrix, () => random.normal()));
  orthonormalize(basis);
  for (let round = 0; round < ITERATIONS; round++) {
    basis = basis.map((vector) => times(matrix, vector));
    orthonormalize(basis);
  }
  return eigenpairsWithin(matrix, basis).slice(0, count);
}

/** All eigenpairs of a small symmetric matrix (its rows), largest first, by Jacobi's method. */
export function allEigenpairs(matrix: Vectors): readonly Eigenpair[] {
  const rows = matrix.map((row) => Float64Array.from(row));
  const vectors = rows.map((row, k) => Float64Array.from(row, (_, at) => (at === k ? 1 : 0)));
  for (let sweep = 0; sweep < MAX_SWEEPS && !isDiagonal(rows); sweep++) {
    for (let p = 0; p < rows.length; p++) {
      for (let q = p + 1; q < rows.length; q++) annihilate(rows, vectors, p, q);
    }
  }
  return vectors.map((vector, k) => ({ value: rows[k]![k]!, vector })).sort((a, b) => b.value - a.value);
}

/** The eigenpairs of the matrix within the space that an orthonormal basis spans. */
function eigenpairsWithin(matrix: Vectors, basis: Vectors): readonly Eigenpair[] {
  const images = basis.map((vector) => times(matrix, vector));
  const small = basis.map((vector) => Float64Array.from(images, (image) => dot(vector, image)));
  return allEigenpairs(small).map(({ value, vector }) => ({
    value: Math.max(0, value),
    vector: combine(basis, vector),
  }));
}

function times(matrix: Vectors, vector: Float64Array): Float64Array {
  return Float64Array.from(matrix, (row) => dot(row, vector));
}

function combine(basis: Vectors, weights: Float64Array): Float64Array {
  const sum = new Float64Array(basis[0]?.length ?? 0);
  basis.forEach((vector, k) => add(sum, vector, weights[k]!));
  return sum;
}

/** Gram and Schmidt's method, in place, twice over for accuracy; a vector that depends on others becomes 0. */
function orthonormalize(vectors: Vectors): void {
  vectors.forEach((vector, k) => {
    const before = Math.sqrt(dot(vector, vector));
    for (let pass = 0; pass < 2; pass++) {
      for (const other of vectors.slice(0, k)) add(vector, other, -dot(vector, other));
    }
    const length = Math.sqrt(dot(vector, vector));
    const factor = length > before * 1e-10 ? 1 / length : 0;
    for (let at = 0; at < vector.length; at++) vector[at]! *= factor;
  });
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += a[at]! * b[at]!;
  return sum;
}

function add(target: Float64Array, vector: Float64Array, factor: number): void {
  for (let at = 0; at < target.length; at++) target[at]! += factor * vector[at]!;
}

function isDiagonal(rows: Vectors): boolean {
  const scale = Math.max(...rows.map((row, k) => Math.abs(row[k]!)));
  return rows.every((row, k) => row.every((value, at) => at === k || Math.abs(value) <= scale * 1e-14));
}

/** Turns the plane of two axes so that the entry between them becomes 0. */
function annihilate(rows: Vectors, vectors: Vectors, p: number, q: number): void {
  const entry = rows[p]![q]!;
  if (entry === 0) return;
  const theta = (rows[q]![q]! - rows[p]![p]!) / (2 * entry);
  const tangent = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const cosine = 1 / Math.hypot(tangent, 1);
  for (const row of rows) turnPair(row, p, row, q, cosine, tangent * cosine);
  for (const table of [rows, vectors]) turnRows(table[p]!, table[q]!, cosine, tangent * cosine);
}

function turnRows(a: Float64Array, b: Float64Array, cosine: number, sine: number): void {
  for (let at = 0; at < a.length; at++) turnPair(a, at, b, at, cosine, sine);
}

function turnPair(
  a: Float64Array,
  i: number,
  b: Float64Array,
  j: number,
  cosine: number,
  sine: number,
): void {
  const first = a[i]!;
  const second = b[j]!;
  a[i] = cosine * first - sine * second;
  b[j] = sine * first + cosine * second;
}
