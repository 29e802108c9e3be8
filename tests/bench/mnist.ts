import { IMAGE_PIXELS, type SampleBlock } from '../../src/domain/sample';
import { parseShardManifest, type ShardedSplitName } from '../../src/domain/shard-manifest';
import { fetchShard } from '../../workers/ml/fetch-shard';

/** One of MNIST's splits, fetched and checked. */
export async function fetchMnist(split: ShardedSplitName): Promise<SampleBlock> {
  const manifest = parseShardManifest(await (await fetch('/mnist/manifest.json')).json());
  const { count, shards } = manifest.splits[split];
  const block = { pixels: new Uint8Array(count * IMAGE_PIXELS), labels: new Uint8Array(count) };
  let at = 0;
  for (const entry of shards) {
    const url = new URL(`/mnist/${entry.path}`, location.origin);
    const shard = await fetchShard(url, entry, entry.path, new AbortController().signal, () => undefined);
    block.pixels.set(shard.pixels, at * IMAGE_PIXELS);
    block.labels.set(shard.labels, at);
    at += entry.count;
  }
  return block;
}
