import { emptyMatrix, type ConfusionMatrix, type Pair } from './confusion-matrix';
import type { Score } from './metrics';
import { CLASS_COUNT } from './sample';

/** What a network read in labelled images: everything that an evaluation shows is derived from it. */
export interface Readings {
  readonly count: number;
  /** [count] bytes, 0 … 9: what each image is said to be. */
  readonly labels: Uint8Array<ArrayBuffer>;
  /** [count] bytes, 0 … 9: the likeliest digit of each. */
  readonly digits: Uint8Array<ArrayBuffer>;
  /** [count, 10], each row adding up to 1. */
  readonly probabilities: Float32Array<ArrayBuffer>;
  /** [count]: cross-entropy of each, in nats. */
  readonly losses: Float32Array<ArrayBuffer>;
}

/**
 * Reads logits, [count, 10], as probabilities, as `toPrediction` does: divided by the temperature first. Of
 * several likeliest digits the smallest is the answer.
 */
export function readLogits(logits: Float32Array, labels: Uint8Array<ArrayBuffer>, temperature = 1): Readings {
  const count = labels.length;
  const digits = new Uint8Array(count);
  const probabilities = new Float32Array(count * CLASS_COUNT);
  const losses = new Float32Array(count);
  for (let row = 0; row < count; row++) {
    const start = row * CLASS_COUNT;
    const digit = largestAt(logits, start);
    const largest = logits[start + digit]!;
    let sum = 0;
    for (let at = start; at < start + CLASS_COUNT; at++) {
      const power = Math.exp((logits[at]! - largest) / temperature);
      probabilities[at] = power;
      sum += power;
    }
    for (let at = start; at < start + CLASS_COUNT; at++) probabilities[at]! /= sum;
    digits[row] = digit;
    losses[row] = Math.log(sum) + (largest - logits[start + labels[row]!]!) / temperature;
  }
  return { count, labels, digits, probabilities, losses };
}

/** The probability of a digit in an image, 0 … 1. */
export function probabilityOf({ probabilities }: Readings, row: number, digit: number): number {
  return probabilities[row * CLASS_COUNT + digit]!;
}

/** How sure the answer to an image is: the probability of the likeliest digit. */
export function confidenceOf(readings: Readings, row: number): number {
  return probabilityOf(readings, row, readings.digits[row]!);
}

/** The ten probabilities of an image. */
export function probabilitiesOf({ probabilities }: Readings, row: number): readonly number[] {
  return [...probabilities.subarray(row * CLASS_COUNT, (row + 1) * CLASS_COUNT)];
}

/** True where the answer is the label. */
export function isRight({ labels, digits }: Readings, row: number): boolean {
  return labels[row] === digits[row];
}

/** How often each digit was read as each. */
export function matrixOf({ labels, digits }: Pick<Readings, 'labels' | 'digits'>): ConfusionMatrix {
  const matrix = emptyMatrix();
  labels.forEach((label, row) => (matrix[label]![digits[row]!]! += 1));
  return matrix;
}

/** The mean cross-entropy in nats; 0 where there is nothing. */
export function logLossOf({ losses, count }: Readings): number {
  return count === 0 ? 0 : losses.reduce((sum, loss) => sum + loss, 0) / count;
}

/** How often the label is among the likeliest `places` digits; of equals, smaller digits come first. */
export function topScore(readings: Readings, places: number): Score {
  let correct = 0;
  for (let row = 0; row < readings.count; row++) if (placeOfLabel(readings, row) < places) correct += 1;
  return { correct, total: readings.count };
}

/** How many digits are likelier than the label. */
function placeOfLabel(readings: Readings, row: number): number {
  const label = readings.labels[row]!;
  const own = probabilityOf(readings, row, label);
  let place = 0;
  for (let digit = 0; digit < CLASS_COUNT; digit++) {
    const other = probabilityOf(readings, row, digit);
    if (other > own || (other === own && digit < label)) place += 1;
  }
  return place;
}

/** The numbers of the images of a cell, the surest answer first. */
export function rowsOfPair(readings: Readings, { label, answer }: Pair): readonly number[] {
  const rows = allRows(readings).filter(
    (row) => readings.labels[row] === label && readings.digits[row] === answer,
  );
  return rows.sort((a, b) => confidenceOf(readings, b) - confidenceOf(readings, a));
}

/** The numbers of the images of the highest loss, the hardest first. */
export function hardestRows(readings: Readings, most: number): readonly number[] {
  const { losses } = readings;
  return allRows(readings)
    .sort((a, b) => losses[b]! - losses[a]!)
    .slice(0, most);
}

/** The numbers of the images that were read wrongly, the surest mistake first. */
export function surestMistakes(readings: Readings, most: number): readonly number[] {
  return allRows(readings)
    .filter((row) => !isRight(readings, row))
    .sort((a, b) => confidenceOf(readings, b) - confidenceOf(readings, a))
    .slice(0, most);
}

/** The numbers of all images, in order. */
export function allRows({ count }: Pick<Readings, 'count'>): number[] {
  return Array.from({ length: count }, (_, row) => row);
}

function largestAt(values: Float32Array, start: number): number {
  let best = 0;
  for (let digit = 1; digit < CLASS_COUNT; digit++) {
    if (values[start + digit]! > values[start + best]!) best = digit;
  }
  return best;
}
