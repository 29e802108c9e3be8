import { CLASS_COUNT } from './sample';

/** What a model says about one image. */
export interface Prediction {
  /** The likeliest digit. */
  readonly digit: number;
  /** Ten numbers that add up to 1. */
  readonly probabilities: readonly number[];
}

/** Softmax of ten logits, in double precision and safe for large ones. */
export function softmax(logits: ArrayLike<number>): readonly number[] {
  const values = Array.from(logits);
  const largest = Math.max(...values);
  const powers = values.map((logit) => Math.exp(logit - largest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/**
 * The prediction that ten logits make. They are divided by the temperature first: it makes probabilities
 * what they say, and no other digit the likeliest (Guo et al., 2017, arXiv:1706.04599).
 */
export function toPrediction(logits: ArrayLike<number>, temperature = 1): Prediction {
  const scaled = Array.from(logits, (logit) => logit / temperature);
  return { digit: largestAt(logits), probabilities: softmax(scaled) };
}

/** The digits from the likeliest to the least likely. */
export function rankDigits({ probabilities }: Prediction): readonly number[] {
  return probabilities.map((_, digit) => digit).sort((a, b) => probabilities[b]! - probabilities[a]!);
}

function largestAt(values: ArrayLike<number>): number {
  let best = 0;
  for (let digit = 1; digit < CLASS_COUNT; digit++) {
    if (values[digit]! > values[best]!) best = digit;
  }
  return best;
}
