/** The network that comes with the app, and what it reads. */
import type { Refuser } from '../../src/domain/digitness';
import type { ModelCard } from '../../src/domain/model-version';
import { unpackWeights } from '../../src/domain/weights';
import type { Network } from '../../workers/engines/engine';
import { openEngine } from '../../workers/engines/open-engine';

/** The card of the shipped model. */
export async function readShippedCard(): Promise<ModelCard> {
  return (await (await fetch('/models/shipped.json')).json()) as ModelCard;
}

/** Opens the shipped network. Must be disposed. */
export async function openShippedNetwork(): Promise<Network> {
  return openNetwork(await readShippedCard());
}

/** Opens the network that says what is no digit. Must be disposed. */
export async function openShippedRefuser(): Promise<Network> {
  return openNetwork((await readShippedCard()).digitness!.refuser);
}

async function openNetwork({ architecture, weightsPath }: Refuser): Promise<Network> {
  const bytes = new Uint8Array(await (await fetch(`/models/${weightsPath}`)).arrayBuffer());
  return (await openEngine('simd')).create(architecture, unpackWeights(architecture, bytes));
}

/** The digit that a network reads in one image, [28, 28] bytes. */
export async function readDigit(network: Network, pixels: Uint8Array): Promise<number> {
  const logits = await network.logits(pixels);
  return logits.indexOf(Math.max(...logits));
}
