import { throwIfAborted } from '../../src/domain/errors';
import type { Change, Evidence, FilterPictures, LayerPictures } from '../../src/domain/explanation';
import { gradCam } from '../../src/domain/grad-cam';
import { coverEach, occlusionMap, patchCentres } from '../../src/domain/occlusion';
import { toPrediction } from '../../src/domain/prediction';
import { scoreOf, traceGradients, traceImage, type Trace } from '../../src/domain/reference-network';
import { CLASS_COUNT } from '../../src/domain/sample';
import { findSmallestChange } from '../../src/domain/smallest-change';
import { weightsOf, type Weights } from '../../src/domain/weights';
import { yieldToEvents } from '../../src/platform/yield-to-events';
import type { MlEvent, MlParams } from '../../src/protocol/ml-protocol';
import type { Network } from '../engines/engine';
import type { CallContext } from '../rpc/serve';
import type { ModelCache } from './model-cache';
import type { Honesty } from './honesty';

/** Covered copies that are answered at a time: a few milliseconds, so that it can be called off. */
const COPIES = 256;

/** Where the ink of a digit speaks for the answer, and where for the rival. Throws `aborted`. */
export async function weighEvidence(
  { versionId, pixels, digit, rival }: MlParams<'weighEvidence'>,
  cache: ModelCache,
  signal: AbortSignal,
): Promise<Evidence> {
  const { architecture, weights } = await cache.load(versionId);
  const trace = traceImage(architecture, weights, pixels);
  const centres = patchCentres(pixels);
  const logits = await logitsCovered(await cache.open(versionId), pixels, centres, signal);
  const covering = occlusionMap(centres, logits, trace.logits, digit, rival);
  const looking = gradCam(trace, weights, digit);
  return { digit, rival, covering, ...(looking && { looking }) };
}

/** The logits of a digit with the patch over each of some centres: [centres, 10]. */
async function logitsCovered(
  network: Network,
  pixels: Uint8Array,
  centres: readonly number[],
  signal: AbortSignal,
): Promise<Float32Array> {
  const logits = new Float32Array(centres.length * CLASS_COUNT);
  for (let first = 0; first < centres.length; first += COPIES) {
    await yieldToEvents();
    throwIfAborted(signal);
    const copies = coverEach(pixels, centres.slice(first, first + COPIES));
    logits.set(await network.logits(copies), first * CLASS_COUNT);
  }
  return logits;
}

/** What every layer made of a digit. Layers that change no number, such as dropout, are left out. */
export async function showLayers(
  { versionId, pixels }: MlParams<'showLayers'>,
  cache: ModelCache,
): Promise<LayerPictures> {
  const { architecture, weights } = await cache.load(versionId);
  const trace = traceImage(architecture, weights, pixels);
  const layers = trace.plans.flatMap(({ layer: { kind }, name, output }, index) => {
    if (kind === 'flatten' || kind === 'dropout') return [];
    return [{ name, kind, shape: output, values: trace.outputs[index]! }];
  });
  const filters = filterPictures(trace, weights);
  return { layers, ...(filters && { filters }) };
}

/** The kernel of a first convolution looks at the pixels themselves, so it can be shown as a picture. */
function filterPictures({ plans: [first] }: Trace, weights: Weights): FilterPictures | undefined {
  if (first?.layer.kind !== 'conv') return undefined;
  const { kernelSize: side, filters: count } = first.layer;
  return { values: weightsOf(weights, first.weights[0]!), side, count };
}

/**
 * Looks for a small change that makes a digit read as the target; how sure the network then is, it says as
 * it would on Draw. Throws `aborted`.
 */
export async function findChange(
  { versionId, pixels, target }: MlParams<'findChange'>,
  cache: ModelCache,
  { temperature }: Honesty,
  { signal, emit }: CallContext<MlEvent<'findChange'>>,
): Promise<Change> {
  const { architecture, weights } = await cache.load(versionId);
  const network = await cache.open(versionId);
  let steps = 0;
  const found = await findSmallestChange(pixels, target, {
    logits: (pictures) => network.logits(pictures),
    slopes: (picture, rival) => {
      const trace = traceImage(architecture, weights, picture);
      return traceGradients(trace, weights, scoreOf({ [target]: 1, [rival]: -1 }))[0]!;
    },
    pause: async () => {
      await yieldToEvents();
      throwIfAborted(signal);
      emit({ steps: ++steps });
    },
  });
  if (!found) return { target };
  return {
    target,
    after: found.picture,
    probability: toPrediction(found.logits, temperature).probabilities[target]!,
  };
}
