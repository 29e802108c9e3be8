/** Where all that a training needs lies in the memory; `training-plan.ts` says what is done with it. */
import { sizeOf, weightSpecs, type Architecture } from '../../../src/domain/architecture';
import type { OptimizerChoice } from '../../../src/domain/optimizer';
import { IMAGE_PIXELS } from '../../../src/domain/sample';
import type { Arena } from './heap';
import type { Panels } from './instructions';
import { IMAGE_SIDE, PANEL, STEP_BYTES, VARIATION_BYTES, VARY_SCRATCH_BYTES } from './kernels/layout';
import { isPadded, placeCount, planNodes, tapCount, type NetworkNode, type ProductGeometry } from './nodes';
import { forwardTable, inputGradientTables, pooledTable } from './product-tables';
import {
  LANES,
  mostLaneImages,
  reservePooledTable,
  reserveTable,
  type PlacedPooledTable,
  type PlacedTable,
} from './program';

export const FLOAT_BYTES = 4;
/**
 * Images that a lane takes from the first layer to the last and back before it takes the next ones,
 * where no batch norm makes all lanes wait for each other: so many that their numbers stay in the
 * second-level cache.
 */
const IMAGES_PER_PASS = 6;
/** Bytes between the sums of two lanes: a cache line. */
export const LANE_SUMS_BYTES = 64;

/** A product's tables and panels, which all lanes share. */
export interface PlacedProduct {
  readonly geometry: ProductGeometry;
  readonly forward: PlacedTable;
  readonly backward: readonly PlacedTable[];
  readonly panels: number;
  readonly transposed: number;
}

/** A pooled product's tables and panels. */
export interface PlacedPooled {
  readonly geometry: ProductGeometry;
  readonly tables: PlacedPooledTable;
  readonly panels: number;
}

/** What each lane has for itself. */
export interface Lane {
  /** By node: its numbers on the way forward, its gradients on the way back. */
  readonly values: readonly number[];
  /** By node: its input with zeros around it, where it needs one. */
  readonly padded: readonly number[];
  /** By node: for a pooled product, the place of each largest number. */
  readonly places: readonly number[];
  /** Room for the gradients of one layer in panels. */
  readonly packed: number;
  /** By node: batch statistics, and factors of the way back. */
  readonly statistics: readonly number[];
  readonly gradients: number;
  /** Room for an image that is varied. */
  readonly scratch: number;
}

/** The places of weights, batch, tables, and of what each lane has for itself. */
export class TrainingLayout {
  readonly nodes: readonly NetworkNode[];
  readonly imagesPerPass: number;
  /** The weights' places, by name, in floats from the three addresses below. */
  readonly offsets = new Map<string, number>();
  readonly weightFloats: number;
  readonly weights: number;
  readonly firstMoments: number;
  readonly secondMoments: number;
  /** The batch: [images, 784] bytes, [images] bytes, and [images, VARIATION_LENGTH] integers. */
  readonly pixels: number;
  readonly labels: number;
  readonly variations: number;
  /** The table of `gridPlaces` in `domain/augment.ts`. */
  readonly gridPlaces: number;
  readonly step: number;
  /** [lanes] times loss and number of right answers, `LANE_SUMS_BYTES` apart. */
  readonly laneSums: number;
  readonly zeros: number;
  /** By node: the lanes' sums for a batch norm, and the bytes of one lane's. */
  readonly normSums: readonly number[];
  readonly normSumsBytes: readonly number[];
  readonly products: ReadonlyMap<string, PlacedProduct>;
  readonly pooled: ReadonlyMap<string, PlacedPooled>;
  /** From one lane's gradients to the next one's. */
  readonly gradientBytes: number;
  readonly lanes: readonly Lane[];

  constructor(
    readonly architecture: Architecture,
    readonly capacity: number,
    readonly rule: OptimizerChoice['kind'],
    private readonly arena: Arena,
  ) {
    this.nodes = planNodes(architecture);
    const hasNorm = this.nodes.some(({ kind }) => kind === 'norm');
    const most = mostLaneImages(capacity);
    this.imagesPerPass = hasNorm ? most : Math.min(most, IMAGES_PER_PASS);

    this.weightFloats = this.placeWeights();
    const weightBytes = this.weightFloats * FLOAT_BYTES;
    this.weights = arena.reserve(weightBytes);
    this.firstMoments = arena.reserve(weightBytes);
    this.secondMoments = arena.reserve(rule === 'adam' ? weightBytes : 0);

    this.pixels = arena.reserve(capacity * IMAGE_PIXELS);
    this.labels = arena.reserve(capacity);
    this.variations = arena.reserve(capacity * VARIATION_BYTES);
    this.gridPlaces = arena.reserve(2 * IMAGE_SIDE * FLOAT_BYTES);
    this.step = arena.reserve(STEP_BYTES);
    this.laneSums = arena.reserve(LANES * LANE_SUMS_BYTES);
    const widest = Math.max(...this.nodes.map(({ floats }) => floats));
    this.zeros = arena.reserve(widest * FLOAT_BYTES);
    this.normSumsBytes = this.nodes.map((node) =>
      node.kind === 'norm' ? (1 + 2 * node.channels) * FLOAT_BYTES : 0,
    );
    this.normSums = this.normSumsBytes.map((bytes) => (bytes > 0 ? arena.reserve(bytes * LANES) : 0));
    this.products = new Map(
      this.nodes.flatMap((node) => (node.kind === 'product' ? [[node.name, this.placeProduct(node)]] : [])),
    );
    this.pooled = new Map(
      this.nodes.flatMap((node) => (node.kind === 'pooled' ? [[node.name, this.placePooled(node)]] : [])),
    );
    this.gradientBytes = Math.ceil(weightBytes / 64) * 64;
    const gradients = arena.reserve(LANES * this.gradientBytes);
    this.lanes = Array.from({ length: LANES }, (_, lane) =>
      this.placeLane(gradients + lane * this.gradientBytes),
    );
  }

  /** All tables of places that the program reads. */
  get tables(): readonly PlacedTable[] {
    return [...this.products.values()].flatMap(({ forward, backward }) => [forward, ...backward]);
  }

  /** Those of pooled products. */
  get pooledTables(): readonly PlacedPooledTable[] {
    return [...this.pooled.values()].map(({ tables }) => tables);
  }

  /** Gives each array of weights its place, aligned to a vector; returns the length of all in floats. */
  private placeWeights(): number {
    let floats = 0;
    for (const { name, shape } of weightSpecs(this.architecture)) {
      this.offsets.set(name, floats);
      floats += Math.ceil(sizeOf(shape) / 4) * 4;
    }
    return floats;
  }

  private placeProduct(node: NetworkNode & { kind: 'product' }): PlacedProduct {
    const { geometry } = node;
    const { arena, imagesPerPass } = this;
    const isFirst = this.inputOf(node) === 0;
    const transposedRows = geometry.kernelSize ** 2 * geometry.outputs;
    return {
      geometry,
      forward: reserveTable(arena, forwardTable(geometry, imagesPerPass)),
      backward: isFirst
        ? []
        : inputGradientTables(geometry, imagesPerPass).map((table) => reserveTable(arena, table)),
      panels: arena.reserve(panelFloats(geometry.outputs, tapCount(geometry)) * FLOAT_BYTES),
      transposed: isFirst ? 0 : arena.reserve(panelFloats(geometry.channels, transposedRows) * FLOAT_BYTES),
    };
  }

  private placePooled({ geometry }: NetworkNode & { kind: 'pooled' }): PlacedPooled {
    return {
      geometry,
      tables: reservePooledTable(this.arena, pooledTable(geometry)),
      panels: this.arena.reserve(panelFloats(geometry.outputs, tapCount(geometry)) * FLOAT_BYTES),
    };
  }

  private placeLane(gradients: number): Lane {
    const { arena, imagesPerPass, nodes } = this;
    const reserveFloats = (perImage: number) => arena.reserve(perImage * imagesPerPass * FLOAT_BYTES);
    const packed = Math.max(
      0,
      ...[...this.products.values()].map(
        ({ geometry }) => placeCount(geometry) * Math.ceil(geometry.outputs / PANEL) * PANEL,
      ),
    );
    return {
      gradients,
      scratch: arena.reserve(VARY_SCRATCH_BYTES),
      values: nodes.map(({ floats }) => reserveFloats(floats)),
      padded: nodes.map((node) => {
        if (node.kind !== 'product' || !isPadded(node.geometry)) return 0;
        const { paddedHeight, paddedWidth, channels } = node.geometry;
        return reserveFloats(paddedHeight * paddedWidth * channels);
      }),
      packed: reserveFloats(packed),
      places: nodes.map(({ kind, floats }) =>
        kind === 'pooled' ? arena.reserve(floats * imagesPerPass) : 0,
      ),
      // Mean, 1 / deviation, scale, shift, and three factors of the way back.
      statistics: nodes.map((node) =>
        node.kind === 'norm' ? arena.reserve(7 * node.channels * FLOAT_BYTES) : 0,
      ),
    };
  }

  /** The weights of a product as it reads them. */
  panelsOf(name: string): Panels {
    const { geometry, panels } = (this.products.get(name) ?? this.pooled.get(name))!;
    return {
      panels,
      panelBytes: tapCount(geometry) * PANEL * FLOAT_BYTES,
      columns: geometry.outputs,
      bias: this.weightAddress(`${name}/bias`),
    };
  }

  /** The number of the node that a node reads. */
  private inputOf(node: NetworkNode): number {
    return this.nodes.indexOf(node) - 1;
  }

  /** The address of an array of weights. */
  weightAddress(name: string): number {
    return this.weights + this.offsets.get(name)! * FLOAT_BYTES;
  }

  /** The address of a lane's gradients of an array of weights. */
  gradientAddress(name: string, lane: Lane): number {
    return lane.gradients + this.offsets.get(name)! * FLOAT_BYTES;
  }
}

/** Floats of a matrix in panels. */
function panelFloats(columns: number, rows: number): number {
  return Math.ceil(columns / PANEL) * PANEL * rows;
}
