/**
 * A network as a safetensors file (https://github.com/huggingface/safetensors): the length of a header, the
 * header as JSON, then the numbers. The network itself is in the header's metadata, so that it can be read back.
 */
import { sizeOf, weightSpecs, type Architecture, type Layer } from './architecture';
import { concatenateBytes, encodeAscii, readFloats } from './bytes';
import { MOST_JSON_BYTES, parseModelJson, type JsonNode } from './model-json';
import type { ModelOrigin } from './model-version';
import { requireRunnable } from './model-limits';
import { arePreparedAlike, PREPROCESS_VERSION } from './preprocess';
import { refuseModel } from './refuse-model';
import { nameArchitecture } from './run-link-settings';
import { showName } from './show-name';
import { isTemperature } from './temperature';
import { packWeights, requireFinite, type Weights } from './weights';

/** The length of the header's length, in bytes. */
const LENGTH_BYTES = 8;
const TRAIN_AGAIN = 'Train it again here, with the same recipe.';
/** Where a file says which model it comes from. */
const ORIGIN_KEYS = { copy: 'copy-of', trained: 'trained-from' } as const;
const TEMPERATURE_KEY = 'temperature';
const FLOAT_BYTES = Float32Array.BYTES_PER_ELEMENT;

/** What a file may say of a network besides its numbers. */
interface ModelDescent {
  readonly origin?: ModelOrigin;
  /** Divides its logits; see `ModelVersion`. */
  readonly temperature?: number;
}

/** Writes a network. Kernels are HWIO, matrices [in, out]. Throws `invalid-input` where weights do not fit. */
export function toSafetensors(
  architecture: Architecture,
  weights: Weights,
  preprocessVersion: number,
  { origin, temperature }: ModelDescent = {},
): Uint8Array<ArrayBuffer> {
  let at = 0;
  const tensors = weightSpecs(architecture).map(({ name, shape }) => {
    const from = at;
    at += sizeOf(shape) * FLOAT_BYTES;
    return [name, { dtype: 'F32', shape, data_offsets: [from, at] }] as const;
  });
  const metadata = {
    format: 'inkling',
    layers: JSON.stringify(architecture.layers),
    preprocess: String(preprocessVersion),
    ...(origin ? { [ORIGIN_KEYS[origin.kind]]: origin.weightsHash } : {}),
    ...(temperature === undefined ? {} : { [TEMPERATURE_KEY]: String(temperature) }),
  };
  const json = JSON.stringify({ __metadata__: metadata, ...Object.fromEntries(tensors) });
  // Spaces at the end let the numbers begin at a multiple of eight, as the format asks for.
  const header = encodeAscii(json.padEnd(Math.ceil(json.length / 8) * 8));
  const length = new DataView(new ArrayBuffer(LENGTH_BYTES));
  length.setBigUint64(0, BigInt(header.length), true);
  return concatenateBytes(new Uint8Array(length.buffer), header, packWeights(architecture, weights));
}

/** Where the header of a file ends; undefined where the file cannot be one of safetensors. */
export function safetensorsHeaderEnd(bytes: Uint8Array): number | undefined {
  if (bytes.length < LENGTH_BYTES + 2) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = LENGTH_BYTES + Number(view.getBigUint64(0, true));
  const isOne = bytes[LENGTH_BYTES] === '{'.charCodeAt(0) && end <= bytes.length;
  return isOne && end <= LENGTH_BYTES + MOST_JSON_BYTES ? end : undefined;
}

/**
 * Reads what `toSafetensors` wrote: the text of the header and what follows it. Throws `invalid-input` with one
 * of the reasons of `ModelRefusal`; a file of another program has no network in it and is MODEL_UNKNOWN.
 */
export function readSafetensors(
  headerText: string,
  body: Uint8Array,
): ModelDescent & {
  readonly architecture: Architecture;
  readonly weights: Weights;
  readonly preprocessVersion: number;
} {
  const header = parseModelJson(headerText);
  const metadata = header.find('__metadata__');
  if (metadata?.find('format')?.value !== 'inkling') {
    throw refuseModel('MODEL_UNKNOWN', 'This safetensors file was not written by Inkling.');
  }
  const preprocessVersion = readPreprocess(metadata.get('preprocess').text());
  const architecture = nameArchitecture(parseModelJson(metadata.get('layers').text()).items().map(readLayer));
  requireRunnable(architecture);
  const specs = weightSpecs(architecture);
  const names = new Set(specs.map(({ name }) => name));
  const extra = header.keys().find((key) => key !== '__metadata__' && !names.has(key));
  if (extra !== undefined) {
    throw refuseModel('MODEL_SHAPE', `The weights ${showName(extra)} belong to no layer.`);
  }
  const length = specs.reduce((sum, { shape }) => sum + sizeOf(shape), 0) * FLOAT_BYTES;
  if (body.length !== length) {
    throw refuseModel('MODEL_LENGTH', `The weights are ${body.length} bytes long, not ${length}.`);
  }
  let at = 0;
  const weights: Record<string, Float32Array<ArrayBuffer>> = {};
  for (const { name, shape } of specs) {
    const end = at + sizeOf(shape) * FLOAT_BYTES;
    requireTensor(header.get(name), shape, [at, end]);
    weights[name] = readFloats(body.subarray(at, end));
    at = end;
  }
  requireFinite(weights);
  return { architecture, weights, preprocessVersion, ...readDescent(metadata) };
}

/** What is none of it is passed over: without it, too, the network reads as well. */
function readDescent(metadata: JsonNode): ModelDescent {
  const origin = readOrigin(metadata);
  const temperature = Number(metadata.find(TEMPERATURE_KEY)?.value);
  return { ...(origin ? { origin } : {}), ...(isTemperature(temperature) ? { temperature } : {}) };
}

/** Which model a file says that it comes from. What is no hash is passed over: nothing depends on it. */
function readOrigin(metadata: JsonNode): ModelOrigin | undefined {
  for (const kind of ['copy', 'trained'] as const) {
    const weightsHash = metadata.find(ORIGIN_KEYS[kind])?.value;
    if (typeof weightsHash === 'string' && /^[0-9a-f]{64}$/.test(weightsHash)) return { kind, weightsHash };
  }
  return undefined;
}

/**
 * A network knows the images that it learned from: prepared in another way, they are other images, and nobody could
 * say how well it reads them.
 */
function readPreprocess(text: string): number {
  const version = Number(text);
  if (Number.isInteger(version) && arePreparedAlike(version, PREPROCESS_VERSION)) return version;
  const isOlder = Number.isInteger(version) && version >= 1 && version < PREPROCESS_VERSION;
  const words =
    `This model learned from digits that were prepared another way: version ${showName(text)}. ` +
    `This Inkling prepares them as version ${PREPROCESS_VERSION}.`;
  throw refuseModel('MODEL_PREPROCESS', words, isOlder ? TRAIN_AGAIN : undefined);
}

function requireTensor(tensor: JsonNode, shape: readonly number[], offsets: readonly number[]): void {
  const dtype = tensor.get('dtype');
  if (dtype.text() !== 'F32') throw dtype.refuse('F32');
  const [found, places] = ['shape', 'data_offsets'].map((key) => tensor.get(key));
  if (JSON.stringify(found!.value) !== JSON.stringify(shape)) {
    throw refuseModel('MODEL_SHAPE', `An array of weights is not ${shape.join(' × ')}.`);
  }
  if (JSON.stringify(places!.value) !== JSON.stringify(offsets)) {
    throw places!.refuse(`[${offsets.join(', ')}]`);
  }
}

function readLayer(node: JsonNode): Layer {
  const kind = node.get('kind').text();
  switch (kind) {
    case 'conv': {
      const padding = node.get('padding').text();
      if (padding !== 'valid' && padding !== 'same') throw node.get('padding').refuse('valid or same');
      const [filters, kernelSize, stride] = (['filters', 'kernelSize', 'stride'] as const).map((key) =>
        node.get(key).count(),
      ) as [number, number, number];
      return { kind, filters, kernelSize, stride, padding };
    }
    case 'batch-norm':
    case 'relu':
    case 'flatten':
      return { kind };
    case 'max-pool':
      return { kind, size: node.get('size').count() };
    case 'dropout':
      return { kind, rate: node.get('rate').number() };
    case 'dense':
      return { kind, units: node.get('units').count() };
    default:
      throw refuseModel('MODEL_LAYER', `There is no layer ${showName(kind)} here.`);
  }
}
