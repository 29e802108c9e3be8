/**
 * Reads a TF.js layers model by our own rules, not by TF.js: that loads weights that are not finite, passes
 * over bytes at the end, and never ends on some topologies.
 */
import { INPUT_SHAPE, planLayers, sizeOf, type Architecture, type Shape } from './architecture';
import { readFloats } from './bytes';
import { readKerasLayer, type KerasLayer } from './keras-layers';
import type { JsonNode } from './model-json';
import { requireRunnable } from './model-limits';
import { refuseModel } from './refuse-model';
import { nameArchitecture } from './run-link-settings';
import { showName } from './show-name';
import { kerasField } from './tfjs-model';
import { requireFinite, type Weights } from './weights';

/** What `model.json` says: the network, and where its weights are. */
export interface LayersModelPlan {
  readonly architecture: Architecture;
  /** The files of weights, in order. */
  readonly files: readonly string[];
  /** How long they are together. */
  readonly weightBytes: number;
  /** Puts the bytes of these files together to weights. Throws `invalid-input`. */
  readonly read: (bytes: Uint8Array) => Weights;
}

interface ManifestEntry {
  readonly name: string;
  readonly shape: Shape;
  /** Where it begins, in numbers. */
  readonly at: number;
}

/**
 * Reads `model.json` of a Sequential model, as Keras 2, Keras 3 or TF.js write it. Throws `invalid-input`
 * with one of the reasons of `ModelRefusal`.
 */
export function planLayersModel(model: JsonNode): LayersModelPlan {
  const config = sequentialConfig(model.get('modelTopology'));
  const layerNodes = Array.isArray(config.value) ? config.items() : config.get('layers').items();
  const layers = layerNodes.map(readKerasLayer);
  requireInput(layerNodes, config);
  requireSoftmaxLast(layers);
  const architecture = nameArchitecture(layers.flatMap((layer) => layer.layers));
  requireRunnable(architecture);
  const { entries, files } = readManifest(model.get('weightsManifest'));
  const sources = matchWeights(architecture, layers, entries);
  const floats = entries.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  const weightBytes = floats * Float32Array.BYTES_PER_ELEMENT;
  return { architecture, files, weightBytes, read: (bytes) => readWeights(sources, bytes, weightBytes) };
}

/** The configuration of the network; converters of Keras files put it into a `model_config`. */
function sequentialConfig(topology: JsonNode): JsonNode {
  const model = topology.find('model_config') ?? topology;
  const className = model.get('class_name').text();
  if (className === 'Sequential') return model.get('config');
  const words = `This is a ${showName(className)} model; only Sequential ones are taken.`;
  throw refuseModel('MODEL_LAYER', words);
}

/** Keras 2 has it in the first layer, Keras 3 in an input layer, and both may have it in the model. */
function requireInput([first]: readonly JsonNode[], config: JsonNode): void {
  const layer = first?.get('config');
  const own = layer?.find('batch_input_shape') ?? layer?.find('batch_shape');
  const ofModel = Array.isArray(config.value) ? undefined : config.find('build_input_shape');
  const sides = (own ?? ofModel)?.items().map(({ value }) => value);
  const isOurs = sides?.length === 4 && INPUT_SHAPE.every((side, index) => sides[index + 1] === side);
  if (isOurs) return;
  const found = sides ? sides.slice(1).map(String).join(' × ') : 'something unknown';
  throw refuseModel('MODEL_SHAPE', `This model reads ${showName(found)}, not 28 × 28 × 1.`);
}

function requireSoftmaxLast(layers: readonly KerasLayer[]): void {
  const at = layers.findIndex(({ isSoftmax }) => isSoftmax);
  if (at >= 0 && at < layers.length - 1) {
    throw refuseModel('MODEL_LAYER', 'A softmax can only be the last layer.');
  }
}

function readManifest(manifest: JsonNode): { entries: readonly ManifestEntry[]; files: readonly string[] } {
  const files: string[] = [];
  const entries: ManifestEntry[] = [];
  let at = 0;
  for (const group of manifest.items()) {
    files.push(...group.get('paths').items().map(readFileName));
    for (const node of group.get('weights').items()) {
      const entry = { ...readEntry(node), at };
      entries.push(entry);
      at += sizeOf(entry.shape);
    }
  }
  return { entries, files };
}

/** Nothing is ever loaded from an address: a path can only name a file beside `model.json`. */
function readFileName(node: JsonNode): string {
  const name = node.text();
  if (/^[\w.-]+$/.test(name) && !/^\.+$/.test(name)) return name;
  throw node.refuse('the name of a file beside model.json');
}

function readEntry(node: JsonNode): Omit<ManifestEntry, 'at'> {
  const dtype = node.get('dtype');
  if (dtype.text() !== 'float32') throw dtype.refuse('float32');
  if (node.find('quantization')) throw node.get('quantization').refuse('absent');
  const shape = node
    .get('shape')
    .items()
    .map((side) => side.count());
  return { name: node.get('name').text(), shape };
}

/** An array of ours: where its numbers are in the file, or what each of them is. */
interface WeightSource {
  readonly name: string;
  readonly shape: Shape;
  readonly at?: number;
  readonly fill?: number;
}

function matchWeights(
  architecture: Architecture,
  layers: readonly KerasLayer[],
  entries: readonly ManifestEntry[],
): readonly WeightSource[] {
  const left = new Map(entries.map((entry) => [shortName(entry.name), entry]));
  if (left.size < entries.length) {
    throw refuseModel('MODEL_INVALID', 'Two arrays of weights have the same name.');
  }
  const owners = layers.flatMap((layer) => layer.layers.map(() => layer));
  const sources = planLayers(architecture).flatMap((plan, index) => {
    const owner = owners[index]!;
    requireLastAxis(owner, plan.input);
    return plan.weights.map((spec) => {
      const field = kerasField(spec.name);
      const name = `${owner.name}/${field}`;
      const fill = owner.absent[field];
      if (fill !== undefined) return { name: spec.name, shape: spec.shape, fill };
      const entry = left.get(name);
      left.delete(name);
      requireShape(name, spec.shape, entry?.shape);
      return { name: spec.name, shape: spec.shape, at: entry!.at };
    });
  });
  const [extra] = left.keys();
  if (extra === undefined) return sources;
  throw refuseModel('MODEL_SHAPE', `The weights ${showName(extra)} belong to no layer.`);
}

/** Of an image the third axis after the batch, of a list the first: whatever is last here. */
function requireLastAxis({ axis = -1, name }: KerasLayer, input: Shape): void {
  if (axis === -1 || axis === input.length) return;
  throw refuseModel('MODEL_LAYER', `${showName(name)} works along axis ${axis}, which is not known here.`);
}

/** `conv2d/kernel` of `sequential/conv2d/kernel:0`. */
function shortName(name: string): string {
  return name.replace(/:0$/, '').split('/').slice(-2).join('/');
}

function requireShape(name: string, expected: Shape, shape: Shape | undefined): void {
  if (shape && shape.length === expected.length && shape.every((side, at) => side === expected[at])) return;
  const found = shape ? `are ${shape.join(' × ')}` : 'are missing';
  throw refuseModel('MODEL_SHAPE', `The weights ${showName(name)} ${found}, not ${expected.join(' × ')}.`);
}

function readWeights(sources: readonly WeightSource[], bytes: Uint8Array, expected: number): Weights {
  if (bytes.length !== expected) {
    throw refuseModel('MODEL_LENGTH', `The weights are ${bytes.length} bytes long, not ${expected}.`);
  }
  const weights = Object.fromEntries(
    sources.map(({ name, shape, at, fill }) => {
      if (at === undefined) return [name, new Float32Array(sizeOf(shape)).fill(fill ?? 0)];
      return [name, readFloats(bytes.subarray(at * 4, (at + sizeOf(shape)) * 4))];
    }),
  );
  requireFinite(weights);
  return weights;
}
