import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'chai';
import type { Architecture } from '../../src/domain/architecture';
import { yieldToEvents } from '../../src/platform/yield-to-events';
import { openTfjsEngine } from '../../workers/engines/tfjs/tfjs-engine';
import { withNetwork } from '../helpers/networks';

const DENSE: Architecture = { name: 'dense', layers: [{ kind: 'flatten' }, { kind: 'dense', units: 10 }] };

/** Opens the engine on a graphics device whose resets are told to nobody, as some drivers do. */
async function openUnheard() {
  const { addEventListener } = EventTarget.prototype;
  EventTarget.prototype.addEventListener = function (...[type, ...rest]) {
    if (type !== 'webglcontextlost') addEventListener.call(this, type, ...rest);
  };
  try {
    return await openTfjsEngine('webgl');
  } finally {
    EventTarget.prototype.addEventListener = addEventListener;
  }
}

/** Resets the device and gives it back, empty. */
async function resetDevice(): Promise<void> {
  const { gl } = (tf.backend() as unknown as { gpgpu: { gl: WebGL2RenderingContext } }).gpgpu;
  const loss = gl.getExtension('WEBGL_lose_context')!;
  const told = (type: string) =>
    new Promise<void>((resolve) => {
      const listen = (event: Event) => {
        // A device whose loss is taken for handled is given back.
        event.preventDefault();
        resolve();
      };
      gl.canvas.addEventListener(type, listen, { once: true });
    });
  const lost = told('webglcontextlost');
  loss.loseContext();
  await lost;
  // Not before all have been told.
  await yieldToEvents();
  const restored = told('webglcontextrestored');
  loss.restoreContext();
  await restored;
}

describe('a graphics device that was reset, which nobody was told', () => {
  it('is found out before what it holds is saved, though it goes on as if nothing had happened', async () => {
    const engine = await openUnheard();
    await withNetwork(engine, DENSE, async (network) => {
      await network.probe();
      await resetDevice();
      const outcome = await network.probe().catch((error: { reason?: string; help?: object }) => error);
      expect(outcome).to.have.nested.property('help.reason', 'CONTEXT_LOST');
    });
  });
});
