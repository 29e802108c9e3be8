/**
 * A network in plain TypeScript, for one image: it keeps what every layer made of it, and can be walked
 * backward. What explanations look into; the answers come from the engines, which are far faster.
 */
import { planLayers, type Architecture, type LayerPlan } from './architecture';
import { applyLayer, pullBack } from './reference-layers';
import { CLASS_COUNT } from './sample';
import type { Weights } from './weights';

/** What a network made of one image, layer by layer. */
export interface Trace {
  /** The image as ink from 0 to 1: [28, 28, 1]. */
  readonly input: Float32Array<ArrayBuffer>;
  readonly plans: readonly LayerPlan[];
  /** What came out of each layer, in its plan's output shape. */
  readonly outputs: readonly Float32Array<ArrayBuffer>[];
  /** [10]. */
  readonly logits: Float32Array<ArrayBuffer>;
}

/** Runs an image, [28, 28] bytes, through a network. Throws `invalid-input` where the weights do not fit. */
export function traceImage(architecture: Architecture, weights: Weights, pixels: Uint8Array): Trace {
  const plans = planLayers(architecture);
  const input = Float32Array.from(pixels, (ink) => ink / 255);
  const outputs: Float32Array<ArrayBuffer>[] = [];
  for (const plan of plans) outputs.push(applyLayer(plan, weights, outputs.at(-1) ?? input));
  return { input, plans, outputs, logits: outputs.at(-1) ?? input };
}

/**
 * Walks a trace backward. `slopes` is how fast a score grows with each logit, such as 1 for a digit and 0
 * for the others. Answers how fast it grows with each number that went into each layer: the first entry
 * is of the pixels, the entry k + 1 of what layer k gave.
 */
export function traceGradients(
  { plans, outputs, input }: Trace,
  weights: Weights,
  slopes: Float32Array<ArrayBuffer>,
): readonly Float32Array<ArrayBuffer>[] {
  const gradients = [slopes];
  for (let layer = plans.length - 1; layer >= 0; layer--) {
    const into = outputs[layer - 1] ?? input;
    gradients.unshift(pullBack(plans[layer]!, weights, into, gradients[0]!));
  }
  return gradients;
}

/** The slopes of a score: `gains` names what each of some logits counts, the others count nothing. */
export function scoreOf(gains: Readonly<Record<number, number>>): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: CLASS_COUNT }, (_, digit) => gains[digit] ?? 0);
}
