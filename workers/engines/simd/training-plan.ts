import {
  BATCH_NORM_EPSILON,
  BATCH_NORM_MOMENTUM,
  sizeOf,
  weightSpecs,
  type Architecture,
} from '../../../src/domain/architecture';
import { decays, type OptimizerChoice } from '../../../src/domain/optimizer';
import { IMAGE_PIXELS } from '../../../src/domain/sample';
import type { Arena } from './heap';
import * as write from './instructions';
import type { Instruction, UpdateOperands } from './instructions';
import { IMAGE_SIDE, PANEL, STEP_BYTES, VARIATION_BYTES, VARY_SCRATCH_BYTES } from './kernels/layout';
import { isPadded, placeCount, planNodes, tapCount, type NetworkNode, type ProductGeometry } from './nodes';
import { forwardTable, inputGradientTables, pooledTable } from './product-tables';
import {
  LANES,
  mostLaneImages,
  plainTask,
  reserveProgram,
  reservePooledTable,
  reserveTable,
  type Phase,
  type PlacedPooledTable,
  type PlacedTable,
  type Program,
} from './program';

const FLOAT_BYTES = 4;
/**
 * Images that a lane takes from the first layer to the last and back before it takes the next ones,
 * where no batch norm makes all lanes wait for each other: so many that their numbers stay in the
 * second-level cache.
 */
const IMAGES_PER_PASS = 6;
/** Weights that one task updates. */
const UPDATE_COUNT = 4096;

/** Where a network's training lies in the memory. */
export interface TrainingPlan {
  readonly capacity: number;
  readonly program: Program;
  readonly tables: readonly PlacedTable[];
  readonly pooledTables: readonly PlacedPooledTable[];
  /** The batch: [images, 784] bytes, [images] bytes, and [images, VARIATION_LENGTH] integers. */
  readonly pixels: number;
  readonly labels: number;
  readonly variations: number;
  /** The table of `gridPlaces` in `domain/augment.ts`. */
  readonly gridPlaces: number;
  readonly step: number;
  /** [lanes] times loss and number of right answers, `LANE_SUMS_BYTES` apart. */
  readonly laneSums: number;
  /** The weights' places, by name, in floats from the three addresses below. */
  readonly offsets: ReadonlyMap<string, number>;
  readonly weightFloats: number;
  readonly weights: number;
  readonly firstMoments: number;
  readonly secondMoments: number;
}

/** Bytes between the sums of two lanes: a cache line. */
export const LANE_SUMS_BYTES = 64;

/** Plans the training of batches of at most `capacity` images. Throws as `planLayers` does. */
export function planTraining(
  architecture: Architecture,
  capacity: number,
  rule: OptimizerChoice['kind'],
  arena: Arena,
): TrainingPlan {
  return new TrainingPlanner(architecture, capacity, rule, arena).plan();
}

/** A product's tables and panels, which all lanes share. */
interface PlacedProduct {
  readonly geometry: ProductGeometry;
  readonly forward: PlacedTable;
  readonly backward: readonly PlacedTable[];
  readonly panels: number;
  readonly transposed: number;
}

/** A pooled product's tables and panels. */
interface PlacedPooled {
  readonly geometry: ProductGeometry;
  readonly tables: PlacedPooledTable;
  readonly panels: number;
}

/** What each lane has for itself. */
interface Lane {
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

class TrainingPlanner {
  private readonly nodes: readonly NetworkNode[];
  private readonly imagesPerPass: number;
  private readonly offsets = new Map<string, number>();
  private readonly weightFloats: number;
  private readonly weights: number;
  private readonly firstMoments: number;
  private readonly secondMoments: number;
  private readonly pixels: number;
  private readonly labels: number;
  private readonly variations: number;
  private readonly gridPlaces: number;
  private readonly step: number;
  private readonly laneSums: number;
  private readonly zeros: number;
  private readonly normSums: readonly number[];
  private readonly normSumsBytes: readonly number[];
  private readonly products: ReadonlyMap<string, PlacedProduct>;
  private readonly pooled: ReadonlyMap<string, PlacedPooled>;
  private readonly gradientBytes: number;
  private readonly lanes: readonly Lane[];

  constructor(
    private readonly architecture: Architecture,
    private readonly capacity: number,
    private readonly rule: OptimizerChoice['kind'],
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

  plan(): TrainingPlan {
    const { arena, products } = this;
    const phases = [this.packPhase(), ...this.lanePhases(), this.updatePhase()];
    const tables = [...products.values()].flatMap(({ forward, backward }) => [forward, ...backward]);
    return {
      capacity: this.capacity,
      program: reserveProgram(arena, phases),
      tables,
      pooledTables: [...this.pooled.values()].map(({ tables: pooledTables }) => pooledTables),
      pixels: this.pixels,
      labels: this.labels,
      variations: this.variations,
      gridPlaces: this.gridPlaces,
      step: this.step,
      laneSums: this.laneSums,
      offsets: this.offsets,
      weightFloats: this.weightFloats,
      weights: this.weights,
      firstMoments: this.firstMoments,
      secondMoments: this.secondMoments,
    };
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

  /** The weights in the forms that the products read, as they are before the step. */
  private packPhase(): Phase {
    const pooled = [...this.pooled].map(([name, { geometry, panels }]) => {
      const kernel = this.weightAddress(`${name}/kernel`);
      return plainTask(write.packWeights(kernel, tapCount(geometry), geometry.outputs, panels));
    });
    const products = [...this.products].flatMap(([name, { geometry, panels, transposed }]) => {
      const { outputs, channels, kernelSize } = geometry;
      const kernel = this.weightAddress(`${name}/kernel`);
      const forward = plainTask(write.packWeights(kernel, tapCount(geometry), outputs, panels));
      if (transposed === 0) return [forward];
      const shape = [kernelSize ** 2, channels, outputs] as const;
      return [forward, plainTask(write.packTransposed(kernel, shape, transposed))];
    });
    return [...pooled, ...products];
  }

  /** All lanes forward and back, with a new phase wherever a batch norm needs what all lanes have. */
  private lanePhases(): readonly Phase[] {
    const perLane = this.lanes.map((lane, number) => this.laneInstructions(lane, number));
    return perLane[0]!.map((_, phase) =>
      perLane.map((phases, lane) => ({
        instructions: phases[phase]!,
        imagesPerPass: this.imagesPerPass,
        lane,
      })),
    );
  }

  /** A lane's instructions, phase by phase. */
  private laneInstructions(lane: Lane, number: number): readonly (readonly Instruction[])[] {
    const phases: Instruction[][] = [[]];
    const add = (...instructions: readonly Instruction[]) => phases.at(-1)!.push(...instructions);
    for (const [index, node] of this.nodes.entries()) {
      if (node.kind === 'norm') {
        const sums = this.normSums[index]! + number * this.normSumsBytes[index]!;
        add(write.sumRows(lane.values[index - 1]!, node.rows, node.channels, sums));
        phases.push([]);
      }
      add(...this.forward(node, index, lane, number), ...this.dropouts(index, lane));
    }
    const logits = lane.values.at(-1)!;
    add(write.softmaxLoss(logits, this.labels, this.step, this.laneSums + number * LANE_SUMS_BYTES));
    for (const [index, node] of [...this.nodes.entries()].toReversed()) {
      if (node.kind === 'norm') {
        add(this.normGradientSums(node, index, lane));
        phases.push([]);
      }
      add(...this.dropouts(index, lane).toReversed(), ...this.backward(node, index, lane));
    }
    return phases;
  }

  private forward(node: NetworkNode, index: number, lane: Lane, number: number): readonly Instruction[] {
    const target = lane.values[index]!;
    const source = lane.values[index - 1]!;
    switch (node.kind) {
      case 'input':
        return [
          write.convertPixels(this.pixels, target, {
            variations: this.variations,
            places: this.gridPlaces,
            scratch: lane.scratch,
            step: this.step,
          }),
        ];
      case 'product': {
        const { geometry, forward } = this.products.get(node.name)!;
        const padded = lane.padded[index]!;
        const pad = padded ? [padInstruction(geometry, source, padded)] : [];
        const finish = node.isRelu ? 'relu' : 'plain';
        return [...pad, write.multiply(padded || source, this.panelsOf(node.name), forward, target, finish)];
      }
      case 'norm': {
        const statistics = lane.statistics[index]!;
        return [
          write.combineSums({
            sums: this.normSums[index]!,
            taskCount: LANES,
            sumsBytes: this.normSumsBytes[index]!,
            channels: node.channels,
            gamma: this.weightAddress(`${node.name}/gamma`),
            beta: this.weightAddress(`${node.name}/beta`),
            epsilon: BATCH_NORM_EPSILON,
            statistics,
            // All lanes come to the same statistics; one of them keeps the running ones.
            runningMean: number === 0 ? this.weightAddress(`${node.name}/mean`) : 0,
            runningVariance: number === 0 ? this.weightAddress(`${node.name}/variance`) : 0,
            momentum: BATCH_NORM_MOMENTUM,
          }),
          write.normalize({
            source,
            rowsPerImage: node.rows,
            channels: node.channels,
            statistics,
            isRelu: node.isRelu,
            target,
          }),
        ];
      }
      case 'pool': {
        const pool = write.maxPool(source, node.pool, target);
        return node.isRelu ? [pool, write.relu(target, node.floats)] : [pool];
      }
      case 'pooled': {
        const { tables } = this.pooled.get(node.name)!;
        return [write.pooledProduct(source, tables, this.panelsOf(node.name), target, lane.places[index]!)];
      }
    }
  }

  /** From a node's gradients to those of its weights, and of the node before it. */
  private backward(node: NetworkNode, index: number, lane: Lane): readonly Instruction[] {
    if (node.kind === 'input') return [];
    const gradients = lane.values[index]!;
    const inputs = lane.values[index - 1]!;
    const { isRelu } = this.nodes[index - 1]!;
    switch (node.kind) {
      case 'product':
        return this.productBackward(node.name, index, lane, isRelu);
      case 'pool':
        return [write.maxPoolGradient(gradients, node.pool, isRelu, inputs)];
      case 'pooled': {
        const { tables, geometry } = this.pooled.get(node.name)!;
        return [
          write.pooledGradient({
            input: inputs,
            tables,
            gradients,
            places: lane.places[index]!,
            columns: geometry.outputs,
            output: this.gradientAddress(`${node.name}/kernel`, lane),
            sums: this.gradientAddress(`${node.name}/bias`, lane),
          }),
        ];
      }
      case 'norm': {
        const statistics = lane.statistics[index]!;
        return [
          write.normGradient({
            gradients,
            inputs,
            rowsPerImage: node.rows,
            channels: node.channels,
            statistics,
            gammaGradients: this.gradientAddress(`${node.name}/gamma`, this.lanes[0]!),
            betaGradients: this.gradientAddress(`${node.name}/beta`, this.lanes[0]!),
            taskCount: LANES,
            taskBytes: this.gradientBytes,
            step: this.step,
            factors: statistics + 4 * node.channels * FLOAT_BYTES,
            isMasked: isRelu,
          }),
        ];
      }
    }
  }

  private productBackward(name: string, index: number, lane: Lane, isRelu: boolean): readonly Instruction[] {
    const { geometry, forward, backward, transposed } = this.products.get(name)!;
    const { outputs, channels, kernelSize } = geometry;
    const panelBytes = placeCount(geometry) * this.imagesPerPass * PANEL * FLOAT_BYTES;
    const gradients = lane.values[index]!;
    // A batch norm takes the mean away, and a bias with it: nothing depends on such a bias.
    const isCentred = this.nodes[index + 1]?.kind === 'norm' && isPlain(this.nodes[index]!);
    const ownGradients = [
      write.packRows({
        source: gradients,
        rowsPerImage: forward.rowsPerImage,
        columns: outputs,
        target: lane.packed,
        panelBytes,
        sums: isCentred ? 0 : this.gradientAddress(`${name}/bias`, lane),
      }),
      write.filterGradient({
        input: lane.padded[index]! || lane.values[index - 1]!,
        rows: forward.rows,
        rowsPerImage: forward.rowsPerImage,
        taps: forward.taps,
        tapCount: forward.tapCount,
        gradients: lane.packed,
        panelBytes,
        columns: outputs,
        output: this.gradientAddress(`${name}/kernel`, lane),
      }),
    ];
    const panels = {
      panels: transposed,
      panelBytes: kernelSize ** 2 * outputs * PANEL * FLOAT_BYTES,
      columns: channels,
      bias: this.zeros,
    };
    const finish = isRelu ? 'mask' : 'plain';
    const inputs = lane.values[index - 1]!;
    return [
      ...ownGradients,
      ...backward.map((table) => write.multiply(gradients, panels, table, inputs, finish)),
    ];
  }

  private normGradientSums(node: NetworkNode & { kind: 'norm' }, index: number, lane: Lane): Instruction {
    return write.sumGradients({
      gradients: lane.values[index]!,
      inputs: lane.values[index - 1]!,
      rowsPerImage: node.rows,
      channels: node.channels,
      statistics: lane.statistics[index]!,
      gammaGradient: this.gradientAddress(`${node.name}/gamma`, lane),
      betaGradient: this.gradientAddress(`${node.name}/beta`, lane),
    });
  }

  private dropouts(index: number, lane: Lane): readonly Instruction[] {
    const { dropouts, floats } = this.nodes[index]!;
    return dropouts.map((rate, number) =>
      write.dropout(lane.values[index]!, floats, this.step, index * 16 + number, rate),
    );
  }

  private updatePhase(): Phase {
    const update = this.rule === 'adam' ? write.updateAdam : write.updateMomentum;
    return weightSpecs(this.architecture)
      .filter(({ isTrainable }) => isTrainable)
      .flatMap(({ name, shape }) => {
        const size = sizeOf(shape);
        const starts = Array.from(
          { length: Math.ceil(size / UPDATE_COUNT) },
          (_, part) => part * UPDATE_COUNT,
        );
        return starts.map((start) => plainTask(update(this.updateOperands(name, start, size - start))));
      });
  }

  private updateOperands(name: string, start: number, left: number): UpdateOperands {
    const at = (this.offsets.get(name)! + start) * FLOAT_BYTES;
    return {
      weights: this.weights + at,
      count: Math.min(UPDATE_COUNT, left),
      gradients: this.lanes[0]!.gradients + at,
      taskCount: LANES,
      taskBytes: this.gradientBytes,
      firstMoments: this.firstMoments + at,
      secondMoments: this.secondMoments + at,
      decays: decays(name),
      step: this.step,
    };
  }

  private panelsOf(name: string): write.Panels {
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

  private weightAddress(name: string): number {
    return this.weights + this.offsets.get(name)! * FLOAT_BYTES;
  }

  private gradientAddress(name: string, lane: Lane): number {
    return lane.gradients + this.offsets.get(name)! * FLOAT_BYTES;
  }
}

/** Floats of a matrix in panels. */
export function panelFloats(columns: number, rows: number): number {
  return Math.ceil(columns / PANEL) * PANEL * rows;
}

function isPlain({ isRelu, dropouts }: NetworkNode): boolean {
  return !isRelu && dropouts.length === 0;
}

/** The instruction that brings images into the form that a padded product reads. */
export function padInstruction(geometry: ProductGeometry, source: number, target: number): Instruction {
  const { height, width, channels, paddedHeight, paddedWidth, top, left } = geometry;
  return write.padImages({
    source,
    height,
    rowFloats: width * channels,
    target,
    paddedHeight,
    paddedRowFloats: paddedWidth * channels,
    top,
    left: left * channels,
  });
}
