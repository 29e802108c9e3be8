import { ARCHITECTURES } from '../../src/domain/architecture';
import { rankEngines, type EngineChoice, type EngineName, type EngineSpeeds } from '../../src/domain/engine';
import { ADAM } from '../../src/domain/optimizer';
import { createRandom } from '../../src/domain/random';
import { CLASS_COUNT, IMAGE_PIXELS } from '../../src/domain/sample';
import { initialWeights } from '../../src/domain/weights';
import { APP_VERSION } from '../../src/platform/app-version';
import { describeGraphics } from '../../src/platform/graphics';
import type { Restart } from '../../src/protocol/ml-protocol';
import type { SettingsRepository } from '../../src/storage/settings-repository';
import type { Engine, Network } from '../engines/engine';
import { isUnavailable, openEngine, openFirstEngine } from '../engines/open-engine';

/** Images in a batch that is tried. */
const BATCH = 64;
/** Steps before the clock runs: kernels are compiled, threads and shaders started. */
const WARM_UP_STEPS = 2;
/** How long an engine is measured, in milliseconds. */
const MEASURE_MS = 200;
/** An engine whose first step takes longer than this is not measured further, in milliseconds. */
const MOST_STEP_MS = 1500;

/**
 * The engine that a person asked for; for `auto` the fastest of this device, found out by a few real
 * steps of training, once for each device and version of the app. `onCalibrating` is told when that
 * begins. A run that was cut off takes another engine where its own is gone. Throws `engine-unavailable`.
 */
export async function chooseEngine(
  choice: EngineChoice,
  settings: SettingsRepository,
  onCalibrating: () => void,
  { after = [], avoid = [] }: Restart = {},
): Promise<Engine> {
  const isAllowed = (name: EngineName) => !avoid.includes(name);
  if (choice === 'auto') {
    const speeds = await knownSpeeds(settings, onCalibrating);
    return openFirstEngine(rankEngines(speeds).filter(isAllowed));
  }
  if (after.length === 0 && isAllowed(choice)) return openEngine(choice);
  return openFirstEngine([choice, 'simd' as const, 'cpu' as const].filter(isAllowed));
}

async function knownSpeeds(settings: SettingsRepository, onCalibrating: () => void): Promise<EngineSpeeds> {
  const device = describeDevice();
  const known = await settings.get('engineSpeeds');
  if (known?.device === device) return known;
  onCalibrating();
  const speeds = { device, imagesPerSecond: await measureEngines() };
  await settings.set('engineSpeeds', speeds);
  return speeds;
}

/** What an engine's speed depends on, in one line. */
function describeDevice(): string {
  const { name } = describeGraphics() ?? { name: 'no graphics' };
  const threads = crossOriginIsolated ? navigator.hardwareConcurrency : 1;
  return [APP_VERSION, name, `${threads} threads`, navigator.userAgent].join(', ');
}

async function measureEngines(): Promise<EngineSpeeds['imagesPerSecond']> {
  const speeds: Partial<Record<EngineName, number>> = {};
  const graphics = describeGraphics();
  // WebGL computed in software is never the fastest, and takes seconds to say so.
  const candidates: readonly EngineName[] = graphics && !graphics.isSoftware ? ['simd', 'webgl'] : ['simd'];
  for (const name of candidates) {
    try {
      speeds[name] = await measureEngine(await openEngine(name));
    } catch (error) {
      if (!isUnavailable(error)) throw error;
    }
  }
  return speeds;
}

async function measureEngine(engine: Engine): Promise<number> {
  const architecture = ARCHITECTURES.fast;
  const setup = { optimizer: ADAM, labelSmoothing: 0, seed: 1 };
  const network = engine.create(architecture, initialWeights(architecture, 1), setup);
  try {
    return await measureSpeed(network);
  } finally {
    network.dispose();
  }
}

/** Images a second. */
async function measureSpeed(network: Network): Promise<number> {
  const random = createRandom(1);
  const batch = {
    pixels: Uint8Array.from({ length: BATCH * IMAGE_PIXELS }, () => random.integer(256)),
    labels: Uint8Array.from({ length: BATCH }, () => random.integer(CLASS_COUNT)),
  };
  const begunAt = performance.now();
  for (let step = 0; step < WARM_UP_STEPS; step++) {
    await network.trainBatch(batch, 0.001);
    const tookMs = performance.now() - begunAt;
    if (tookMs > MOST_STEP_MS) return (BATCH / tookMs) * 1000;
  }
  const startedAt = performance.now();
  let steps = 0;
  do {
    await network.trainBatch(batch, 0.001);
    steps += 1;
  } while (performance.now() - startedAt < MEASURE_MS);
  return ((steps * BATCH) / (performance.now() - startedAt)) * 1000;
}
