import { BATCH_NORM_EPSILON, weightSpecs, type Architecture } from '../../../src/domain/architecture';
import type { Assessment } from '../../../src/domain/metrics';
import { mixSeed } from '../../../src/domain/random';
import { IMAGE_PIXELS } from '../../../src/domain/sample';
import { ADAM_KEEP, type OptimizerState } from '../../../src/domain/optimizer';
import { weightsOf, type Weights } from '../../../src/domain/weights';
import { gridPlaces } from '../../../src/domain/augment';
import type { Network, TrainingBatch, TrainingSetup } from '../engine';
import { planInHeap, type Block, type Heap } from './heap';
import { planInference, type AnsweringNode, type AnsweringPlace, type InferencePlan } from './inference-plan';
import * as layout from './kernels/layout';
import { LANES, setImages, writePooledTable, writeProgram, writeTable } from './program';
import type { ThreadPool } from './thread-pool';
import { LANE_SUMS_BYTES, type TrainingLayout } from './training-layout';
import { planTraining, type TrainingPlan } from './training-plan';

/** Fewer images than this are answered sooner without other threads. */
const FEWEST_TO_SHARE = 16;
/** Images that are answered at a time; more come in turns. */
const MOST_ANSWERS = 256;

/** What a network needs of the engine that it belongs to. */
interface Device {
  readonly heap: Heap;
  readonly pool: ThreadPool;
}

interface Planned<Plan> {
  readonly block: Block;
  readonly plan: Plan;
  /** The batch size that the program's tasks are set to. */
  images: number;
}

/** A network of the simd engine: its weights, and its programs in the shared memory. */
export class SimdNetwork implements Network {
  /** As they are while no training has been planned; from then on the memory has them. */
  private readonly weights: Weights;
  private steps: number;
  private training: Planned<TrainingPlan> | undefined;
  private inference: Planned<InferencePlan> | undefined;
  private isAnsweringStale = true;

  constructor(
    private readonly device: Device,
    private readonly architecture: Architecture,
    weights: Weights,
    private readonly setup?: TrainingSetup,
  ) {
    this.weights = Object.fromEntries(
      weightSpecs(architecture).map((spec) => [spec.name, weightsOf(weights, spec)]),
    );
    this.steps = setup?.state?.steps ?? 0;
  }

  get memoryBytes(): number {
    return (this.training?.block.byteLength ?? 0) + (this.inference?.block.byteLength ?? 0);
  }

  async trainBatch(batch: TrainingBatch, learningRate: number): Promise<Assessment> {
    if (!this.setup) throw new RangeError('This network was created to answer, not to be trained.');
    const { heap, pool } = this.device;
    await pool.start();
    const images = batch.labels.length;
    const training = this.planTraining(images, this.setup);
    if (training.images !== images) setImages(heap, training.plan.program, images);
    training.images = images;
    const { layout: places, program } = training.plan;
    this.writeBatch(places, batch);
    this.writeStep(places, batch, learningRate, this.setup);
    pool.run(program);
    this.isAnsweringStale = true;
    return this.readAssessment(places, images);
  }

  async logits(pixels: Uint8Array): Promise<Float32Array> {
    const count = pixels.length / IMAGE_PIXELS;
    const { pool } = this.device;
    if (count >= FEWEST_TO_SHARE) await pool.start();
    const inference = this.planInference();
    const { outputs } = inference.plan;
    const logits = new Float32Array(count * outputs);
    for (let first = 0; first < count; first += MOST_ANSWERS) {
      const part = pixels.subarray(first * IMAGE_PIXELS, (first + MOST_ANSWERS) * IMAGE_PIXELS);
      logits.set(this.answer(inference, part), first * outputs);
    }
    return logits;
  }

  async export(): Promise<{ readonly weights: Weights; readonly optimizer: OptimizerState }> {
    return { weights: this.readWeights(), optimizer: this.readOptimizer() };
  }

  async probe(): Promise<void> {
    // Memory of one's own is not lost.
  }

  dispose(): void {
    if (this.training) this.device.heap.release(this.training.block);
    if (this.inference) this.device.heap.release(this.inference.block);
    this.training = undefined;
    this.inference = undefined;
  }

  /** The plan for batches of this size; made anew, state and all, only when a larger one comes. */
  private planTraining(images: number, { optimizer: { kind } }: TrainingSetup): Planned<TrainingPlan> {
    if (this.training && images <= this.training.plan.layout.capacity) return this.training;
    const state = { weights: this.readWeights(), optimizer: this.readOptimizer() };
    const { heap } = this.device;
    if (this.training) heap.release(this.training.block);
    const planned = planInHeap(heap, (arena) => planTraining(this.architecture, images, kind, arena));
    const { layout: places, program } = planned.plan;
    for (const table of places.tables) writeTable(heap, table);
    for (const table of places.pooledTables) writePooledTable(heap, table);
    writeProgram(heap, program);
    const grid = gridPlaces();
    heap.integers(places.gridPlaces, grid.length).set(grid);
    this.training = { ...planned, images: 0 };
    this.writeState(places, state);
    return this.training;
  }

  private writeState(places: TrainingLayout, state: { weights: Weights; optimizer: OptimizerState }): void {
    const { heap } = this.device;
    const write = (start: number, values: Weights) => {
      for (const [name, array] of Object.entries(values)) {
        heap.floats(start + places.offsets.get(name)! * 4, array.length).set(array);
      }
    };
    write(places.weights, state.weights);
    write(places.firstMoments, state.optimizer.firstMoments);
    write(places.secondMoments, state.optimizer.secondMoments);
  }

  private writeBatch(places: TrainingLayout, { pixels, labels, variations }: TrainingBatch): void {
    const { heap } = this.device;
    heap.bytes(places.pixels, pixels.length).set(pixels);
    heap.bytes(places.labels, labels.length).set(labels);
    if (variations) heap.integers(places.variations, variations.length).set(variations);
  }

  private writeStep(
    places: TrainingLayout,
    { labels, variations }: TrainingBatch,
    learningRate: number,
    { optimizer, labelSmoothing, seed }: TrainingSetup,
  ): void {
    this.steps += 1;
    const { heap } = this.device;
    const integer = (offset: number, value: number) => (heap.integers(places.step + offset, 1)[0] = value);
    const float = (offset: number, value: number) => (heap.floats(places.step + offset, 1)[0] = value);
    integer(layout.STEP_IMAGES, labels.length);
    integer(layout.STEP_SEED, mixSeed(seed, this.steps));
    integer(layout.STEP_IS_VARIED, variations ? 1 : 0);
    float(layout.STEP_LEARNING_RATE, learningRate);
    float(layout.STEP_MOMENT_1, optimizer.kind === 'adam' ? ADAM_KEEP.first : optimizer.momentum);
    float(layout.STEP_MOMENT_2, ADAM_KEEP.second);
    float(layout.STEP_CORRECTION_1, 1 - ADAM_KEEP.first ** this.steps);
    float(layout.STEP_CORRECTION_2, 1 - ADAM_KEEP.second ** this.steps);
    float(layout.STEP_DECAY, optimizer.weightDecay);
    float(layout.STEP_SMOOTHING, labelSmoothing);
  }

  private readAssessment(places: TrainingLayout, total: number): Assessment {
    const sums = this.device.heap.floats(places.laneSums, (LANES * LANE_SUMS_BYTES) / 4);
    let loss = 0;
    let correct = 0;
    for (let lane = 0; lane < LANES; lane++) {
      loss += sums[(lane * LANE_SUMS_BYTES) / 4]!;
      correct += sums[(lane * LANE_SUMS_BYTES) / 4 + 1]!;
    }
    return { loss: loss / total, correct, total };
  }

  private readWeights(): Weights {
    const { training } = this;
    if (!training) return this.weights;
    const { layout: places } = training.plan;
    return this.readArrays(places, places.weights, false);
  }

  private readOptimizer(): OptimizerState {
    const { training, steps, setup } = this;
    if (!training) return setup?.state ?? { steps, firstMoments: {}, secondMoments: {} };
    const { layout: places } = training.plan;
    return {
      steps,
      firstMoments: this.readArrays(places, places.firstMoments, true),
      secondMoments:
        setup?.optimizer.kind === 'adam' ? this.readArrays(places, places.secondMoments, true) : {},
    };
  }

  private readArrays(places: TrainingLayout, start: number, isTrainableOnly: boolean): Weights {
    const specs = weightSpecs(this.architecture).filter((spec) => !isTrainableOnly || spec.isTrainable);
    return Object.fromEntries(
      specs.map(({ name }) => {
        const address = start + places.offsets.get(name)! * 4;
        // A copy in memory of its own: what is shared cannot be stored or hashed.
        return [name, Float32Array.from(this.device.heap.floats(address, this.weights[name]!.length))];
      }),
    );
  }

  private planInference(): Planned<InferencePlan> {
    this.inference ??= this.createInference();
    if (this.isAnsweringStale) this.writeAnswering(this.inference.plan);
    this.isAnsweringStale = false;
    return this.inference;
  }

  private createInference(): Planned<InferencePlan> {
    const { heap } = this.device;
    const planned = planInHeap(heap, (arena) => planInference(this.architecture, MOST_ANSWERS, arena));
    for (const table of planned.plan.tables) writeTable(heap, table);
    for (const table of planned.plan.pooledTables) writePooledTable(heap, table);
    writeProgram(heap, planned.plan.single);
    writeProgram(heap, planned.plan.many);
    return { ...planned, images: 0 };
  }

  private answer(planned: Planned<InferencePlan>, pixels: Uint8Array): Float32Array {
    const { heap, pool } = this.device;
    const { plan } = planned;
    const count = pixels.length / IMAGE_PIXELS;
    heap.bytes(plan.pixels, pixels.length).set(pixels);
    if (count === 1) pool.run(plan.single, 1);
    else {
      if (planned.images !== count) setImages(heap, plan.many, count);
      planned.images = count;
      pool.run(plan.many, count < FEWEST_TO_SHARE ? 1 : pool.threads);
    }
    return heap.floats(plan.logits, count * plan.outputs);
  }

  private writeAnswering({ nodes, places }: InferencePlan): void {
    const weights = this.readWeights();
    nodes.forEach((node, index) => writePlace(this.device.heap, node, places[index]!, weights));
  }
}

/** Scale and shift of each channel, as a batch norm applies its running statistics. */
function normLine(weights: Weights, name: string): { scale: Float32Array; shift: Float32Array } {
  const [gamma, beta, mean, variance] = ['gamma', 'beta', 'mean', 'variance'].map(
    (part) => weights[`${name}/${part}`]!,
  ) as [Float32Array, Float32Array, Float32Array, Float32Array];
  const scale = gamma.map((value, channel) => value / Math.sqrt(variance[channel]! + BATCH_NORM_EPSILON));
  return { scale, shift: beta.map((value, channel) => value - mean[channel]! * scale[channel]!) };
}

/** Writes what a node needs to answer: a batch norm's line, or a product's panels with it folded in. */
function writePlace(heap: Heap, node: AnsweringNode, place: AnsweringPlace, weights: Weights): void {
  if (place.kind === 'norm') {
    const { scale, shift } = normLine(weights, node.name);
    heap.floats(place.statistics + 2 * 4 * scale.length, scale.length).set(scale);
    heap.floats(place.statistics + 3 * 4 * scale.length, scale.length).set(shift);
  }
  if (place.kind !== 'product') return;
  const { panels, panelBytes, columns, bias } = place.panels;
  const ownBias = weights[`${node.name}/bias`]!;
  const line = node.foldedNorm === undefined ? undefined : normLine(weights, node.foldedNorm);
  heap
    .floats(bias, columns)
    .set(line ? ownBias.map((value, column) => value * line.scale[column]! + line.shift[column]!) : ownBias);
  const kernel = weights[`${node.name}/kernel`]!;
  const rows = kernel.length / columns;
  for (let first = 0; first < columns; first += layout.PANEL) {
    const panel = heap.floats(panels + (first / layout.PANEL) * panelBytes, rows * layout.PANEL);
    for (let row = 0; row < rows; row++) {
      for (let column = first; column < Math.min(columns, first + layout.PANEL); column++) {
        panel[row * layout.PANEL + column - first] =
          kernel[row * columns + column]! * (line ? line.scale[column]! : 1);
      }
    }
  }
}
