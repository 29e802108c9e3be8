import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { AppError } from '../../../src/domain/errors';
import { ENGINE_TITLES, type EngineName } from '../../../src/domain/engine';
import type { Engine } from '../engine';
import { TfjsNetwork, type Device } from './tfjs-network';

/**
 * Opens the tfjs engine on one of TF.js's backends. Throws `engine-unavailable` where this device or
 * browser has no such backend.
 */
export async function openTfjsEngine(name: EngineName): Promise<Engine> {
  if (name === 'webgl') await loadWebgl();
  return openTfjsBackend(name, name);
}

/** The same on any backend that is loaded: the benchmarks bring one of their own. */
export async function openTfjsBackend(backend: string, name: EngineName): Promise<Engine> {
  const isReady = await tf.setBackend(backend).catch(() => false);
  if (!isReady || tf.getBackend() !== backend) throw unavailable(name);
  const device = createDevice(backend);
  return {
    name,
    create: (architecture, weights, training) => new TfjsNetwork(device, architecture, weights, training),
  };
}

async function loadWebgl(): Promise<void> {
  await import('@tensorflow/tfjs-backend-webgl');
  // Without it TF.js refuses a WebGL that is computed in software, though it is twice as fast as `cpu`.
  tf.env().set('SOFTWARE_WEBGL_ENABLED', true);
}

function createDevice(backend: string): Device {
  const activate = async () => {
    await tf.setBackend(backend);
  };
  if (backend !== 'webgl') return { activate, guard: (answer) => answer, probe: async () => undefined };
  const lost = whenContextIsLost();
  // Most of the time nobody waits for it; that is not an unhandled failure.
  lost.catch(() => undefined);
  const guard = <T>(answer: Promise<T>) => Promise.race([answer, lost]);
  return { activate, guard, probe: createCanary(guard) };
}

/** Numbers that lie on the graphics device from the first use on, and their sum. */
const CANARY = { numbers: [1, 2, 3], sum: 6 };

/**
 * Adds up numbers that were given to the device when it was opened. A device that was reset and restored
 * goes on as if nothing had happened, with a loss of 0 and weights of nothing; these numbers are gone then.
 */
function createCanary(guard: Device['guard']): () => Promise<void> {
  const numbers = tf.tensor1d(CANARY.numbers);
  const add = async () => {
    const sum = tf.sum(numbers);
    try {
      return (await guard(sum.data()))[0];
    } catch (cause) {
      throw contextLost({ cause });
    } finally {
      sum.dispose();
    }
  };
  // The first sum is what brings the numbers onto the device.
  const placed = add();
  placed.catch(() => undefined);
  return async () => {
    await placed;
    if ((await add()) !== CANARY.sum) throw contextLost();
  };
}

/** Rejects when the graphics device is reset. TF.js itself would wait for ever, or answer zeros. */
function whenContextIsLost(): Promise<never> {
  const backend = tf.backend() as unknown as { gpgpu: { gl: { canvas: EventTarget } } };
  return new Promise((_, reject) => {
    backend.gpgpu.gl.canvas.addEventListener('webglcontextlost', () => reject(contextLost()));
  });
}

function contextLost(options?: ErrorOptions): AppError {
  return new AppError(
    'context-lost',
    'The graphics device was reset.',
    {
      reason: 'CONTEXT_LOST',
      kept: 'The last saved state of the training is kept.',
      remedy: 'Continue the run: it goes on from there.',
    },
    options,
  );
}

function unavailable(name: EngineName): AppError {
  return new AppError('engine-unavailable', `${ENGINE_TITLES[name]} does not work on this device.`, {
    reason: 'ENGINE_UNAVAILABLE',
    kept: 'Nothing was changed.',
    remedy: 'Choose another engine, or “Automatic”.',
  });
}
