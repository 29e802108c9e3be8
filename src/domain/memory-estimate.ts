import type { ArchitectureReport } from './architecture-report';
import { IMAGE_PIXELS } from './sample';

const FLOAT_BYTES = 4;
/** An image of a batch as bytes, with what is done to it. */
const IMAGE_BYTES = 1000;
/** Tables and programs, whatever the network. */
const TABLE_BYTES = 500_000;
/** Of each number that a layer gives: itself, then its gradient in its place, and room around images. */
const COPIES_OF_ACTIVATIONS = 1.7;
/** Images that are taken at once where no batch norm needs them all. */
const IMAGES_AT_ONCE = 48;
/** Of each weight: itself, two means of the optimizer, panels for products, and gradients for eight lanes. */
const COPIES_OF_WEIGHTS = 14;
/** What the WASM engine can have; docs/decisions/0009. */
const ENGINE_BYTES = 512 * 2 ** 20;
/** A page that takes more of a device's memory than this is put to an end on some. */
const SHARE_OF_DEVICE = 0.4;

/** About what a network takes while it is trained, in bytes: rather more than less. */
export function estimateEngineBytes(report: ArchitectureReport, batchSize: number): number {
  const { activations, parameters, needsWholeBatch } = report;
  const images = needsWholeBatch ? batchSize : Math.min(batchSize, IMAGES_AT_ONCE);
  const floats = COPIES_OF_ACTIVATIONS * activations * images + COPIES_OF_WEIGHTS * parameters;
  return FLOAT_BYTES * floats + IMAGE_BYTES * batchSize + TABLE_BYTES;
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
