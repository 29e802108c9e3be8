import type { ArchitectureReport } from './architecture-report';
import { IMAGE_PIXELS } from './sample';

const FLOAT_BYTES = 4;
/** Of each number that a layer gives, training keeps the value, its gradient, and room to work in. */
const COPIES_OF_ACTIVATIONS = 4;
/** Of each weight: itself, two means of the optimizer, panels for products, and gradients for eight lanes. */
const COPIES_OF_WEIGHTS = 14;
/** What the WASM engine can have; docs/decisions/0009. */
const ENGINE_BYTES = 512 * 2 ** 20;
/** A page that takes more of a device's memory than this is put to an end on some. */
const SHARE_OF_DEVICE = 0.4;

/** About what a network takes while it is trained, in bytes: rather more than less. */
export function estimateEngineBytes(report: ArchitectureReport, batchSize: number): number {
  const { activations, parameters } = report;
  return FLOAT_BYTES * (COPIES_OF_ACTIVATIONS * activations * batchSize + COPIES_OF_WEIGHTS * parameters);
}

/** True where an engine cannot hold a network and its batch. */
export function exceedsEngine(bytes: number): boolean {
  return bytes > ENGINE_BYTES;
}

/** The most images that a device's memory holds beside what the engine needs; endless where it is unknown. */
export function mostImagesInMemory(deviceBytes: number | undefined, engineBytes: number): number {
  if (deviceBytes === undefined) return Infinity;
  // A mixture is gathered from copies: for a moment each image is there twice.
  return Math.max(0, Math.floor((SHARE_OF_DEVICE * deviceBytes - engineBytes) / (2 * (IMAGE_PIXELS + 1))));
}
