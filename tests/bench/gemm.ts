import { Heap, planInHeap } from '../../workers/engines/simd/heap';
import { multiply } from '../../workers/engines/simd/instructions';
import { PANEL } from '../../workers/engines/simd/kernels/layout';
import { compileKernels, type KernelBuild } from '../../workers/engines/simd/load-kernels';
import { forwardTable } from '../../workers/engines/simd/product-tables';
import { reserveProgram, reserveTable, writeProgram, writeTable } from '../../workers/engines/simd/program';
import { ThreadPool } from '../../workers/engines/simd/thread-pool';
import { time } from './timing';

/** GFLOP/s of a plain matrix product [rows, depth] × [depth, columns] by the engine's own kernel, one thread. */
export async function timeGemm(
  [rows, depth, columns]: readonly [number, number, number],
  durationMs: number,
  build?: KernelBuild,
): Promise<number> {
  const heap = new Heap();
  const pool = new ThreadPool(heap, await compileKernels(build), 1);
  const program = placeGemm(heap, rows, depth, columns);
  const { medianMs } = await time(() => pool.run(program), durationMs);
  return (2 * rows * depth * columns) / medianMs / 1e6;
}

function placeGemm(heap: Heap, rows: number, depth: number, columns: number) {
  const one = { height: 1, width: 1, paddedHeight: 1, paddedWidth: 1, outputHeight: 1, outputWidth: 1 };
  const geometry = { ...one, channels: depth, kernelSize: 1, stride: 1, top: 0, left: 0, outputs: columns };
  const { plan } = planInHeap(heap, (arena) => {
    const table = reserveTable(arena, forwardTable(geometry, rows));
    const panelBytes = depth * PANEL * 4;
    const panels = arena.reserve((columns / PANEL) * panelBytes);
    const input = arena.reserve(rows * depth * 4);
    const bias = arena.reserve(columns * 4);
    const output = arena.reserve(rows * columns * 4);
    const instruction = multiply(input, { panels, panelBytes, columns, bias }, table, output, 'plain');
    const task = { instructions: [instruction], imagesPerPass: rows, images: rows };
    return { table, input, panels, program: reserveProgram(arena, [[task]]) };
  });
  heap.floats(plan.input, rows * depth).fill(0.5);
  heap.floats(plan.panels, depth * columns).fill(0.25);
  writeTable(heap, plan.table);
  writeProgram(heap, plan.program);
  return plan.program;
}
