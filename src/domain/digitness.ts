/**
 * Whether an image shows a digit at all. A network that knows ten digits names one of them whatever it is
 * shown; how it does so, and how the ink differs from that digit's, tells most things apart that are none.
 */
import { measureInk } from './ink-statistics';

/** What was learned about a network's answers to digits and to other things; see `fitDigitness`. */
export interface Digitness {
  /** The usual ink of each digit and its deviation: [10][6], see `measureInk`. */
  readonly means: readonly (readonly number[])[];
  readonly deviations: readonly (readonly number[])[];
  /** What each feature is worth, [16], and what all are compared with. */
  readonly weights: readonly number[];
  /** Images with a lower score are refused. */
  readonly threshold: number;
}

/** Further off than this many deviations is odd enough. */
const ODDEST = 6;

/**
 * What the score is made of: the ten logits from the highest to the lowest, and how many deviations each
 * of the ink's measures lies off what is usual for the likeliest digit.
 */
export function digitFeatures(
  logits: ArrayLike<number>,
  pixels: Uint8Array,
  { means, deviations }: Pick<Digitness, 'means' | 'deviations'>,
): readonly number[] {
  const sorted = Array.from(logits).toSorted((a, b) => b - a);
  const digit = Array.from(logits).indexOf(sorted[0]!);
  const oddities = measureInk(pixels).map((value, k) =>
    Math.min(ODDEST, Math.abs(value - means[digit]![k]!) / deviations[digit]![k]!),
  );
  return [...sorted, ...oddities];
}

/** The score of an image: the higher, the more like a digit. `pixels` is [28, 28] bytes. */
export function scoreDigitness(logits: ArrayLike<number>, pixels: Uint8Array, digitness: Digitness): number {
  const features = digitFeatures(logits, pixels, digitness);
  return features.reduce((sum, feature, k) => sum + feature * digitness.weights[k]!, 0);
}

/** Whether an image is taken for a digit. Without knowledge of the network everything is. */
export function isDigit(
  logits: ArrayLike<number>,
  pixels: Uint8Array,
  digitness: Digitness | undefined,
): boolean {
  return !digitness || scoreDigitness(logits, pixels, digitness) >= digitness.threshold;
}
