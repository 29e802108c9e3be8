import { needsMnist } from '../../src/domain/dataset';
import { generateDigits } from '../../src/domain/generated-digits';
import {
  arrangeLesson,
  type LessonData,
  type LessonGround,
  type LessonScores,
} from '../../src/domain/lesson';
import { MNIST } from '../../src/domain/mnist';
import { toPrediction } from '../../src/domain/prediction';
import type { RunConfig, RunDataPart } from '../../src/domain/run';
import { CLASS_COUNT, gatherSamples, IMAGE_PIXELS, type SampleBlock } from '../../src/domain/sample';
import type { ShardRepository } from '../../src/storage/shard-repository';
import type { Network } from '../engines/engine';
import { assess } from './assess';
import { openBatchSource } from './batch-source';
import { loadShardedSplit } from './load-shards';
import { scoreDrawn } from './score-drawn';

/** Generated digits that check a lesson where MNIST is not here; runs take other seeds. */
const CHECKED = { seed: 0x1e550, count: 2000 } as const;

/** Images per pass. */
const CHUNK = 256;

/** The data of a lesson, opened. */
export interface LessonSource {
  readonly data: LessonData;
  readonly corrections: SampleBlock;
  readonly ground: LessonGround;
  /** Images of the ground that neither model learned from. */
  readonly unseen: SampleBlock;
  /** Of all samples, none of them repeated. */
  readonly contentHash: string;
  readonly parts: readonly RunDataPart[];
}

/** Opens the data of a lesson. Throws `not-found` where a set is not on this device. */
export async function openLesson(
  config: RunConfig,
  shards: ShardRepository,
  signal: AbortSignal,
): Promise<LessonSource> {
  const whole = await openBatchSource(config, shards, signal, () => undefined);
  const { block, contentHash, parts = [] } = whole;
  const count = parts[0]!.sampleCount;
  const isOld = (index: number) => index >= count;
  const corrections = gatherSamples(block, range(0, count));
  const data = arrangeLesson(corrections, gatherSamples(block, range(count, block.labels.length)), {
    train: whole.train.filter(isOld).map((index) => index - count),
    validation: whole.validation.filter(isOld).map((index) => index - count),
  });
  const ground = needsMnist(config.dataset) ? 'mnist' : 'generated';
  const unseen =
    ground === 'mnist'
      ? await loadShardedSplit(shards, MNIST, 'test')
      : generateDigits(CHECKED.seed, 0, CHECKED.count);
  return { data, corrections, ground, unseen, contentHash, parts };
}

/** How a network reads the corrections, one by one, and the images that nothing learned from. */
export async function examine(
  network: Network,
  { corrections, unseen }: LessonSource,
  signal: AbortSignal,
  onShare: (share: number) => void,
): Promise<{ readonly scores: LessonScores; readonly answers: readonly number[] }> {
  const answers = await readDigits(network, corrections);
  const total = answers.length;
  const correct = answers.filter((digit, index) => digit === corrections.labels[index]).length;
  const everything = range(0, unseen.labels.length);
  const ground = await assess(network, unseen, everything, signal, (done) =>
    onShare(done / everything.length),
  );
  return {
    scores: {
      corrections: { correct, total },
      ground: { correct: ground.correct, total: ground.total },
      drawn: await scoreDrawn(network, signal),
    },
    answers,
  };
}

/** The digit that a network reads in each image. */
async function readDigits(network: Network, { pixels }: SampleBlock): Promise<readonly number[]> {
  const digits: number[] = [];
  for (let start = 0; start < pixels.length; start += CHUNK * IMAGE_PIXELS) {
    const logits = await network.logits(pixels.subarray(start, start + CHUNK * IMAGE_PIXELS));
    for (let row = 0; row < logits.length; row += CLASS_COUNT) {
      digits.push(toPrediction(logits.subarray(row, row + CLASS_COUNT)).digit);
    }
  }
  return digits;
}

function range(from: number, to: number): Uint32Array {
  return Uint32Array.from({ length: to - from }, (_, index) => from + index);
}
