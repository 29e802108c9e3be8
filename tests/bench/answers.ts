/** The shipped model, and what it says of digits and of other things. */
import { scoreDigitness, type Digitness } from '../../src/domain/digitness';
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
export interface Answer {
  readonly pixels: Uint8Array;
  readonly logits: readonly number[];
}

/** The shipped network and its card. */
export async function openShipped(): Promise<{ network: Network; card: ModelCard }> {
  const card = (await (await fetch('/models/shipped.json')).json()) as ModelCard;
  const bytes = new Uint8Array(await (await fetch(`/models/${card.weightsPath}`)).arrayBuffer());
  const engine = await openSimdEngine();
  return { network: engine.create(card.architecture, unpackWeights(card.architecture, bytes)), card };
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

/** What the network says of each image. */
export async function answer(network: Network, images: readonly Uint8Array[]): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  for (const pixels of images) answers.push({ pixels, logits: [...(await network.logits(pixels))] });
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
  return answers.filter(
    ({ logits, pixels }) => scoreDigitness(logits, pixels, digitness) < digitness.threshold,
  ).length;
}
