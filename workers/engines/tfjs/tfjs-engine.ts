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
  const lost = backend === 'webgl' ? whenContextIsLost() : new Promise<never>(() => undefined);
  // Most of the time nobody waits for it; that is not an unhandled failure.
  lost.catch(() => undefined);
  return {
    activate: async () => {
      await tf.setBackend(backend);
    },
    guard: (answer) => Promise.race([answer, lost]),
  };
}

/** Rejects when the graphics device is reset. TF.js itself would wait for ever, or answer zeros. */
function whenContextIsLost(): Promise<never> {
  const backend = tf.backend() as unknown as { gpgpu: { gl: { canvas: EventTarget } } };
  return new Promise((_, reject) => {
    backend.gpgpu.gl.canvas.addEventListener('webglcontextlost', () => {
      reject(
        new AppError('context-lost', 'The graphics device was reset.', {
          reason: 'CONTEXT_LOST',
          kept: 'The last saved state of the training is kept.',
          remedy: 'Continue the run: it goes on from there.',
        }),
      );
    });
  });
}

function unavailable(name: EngineName): AppError {
  return new AppError('engine-unavailable', `${ENGINE_TITLES[name]} does not work on this device.`, {
    reason: 'ENGINE_UNAVAILABLE',
    kept: 'Nothing was changed.',
    remedy: 'Choose another engine, or “Automatic”.',
  });
}
