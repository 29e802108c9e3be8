import { outputCount, type Architecture } from '../../../src/domain/architecture';
import { IMAGE_PIXELS } from '../../../src/domain/sample';
import type { Arena } from './heap';
import * as write from './instructions';
import type { Instruction, Panels } from './instructions';
import { PANEL } from './kernels/layout';
import { isPadded, isWholeImage, planNodes, tapCount, type NetworkNode } from './nodes';
import { forwardTable, pooledTable } from './product-tables';
import {
  LANES,
  mostLaneImages,
  reservePooledTable,
  reserveProgram,
  reserveTable,
  type PlacedPooledTable,
  type PlacedTable,
  type Program,
} from './program';
import { padInstruction } from './training-plan';

const FLOAT_BYTES = 4;
/** Images that a lane takes through all layers at a time, so that their numbers stay in the cache. */
const IMAGES_PER_PASS = 8;

/** A node of a network that only answers: batch norms that follow a product are part of it. */
export type AnsweringNode = NetworkNode & {
  /** The batch norm that is folded into this product's weights. */
  readonly foldedNorm?: string;
};

/** Where a network's answers lie in the memory. */
export interface InferencePlan {
  readonly capacity: number;
  readonly nodes: readonly AnsweringNode[];
  /** By node: a product's panels and bias, or a batch norm's statistics. */
  readonly places: readonly AnsweringPlace[];
  readonly tables: readonly PlacedTable[];
  readonly pooledTables: readonly PlacedPooledTable[];
  /** For one image, without other threads. */
  readonly single: Program;
  /** For up to `capacity` images. */
  readonly many: Program;
  /** [capacity, 784] bytes. */
  readonly pixels: number;
  /** [capacity, outputs] floats: ten logits, or features. */
  readonly logits: number;
  readonly outputs: number;
}

/** What has to be written before a network answers. */
export type AnsweringPlace =
  | { readonly kind: 'none' }
  | { readonly kind: 'product'; readonly panels: Panels }
  | { readonly kind: 'norm'; readonly statistics: number };

/** The nodes of an architecture with batch norms folded where they can be. */
export function foldNodes(architecture: Architecture): readonly AnsweringNode[] {
  return planNodes(architecture).reduce<readonly AnsweringNode[]>((nodes, node) => {
    // Dropout is for training alone.
    const next: AnsweringNode = { ...node, dropouts: [] };
    const last = nodes.at(-1);
    const isFoldable = last?.kind === 'product' && !last.isRelu && last.foldedNorm === undefined;
    if (next.kind !== 'norm' || !isFoldable) return [...nodes, next];
    return [...nodes.slice(0, -1), { ...last, isRelu: next.isRelu, foldedNorm: next.name }];
  }, []);
}

/** Plans the answers to at most `capacity` images at once. */
export function planInference(architecture: Architecture, capacity: number, arena: Arena): InferencePlan {
  const nodes = foldNodes(architecture);
  const imagesPerPass = Math.min(IMAGES_PER_PASS, mostLaneImages(capacity));
  const tables = nodes.map((node) =>
    node.kind === 'product' ? reserveTable(arena, forwardTable(node.geometry, imagesPerPass)) : undefined,
  );
  const pooledTables = nodes.map((node) =>
    node.kind === 'pooled' ? reservePooledTable(arena, pooledTable(node.geometry)) : undefined,
  );
  const places = nodes.map((node) => reservePlace(node, arena));
  const pixels = arena.reserve(capacity * IMAGE_PIXELS);
  const outputs = outputCount(architecture);
  const logits = arena.reserve(capacity * outputs * FLOAT_BYTES);
  const lanes = Array.from({ length: LANES }, () => reserveLane(nodes, imagesPerPass, arena));
  const instructionsOf = (lane: Lane, isSingle: boolean) => [
    ...nodes.flatMap((node, index) => {
      const target = lane.values[index]!;
      const source = lane.values[index - 1] ?? pixels;
      const place = places[index]!;
      const pooled = pooledTables[index];
      if (pooled) return [answerPooled(place, pooled, source, target, lane.places)];
      return answer(node, place, tables[index], { source, target, padded: lane.padded[index]! }, isSingle);
    }),
    write.copyOut(lane.values.at(-1)!, logits, outputs * FLOAT_BYTES),
  ];
  const single = [[{ instructions: instructionsOf(lanes[0]!, true), imagesPerPass: 1, images: 1 }]];
  const many = [
    lanes.map((lane, number) => ({ instructions: instructionsOf(lane, false), imagesPerPass, lane: number })),
  ];
  return {
    capacity,
    nodes,
    places,
    tables: tables.filter((table) => table !== undefined),
    pooledTables: pooledTables.filter((table) => table !== undefined),
    single: reserveProgram(arena, single),
    many: reserveProgram(arena, many),
    pixels,
    logits,
    outputs,
  };
}

interface Lane {
  readonly values: readonly number[];
  readonly padded: readonly number[];
  /** Room for the places of a pooled product, which nobody asks for. */
  readonly places: number;
}

function reserveLane(nodes: readonly AnsweringNode[], images: number, arena: Arena): Lane {
  const reserveFloats = (perImage: number) => arena.reserve(perImage * images * FLOAT_BYTES);
  return {
    values: nodes.map(({ floats }) => reserveFloats(floats)),
    padded: nodes.map((node) => {
      if (node.kind !== 'product' || !isPadded(node.geometry)) return 0;
      const { paddedHeight, paddedWidth, channels } = node.geometry;
      return reserveFloats(paddedHeight * paddedWidth * channels);
    }),
    places: arena.reserve(images * (nodes.find(({ kind }) => kind === 'pooled')?.floats ?? 0)),
  };
}

function reservePlace(node: AnsweringNode, arena: Arena): AnsweringPlace {
  if (node.kind === 'norm') {
    return { kind: 'norm', statistics: arena.reserve(4 * node.channels * FLOAT_BYTES) };
  }
  if (node.kind !== 'product' && node.kind !== 'pooled') return { kind: 'none' };
  const { outputs } = node.geometry;
  const panelBytes = tapCount(node.geometry) * PANEL * FLOAT_BYTES;
  const panels = arena.reserve(Math.ceil(outputs / PANEL) * panelBytes);
  const bias = arena.reserve(outputs * FLOAT_BYTES);
  return { kind: 'product', panels: { panels, panelBytes, columns: outputs, bias } };
}

interface Buffers {
  readonly source: number;
  readonly target: number;
  readonly padded: number;
}

function answerPooled(
  place: AnsweringPlace,
  tables: PlacedPooledTable,
  source: number,
  target: number,
  places: number,
): Instruction {
  const { panels } = place as Extract<AnsweringPlace, { kind: 'product' }>;
  return write.pooledProduct(source, tables, panels, target, places);
}

function answer(
  node: AnsweringNode,
  place: AnsweringPlace,
  table: PlacedTable | undefined,
  { source, target, padded }: Buffers,
  isSingle: boolean,
): readonly Instruction[] {
  const finish = node.isRelu ? 'relu' : 'plain';
  switch (node.kind) {
    case 'input':
      return [write.convertPixels(source, target)];
    case 'product': {
      const { panels } = place as Extract<AnsweringPlace, { kind: 'product' }>;
      if (isSingle && isWholeImage(node.geometry)) {
        return [write.multiplyRow(source, tapCount(node.geometry), panels, target, finish)];
      }
      const pad = padded ? [padInstruction(node.geometry, source, padded)] : [];
      return [...pad, write.multiply(padded || source, panels, table!, target, finish)];
    }
    case 'norm': {
      const { statistics } = place as Extract<AnsweringPlace, { kind: 'norm' }>;
      const { rows, channels, isRelu } = node;
      return [write.normalize({ source, rowsPerImage: rows, channels, statistics, isRelu, target })];
    }
    case 'pool': {
      const pool = write.maxPool(source, node.pool, target);
      return node.isRelu ? [pool, write.relu(target, node.floats)] : [pool];
    }
    case 'pooled':
      throw new RangeError('A pooled product has tables of its own');
  }
}
