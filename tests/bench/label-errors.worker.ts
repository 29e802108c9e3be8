/**
 * How many planted label errors are found by networks that have not learned from them. MNIST's training images
 * and generated digits; the test set is not touched. Run by `scripts/score-labels.mjs`.
 */
import { CHECKING_RECIPE, FOLDS } from '../../src/domain/cross-validation';
import { generateDigits } from '../../src/domain/generated-digits';
import { findLabelSuspects } from '../../src/domain/label-suspects';
import { pickSamples } from '../../src/domain/mix-samples';
import { createRandom } from '../../src/domain/random';
import { readLogits, topScore } from '../../src/domain/readings';
import type { Recipe } from '../../src/domain/recipe';
import type { SampleBlock } from '../../src/domain/sample';
import { permutation } from '../../src/domain/shuffle';
import { openSimdEngine } from '../../workers/engines/simd/simd-engine';
import { answerUnseen } from '../../workers/ml/answer-unseen';
import { fetchMnist } from './mnist';

interface Trial {
  readonly source: 'mnist' | 'generated';
  /** Images, and wrong labels among them. */
  readonly count: number;
  readonly planted: number;
  readonly seed: number;
  readonly folds?: number;
  /** What differs from the usual recipe. */
  readonly changes?: Partial<Recipe>;
}

/** What came of it: errors among the first suspects, the networks' accuracy, and the time it took. */
interface Found {
  readonly amongFirst: number;
  readonly suspects: number;
  readonly accuracy: number;
  readonly seconds: number;
}

async function findPlanted({ source, count, planted, seed, folds = FOLDS, changes }: Trial): Promise<Found> {
  const { pixels, labels } =
    source === 'mnist' ? pickSamples(await fetchMnist('train'), count, seed) : generateDigits(seed, 0, count);
  const flipped = new Set(permutation(count, seed, 1).subarray(0, planted));
  const random = createRandom(seed);
  const wrong = labels.map((label, row) => (flipped.has(row) ? (label + 1 + random.integer(9)) % 10 : label));
  const block: SampleBlock = { pixels, labels: wrong };
  const engine = await openSimdEngine();
  const startedAt = performance.now();
  const logits = await answerUnseen(
    block,
    engine,
    { signal: new AbortController().signal, onShare: () => undefined },
    { recipe: { ...CHECKING_RECIPE, ...changes }, folds, seed: 1 },
  );
  const readings = readLogits(logits, wrong);
  const suspects = findLabelSuspects(readings, count);
  const seconds = (performance.now() - startedAt) / 1000;
  const { correct } = topScore(readLogits(logits, labels), 1);
  return {
    amongFirst: suspects.slice(0, 2 * planted).filter(({ row }) => flipped.has(row)).length,
    suspects: suspects.length,
    accuracy: correct / count,
    seconds,
  };
}

const functions: Readonly<Record<string, (trial: Trial) => Promise<unknown>>> = { findPlanted };

self.onmessage = async ({ data }: MessageEvent<{ name: string; args: [Trial] }>) => {
  try {
    self.postMessage({ result: await functions[data.name]!(...data.args) });
  } catch (error) {
    self.postMessage({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
};
