/** What a training step does: the instructions for what lies where `training-layout.ts` says. */
import {
  BATCH_NORM_EPSILON,
  BATCH_NORM_MOMENTUM,
  sizeOf,
  weightSpecs,
  type Architecture,
} from '../../../src/domain/architecture';
import { decays, type OptimizerChoice } from '../../../src/domain/optimizer';
import type { Arena } from './heap';
import * as write from './instructions';
import type { Instruction, UpdateOperands } from './instructions';
import { PANEL } from './kernels/layout';
import { placeCount, tapCount, type NetworkNode, type ProductGeometry } from './nodes';
import { LANES, plainTask, reserveProgram, type Phase, type Program } from './program';
import { FLOAT_BYTES, LANE_SUMS_BYTES, TrainingLayout, type Lane } from './training-layout';

/** Weights that one task updates. */
const UPDATE_COUNT = 4096;

/** A network's training: the program of a step, and the memory that it works on. */
export interface TrainingPlan {
  readonly layout: TrainingLayout;
  readonly program: Program;
}

/** Plans the training of batches of at most `capacity` images. Throws as `planLayers` does. */
export function planTraining(
  architecture: Architecture,
  capacity: number,
  rule: OptimizerChoice['kind'],
  arena: Arena,
): TrainingPlan {
  const layout = new TrainingLayout(architecture, capacity, rule, arena);
  return { layout, program: reserveProgram(arena, new StepWriter(layout).phases()) };
}

/** Writes the instructions of a training step. */
class StepWriter {
  constructor(private readonly layout: TrainingLayout) {}

  phases(): readonly Phase[] {
    return [this.packPhase(), ...this.lanePhases(), this.updatePhase()];
  }

  /** The weights in the forms that the products read, as they are before the step. */
  private packPhase(): Phase {
    const pooled = [...this.layout.pooled].map(([name, { geometry, panels }]) => {
      const kernel = this.layout.weightAddress(`${name}/kernel`);
      return plainTask(write.packWeights(kernel, tapCount(geometry), geometry.outputs, panels));
    });
    const products = [...this.layout.products].flatMap(([name, { geometry, panels, transposed }]) => {
      const { outputs, channels, kernelSize } = geometry;
      const kernel = this.layout.weightAddress(`${name}/kernel`);
      const forward = plainTask(write.packWeights(kernel, tapCount(geometry), outputs, panels));
      if (transposed === 0) return [forward];
      const shape = [kernelSize ** 2, channels, outputs] as const;
      return [forward, plainTask(write.packTransposed(kernel, shape, transposed))];
    });
    return [...pooled, ...products];
  }

  /** All lanes forward and back, with a new phase wherever a batch norm needs what all lanes have. */
  private lanePhases(): readonly Phase[] {
    const perLane = this.layout.lanes.map((lane, number) => this.laneInstructions(lane, number));
    return perLane[0]!.map((_, phase) =>
      perLane.map((phases, lane) => ({
        instructions: phases[phase]!,
        imagesPerPass: this.layout.imagesPerPass,
        lane,
      })),
    );
  }

  /** A lane's instructions, phase by phase. */
  private laneInstructions(lane: Lane, number: number): readonly (readonly Instruction[])[] {
    const phases: Instruction[][] = [[]];
    const add = (...instructions: readonly Instruction[]) => phases.at(-1)!.push(...instructions);
    for (const [index, node] of this.layout.nodes.entries()) {
      if (node.kind === 'norm') {
        const sums = this.layout.normSums[index]! + number * this.layout.normSumsBytes[index]!;
        add(write.sumRows(lane.values[index - 1]!, node.rows, node.channels, sums));
        phases.push([]);
      }
      add(...this.forward(node, index, lane, number), ...this.dropouts(index, lane));
    }
    const logits = lane.values.at(-1)!;
    add(
      write.softmaxLoss(
        logits,
        this.layout.labels,
        this.layout.step,
        this.layout.laneSums + number * LANE_SUMS_BYTES,
      ),
    );
    for (const [index, node] of [...this.layout.nodes.entries()].toReversed()) {
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
          write.convertPixels(this.layout.pixels, target, {
            variations: this.layout.variations,
            places: this.layout.gridPlaces,
            scratch: lane.scratch,
            step: this.layout.step,
          }),
        ];
      case 'product': {
        const { geometry, forward } = this.layout.products.get(node.name)!;
        const padded = lane.padded[index]!;
        const pad = padded ? [padInstruction(geometry, source, padded)] : [];
        const finish = node.isRelu ? 'relu' : 'plain';
        return [
          ...pad,
          write.multiply(padded || source, this.layout.panelsOf(node.name), forward, target, finish),
        ];
      }
      case 'norm': {
        const statistics = lane.statistics[index]!;
        return [
          write.combineSums({
            sums: this.layout.normSums[index]!,
            taskCount: LANES,
            sumsBytes: this.layout.normSumsBytes[index]!,
            channels: node.channels,
            gamma: this.layout.weightAddress(`${node.name}/gamma`),
            beta: this.layout.weightAddress(`${node.name}/beta`),
            epsilon: BATCH_NORM_EPSILON,
            statistics,
            // All lanes come to the same statistics; one of them keeps the running ones.
            runningMean: number === 0 ? this.layout.weightAddress(`${node.name}/mean`) : 0,
            runningVariance: number === 0 ? this.layout.weightAddress(`${node.name}/variance`) : 0,
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
        const { tables } = this.layout.pooled.get(node.name)!;
        return [
          write.pooledProduct(source, tables, this.layout.panelsOf(node.name), target, lane.places[index]!),
        ];
      }
    }
  }

  /** From a node's gradients to those of its weights, and of the node before it. */
  private backward(node: NetworkNode, index: number, lane: Lane): readonly Instruction[] {
    if (node.kind === 'input') return [];
    const gradients = lane.values[index]!;
    const inputs = lane.values[index - 1]!;
    const { isRelu } = this.layout.nodes[index - 1]!;
    switch (node.kind) {
      case 'product':
        return this.productBackward(node.name, index, lane, isRelu);
      case 'pool':
        return [write.maxPoolGradient(gradients, node.pool, isRelu, inputs)];
      case 'pooled': {
        const { tables, geometry } = this.layout.pooled.get(node.name)!;
        return [
          write.pooledGradient({
            input: inputs,
            tables,
            gradients,
            places: lane.places[index]!,
            columns: geometry.outputs,
            output: this.layout.gradientAddress(`${node.name}/kernel`, lane),
            sums: this.layout.gradientAddress(`${node.name}/bias`, lane),
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
            gammaGradients: this.layout.gradientAddress(`${node.name}/gamma`, this.layout.lanes[0]!),
            betaGradients: this.layout.gradientAddress(`${node.name}/beta`, this.layout.lanes[0]!),
            taskCount: LANES,
            taskBytes: this.layout.gradientBytes,
            step: this.layout.step,
            factors: statistics + 4 * node.channels * FLOAT_BYTES,
            isMasked: isRelu,
          }),
        ];
      }
    }
  }

  private productBackward(name: string, index: number, lane: Lane, isRelu: boolean): readonly Instruction[] {
    const { geometry, forward, backward, transposed } = this.layout.products.get(name)!;
    const { outputs, channels, kernelSize } = geometry;
    const panelBytes = placeCount(geometry) * this.layout.imagesPerPass * PANEL * FLOAT_BYTES;
    const gradients = lane.values[index]!;
    // A batch norm takes the mean away, and a bias with it: nothing depends on such a bias.
    const isCentred = this.layout.nodes[index + 1]?.kind === 'norm' && isPlain(this.layout.nodes[index]!);
    const ownGradients = [
      write.packRows({
        source: gradients,
        rowsPerImage: forward.rowsPerImage,
        columns: outputs,
        target: lane.packed,
        panelBytes,
        sums: isCentred ? 0 : this.layout.gradientAddress(`${name}/bias`, lane),
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
        output: this.layout.gradientAddress(`${name}/kernel`, lane),
      }),
    ];
    const panels = {
      panels: transposed,
      panelBytes: kernelSize ** 2 * outputs * PANEL * FLOAT_BYTES,
      columns: channels,
      bias: this.layout.zeros,
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
      gammaGradient: this.layout.gradientAddress(`${node.name}/gamma`, lane),
      betaGradient: this.layout.gradientAddress(`${node.name}/beta`, lane),
    });
  }

  private dropouts(index: number, lane: Lane): readonly Instruction[] {
    const { dropouts, floats } = this.layout.nodes[index]!;
    return dropouts.map((rate, number) =>
      write.dropout(lane.values[index]!, floats, this.layout.step, index * 16 + number, rate),
    );
  }

  private updatePhase(): Phase {
    const update = this.layout.rule === 'adam' ? write.updateAdam : write.updateMomentum;
    return weightSpecs(this.layout.architecture)
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
    const at = (this.layout.offsets.get(name)! + start) * FLOAT_BYTES;
    return {
      weights: this.layout.weights + at,
      count: Math.min(UPDATE_COUNT, left),
      gradients: this.layout.lanes[0]!.gradients + at,
      taskCount: LANES,
      taskBytes: this.layout.gradientBytes,
      firstMoments: this.layout.firstMoments + at,
      secondMoments: this.layout.secondMoments + at,
      decays: decays(name),
      step: this.layout.step,
    };
  }
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
