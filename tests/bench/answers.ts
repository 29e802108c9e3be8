/** The shipped model, and what it says of digits and of other things. */
import { isDigit, type Digitness, type Refuser, type SeenImage } from '../../src/domain/digitness';
import type { ModelCard } from '../../src/domain/model-version';
import { softmax } from '../../src/domain/prediction';
import { gatherSamples, imageAt, type SampleBlock } from '../../src/domain/sample';
import { splitIndices } from '../../src/domain/split';
import { unpackWeights } from '../../src/domain/weights';
import type { Network } from '../../workers/engines/engine';
import { openSimdEngine } from '../../workers/engines/simd/simd-engine';
import { drawNotDigit, type NotDigitKind } from '../helpers/not-digits';
import { fetchMnist } from './mnist';

/** Things of each kind that are drawn, and the seed of those that are scored. */
const THINGS = 500;
export const SCORE_SEED = 2;
/** Bins of the calibration error (Guo et al., 2017). */
const BINS = 15;

/** An image and what the network said of it. */
export interface Answer extends SeenImage {
  readonly logits: readonly number[];
}

/** What is asked: the network that reads digits, and the one that says what is none. */
export interface Asked {
  readonly network: Network;
  readonly refuser: Network;
}

/** The shipped networks and their card. */
export async function openShipped(): Promise<Asked & { readonly card: ModelCard }> {
  const card = (await (await fetch('/models/shipped.json')).json()) as ModelCard;
  if (!card.digitness) throw new Error('The card does not say yet what is no digit: npm run fit:honesty');
  const engine = await openSimdEngine();
  const open = async ({ architecture, weightsPath }: Refuser) => {
    const bytes = new Uint8Array(await (await fetch(`/models/${weightsPath}`)).arrayBuffer());
    return engine.create(architecture, unpackWeights(architecture, bytes));
  };
  return { network: await open(card), refuser: await open(card.digitness.refuser), card };
}

/** MNIST's validation split. */
export async function validationSplit(): Promise<SampleBlock> {
  const block = await fetchMnist('train');
  return gatherSamples(block, splitIndices(block.pixels).validation);
}

/** A block's images, one by one: views, not copies. */
export function imagesOf({ pixels, labels }: SampleBlock): readonly Uint8Array[] {
  return Array.from(labels, (_, index) => imageAt(pixels, index));
}

/** Things of one kind that are no digits, as the network reads them. */
export function drawThings(kind: NotDigitKind, seed: number): readonly Uint8Array[] {
  return Array.from({ length: THINGS }, (_, index) => drawNotDigit(kind, seed, index));
}

/** What the networks say of each image. */
export async function answer(
  { network, refuser }: Asked,
  images: readonly Uint8Array[],
): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  for (const pixels of images) {
    const [logits, kinds] = [await network.logits(pixels), await refuser.logits(pixels)];
    answers.push({ pixels, logits: [...logits], kinds: [...kinds] });
  }
  return answers;
}

/** How far confidence and accuracy lie apart, on average over bins of confidence. */
export function calibrationError(
  answers: readonly Answer[],
  labels: Uint8Array,
  temperature: number,
): number {
  const bins = Array.from({ length: BINS }, () => ({ right: 0, trust: 0 }));
  answers.forEach(({ logits }, index) => {
    const shares = softmax(logits.map((logit) => logit / temperature));
    const trust = Math.max(...shares);
    const bin = bins[Math.min(BINS - 1, Math.floor(trust * BINS))]!;
    bin.trust += trust;
    bin.right += Number(shares.indexOf(trust) === labels[index]);
  });
  return bins.reduce((sum, { right, trust }) => sum + Math.abs(right - trust), 0) / answers.length;
}

/** How many answers are refused as being about no digit. */
export function countRefused(answers: readonly Answer[], digitness: Digitness): number {
  return answers.filter((seen) => !isDigit(seen, digitness)).length;
}
