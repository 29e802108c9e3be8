import { probabilityOf, type Readings } from './readings';
import { CLASS_COUNT } from './sample';

/** An image whose label is probably wrong. */
export interface LabelSuspect {
  /** Its number among the images. */
  readonly row: number;
  readonly label: number;
  /** What it more probably is. */
  readonly suggestion: number;
  /** How much likelier the suggestion is than the label: -1 … 1. */
  readonly margin: number;
  /** True where the model is as sure of the suggestion as it usually is of that digit. */
  readonly isConfident: boolean;
}

/**
 * Images whose labels are probably wrong, the surest first. First come those that confident learning finds
 * (Northcutt, Jiang and Chuang, 2021, arXiv:1911.00068): the model is at least as sure of another digit as it
 * usually is of that digit's own images. Then come those for which it merely likes another digit better. Both
 * are ranked by the margin of the two probabilities. A model that has learned from an image may have learned
 * its wrong label, too.
 */
export function findLabelSuspects(readings: Readings, most: number): readonly LabelSuspect[] {
  const thresholds = usualConfidences(readings);
  const suspects: LabelSuspect[] = [];
  for (let row = 0; row < readings.count; row++) {
    const label = readings.labels[row]!;
    const confident = confidentDigit(readings, row, thresholds);
    const suggestion = confident ?? readings.digits[row]!;
    if (suggestion === label) continue;
    const margin = probabilityOf(readings, row, suggestion) - probabilityOf(readings, row, label);
    suspects.push({ row, label, suggestion, margin, isConfident: confident !== undefined });
  }
  const place = ({ isConfident }: LabelSuspect) => (isConfident ? 0 : 1);
  return suspects.sort((a, b) => place(a) - place(b) || b.margin - a.margin).slice(0, most);
}

/** The mean probability of each digit over the images that are labelled so; over none, nobody reaches it. */
function usualConfidences(readings: Readings): readonly number[] {
  const sums = Array.from({ length: CLASS_COUNT }, () => 0);
  const counts = Array.from({ length: CLASS_COUNT }, () => 0);
  readings.labels.forEach((label, row) => {
    sums[label]! += probabilityOf(readings, row, label);
    counts[label]! += 1;
  });
  return sums.map((sum, digit) => (counts[digit] === 0 ? Infinity : sum / counts[digit]!));
}

/** The likeliest of the digits that the model is unusually sure of; undefined where there is none. */
function confidentDigit(readings: Readings, row: number, thresholds: readonly number[]): number | undefined {
  let best: number | undefined;
  for (let digit = 0; digit < CLASS_COUNT; digit++) {
    const probability = probabilityOf(readings, row, digit);
    if (probability < thresholds[digit]!) continue;
    if (best === undefined || probability > probabilityOf(readings, row, best)) best = digit;
  }
  return best;
}
