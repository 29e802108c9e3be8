import { CLASS_COUNT } from './sample';
import type { Score } from './metrics';

/** How often each digit was read as each: a row for what it is, in it a number for each answer. */
export type ConfusionMatrix = readonly (readonly number[])[];

/** A digit, and what it was read as. */
export interface Pair {
  readonly label: number;
  readonly answer: number;
}

/** How strongly a cell is inked: not at all, or from 1 to 5. */
export type CellStep = 0 | 1 | 2 | 3 | 4 | 5;

/** The recall from which a cell on the diagonal takes the next step. */
const RECALL_STEPS = [0.9, 0.95, 0.975, 0.99];
/** The count, or the share of its row, from which a cell beside the diagonal takes its steps. */
const COUNT_STEPS = [1, 2, 4, 7, 12];
const SHARE_STEPS = [0.001, 0.002, 0.004, 0.007, 0.012];

/** A matrix in which nothing has been counted yet. */
export function emptyMatrix(): number[][] {
  return Array.from({ length: CLASS_COUNT }, () => Array.from({ length: CLASS_COUNT }, () => 0));
}

/** How many images a cell counts. */
export function countAt(matrix: ConfusionMatrix, { label, answer }: Pair): number {
  return matrix[label]?.[answer] ?? 0;
}

/** All images of a digit. */
export function rowTotal(matrix: ConfusionMatrix, label: number): number {
  return sum(matrix[label] ?? []);
}

/** All images that were read as a digit. */
export function columnTotal(matrix: ConfusionMatrix, answer: number): number {
  return sum(matrix.map((row) => row[answer] ?? 0));
}

/** The share of a digit's images that were read as the answer, 0 … 1; 0 where it has none. */
export function shareAt(matrix: ConfusionMatrix, pair: Pair): number {
  const total = rowTotal(matrix, pair.label);
  return total === 0 ? 0 : countAt(matrix, pair) / total;
}

/** The share of the images read as the answer that are the digit, 0 … 1; 0 where none was read so. */
export function shareOfAnswer(matrix: ConfusionMatrix, pair: Pair): number {
  const total = columnTotal(matrix, pair.answer);
  return total === 0 ? 0 : countAt(matrix, pair) / total;
}

/** The share of a digit's images that were read rightly; undefined where there was none. */
export function recallOf(matrix: ConfusionMatrix, digit: number): number | undefined {
  const total = rowTotal(matrix, digit);
  return total === 0 ? undefined : countAt(matrix, { label: digit, answer: digit }) / total;
}

/** The share of the images read as a digit that are one; undefined where none was read so. */
export function precisionOf(matrix: ConfusionMatrix, digit: number): number | undefined {
  const total = columnTotal(matrix, digit);
  return total === 0 ? undefined : countAt(matrix, { label: digit, answer: digit }) / total;
}

/** How many of all images were read rightly. */
export function matrixScore(matrix: ConfusionMatrix): Score {
  const correct = sum(matrix.map((row, digit) => row[digit] ?? 0));
  return { correct, total: sum(matrix.map(sum)) };
}

/** The mistakes that were made most often, the worst first. */
export function commonMistakes(matrix: ConfusionMatrix, most: number): readonly Pair[] {
  const pairs = matrix.flatMap((row, label) => row.map((_, answer) => ({ label, answer })));
  return pairs
    .filter((pair) => pair.label !== pair.answer && countAt(matrix, pair) > 0)
    .sort((a, b) => countAt(matrix, b) - countAt(matrix, a))
    .slice(0, most);
}

/**
 * How strongly a cell is inked. There are two scales, so that mistakes are not drowned by the diagonal:
 * right answers by their share, wrong ones by their count or by their share: of the digit, or of the answer.
 */
export function cellStep(matrix: ConfusionMatrix, pair: Pair, by: 'count' | 'share' | 'answer'): CellStep {
  const count = countAt(matrix, pair);
  if (count === 0) return 0;
  const share = by === 'answer' ? shareOfAnswer(matrix, pair) : shareAt(matrix, pair);
  if (pair.label === pair.answer) return (1 + stepsUpTo(RECALL_STEPS, share)) as CellStep;
  const steps = by === 'count' ? stepsUpTo(COUNT_STEPS, count) : stepsUpTo(SHARE_STEPS, share);
  // A mistake is never nothing, however rare it is.
  return Math.max(1, steps) as CellStep;
}

function stepsUpTo(thresholds: readonly number[], value: number): number {
  return thresholds.filter((threshold) => value >= threshold).length;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
