/** Measures the shipped model: all that its card says of it. Run by `scripts/evaluate.mjs`. */
import { measureShare, type MeasuredShare, type ModelEvaluation } from '../../src/domain/model-evaluation';
import type { Score } from '../../src/domain/metrics';
import { createRandom } from '../../src/domain/random';
import { gatherSamples } from '../../src/domain/sample';
import { segmentDigits } from '../../src/domain/segment-digits';
import { NOT_DIGIT_KINDS } from '../helpers/not-digits';
import { readPage, THINGS_SEEN, type SeenThing } from '../helpers/not-digit-pictures';
import { OTHER_DEVICES, OTHER_HANDS, type Redrawing } from '../helpers/redrawn';
import {
  answer,
  calibrationError,
  countRefused,
  drawThings,
  imagesOf,
  openShipped,
  SCORE_SEED,
  type Answer,
  type Asked,
} from './answers';
import { fetchMnist } from './mnist';

/** Every how manyeth test digit is written again. */
const REDRAWN_EVERY = 4;
/** Pictures of each kind that show no digit. */
const PICTURES = 200;
/** Samples that the bootstrap draws. */
const RESAMPLES = 200;

type Measured = Omit<ModelEvaluation, 'downloadBytes' | 'seeds' | 'drawToAnswer'>;

/**
 * Measures everything but what the training log, the file's size and the page say; `generated` is the score of
 * a network that learned from generated digits alone.
 */
async function evaluate(generated: Score): Promise<Measured> {
  const { card, ...asked } = await openShipped();
  const { digitness, temperature = 1 } = card;
  if (!digitness) throw new Error('The card does not say yet what is no digit: npm run fit:honesty');
  const test = await fetchMnist('test');
  const answers = await answer(asked, imagesOf(test));
  const right = countRight(answers, test.labels);
  const refused = (name: string, those: readonly Answer[]) =>
    measureShare(name, { correct: countRefused(those, digitness), total: those.length });
  const refusedThings = [];
  for (const kind of NOT_DIGIT_KINDS) {
    refusedThings.push(refused(kind, await answer(asked, drawThings(kind, SCORE_SEED))));
  }
  for (const thing of THINGS_SEEN) {
    const isRefused = async (pages: readonly Uint8Array[]) =>
      countRefused(await answer(asked, pages), digitness) === pages.length;
    refusedThings.push(await measurePictures(thing, isRefused));
  }
  const some = gatherSamples(
    test,
    Array.from({ length: test.labels.length / REDRAWN_EVERY }, (_, row) => row * REDRAWN_EVERY),
  );
  // The same views for every hand: what is known of an image is known by its view.
  const images = imagesOf(some);
  const redrawn: MeasuredShare[] = [];
  for (const how of [...OTHER_HANDS, ...OTHER_DEVICES])
    redrawn.push(await measureRedrawn(asked, images, some.labels, how));
  return {
    weightsHash: card.weightsHash,
    test: measureShare('MNIST test digits read rightly', { correct: right, total: answers.length }),
    calibrationError: measureCalibration(answers, test.labels, temperature),
    refusedDigits: refused('MNIST test digits', answers),
    refusedThings,
    redrawn,
    fromGenerated: measureShare('MNIST test digits read rightly', generated),
  };
}

function countRight(answers: readonly Answer[], labels: Uint8Array): number {
  return answers.filter(({ logits }, index) => logits.indexOf(Math.max(...logits)) === labels[index]).length;
}

/** A picture in which nothing is found counts as refused, as one does whose every digit is. */
async function measurePictures(
  { name, take }: SeenThing,
  isRefused: (pages: readonly Uint8Array[]) => Promise<boolean>,
): Promise<MeasuredShare> {
  let correct = 0;
  for (let index = 0; index < PICTURES; index++) {
    const found = readPage(take(createRandom(1000 * SCORE_SEED + index)));
    if (await isRefused(found)) correct++;
  }
  return measureShare(name, { correct, total: PICTURES });
}

/** What is not found to be exactly one digit is misread. */
async function measureRedrawn(
  asked: Asked,
  images: readonly Uint8Array[],
  labels: Uint8Array,
  { name, draw }: Redrawing,
): Promise<MeasuredShare> {
  let correct = 0;
  for (const [index, pixels] of images.entries()) {
    const { digits } = segmentDigits(draw(pixels));
    if (digits.length !== 1) continue;
    correct += countRight(await answer(asked, [digits[0]!.pixels]), labels.subarray(index, index + 1));
  }
  return measureShare(name, { correct, total: labels.length });
}

/** The calibration error, and the middle 95 % of it over samples drawn from the answers. */
function measureCalibration(
  answers: readonly Answer[],
  labels: Uint8Array,
  temperature: number,
): MeasuredShare {
  const random = createRandom(1);
  const total = answers.length;
  const errors = Array.from({ length: RESAMPLES }, () => {
    const drawn = Array.from({ length: total }, () => random.integer(total));
    return calibrationError(
      drawn.map((index) => answers[index]!),
      Uint8Array.from(drawn, (index) => labels[index]!),
      temperature,
    );
  }).toSorted((a, b) => a - b);
  return {
    name: 'Confidence off by',
    share: calibrationError(answers, labels, temperature),
    total,
    low: errors[Math.floor(0.025 * RESAMPLES)]!,
    high: errors[Math.ceil(0.975 * RESAMPLES) - 1]!,
  };
}

self.onmessage = async ({ data }: MessageEvent<{ args: [Score] }>) => {
  try {
    self.postMessage({ result: await evaluate(...data.args) });
  } catch (error) {
    self.postMessage({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
};
