/**
 * Tries a recipe: trains it on MNIST without its validation split, and scores that split and its copies by
 * other hands and devices. The test set is not touched. Run by `scripts/try-recipe.mjs`.
 */
import { findRecipe, type Recipe } from '../../src/domain/recipe';
import { gatherSamples, IMAGE_PIXELS, imageAt, type SampleBlock } from '../../src/domain/sample';
import { segmentDigits } from '../../src/domain/segment-digits';
import { packWeights, type Weights } from '../../src/domain/weights';
import { sha256 } from '../../src/platform/sha256';
import type { Network } from '../../workers/engines/engine';
import { openSimdEngine } from '../../workers/engines/simd/simd-engine';
import { assess } from '../../workers/ml/assess';
import { OTHER_DEVICES, OTHER_HANDS, type Redrawing } from '../helpers/redrawn';
import { openShipped, validationSplit } from './answers';
import { trainOnMnist } from './train-on-mnist';

/** Images of the validation split that are copied, for each way to copy. */
const COPIED = 2500;

interface Trial {
  readonly recipeId: string;
  /** What differs from the recipe. */
  readonly changes?: Partial<Recipe>;
  readonly seed: number;
  readonly threads?: number;
  /** Epochs at the end whose weights are averaged, to be scored besides. */
  readonly averaged?: number;
}

/** Right answers in per cent: of the split, and of each of its copies. */
type Scores = Readonly<Record<string, number>>;

/** Trains and scores: the last weights, and the mean of the last epochs' where that is asked for. */
async function tryRecipe({
  recipeId,
  changes,
  seed,
  threads,
  averaged = 0,
}: Trial): Promise<readonly Scores[]> {
  const recipe = { ...findRecipe(recipeId)!, ...changes };
  const kept: Weights[] = [];
  const report = await trainOnMnist({
    recipe,
    seed,
    ...(threads === undefined ? {} : { threads }),
    onEpoch: async (network, epoch, { correct, total }) => {
      console.log(`Seed ${seed}, epoch ${epoch + 1} of ${recipe.epochs}: ${correct} of ${total}`);
      if (epoch >= recipe.epochs - Math.max(1, averaged)) kept.push((await network.export()).weights);
    },
  });
  console.log(`Seed ${seed}: ${report.seconds.toFixed(0)} s`);
  console.log(`Weights: ${await sha256(packWeights(recipe.architecture, kept.at(-1)!))}`);
  const engine = await openSimdEngine();
  const sets = await validationSets();
  const candidates = [kept.at(-1)!, ...(averaged > 1 ? [meanOf(kept)] : [])];
  const scores: Scores[] = [];
  for (const weights of candidates)
    scores.push(await scoreSets(engine.create(recipe.architecture, weights), sets));
  return scores;
}

/** The same scores of the shipped model, to compare with. */
async function scoreShipped(): Promise<Scores> {
  const { network } = await openShipped();
  return scoreSets(network, await validationSets());
}

async function scoreSets(network: Network, sets: Readonly<Record<string, SampleBlock>>): Promise<Scores> {
  const scores: Record<string, number> = {};
  for (const [name, block] of Object.entries(sets)) {
    const everything = Uint32Array.from(block.labels, (_, index) => index);
    const { correct, total } = await assess(network, block, everything, never, () => undefined);
    scores[name] = (100 * correct) / total;
  }
  return scores;
}

const never = new AbortController().signal;

async function validationSets(): Promise<Readonly<Record<string, SampleBlock>>> {
  const split = await validationSplit();
  const some = gatherSamples(
    split,
    Array.from({ length: COPIED }, (_, index) => index),
  );
  const copies = [...OTHER_HANDS, ...OTHER_DEVICES].map((how) => [how.name, copyBlock(some, how)] as const);
  return { validation: split, ...Object.fromEntries(copies) };
}

/** A block written again; what does not come out as one digit is left blank, and so is misread. */
function copyBlock({ pixels, labels }: SampleBlock, { draw }: Redrawing): SampleBlock {
  const copy = { pixels: new Uint8Array(pixels.length), labels };
  for (let index = 0; index < labels.length; index++) {
    const { digits } = segmentDigits(draw(imageAt(pixels, index)));
    if (digits.length === 1) copy.pixels.set(digits[0]!.pixels, index * IMAGE_PIXELS);
  }
  return copy;
}

function meanOf(all: readonly Weights[]): Weights {
  return Object.fromEntries(
    Object.entries(all[0]!).map(([name, first]) => [
      name,
      first.map((_, at) => all.reduce((sum, weights) => sum + weights[name]![at]!, 0) / all.length),
    ]),
  );
}

const functions: Readonly<Record<string, (trial: Trial) => Promise<unknown>>> = { tryRecipe, scoreShipped };

self.onmessage = async ({ data }: MessageEvent<{ name: string; args: [Trial] }>) => {
  try {
    self.postMessage({ result: await functions[data.name]!(...data.args) });
  } catch (error) {
    self.postMessage({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
};
