import { AppError } from '../../src/domain/errors';
import type { EngineChoice, EngineName } from '../../src/domain/run';
import type { Engine } from './engine';

/** The engines from the fastest to the last resort. */
const PREFERENCE: readonly EngineName[] = ['webgl', 'cpu'];

const opened = new Map<EngineName, Promise<Engine>>();

/**
 * Opens the engine that was asked for, or the first of the preferred ones that works here.
 * Throws `engine-unavailable`.
 */
export async function openEngine(choice: EngineChoice): Promise<Engine> {
  if (choice !== 'auto') return open(choice);
  for (const name of PREFERENCE) {
    try {
      return await open(name);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'engine-unavailable') throw error;
    }
  }
  throw new AppError('engine-unavailable', 'No engine works in this browser.');
}

function open(name: EngineName): Promise<Engine> {
  const pending = opened.get(name) ?? load(name);
  opened.set(name, pending);
  pending.catch(() => opened.delete(name));
  return pending;
}

/** TF.js is loaded when the first engine that needs it is opened. */
async function load(name: EngineName): Promise<Engine> {
  const { openTfjsEngine } = await import('./tfjs/tfjs-engine');
  return openTfjsEngine(name);
}
