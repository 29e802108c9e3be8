/**
 * What threads run: a network's step, or its answers, as data. The planner (`plan-*.ts`) writes programs,
 * this file reads them: phases of tasks of instructions. Operands come in the order in which
 * `instructions.ts` writes them.
 */
import { dropout, maxPool, maxPoolGradient, relu } from './activation';
import { combineSums, normalize, normGradient, sumGradients, sumRows } from './batch-norm';
import { filterGradient } from './filter-gradient';
import {
  CONTROL_PHASES,
  CONTROL_PHASE_COUNT,
  CONTROL_THREADS,
  IMAGE_PIXELS,
  OP_BYTES,
  OP_COPY,
  OP_DROPOUT,
  OP_FILTER_GRADIENT,
  OP_LOSS,
  OP_MAX_POOL,
  OP_MAX_POOL_GRADIENT,
  OP_MULTIPLY,
  OP_MULTIPLY_ROW,
  OP_NORM_GRADIENT,
  OP_NORM_GRADIENT_SUMS,
  OP_NORM_STATISTICS,
  OP_NORM_SUMS,
  OP_NORMALIZE,
  OP_PACK_ROWS,
  OP_PACK_TRANSPOSED,
  OP_PACK_WEIGHTS,
  OP_PAD,
  OP_PIXELS,
  OP_POOLED,
  OP_POOLED_GRADIENT,
  OP_RELU,
  OP_UPDATE_ADAM,
  OP_UPDATE_MOMENTUM,
  PHASE_BYTES,
  PHASE_TASKS,
  PHASE_TASK_COUNT,
  STEP_IMAGES,
  STEP_IS_VARIED,
  STEP_SEED,
  STEP_SMOOTHING,
  TASK_BYTES,
  TASK_FIRST_IMAGE,
  TASK_IMAGES,
  TASK_IMAGES_PER_PASS,
  TASK_OPS,
  TASK_OP_COUNT,
  VARIATION_BYTES,
} from './layout';
import { softmaxLoss } from './loss';
import { multiply, multiplyRow } from './multiply';
import { updateAdam, updateMomentum } from './optimizer';
import { packRows, packTransposed, packWeights } from './pack';
import { convertPixels, padImages } from './pixels';
import { pooledGradient, pooledProduct } from './pooled';
import { varyPixels } from './vary';
import { announceStart, awaitStart, endPhase, takeTask } from './threads';

/** Runs the program in the control block as its first thread; returns when all threads have ended it. */
export function run(control: usize): void {
  if (load<i32>(control, CONTROL_THREADS) > 1) announceStart(control);
  runPhases(control);
}

/** What every other thread does: runs program after program, until one without phases sends it home. */
export function serve(control: usize, seen: i32): void {
  for (;;) {
    seen = awaitStart(control, seen);
    if (load<i32>(control, CONTROL_PHASE_COUNT) === 0) return;
    runPhases(control);
  }
}

/** Lets the other threads return from `serve`: the control block holds a program without phases. */
export function dismiss(control: usize): void {
  announceStart(control);
}

function runPhases(control: usize): void {
  const threads = load<i32>(control, CONTROL_THREADS);
  const count = load<i32>(control, CONTROL_PHASE_COUNT);
  let phase: usize = load<u32>(control, CONTROL_PHASES);
  for (let left = count; left > 0; left--, phase += PHASE_BYTES) {
    const tasks: usize = load<u32>(phase, PHASE_TASKS);
    const taskCount = load<i32>(phase, PHASE_TASK_COUNT);
    for (;;) {
      const task = takeTask(control);
      if (task >= taskCount) break;
      runTask(tasks + task * TASK_BYTES);
    }
    endPhase(control, threads);
  }
}

/** Runs a task's instructions over its images, some at a time; at least once, also without any image. */
function runTask(task: usize): void {
  const ops: usize = load<u32>(task, TASK_OPS);
  const opsEnd = ops + load<u32>(task, TASK_OP_COUNT) * OP_BYTES;
  const most = load<i32>(task, TASK_IMAGES_PER_PASS);
  let first = load<i32>(task, TASK_FIRST_IMAGE);
  let left = load<i32>(task, TASK_IMAGES);
  let isFirst = true;
  do {
    const images = min(left, most);
    for (let op = ops; op < opsEnd; op += OP_BYTES) runInstruction(op, images, first, isFirst);
    first += images;
    left -= images;
    isFirst = false;
  } while (left > 0);
}

function runInstruction(op: usize, images: i32, first: i32, isFirst: bool): void {
  switch (load<i32>(op)) {
    case OP_PIXELS:
      runPixels(op, images, first);
      return;
    case OP_PAD:
      padImages(
        at(op, 1),
        images,
        int(op, 2),
        int(op, 3),
        at(op, 4),
        int(op, 5),
        int(op, 6),
        int(op, 7),
        int(op, 8),
      );
      return;
    case OP_MULTIPLY:
      multiply(
        at(op, 1),
        at(op, 2),
        int(op, 3),
        int(op, 4),
        at(op, 5),
        at(op, 6),
        at(op, 7),
        images * int(op, 8),
        at(op, 9),
        int(op, 10),
        int(op, 11),
      );
      return;
    case OP_MULTIPLY_ROW:
      multiplyRow(at(op, 1), int(op, 2), at(op, 3), int(op, 4), int(op, 5), at(op, 6), at(op, 7), int(op, 8));
      return;
    case OP_PACK_ROWS:
      packRows(at(op, 1), images * int(op, 2), int(op, 3), at(op, 4), int(op, 5), at(op, 6), isFirst);
      return;
    case OP_FILTER_GRADIENT:
      filterGradient(
        at(op, 1),
        at(op, 2),
        images * int(op, 3),
        at(op, 4),
        int(op, 5),
        at(op, 6),
        int(op, 7),
        int(op, 8),
        at(op, 9),
        isFirst,
      );
      return;
    case OP_NORM_SUMS:
      sumRows(at(op, 1), images * int(op, 2), int(op, 3), at(op, 4));
      return;
    case OP_NORM_STATISTICS:
      combineSums(
        at(op, 1),
        int(op, 2),
        int(op, 3),
        int(op, 4),
        at(op, 5),
        at(op, 6),
        float(op, 7),
        at(op, 8),
        at(op, 9),
        at(op, 10),
        float(op, 11),
      );
      return;
    case OP_NORMALIZE:
      normalize(at(op, 1), images * int(op, 2), int(op, 3), at(op, 4), int(op, 5) !== 0, at(op, 6));
      return;
    case OP_NORM_GRADIENT_SUMS:
      sumGradients(at(op, 1), at(op, 2), images * int(op, 3), int(op, 4), at(op, 5), at(op, 6), at(op, 7));
      return;
    case OP_NORM_GRADIENT:
      normGradient(
        at(op, 1),
        at(op, 2),
        images * int(op, 3),
        int(op, 4),
        at(op, 5),
        at(op, 6),
        at(op, 7),
        int(op, 8),
        int(op, 9),
        int(op, 3) * load<i32>(at(op, 10), STEP_IMAGES),
        at(op, 11),
        int(op, 12) !== 0,
      );
      return;
    case OP_RELU:
      relu(at(op, 1), images * int(op, 2));
      return;
    case OP_MAX_POOL:
      maxPool(at(op, 1), images, int(op, 2), int(op, 3), int(op, 4), int(op, 5), at(op, 6));
      return;
    case OP_MAX_POOL_GRADIENT:
      maxPoolGradient(
        at(op, 1),
        images,
        int(op, 2),
        int(op, 3),
        int(op, 4),
        int(op, 5),
        int(op, 6) !== 0,
        at(op, 7),
      );
      return;
    case OP_DROPOUT:
      dropout(
        at(op, 1),
        images * int(op, 2),
        first * int(op, 2),
        load<i32>(at(op, 3), STEP_SEED) + int(op, 4),
        float(op, 5),
      );
      return;
    case OP_LOSS:
      softmaxLoss(
        at(op, 1),
        at(op, 2) + first,
        images,
        load<i32>(at(op, 3), STEP_IMAGES),
        load<f32>(at(op, 3), STEP_SMOOTHING),
        at(op, 4),
        isFirst,
      );
      return;
    case OP_PACK_WEIGHTS:
      packWeights(at(op, 1), int(op, 2), int(op, 3), at(op, 4));
      return;
    case OP_PACK_TRANSPOSED:
      packTransposed(at(op, 1), int(op, 2), int(op, 3), int(op, 4), at(op, 5));
      return;
    case OP_UPDATE_ADAM:
      updateAdam(
        at(op, 1),
        int(op, 2),
        at(op, 3),
        int(op, 4),
        int(op, 5),
        at(op, 6),
        at(op, 7),
        int(op, 8) !== 0,
        at(op, 9),
      );
      return;
    case OP_UPDATE_MOMENTUM:
      updateMomentum(
        at(op, 1),
        int(op, 2),
        at(op, 3),
        int(op, 4),
        int(op, 5),
        at(op, 6),
        int(op, 7) !== 0,
        at(op, 8),
      );
      return;
    case OP_POOLED:
      pooledProduct(
        at(op, 1),
        int(op, 2),
        images,
        at(op, 3),
        int(op, 4),
        int(op, 5),
        int(op, 6),
        at(op, 7),
        int(op, 8),
        at(op, 9),
        int(op, 10),
        at(op, 11),
        at(op, 12),
        at(op, 13),
      );
      return;
    case OP_POOLED_GRADIENT:
      pooledGradient(
        at(op, 1),
        int(op, 2),
        images,
        at(op, 3),
        int(op, 4),
        int(op, 5),
        int(op, 6),
        at(op, 7),
        int(op, 8),
        at(op, 9),
        at(op, 10),
        int(op, 11),
        at(op, 12),
        at(op, 13),
        isFirst,
      );
      return;
    case OP_COPY:
      memory.copy(at(op, 2) + first * int(op, 3), at(op, 1), images * int(op, 3));
      return;
    default:
      unreachable();
  }
}

/** Pixels as they are, or varied where the step says so and the program has room for it. */
function runPixels(op: usize, images: i32, first: i32): void {
  const source = at(op, 1) + first * IMAGE_PIXELS;
  const variations = at(op, 3);
  if (variations && load<i32>(at(op, 6), STEP_IS_VARIED)) {
    varyPixels(source, variations + first * VARIATION_BYTES, images, at(op, 4), at(op, 5), at(op, 2));
  } else {
    convertPixels(source, images * IMAGE_PIXELS, at(op, 2));
  }
}

function at(op: usize, operand: i32): usize {
  return load<u32>(op + (operand << 2));
}

function int(op: usize, operand: i32): i32 {
  return load<i32>(op + (operand << 2));
}

function float(op: usize, operand: i32): f32 {
  return load<f32>(op + (operand << 2));
}
