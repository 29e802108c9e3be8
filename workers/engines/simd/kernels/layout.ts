/**
 * Where things lie in the memory that kernels and planner share. Both compile this file: the kernels as
 * AssemblyScript, the planner as TypeScript. Lengths are in bytes, fields are 32 bits wide.
 */

/** What a task does with some of its images: the kernels' instruction set. */
export const OP_PIXELS: i32 = 0;
export const OP_PAD: i32 = 1;
export const OP_MULTIPLY: i32 = 2;
export const OP_MULTIPLY_ROW: i32 = 3;
export const OP_PACK_WEIGHTS: i32 = 4;
export const OP_PACK_TRANSPOSED: i32 = 5;
export const OP_PACK_ROWS: i32 = 6;
export const OP_FILTER_GRADIENT: i32 = 7;
export const OP_NORM_SUMS: i32 = 8;
export const OP_NORM_STATISTICS: i32 = 9;
export const OP_NORMALIZE: i32 = 10;
export const OP_NORM_GRADIENT_SUMS: i32 = 11;
export const OP_NORM_GRADIENT: i32 = 12;
export const OP_RELU: i32 = 13;
export const OP_MAX_POOL: i32 = 14;
export const OP_MAX_POOL_GRADIENT: i32 = 15;
export const OP_DROPOUT: i32 = 16;
export const OP_LOSS: i32 = 17;
export const OP_UPDATE_ADAM: i32 = 18;
export const OP_UPDATE_MOMENTUM: i32 = 19;
export const OP_COPY: i32 = 20;
export const OP_POOLED: i32 = 21;
export const OP_POOLED_GRADIENT: i32 = 22;

/** An instruction: its code, then at most 15 operands. */
export const OP_BYTES: i32 = 64;

/** A phase: its tasks, in any order, by any thread; the next phase begins when all are done. */
export const PHASE_BYTES: i32 = 8;
export const PHASE_TASKS: i32 = 0;
export const PHASE_TASK_COUNT: i32 = 4;

/** A task: instructions that run over some images, `imagesPerPass` at a time. */
export const TASK_BYTES: i32 = 32;
export const TASK_OPS: i32 = 0;
export const TASK_OP_COUNT: i32 = 4;
export const TASK_FIRST_IMAGE: i32 = 8;
export const TASK_IMAGES: i32 = 12;
export const TASK_IMAGES_PER_PASS: i32 = 16;

/** What all threads share to work together; each field has a cache line of its own. */
export const CONTROL_BYTES: i32 = 448;
/** Goes up with each program that is started; threads wait for it. */
export const CONTROL_START: i32 = 0;
/** Goes up at the end of each phase. */
export const CONTROL_PHASE: i32 = 64;
/** Threads that have arrived at the end of the phase. */
export const CONTROL_ARRIVED: i32 = 128;
/** The next task of the phase that nobody has taken. */
export const CONTROL_NEXT_TASK: i32 = 192;
/** Threads that sleep, and must be woken. */
export const CONTROL_SLEEPERS: i32 = 256;
/** The program: its phases, how many, and how many threads run it. 0 phases: threads go home. */
export const CONTROL_PHASES: i32 = 320;
export const CONTROL_PHASE_COUNT: i32 = 324;
export const CONTROL_THREADS: i32 = 328;
/** How often a thread looks again before it sleeps. */
export const CONTROL_SPINS: i32 = 384;

/** Numbers that each step of training sets anew. */
export const STEP_BYTES: i32 = 64;
export const STEP_IMAGES: i32 = 0;
export const STEP_LEARNING_RATE: i32 = 4;
export const STEP_MOMENT_1: i32 = 8;
export const STEP_MOMENT_2: i32 = 12;
export const STEP_CORRECTION_1: i32 = 16;
export const STEP_CORRECTION_2: i32 = 20;
export const STEP_DECAY: i32 = 24;
export const STEP_SMOOTHING: i32 = 28;
export const STEP_SEED: i32 = 32;
/** 1 where images are varied before they are learned. */
export const STEP_IS_VARIED: i32 = 36;

/** Bytes of an image, [28, 28]. */
export const IMAGE_PIXELS: i32 = 784;
/** Columns of a panel: weights and gradients are packed in panels of so many columns, padded with 0. */
export const PANEL: i32 = 8;
/** Rows, or taps, that one tile of a matrix product holds in registers. */
export const TILE: i32 = 6;

/** What is done to a product before it is stored. */
export const FINISH_PLAIN: i32 = 0;
/** Negative values become 0. */
export const FINISH_RELU: i32 = 1;
/** Values become 0 where what they replace is not positive: the gradient of a ReLU, in its place. */
export const FINISH_MASK: i32 = 2;

/** Side of an image, in pixels. */
export const IMAGE_SIDE: i32 = 28;
/** Bytes of a variation: `VARIATION_LENGTH` of `src/domain/augment.ts`. */
export const VARIATION_BYTES: i32 = 168;
/** Zeros around an image that is varied, its side with them, and the bytes of two such images. */
export const VARY_BORDER: i32 = 2;
export const VARY_SIDE: i32 = 32;
export const VARY_SCRATCH_BYTES: i32 = 2048;
