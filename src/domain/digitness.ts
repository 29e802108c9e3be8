/**
 * Whether an image shows a digit at all. A network that knows ten digits names one of them whatever it is
 * shown; how it does so, and how the ink differs from that digit's, tells most things apart that are none.
 */
import type { Architecture } from './architecture';
import { measureInk } from './ink-statistics';

/** What was learned about a network's answers to digits and to other things; see `fitDigitness`. */
export interface Digitness {
  /** The usual ink of each digit and its deviation: [10][6], see `measureInk`. */
  readonly means: readonly (readonly number[])[];
  readonly deviations: readonly (readonly number[])[];
  /** A small network that learned what is no digit. */
  readonly refuser: Refuser;
  /** What each feature is worth, [17], and what all are compared with. */
  readonly weights: readonly number[];
  /** Images with a lower score are refused. */
  readonly threshold: number;
}

/** A network whose ten logits are of kinds of things: the first is of digits, the others of what is none. */
export interface Refuser {
  readonly architecture: Architecture;
  /** File name of the packed weights, beside the card. */
  readonly weightsPath: string;
}

/** An image, [28, 28] bytes, and what was said of it. */
export interface SeenImage {
  readonly pixels: Uint8Array;
  /** The logits of the ten digits. */
  readonly logits: ArrayLike<number>;
  /** The refuser's logits of kinds. */
  readonly kinds: ArrayLike<number>;
}

/** Further off than this many deviations is odd enough. */
const ODDEST = 6;

/**
 * What the score is made of: the ten logits from the highest to the lowest, how many deviations each of the
 * ink's measures lies off what is usual for the likeliest digit, and how much more the refuser takes it for a digit
 * than for any other thing.
 */
export function digitFeatures(
  { logits, pixels, kinds }: SeenImage,
  { means, deviations }: Pick<Digitness, 'means' | 'deviations'>,
): readonly number[] {
  const sorted = Array.from(logits).toSorted((a, b) => b - a);
  const digit = Array.from(logits).indexOf(sorted[0]!);
  const oddities = measureInk(pixels).map((value, k) =>
    Math.min(ODDEST, Math.abs(value - means[digit]![k]!) / deviations[digit]![k]!),
  );
  return [...sorted, ...oddities, evidenceOfDigit(kinds)];
}

/** The logarithm of the odds that it is a digit. */
function evidenceOfDigit(kinds: ArrayLike<number>): number {
  const [digit, ...things] = Array.from(kinds);
  const largest = Math.max(...things);
  const sum = things.reduce((total, logit) => total + Math.exp(logit - largest), 0);
  return digit! - largest - Math.log(sum);
}

/** The score of an image: the higher, the more like a digit. */
export function scoreDigitness(
  image: SeenImage,
  digitness: Pick<Digitness, 'means' | 'deviations' | 'weights'>,
): number {
  const features = digitFeatures(image, digitness);
  return features.reduce((sum, feature, k) => sum + feature * digitness.weights[k]!, 0);
}

/** Whether an image is taken for a digit. */
export function isDigit(image: SeenImage, digitness: Digitness): boolean {
  return scoreDigitness(image, digitness) >= digitness.threshold;
}
