import { estimateShare, type Estimate } from './intervals';
import { confidenceOf, isRight, type Readings } from './readings';
import { CLASS_COUNT } from './sample';

/** Bins of equal width, as in Guo et al. */
const BINS = 15;

/** The answers whose confidence lies in one range. */
export interface ReliabilityBin {
  readonly from: number;
  readonly to: number;
  readonly right: number;
  readonly count: number;
  /** The mean of their confidence. */
  readonly confidence: number;
  /** The share of them that is right, with its 95 % interval. */
  readonly accuracy: Estimate;
}

/** Whether answers are right as often as they say. */
export interface Calibration {
  /** All bins, from the least sure to the surest, the empty ones too. */
  readonly bins: readonly ReliabilityBin[];
  /** Expected calibration error: the mean distance of confidence and accuracy, 0 … 1. */
  readonly expectedError: number;
  /** Mean squared distance of the ten probabilities from the truth, 0 … 2 (Brier, 1950). */
  readonly brierScore: number;
}

/** How well calibrated answers are (Guo et al., 2017, arXiv:1706.04599). */
export function calibrationOf(readings: Readings): Calibration {
  const bins = binByConfidence(readings, BINS);
  const { count } = readings;
  const distances = bins.map((bin) => bin.count * Math.abs(bin.accuracy.value - bin.confidence));
  return {
    bins,
    expectedError: count === 0 ? 0 : distances.reduce((sum, distance) => sum + distance, 0) / count,
    brierScore: brierScore(readings),
  };
}

/** Counts answers by confidence, in `binCount` ranges of equal width; each range holds its upper end. */
export function binByConfidence(readings: Readings, binCount: number): readonly ReliabilityBin[] {
  const right = new Float64Array(binCount);
  const counts = new Float64Array(binCount);
  const sums = new Float64Array(binCount);
  for (let row = 0; row < readings.count; row++) {
    const confidence = confidenceOf(readings, row);
    const bin = Math.min(binCount - 1, Math.max(0, Math.ceil(confidence * binCount) - 1));
    counts[bin]! += 1;
    sums[bin]! += confidence;
    if (isRight(readings, row)) right[bin]! += 1;
  }
  return Array.from({ length: binCount }, (_, bin) => ({
    from: bin / binCount,
    to: (bin + 1) / binCount,
    right: right[bin]!,
    count: counts[bin]!,
    confidence: counts[bin] === 0 ? 0 : sums[bin]! / counts[bin]!,
    accuracy: estimateShare({ correct: right[bin]!, total: counts[bin]! }),
  }));
}

function brierScore({ probabilities, labels, count }: Readings): number {
  let sum = 0;
  for (let at = 0; at < probabilities.length; at++) {
    const truth = labels[Math.floor(at / CLASS_COUNT)] === at % CLASS_COUNT ? 1 : 0;
    sum += (probabilities[at]! - truth) ** 2;
  }
  return count === 0 ? 0 : sum / count;
}
