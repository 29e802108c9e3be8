import type { EngineName } from '../../src/domain/engine';
import { AppError } from '../../src/domain/errors';
import type { Engine } from './engine';

const opened = new Map<EngineName, Promise<Engine>>();

/** Opens an engine, once. Throws `engine-unavailable` where it does not work here. */
export function openEngine(name: EngineName): Promise<Engine> {
  const pending = opened.get(name) ?? load(name);
  opened.set(name, pending);
  pending.catch(() => opened.delete(name));
  return pending;
}

/** Opens the first of the engines that works here. Throws `engine-unavailable` where none does. */
export async function openFirstEngine(names: readonly EngineName[]): Promise<Engine> {
  for (const name of names) {
    try {
      return await openEngine(name);
    } catch (error) {
      if (!isUnavailable(error)) throw error;
    }
  }
  throw new AppError('engine-unavailable', 'No engine works in this browser.', {
    reason: 'NO_ENGINE',
    kept: 'Nothing was changed.',
    remedy: 'Use a browser of 2021 or later.',
  });
}

/** True where an engine does not work on this device, which is no bug. */
export function isUnavailable(error: unknown): boolean {
  return error instanceof AppError && error.code === 'engine-unavailable';
}

/** An engine's code is loaded when it is opened for the first time. */
async function load(name: EngineName): Promise<Engine> {
  if (name === 'simd') {
    const { openSimdEngine } = await import('./simd/simd-engine');
    return openSimdEngine();
  }
  const { openTfjsEngine } = await import('./tfjs/tfjs-engine');
  return openTfjsEngine(name);
}
