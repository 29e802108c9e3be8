import { disturbImage, DISTURBANCES, type DisturbedScore } from '../../src/domain/disturbance';
import { evenIndices } from '../../src/domain/principal-components';
import { readLogits } from '../../src/domain/readings';
import { gatherSamples, IMAGE_PIXELS, imageAt, type SampleBlock } from '../../src/domain/sample';
import type { MlEvent, MlParams } from '../../src/protocol/ml-protocol';
import type { Repositories } from '../../src/storage/repositories';
import type { Network } from '../engines/engine';
import type { CallContext } from '../rpc/serve';
import { loadEvaluated } from './evaluated-samples';
import { inParts } from './in-parts';
import type { ModelCache } from './model-cache';

/** Images that are made worse: enough to tell a percent, few enough to take a second. */
const MOST_IMAGES = 1000;

type Context = CallContext<MlEvent<'disturb'>>;

/** How a version reads images that are made worse, amount by amount. Throws as `evaluateVersion` does. */
export async function disturbVersion(
  { versionId, data, kind }: MlParams<'disturb'>,
  { repositories, cache }: { readonly repositories: Repositories; readonly cache: ModelCache },
  context: Context,
): Promise<readonly DisturbedScore[]> {
  const all = await loadEvaluated(repositories.shards, data, context);
  const block = gatherSamples(all, evenIndices(all.labels.length, MOST_IMAGES));
  const network = await cache.open(versionId);
  const { amounts } = DISTURBANCES[kind];
  const scores: DisturbedScore[] = [];
  for (const amount of amounts) {
    const disturb = (row: number) => disturbImage(imageAt(block.pixels, row), kind, amount, row);
    const correct = await countRight(network, block, disturb, context);
    scores.push({ amount, correct, total: block.labels.length });
    context.emit({ done: scores.length, total: amounts.length });
  }
  return scores;
}

async function countRight(
  network: Network,
  { labels }: SampleBlock,
  disturb: (row: number) => Uint8Array,
  { signal }: Context,
): Promise<number> {
  let correct = 0;
  for await (const { first, end } of inParts(labels.length, signal)) {
    const part = labels.slice(first, end);
    const pixels = new Uint8Array(part.length * IMAGE_PIXELS);
    part.forEach((_, at) => pixels.set(disturb(first + at), at * IMAGE_PIXELS));
    const { digits } = readLogits(await network.logits(pixels), part);
    correct += digits.filter((digit, at) => digit === part[at]).length;
  }
  return correct;
}
