import plainUrl from './kernels/build/plain.wasm?url';
import relaxedUrl from './kernels/build/relaxed.wasm?url';
import { AppError } from '../../../src/domain/errors';

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

/** Instructions as bytes: v128.const 0, drop, and f32x4.relaxed_madd (0x105 in LEB128). */
const VECTOR_ZERO = [0xfd, 0x0c, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
const DROP = [0x1a];
const RELAXED_MADD = [0xfd, 0x85, 0x02];

const PROBES = {
  simd: [VECTOR_ZERO, DROP].flat(),
  relaxed: [VECTOR_ZERO, VECTOR_ZERO, VECTOR_ZERO, RELAXED_MADD, DROP].flat(),
};

/**
 * True where the browser knows the instructions of a probe: it finds a module invalid that has one which
 * it does not know. The module has one function and nothing else.
 */
function understands(probe: readonly number[]): boolean {
  const body = [0, probe, 0x0b].flat();
  const magic = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
  const types = [0x01, 0x04, 0x01, 0x60, 0x00, 0x00];
  const functions = [0x03, 0x02, 0x01, 0x00];
  const code = [0x0a, body.length + 2, 0x01, body.length, body].flat();
  return WebAssembly.validate(Uint8Array.from([magic, types, functions, code].flat()));
}

/** The build that this browser understands, or undefined where it has no SIMD at all. */
export function chooseBuild(): KernelBuild | undefined {
  if (understands(PROBES.relaxed)) return 'relaxed';
  return understands(PROBES.simd) ? 'plain' : undefined;
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
