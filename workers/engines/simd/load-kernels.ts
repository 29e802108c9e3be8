import plainUrl from './kernels/build/plain.wasm?url';
import relaxedUrl from './kernels/build/relaxed.wasm?url';
import { AppError } from '../../../src/domain/errors';
import { detectWasmSimd } from '../../../src/platform/wasm-simd';

/** What the kernels export; `kernels/program.ts` says what each does. */
export interface Kernels {
  run(control: number): void;
  serve(control: number, seen: number): void;
  dismiss(control: number): void;
}

/** Which of the two builds runs: the relaxed one multiplies and adds in one step. */
export type KernelBuild = 'relaxed' | 'plain';

/** The kernels, compiled, before they have a memory. */
export interface CompiledKernels {
  readonly module: WebAssembly.Module;
  readonly build: KernelBuild;
}

/** The build that this browser understands, or undefined where it has no SIMD at all. */
export function chooseBuild(): KernelBuild | undefined {
  const simd = detectWasmSimd();
  return simd === 'none' ? undefined : simd;
}

/** Fetches and compiles the kernels. Throws `engine-unavailable` (NO_SIMD, KERNELS_MISSING). */
export async function compileKernels(build = chooseBuild()): Promise<CompiledKernels> {
  if (!build) {
    throw new AppError('engine-unavailable', 'This browser has no WebAssembly SIMD.', {
      reason: 'NO_SIMD',
      kept: 'Nothing was changed.',
      remedy: 'Use a browser of 2021 or later, or another engine.',
    });
  }
  const url = build === 'relaxed' ? relaxedUrl : plainUrl;
  try {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${url} answered ${response.status}`);
    // Not compileStreaming: hosts that serve files may not know the type of .wasm.
    return { build, module: await WebAssembly.compile(await response.arrayBuffer()) };
  } catch (cause) {
    throw new AppError(
      'engine-unavailable',
      'The WASM engine could not be loaded.',
      { reason: 'KERNELS_MISSING', kept: 'Nothing was changed.', remedy: 'Check the connection and reload.' },
      { cause },
    );
  }
}

/** Gives the kernels a memory. Each thread has an instance of its own. */
export function instantiate(module: WebAssembly.Module, memory: WebAssembly.Memory): Kernels {
  return new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Kernels;
}
