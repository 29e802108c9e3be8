import {
  INPUT_SHAPE,
  nameLayers,
  planLayer,
  requireLogits,
  sizeOf,
  type Architecture,
  type Layer,
  type LayerPlan,
  type Shape,
} from './architecture';
import { AppError } from './errors';
import { isWithin, LAYER_LIMITS, MOST_LAYERS, wordLimit, type Limit } from './run-limits';

/** What is to be said of a layer while somebody builds a network. */
export interface LayerReport {
  readonly name: string;
  /** What it gives; undefined where it cannot work, and after a layer that cannot. */
  readonly output?: Shape;
  /** Numbers that training adjusts. */
  readonly parameters: number;
  /** Products that are added up, for one image. */
  readonly multiplyAdds: number;
  /** Numbers that need a place of their own in memory, for one image. */
  readonly activations: number;
  /** Why it cannot work. */
  readonly error?: string;
  /** What is wrong with its own numbers, by their names. */
  readonly fieldErrors: Readonly<Record<string, string>>;
}

/** What is to be said of a network while somebody builds it. */
export interface ArchitectureReport {
  readonly layers: readonly LayerReport[];
  readonly parameters: number;
  readonly multiplyAdds: number;
  /** Numbers that have a place of their own in memory, for one image. ReLU, dropout and flatten need none. */
  readonly activations: number;
  /** A batch norm looks at all images of a batch at once; without one, they can be taken a few at a time. */
  readonly needsWholeBatch: boolean;
  /** Why the network as a whole cannot work: the first of its layers' errors, or its ending. */
  readonly error?: string;
}

/** Looks at a network layer by layer. Unlike `planLayers` it never throws. */
export function reportOn({ layers }: Architecture): ArchitectureReport {
  const names = nameLayers(layers);
  let input: Shape | undefined = INPUT_SHAPE;
  const reports = layers.map((layer, index) => {
    const report = reportOnLayer(layer, names[index]!, input);
    input = report.output;
    return report;
  });
  const sum = (part: (report: LayerReport) => number) =>
    reports.reduce((total, report) => total + part(report), 0);
  const error = reports.find((report) => report.error)?.error ?? findEndingError(input, layers);
  return {
    layers: reports,
    parameters: sum(({ parameters }) => parameters),
    multiplyAdds: sum(({ multiplyAdds }) => multiplyAdds),
    activations: sizeOf(INPUT_SHAPE) + sum(({ activations }) => activations),
    needsWholeBatch: layers.some(({ kind }) => kind === 'batch-norm'),
    ...(error ? { error } : {}),
  };
}

function reportOnLayer(layer: Layer, name: string, input: Shape | undefined): LayerReport {
  const fieldErrors = findFieldErrors(layer);
  const blank = { name, parameters: 0, multiplyAdds: 0, activations: 0, fieldErrors };
  const [wrong] = Object.entries(fieldErrors);
  if (wrong) return { ...blank, error: `${name}, ${LAYER_FIELD_TITLES[wrong[0]]}: ${wrong[1]}` };
  if (!input) return blank;
  const planned = attempt(() => planLayer(layer, name, input));
  if (typeof planned === 'string') return { ...blank, error: planned };
  const trainable = planned.weights.filter(({ isTrainable }) => isTrainable);
  return {
    ...blank,
    output: planned.output,
    parameters: trainable.reduce((sum, { shape }) => sum + sizeOf(shape), 0),
    multiplyAdds: multiplyAddsOf(planned),
    activations: IN_PLACE.has(layer.kind) ? 0 : sizeOf(planned.output),
  };
}

/** Layers that work on the numbers of the layer before them, where those are. */
const IN_PLACE: ReadonlySet<Layer['kind']> = new Set(['relu', 'dropout', 'flatten']);

/** What people call the numbers of a layer, within a sentence. */
const LAYER_FIELD_TITLES: Readonly<Record<string, string>> = {
  filters: 'filters',
  kernelSize: 'window',
  stride: 'step',
  size: 'window',
  rate: 'share',
  units: 'numbers',
};

function findFieldErrors(layer: Layer): Readonly<Record<string, string>> {
  const limits: Readonly<Record<string, Limit>> = LAYER_LIMITS;
  const wrong = Object.entries(layer).filter(([field, value]) => {
    const limit = limits[field];
    return limit && !isWithin(value, limit);
  });
  return Object.fromEntries(wrong.map(([field]) => [field, wordLimit(limits[field]!)]));
}

function findEndingError(output: Shape | undefined, layers: readonly Layer[]): string | undefined {
  if (layers.length > MOST_LAYERS) return `Use at most ${MOST_LAYERS} layers.`;
  if (!output) return undefined;
  const answer = attempt(() => requireLogits(output, layers.at(-1)));
  return typeof answer === 'string' ? answer : undefined;
}

/** Kernels are used once for each place of the window; all else costs next to nothing. */
function multiplyAddsOf({ layer, output, weights }: LayerPlan): number {
  const kernel = weights.find(({ name }) => name.endsWith('/kernel'));
  if (!kernel) return 0;
  const places = layer.kind === 'conv' ? output[0]! * output[1]! : 1;
  return places * sizeOf(kernel.shape);
}

/** What the function gives, or why it could not. */
function attempt<T>(work: () => T): T | string {
  try {
    return work();
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
}
