import { ARCHITECTURES } from '../../src/domain/architecture';
import { initialWeights } from '../../src/domain/weights';
import { openEngine } from '../../workers/engines/open-engine';
import { openSimdEngine } from '../../workers/engines/simd/simd-engine';
import type { Engine } from '../../workers/engines/engine';
import { batchOf, PLAIN_ADAM } from '../helpers/networks';
import { countFlops } from './flops';
import { toOnnx } from '../../src/domain/onnx-model';
import { time, type Timing } from './timing';

/** What is measured: an engine of Inkling's or one that it is compared with. */
export interface Subject {
  readonly engine: 'simd' | 'tfjs-wasm' | 'tfjs-cpu' | 'tfjs-webgl' | 'onnxruntime';
  readonly threads: number;
  readonly network: keyof typeof ARCHITECTURES;
  readonly batch: number;
  readonly durationMs: number;
}

async function openSubject({ engine, threads }: Subject): Promise<Engine> {
  switch (engine) {
    case 'simd':
      return openSimdEngine({ threads });
    case 'tfjs-cpu':
      return openEngine('cpu');
    case 'tfjs-webgl':
      return openEngine('webgl');
    case 'tfjs-wasm':
      return openTfjsWasm();
    case 'onnxruntime':
      throw new RangeError('ONNX Runtime is no engine of ours');
  }
}

/** TF.js on its own WebAssembly backend: it answers, but has no gradient of a convolution's filters. */
async function openTfjsWasm(): Promise<Engine> {
  const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
  setWasmPaths('/tests/bench/node_modules/@tensorflow/tfjs-backend-wasm/dist/');
  const { openTfjsBackend } = await import('../../workers/engines/tfjs/tfjs-engine');
  return openTfjsBackend('wasm', 'cpu');
}

/** A step of training. */
export async function timeTraining(subject: Subject): Promise<Timing> {
  const engine = await openSubject(subject);
  const architecture = ARCHITECTURES[subject.network];
  const network = engine.create(architecture, initialWeights(architecture, 1), PLAIN_ADAM);
  const batch = batchOf(1, subject.batch);
  return time(() => network.trainBatch(batch, 1e-4), subject.durationMs);
}

/** An answer to a batch of images. */
export async function timeAnswers(subject: Subject): Promise<Timing> {
  const architecture = ARCHITECTURES[subject.network];
  const weights = initialWeights(architecture, 1);
  const { pixels } = batchOf(1, subject.batch);
  if (subject.engine === 'onnxruntime')
    return timeOnnxRuntime(subject, toOnnx(architecture, weights), pixels);
  const network = (await openSubject(subject)).create(architecture, weights);
  return time(() => network.logits(pixels), subject.durationMs);
}

async function openOnnxRuntime(threads: number, model: Uint8Array) {
  const { env, InferenceSession, Tensor } = await import('onnxruntime-web/wasm');
  env.wasm.numThreads = threads;
  env.wasm.wasmPaths = '/tests/bench/node_modules/onnxruntime-web/dist/';
  const session = await InferenceSession.create(model, { executionProviders: ['wasm'] });
  return async (pixels: Uint8Array): Promise<Float32Array> => {
    const values = new Float32Array(pixels.length);
    for (let i = 0; i < values.length; i++) values[i] = pixels[i]! / 255;
    const images = new Tensor('float32', values, [pixels.length / 784, 1, 28, 28]);
    return (await session.run({ pixels: images }))['logits']!.data;
  };
}

/** Both begin with bytes, as the app has them, and end with logits. */
async function timeOnnxRuntime({ threads, durationMs }: Subject, model: Uint8Array, pixels: Uint8Array) {
  const answer = await openOnnxRuntime(threads, model);
  return time(() => answer(pixels), durationMs);
}

/** The largest difference between our logits and ONNX Runtime's: that both compute the same network. */
export async function compareWithOnnxRuntime(network: Subject['network']): Promise<number> {
  const architecture = ARCHITECTURES[network];
  const weights = initialWeights(architecture, 1);
  const { pixels } = batchOf(1, 100);
  const theirs = await (await openOnnxRuntime(1, toOnnx(architecture, weights)))(pixels);
  const ours = await (await openSimdEngine({ threads: 1 })).create(architecture, weights).logits(pixels);
  return ours.reduce((most, logit, at) => Math.max(most, Math.abs(logit - theirs[at]!)), 0);
}

/** Multiplications and additions of an image's matrix products: forward, and in a step of training. */
export async function flopsOf(network: Subject['network']) {
  return countFlops(ARCHITECTURES[network]);
}

/** Bytes that training takes: the engine's memory, which holds all of it. */
export async function trainingBytes(subject: Subject): Promise<number> {
  const engine = await openSimdEngine({ threads: subject.threads });
  const architecture = ARCHITECTURES[subject.network];
  const before = engine.heap.usedBytes;
  const network = engine.create(architecture, initialWeights(architecture, 1), PLAIN_ADAM);
  await network.trainBatch(batchOf(1, subject.batch), 1e-4);
  return engine.heap.usedBytes - before;
}
