/** The engines that can compute a network. */
export type EngineName = 'webgl' | 'simd' | 'cpu';
/** The engine a person asks for; `auto` is the fastest that this device has. */
export type EngineChoice = 'auto' | EngineName;

/** What people call the engines. */
export const ENGINE_TITLES: Readonly<Record<EngineName, string>> = {
  webgl: 'WebGL',
  simd: 'WASM',
  cpu: 'CPU',
};

/** How fast the engines of a device train; the CPU, the last resort, is not tried. */
export interface EngineSpeeds {
  /** What they were measured on: another device, browser or version of the app measures again. */
  readonly device: string;
  /** Images a second, of those that work. */
  readonly imagesPerSecond: Readonly<Partial<Record<EngineName, number>>>;
}

/** Engines from the fastest to the last resort. What was not measured comes before the CPU. */
export function rankEngines({ imagesPerSecond }: EngineSpeeds): readonly EngineName[] {
  const speedOf = (engine: EngineName) => imagesPerSecond[engine] ?? 0;
  const tried: readonly EngineName[] = ['simd', 'webgl'];
  return [...tried.toSorted((a, b) => speedOf(b) - speedOf(a)), 'cpu'];
}
