import type { Engine } from '../engine';
import { Heap } from './heap';
import { compileKernels, type KernelBuild } from './load-kernels';
import { SimdNetwork } from './simd-network';
import { availableThreads, ThreadPool } from './thread-pool';

/** How the engine is opened; tests choose what the app leaves to the device. */
export interface SimdOptions {
  readonly threads?: number;
  readonly build?: KernelBuild;
}

/** The simd engine, and what can be asked of it besides. */
export interface SimdEngine extends Engine {
  readonly name: 'simd';
  readonly build: KernelBuild;
  readonly heap: Heap;
  readonly pool: ThreadPool;
}

/**
 * Opens the engine of our own WebAssembly kernels: any browser with WASM SIMD, no graphics device. Its
 * threads start with the first training or the first large batch. Throws `engine-unavailable`.
 */
export async function openSimdEngine({ threads, build }: SimdOptions = {}): Promise<SimdEngine> {
  const compiled = await compileKernels(build);
  const heap = new Heap();
  const pool = new ThreadPool(heap, compiled, threads ?? availableThreads());
  return {
    name: 'simd',
    build: compiled.build,
    heap,
    pool,
    create: (architecture, weights, training) =>
      new SimdNetwork({ heap, pool }, architecture, weights, training),
  };
}
