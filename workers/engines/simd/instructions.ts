/**
 * The kernels' instructions as the planner writes them: a code and its operands, in the order in which
 * `kernels/program.ts` reads them. Addresses and lengths are in bytes; `…PerImage` are multiplied by the
 * images of a pass.
 */
import * as layout from './kernels/layout';

/** Code and operands, as the 32-bit words that are stored. */
export type Instruction = readonly number[];

/** What is done to a product before it is stored. */
export type Finish = 'plain' | 'relu' | 'mask';

const FINISH: Readonly<Record<Finish, number>> = {
  plain: layout.FINISH_PLAIN,
  relu: layout.FINISH_RELU,
  mask: layout.FINISH_MASK,
};

/** Where a pass's images are varied: see `kernels/vary.ts`. */
export interface VaryOperands {
  readonly variations: number;
  readonly places: number;
  readonly scratch: number;
  readonly step: number;
}

/** Bytes 0 … 255 of a pass's images to floats 0 … 1, varied where the step says so. */
export function convertPixels(source: number, target: number, vary?: VaryOperands): Instruction {
  if (!vary) return [layout.OP_PIXELS, source, target, 0, 0, 0, 0];
  return [layout.OP_PIXELS, source, target, vary.variations, vary.places, vary.scratch, vary.step];
}

/** Images into larger ones of zeros. */
export function padImages(operands: {
  readonly source: number;
  readonly height: number;
  readonly rowFloats: number;
  readonly target: number;
  readonly paddedHeight: number;
  readonly paddedRowFloats: number;
  readonly top: number;
  readonly left: number;
}): Instruction {
  const { source, height, rowFloats, target, paddedHeight, paddedRowFloats, top, left } = operands;
  return [layout.OP_PAD, source, height, rowFloats, target, paddedHeight, paddedRowFloats, top, left];
}

/** The right matrix of a product, in panels. */
export interface Panels {
  readonly panels: number;
  readonly panelBytes: number;
  readonly columns: number;
  readonly bias: number;
}

/** Which products are computed: see `kernels/multiply.ts`. */
export interface ProductTables {
  readonly rows: number;
  readonly rowsPerImage: number;
  readonly runs: number;
  readonly runCount: number;
}

/** A matrix product over windows of images. */
export function multiply(
  input: number,
  { panels, panelBytes, columns, bias }: Panels,
  { rows, rowsPerImage, runs, runCount }: ProductTables,
  output: number,
  finish: Finish,
): Instruction {
  return [
    layout.OP_MULTIPLY,
    input,
    panels,
    panelBytes,
    columns,
    bias,
    output,
    rows,
    rowsPerImage,
    runs,
    runCount,
    FINISH[finish],
  ];
}

/** The product of one row of `count` floats. */
export function multiplyRow(
  input: number,
  count: number,
  { panels, panelBytes, columns, bias }: Panels,
  output: number,
  finish: Finish,
): Instruction {
  return [layout.OP_MULTIPLY_ROW, input, count, panels, panelBytes, columns, bias, output, FINISH[finish]];
}

/** A matrix [rows, columns] to panels. */
export function packWeights(source: number, rows: number, columns: number, target: number): Instruction {
  return [layout.OP_PACK_WEIGHTS, source, rows, columns, target];
}

/** Filters [taps, inputs, outputs] to the panels of their input gradient. */
export function packTransposed(
  source: number,
  [taps, inputs, outputs]: readonly [number, number, number],
  target: number,
): Instruction {
  return [layout.OP_PACK_TRANSPOSED, source, taps, inputs, outputs, target];
}

/** Gradients to panels, and their sums; `sums` 0 for none. */
export function packRows(operands: {
  readonly source: number;
  readonly rowsPerImage: number;
  readonly columns: number;
  readonly target: number;
  readonly panelBytes: number;
  readonly sums: number;
}): Instruction {
  const { source, rowsPerImage, columns, target, panelBytes, sums } = operands;
  return [layout.OP_PACK_ROWS, source, rowsPerImage, columns, target, panelBytes, sums];
}

/** The gradient of filters or of a dense layer's matrix. */
export function filterGradient(operands: {
  readonly input: number;
  readonly rows: number;
  readonly rowsPerImage: number;
  readonly taps: number;
  readonly tapCount: number;
  readonly gradients: number;
  readonly panelBytes: number;
  readonly columns: number;
  readonly output: number;
}): Instruction {
  const { input, rows, rowsPerImage, taps, tapCount, gradients, panelBytes, columns } = operands;
  return [
    layout.OP_FILTER_GRADIENT,
    input,
    rows,
    rowsPerImage,
    taps,
    tapCount,
    gradients,
    panelBytes,
    columns,
    operands.output,
  ];
}

/** A task's sums for a batch's statistics. */
export function sumRows(source: number, rowsPerImage: number, channels: number, sums: number): Instruction {
  return [layout.OP_NORM_SUMS, source, rowsPerImage, channels, sums];
}

/** All tasks' sums to statistics; addresses 0 where somebody else keeps the running ones. */
export function combineSums(operands: {
  readonly sums: number;
  readonly taskCount: number;
  readonly sumsBytes: number;
  readonly channels: number;
  readonly gamma: number;
  readonly beta: number;
  readonly epsilon: number;
  readonly statistics: number;
  readonly runningMean: number;
  readonly runningVariance: number;
  readonly momentum: number;
}): Instruction {
  const { sums, taskCount, sumsBytes, channels, gamma, beta, epsilon, statistics } = operands;
  return [
    layout.OP_NORM_STATISTICS,
    sums,
    taskCount,
    sumsBytes,
    channels,
    gamma,
    beta,
    floatBits(epsilon),
    statistics,
    operands.runningMean,
    operands.runningVariance,
    floatBits(operands.momentum),
  ];
}

/** Scales and shifts each channel. */
export function normalize(operands: {
  readonly source: number;
  readonly rowsPerImage: number;
  readonly channels: number;
  readonly statistics: number;
  readonly isRelu: boolean;
  readonly target: number;
}): Instruction {
  const { source, rowsPerImage, channels, statistics, isRelu, target } = operands;
  return [layout.OP_NORMALIZE, source, rowsPerImage, channels, statistics, Number(isRelu), target];
}

/** A task's sums for the way back through a batch norm. */
export function sumGradients(operands: {
  readonly gradients: number;
  readonly inputs: number;
  readonly rowsPerImage: number;
  readonly channels: number;
  readonly statistics: number;
  readonly gammaGradient: number;
  readonly betaGradient: number;
}): Instruction {
  const { gradients, inputs, rowsPerImage, channels, statistics, gammaGradient, betaGradient } = operands;
  return [
    layout.OP_NORM_GRADIENT_SUMS,
    gradients,
    inputs,
    rowsPerImage,
    channels,
    statistics,
    gammaGradient,
    betaGradient,
  ];
}

/** The way back through a batch norm, in the place of its inputs. */
export function normGradient(operands: {
  readonly gradients: number;
  readonly inputs: number;
  readonly rowsPerImage: number;
  readonly channels: number;
  readonly statistics: number;
  readonly gammaGradients: number;
  readonly betaGradients: number;
  readonly taskCount: number;
  readonly taskBytes: number;
  readonly step: number;
  readonly factors: number;
  readonly isMasked: boolean;
}): Instruction {
  const { gradients, inputs, rowsPerImage, channels, statistics, gammaGradients, betaGradients } = operands;
  return [
    layout.OP_NORM_GRADIENT,
    gradients,
    inputs,
    rowsPerImage,
    channels,
    statistics,
    gammaGradients,
    betaGradients,
    operands.taskCount,
    operands.taskBytes,
    operands.step,
    operands.factors,
    Number(operands.isMasked),
  ];
}

/** At least 0, in place. */
export function relu(values: number, floatsPerImage: number): Instruction {
  return [layout.OP_RELU, values, floatsPerImage];
}

/** [height, width, channels] of the images that a pool reads, and the side of its window. */
export interface PoolShape {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly size: number;
}

/** The largest of each window. */
export function maxPool(
  source: number,
  { height, width, channels, size }: PoolShape,
  target: number,
): Instruction {
  return [layout.OP_MAX_POOL, source, height, width, channels, size, target];
}

/** The way back through a pool, in the place of its inputs. */
export function maxPoolGradient(
  gradients: number,
  { height, width, channels, size }: PoolShape,
  isMasked: boolean,
  inputs: number,
): Instruction {
  return [layout.OP_MAX_POOL_GRADIENT, gradients, height, width, channels, size, Number(isMasked), inputs];
}

/** Where a pooled product finds its windows: see `kernels/pooled.ts`. */
export interface PooledTables {
  readonly imageBytes: number;
  readonly corners: number;
  readonly cornerCount: number;
  readonly stepBytes: number;
  readonly rowBytes: number;
  readonly taps: number;
  readonly tapCount: number;
}

/** A convolution of the pixels, its ReLU and a max pool of 2. */
export function pooledProduct(
  input: number,
  tables: PooledTables,
  { panels, columns, bias }: Panels,
  output: number,
  places: number,
): Instruction {
  const { imageBytes, corners, cornerCount, stepBytes, rowBytes, taps, tapCount } = tables;
  return [
    layout.OP_POOLED,
    input,
    imageBytes,
    corners,
    cornerCount,
    stepBytes,
    rowBytes,
    taps,
    tapCount,
    panels,
    columns,
    bias,
    output,
    places,
  ];
}

/** The gradients of a pooled product's filters and bias. */
export function pooledGradient(operands: {
  readonly input: number;
  readonly tables: PooledTables;
  readonly gradients: number;
  readonly places: number;
  readonly columns: number;
  readonly output: number;
  readonly sums: number;
}): Instruction {
  const { imageBytes, corners, cornerCount, stepBytes, rowBytes, taps, tapCount } = operands.tables;
  return [
    layout.OP_POOLED_GRADIENT,
    operands.input,
    imageBytes,
    corners,
    cornerCount,
    stepBytes,
    rowBytes,
    taps,
    tapCount,
    operands.gradients,
    operands.places,
    operands.columns,
    operands.output,
    operands.sums,
  ];
}

/** Dropout and its way back, in place. `salt` tells a network's dropouts apart. */
export function dropout(
  values: number,
  floatsPerImage: number,
  step: number,
  salt: number,
  rate: number,
): Instruction {
  return [layout.OP_DROPOUT, values, floatsPerImage, step, salt, floatBits(rate)];
}

/** Logits to the gradient of the loss, in place, and a task's [loss, correct] sums. */
export function softmaxLoss(logits: number, labels: number, step: number, sums: number): Instruction {
  return [layout.OP_LOSS, logits, labels, step, sums];
}

/** What an update of some weights needs of the tasks' gradients. */
export interface UpdateOperands {
  readonly weights: number;
  readonly count: number;
  readonly gradients: number;
  readonly taskCount: number;
  readonly taskBytes: number;
  readonly firstMoments: number;
  readonly secondMoments: number;
  readonly decays: boolean;
  readonly step: number;
}

/** A step of Adam or AdamW. */
export function updateAdam(operands: UpdateOperands): Instruction {
  const { weights, count, gradients, taskCount, taskBytes, firstMoments, secondMoments } = operands;
  return [
    layout.OP_UPDATE_ADAM,
    weights,
    count,
    gradients,
    taskCount,
    taskBytes,
    firstMoments,
    secondMoments,
    Number(operands.decays),
    operands.step,
  ];
}

/** A step of gradient descent with momentum; the velocities are the first moments. */
export function updateMomentum(operands: UpdateOperands): Instruction {
  const { weights, count, gradients, taskCount, taskBytes, firstMoments } = operands;
  return [
    layout.OP_UPDATE_MOMENTUM,
    weights,
    count,
    gradients,
    taskCount,
    taskBytes,
    firstMoments,
    Number(operands.decays),
    operands.step,
  ];
}

/** A pass's results to their place among those of the batch. */
export function copyOut(source: number, target: number, bytesPerImage: number): Instruction {
  return [layout.OP_COPY, source, target, bytesPerImage];
}

function floatBits(value: number): number {
  return new Int32Array(Float32Array.of(value).buffer)[0]!;
}
