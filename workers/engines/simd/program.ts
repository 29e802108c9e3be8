import type { Arena, Heap } from './heap';
import type { Instruction } from './instructions';
import * as layout from './kernels/layout';
import type { PooledTables, ProductTables } from './instructions';
import type { PooledTable, ProductTable } from './product-tables';

/** Instructions that one thread runs over some images of the batch. */
export interface Task {
  readonly instructions: readonly Instruction[];
  /** Images that the instructions run over at once. */
  readonly imagesPerPass: number;
  /** Which part of the batch it is: its number among the tasks that share the images. */
  readonly lane?: number;
  /** Without a lane: how many images; none for a task that is not about images. */
  readonly images?: number;
}

/** Tasks in any order; the next phase begins when all are done. */
export type Phase = readonly Task[];

/** A program at its place in the memory. */
export interface Program {
  readonly phases: readonly Phase[];
  readonly address: number;
}

/** Parts that a batch is cut into, whatever the number of threads: so results do not depend on it. */
export const LANES = 8;

/** The images of a lane: from the first on, so many. */
export function laneImages(lane: number, images: number): { readonly first: number; readonly count: number } {
  const first = Math.floor((lane * images) / LANES);
  return { first, count: Math.floor(((lane + 1) * images) / LANES) - first };
}

/** The most images that a lane has of a batch. */
export function mostLaneImages(images: number): number {
  return Math.ceil(images / LANES);
}

/** A task that is not about images. */
export function plainTask(...instructions: readonly Instruction[]): Task {
  return { instructions, imagesPerPass: 1 };
}

/** Finds a place for a program. `writeProgram` puts it there. */
export function reserveProgram(arena: Arena, phases: readonly Phase[]): Program {
  const tasks = phases.flat();
  const instructionCount = tasks.reduce((sum, { instructions }) => sum + instructions.length, 0);
  const byteLength =
    phases.length * layout.PHASE_BYTES +
    tasks.length * layout.TASK_BYTES +
    instructionCount * layout.OP_BYTES;
  return { phases, address: arena.reserve(byteLength) };
}

/** Writes a program: its phases, then their tasks, then their instructions. */
export function writeProgram(heap: Heap, { phases, address }: Program): void {
  const tasks = phases.flat();
  let taskAddress = address + phases.length * layout.PHASE_BYTES;
  let opAddress = taskAddress + tasks.length * layout.TASK_BYTES;
  phases.forEach((phase, index) => {
    heap.integers(address + index * layout.PHASE_BYTES, 2).set([taskAddress, phase.length]);
    for (const { instructions, imagesPerPass, images = 0 } of phase) {
      heap.integers(taskAddress, 5).set([opAddress, instructions.length, 0, images, imagesPerPass]);
      taskAddress += layout.TASK_BYTES;
      for (const instruction of instructions) {
        heap.integers(opAddress, instruction.length).set(instruction);
        opAddress += layout.OP_BYTES;
      }
    }
  });
}

/** Tells a program's tasks which images of a batch are theirs. */
export function setImages(heap: Heap, { phases, address }: Program, images: number): void {
  let taskAddress = address + phases.length * layout.PHASE_BYTES;
  for (const { lane } of phases.flat()) {
    if (lane !== undefined) {
      const { first, count } = laneImages(lane, images);
      heap.integers(taskAddress + layout.TASK_FIRST_IMAGE, 2).set([first, count]);
    }
    taskAddress += layout.TASK_BYTES;
  }
}

/** Tables at their place in the memory. */
export interface PlacedTable extends ProductTables {
  readonly taps: number;
  readonly tapCount: number;
  readonly table: ProductTable;
}

/** A pooled product's tables at their place in the memory. */
export interface PlacedPooledTable extends PooledTables {
  readonly table: PooledTable;
}

/** Finds a place for a pooled product's tables. `writePooledTable` puts them there. */
export function reservePooledTable(arena: Arena, table: PooledTable): PlacedPooledTable {
  const { imageBytes, stepBytes, rowBytes, corners, taps } = table;
  return {
    table,
    imageBytes,
    stepBytes,
    rowBytes,
    corners: arena.reserve(corners.byteLength),
    cornerCount: corners.length,
    taps: arena.reserve(taps.byteLength),
    tapCount: taps.length,
  };
}

/** Writes a pooled product's tables. */
export function writePooledTable(heap: Heap, { table, corners, taps }: PlacedPooledTable): void {
  heap.integers(corners, table.corners.length).set(table.corners);
  heap.integers(taps, table.taps.length).set(table.taps);
}

const RUN_BYTES = 12;

/** Finds a place for a product's tables. `writeTable` puts them there. */
export function reserveTable(arena: Arena, table: ProductTable): PlacedTable {
  return {
    table,
    rows: arena.reserve(table.rows.byteLength),
    rowsPerImage: table.rowsPerImage,
    taps: arena.reserve(table.taps.byteLength),
    tapCount: table.taps.length,
    runs: arena.reserve(table.runs.length * RUN_BYTES),
    runCount: table.runs.length,
  };
}

/** Writes a product's tables. */
export function writeTable(heap: Heap, { table, rows, taps, runs }: PlacedTable): void {
  heap.integers(rows, table.rows.length).set(table.rows);
  heap.integers(taps, table.taps.length).set(table.taps);
  const words = table.runs.flatMap(({ first, count, panelOffset }) => [taps + first * 4, count, panelOffset]);
  heap.integers(runs, words.length).set(words);
}
