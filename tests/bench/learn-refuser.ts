/** Trains the small network that tells digits from other things. Nothing that it is scored on is learned from. */
import type { Architecture } from '../../src/domain/architecture';
import { generateDigits } from '../../src/domain/generated-digits';
import { joinBlocks } from '../../src/domain/mix-samples';
import { preprocess } from '../../src/domain/preprocess';
import { createRandom, mixSeed } from '../../src/domain/random';
import { learningRateAt } from '../../src/domain/learning-rate';
import { findRecipe, type Recipe } from '../../src/domain/recipe';
import { batchesPerEpoch } from '../../src/domain/run';
import { IMAGE_PIXELS, IMAGE_SIDE, imageAt, type SampleBlock } from '../../src/domain/sample';
import { segmentDigits } from '../../src/domain/segment-digits';
import { initialWeights, type Weights } from '../../src/domain/weights';
import { openSimdEngine } from '../../workers/engines/simd/simd-engine';
import { createBatches } from '../../workers/ml/batch-source';
import { drawLearned, LEARNED_KINDS, spoilDigit } from '../helpers/learned-things';
import { readPage, THINGS_SEEN } from '../helpers/not-digit-pictures';
import { photograph, randomScene } from '../helpers/photographs';
import { OTHER_DEVICES, OTHER_HANDS } from '../helpers/redrawn';

/** The kinds by number: digits, `LEARNED_KINDS`, spoilt digits, photographs without a digit. */
const DIGIT = 0;
const SPOILT = 1 + LEARNED_KINDS.length;

/** Its layers: 8,802 weights. */
export const REFUSER: Architecture = {
  name: 'refuser',
  layers: [
    { kind: 'conv', filters: 8, kernelSize: 5, stride: 2, padding: 'valid' },
    { kind: 'batch-norm' },
    { kind: 'relu' },
    { kind: 'conv', filters: 16, kernelSize: 3, stride: 1, padding: 'valid' },
    { kind: 'batch-norm' },
    { kind: 'relu' },
    { kind: 'conv', filters: 24, kernelSize: 3, stride: 2, padding: 'valid' },
    { kind: 'batch-norm' },
    { kind: 'relu' },
    { kind: 'flatten' },
    { kind: 'dense', units: 10 },
  ],
};

/** How much of each there is to learn from, by what makes it. */
const COUNTS = { drawn: 8000, spoilt: 12_000, generated: 12_000, redrawn: 250, photographs: 150, pages: 300 };
/** How often each of the slowly made pictures is learned per epoch, varied anew. */
const REPEATS = 4;
/** What the threshold is then found with: so many of each kind, of another seed. */
const MORE = { drawn: 500, pages: 60 };
const SEEDS = { learned: 11, more: 12 };
const RECIPE: Recipe = {
  ...findRecipe('champion')!,
  id: 'refuser',
  architecture: REFUSER,
  epochs: 5,
  batchSize: 128,
  labelSmoothing: 0.02,
};

/** Trains on digits of MNIST's training split, on digits otherwise made, and on things that are none. */
export async function learnRefuser(mnist: SampleBlock): Promise<Weights> {
  const block = joinBlocks([gatherDigits(mnist), gatherThings(mnist)]);
  console.log(`${block.labels.length} images to learn from`);
  const indices = Uint32Array.from(block.labels, (_, index) => index);
  const config = {
    recipe: RECIPE,
    seed: 1,
    engine: 'simd',
    dataset: { kind: 'mnist', sampleCount: 60_000 },
  } as const;
  const engine = await openSimdEngine();
  const network = engine.create(REFUSER, initialWeights(REFUSER, config.seed), {
    ...RECIPE,
    seed: config.seed,
  });
  const batchOf = createBatches(config, block, indices);
  const batches = batchesPerEpoch(RECIPE, indices.length);
  for (let epoch = 0; epoch < RECIPE.epochs; epoch++) {
    let loss = 0;
    for (let batch = 0; batch < batches; batch++) {
      const progress = (epoch * batches + batch) / (RECIPE.epochs * batches);
      loss += (await network.trainBatch(batchOf(epoch, batch), learningRateAt(RECIPE, progress))).loss;
    }
    console.log(`Epoch ${epoch + 1}: loss ${(loss / block.labels.length).toFixed(4)}`);
  }
  return (await network.export()).weights;
}

/** Things that the network did not learn from, of the same kinds: for the threshold. */
export function drawMoreThings(): readonly Uint8Array[] {
  return [
    ...LEARNED_KINDS.flatMap((kind) => many(MORE.drawn, (index) => drawLearned(kind, SEEDS.more, index))),
    ...THINGS_SEEN.flatMap((_, which) => takePages(which, SEEDS.more, MORE.pages)),
  ];
}

/** Digits as MNIST has them, as drawings make them, and as other hands and cameras do. */
function gatherDigits(mnist: SampleBlock): SampleBlock {
  const written = imagesOf(mnist).slice(0, COUNTS.redrawn);
  const others = [
    ...[...OTHER_HANDS, ...OTHER_DEVICES].flatMap(({ draw }) =>
      many(COUNTS.redrawn, (index) => {
        const pixels = written[index]!;
        return segmentDigits(draw(pixels)).digits.map((digit) => digit.pixels);
      }),
    ),
    ...many(COUNTS.photographs, (index) => [photographDigit(mnist, index)]),
  ].flatMap((found) => (found.length === 1 ? found : []));
  const generated = generateDigits(mixSeed(SEEDS.learned, DIGIT), 0, COUNTS.generated);
  return asKind(DIGIT, [...imagesOf(mnist), ...imagesOf(generated), ...repeat(others)]);
}

/** Everything else, each with the number of its kind. */
function gatherThings(mnist: SampleBlock): SampleBlock {
  const random = createRandom(SEEDS.learned);
  const spoilt = imagesOf(mnist).flatMap((_, index) => spoilDigit(mnist, index, random) ?? []);
  return joinBlocks([
    ...LEARNED_KINDS.map((kind, at) =>
      asKind(
        1 + at,
        many(COUNTS.drawn, (index) => drawLearned(kind, SEEDS.learned, index)),
      ),
    ),
    asKind(SPOILT, spoilt.slice(0, COUNTS.spoilt)),
    ...THINGS_SEEN.map((_, which) =>
      asKind(SPOILT + 1, repeat(takePages(which, SEEDS.learned, COUNTS.pages))),
    ),
  ]);
}

function takePages(which: number, seed: number, count: number): readonly Uint8Array[] {
  const { take } = THINGS_SEEN[which]!;
  return many(count, (index) => readPage(take(createRandom(mixSeed(seed, index))))).flat();
}

/** A digit on paper, as a camera sees it. */
function photographDigit(mnist: SampleBlock, index: number): Uint8Array {
  const ink = { width: IMAGE_SIDE, height: IMAGE_SIDE, data: imageAt(mnist.pixels, index) };
  const size = 0.2 + (0.3 * index) / COUNTS.photographs;
  const scene = randomScene(mixSeed(SEEDS.learned, index), [{ ink, x: 0, y: 0 }], size);
  return preprocess(photograph({ ...scene, width: 320, height: 240 })).pixels;
}

function asKind(kind: number, images: readonly Uint8Array[]): SampleBlock {
  const pixels = new Uint8Array(images.length * IMAGE_PIXELS);
  images.forEach((image, row) => pixels.set(image, row * IMAGE_PIXELS));
  return { pixels, labels: new Uint8Array(images.length).fill(kind) };
}

function imagesOf({ pixels, labels }: SampleBlock): readonly Uint8Array[] {
  return Array.from(labels, (_, index) => imageAt(pixels, index));
}

function repeat(images: readonly Uint8Array[]): readonly Uint8Array[] {
  return many(REPEATS, () => images).flat();
}

function many<Made>(count: number, make: (index: number) => Made): readonly Made[] {
  return Array.from({ length: count }, (_, index) => make(index));
}
