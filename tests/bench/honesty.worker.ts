/** Fits and scores how honest the shipped model's answers are. Run by `scripts/honesty.mjs`. */
import { digitFeatures, scoreDigitness, type Digitness } from '../../src/domain/digitness';
import { INK_STATISTICS, measureInk } from '../../src/domain/ink-statistics';
import type { Architecture } from '../../src/domain/architecture';
import { toBase64 } from '../../src/domain/base64';
import type { ModelCard } from '../../src/domain/model-version';
import { CLASS_COUNT, gatherSamples } from '../../src/domain/sample';
import { splitIndices } from '../../src/domain/split';
import { fitTemperature } from '../../src/domain/temperature';
import { packWeights } from '../../src/domain/weights';
import { NOT_DIGIT_KINDS } from '../helpers/not-digits';
import {
  answer,
  calibrationError,
  countRefused,
  drawThings,
  imagesOf,
  openShipped,
  SCORE_SEED,
  validationSplit,
  type Answer,
} from './answers';
import { drawMoreThings, learnRefuser, REFUSER } from './learn-refuser';
import { fetchMnist } from './mnist';

/** The share of validation digits that may be refused; 2 % is the most that is allowed. */
const REFUSED_SHARE = 0.018;
/** Added to deviations: a measure that hardly varies must not decide by itself. */
const LEAST_DEVIATION = 0.3;
/** Steps of gradient descent, and their size. */
const DESCENT = { steps: 1500, rate: 0.5, decay: 1e-4 };

/** Trains the refuser, on digits of the training split and on things that are no digits. Weights are base64. */
async function learn(): Promise<{ architecture: Architecture; weights: string }> {
  const block = await fetchMnist('train');
  const { train } = splitIndices(block.pixels);
  const weights = await learnRefuser(gatherSamples(block, train));
  return { architecture: REFUSER, weights: toBase64(packWeights(REFUSER, weights)) };
}

/** Finds temperature and digitness, on the validation split and on things that are no digits. */
async function fit(): Promise<Required<Pick<ModelCard, 'temperature' | 'digitness'>>> {
  const { card, ...asked } = await openShipped();
  const block = await validationSplit();
  const digits = await answer(asked, imagesOf(block));
  const things = await answer(asked, drawMoreThings());
  return {
    temperature: fitTemperature(logitsOf(digits), block.labels),
    digitness: { ...fitDigitness(digits, things), refuser: card.digitness!.refuser },
  };
}

/** Shares of what is refused, and calibration errors before and after. */
async function score(): Promise<Record<string, number>> {
  const { card, ...asked } = await openShipped();
  const { temperature, digitness } = card;
  if (temperature === undefined || !digitness) throw new Error('The card has nothing to score yet.');
  const refused = (answers: readonly Answer[]) => countRefused(answers, digitness) / answers.length;
  const results: Record<string, number> = {};
  for (const [name, block] of [
    ['validation digits', await validationSplit()],
    ['test digits', await fetchMnist('test')],
  ] as const) {
    const answers = await answer(asked, imagesOf(block));
    results[`${name} refused`] = refused(answers);
    results[`${name}, calibration error at temperature 1`] = calibrationError(answers, block.labels, 1);
    results[`${name}, calibration error`] = calibrationError(answers, block.labels, temperature);
  }
  for (const kind of NOT_DIGIT_KINDS)
    results[`${kind} refused`] = refused(await answer(asked, drawThings(kind, SCORE_SEED)));
  return results;
}

/** The logits of some answers, [count, 10]. */
function logitsOf(answers: readonly Answer[]): Float32Array {
  return Float32Array.from(answers.flatMap(({ logits }) => logits));
}

/** Learns what tells digits from other things: a logistic regression on `digitFeatures`. */
function fitDigitness(digits: readonly Answer[], things: readonly Answer[]): Omit<Digitness, 'refuser'> {
  const usual = usualInk(digits);
  const features = (answers: readonly Answer[]) => answers.map((seen) => digitFeatures(seen, usual));
  const weights = regress(features(digits), features(things)).map(round);
  const scores = digits.map((seen) => scoreDigitness(seen, { ...usual, weights }));
  const threshold = scores.toSorted((a, b) => a - b)[Math.floor(REFUSED_SHARE * scores.length)]!;
  return { ...usual, weights, threshold: round(threshold) };
}

/** Mean and deviation of each measure of ink, by the digit that was read. */
function usualInk(digits: readonly Answer[]): Pick<Digitness, 'means' | 'deviations'> {
  const byDigit = Array.from({ length: CLASS_COUNT }, (_, digit) =>
    digits
      .filter(({ logits }) => logits.indexOf(Math.max(...logits)) === digit)
      .map(({ pixels }) => measureInk(pixels)),
  );
  const columns = Array.from({ length: INK_STATISTICS }, (_, k) => k);
  const mean = (rows: readonly (readonly number[])[], of: (row: readonly number[]) => number) =>
    rows.reduce((sum, row) => sum + of(row), 0) / rows.length;
  const means = byDigit.map((rows) => columns.map((k) => mean(rows, (row) => row[k]!)));
  const deviations = byDigit.map((rows, digit) =>
    columns.map((k) => Math.sqrt(mean(rows, (row) => (row[k]! - means[digit]![k]!) ** 2)) + LEAST_DEVIATION),
  );
  return { means: means.map((row) => row.map(round)), deviations: deviations.map((row) => row.map(round)) };
}

/** Logistic regression by gradient descent on standardized features; weights are for those as they came. */
function regress(
  positive: readonly (readonly number[])[],
  negative: readonly (readonly number[])[],
): readonly number[] {
  const rows = [...positive, ...negative];
  const width = rows[0]!.length;
  const columns = Array.from({ length: width }, (_, k) => rows.map((row) => row[k]!));
  const means = columns.map((column) => column.reduce((sum, value) => sum + value, 0) / rows.length);
  const deviations = columns.map((column, k) =>
    Math.sqrt(column.reduce((sum, value) => sum + (value - means[k]!) ** 2, 1e-9) / rows.length),
  );
  const scaled = rows.map((row) => row.map((value, k) => (value - means[k]!) / deviations[k]!));
  const weights = new Float64Array(width + 1);
  for (let step = 0; step < DESCENT.steps; step++) descend(weights, scaled, positive.length);
  return Array.from(weights.subarray(0, width), (weight, k) => weight / deviations[k]!);
}

/** One step down; the first `positives` rows are digits. The last weight is the bias. */
function descend(weights: Float64Array, rows: readonly (readonly number[])[], positives: number): void {
  const bias = weights.length - 1;
  const gradient = new Float64Array(weights.length);
  rows.forEach((row, index) => {
    const sum = row.reduce((total, value, k) => total + value * weights[k]!, weights[bias]!);
    const error = Number(index < positives) - 1 / (1 + Math.exp(-sum));
    row.forEach((value, k) => (gradient[k]! += error * value));
    gradient[bias]! += error;
  });
  for (let k = 0; k < weights.length; k++) {
    weights[k]! += DESCENT.rate * (gradient[k]! / rows.length - DESCENT.decay * weights[k]!);
  }
}

function round(value: number): number {
  return Number(value.toPrecision(5));
}

const functions = { learn, fit, score };

self.onmessage = async ({ data }: MessageEvent<{ name: keyof typeof functions }>) => {
  try {
    self.postMessage({ result: await functions[data.name]() });
  } catch (error) {
    self.postMessage({ error: String(error) });
  }
};
