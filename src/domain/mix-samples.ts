import { concatenateBytes } from './bytes';
import { gatherSamples, type SampleBlock } from './sample';
import { permutation } from './shuffle';

/** `count` samples of a block, drawn by the seed, in the block's own order; all of them where it has no more. */
export function pickSamples(block: SampleBlock, count: number, seed: number): SampleBlock {
  const most = block.labels.length;
  if (count >= most) return { pixels: block.pixels, labels: block.labels };
  return gatherSamples(block, permutation(most, seed, 0).subarray(0, count).toSorted());
}

/** The samples of several blocks, one block after another. */
export function joinBlocks(blocks: readonly SampleBlock[]): SampleBlock {
  return {
    pixels: concatenateBytes(...blocks.map(({ pixels }) => pixels)),
    labels: concatenateBytes(...blocks.map(({ labels }) => labels)),
  };
}
