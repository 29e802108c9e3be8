/** What ONNX Runtime answers: Microsoft's own, as WebAssembly, from the package of its maintainers. */
import { env, InferenceSession, Tensor } from 'onnxruntime-web/wasm';
import { IMAGE_PIXELS } from '../../src/domain/sample';

env.wasm.numThreads = 1;
// The WebAssembly alone: what loads it is in the package's own bundle.
env.wasm.wasmPaths = { wasm: '/node_modules/onnxruntime-web/dist/ort-wasm-simd-threaded.wasm' };

/** The logits, [count, 10], of an ONNX file for images of bytes. */
export async function logitsOfOnnxRuntime(file: Blob, pixels: Uint8Array): Promise<Float32Array> {
  const model = new Uint8Array(await file.arrayBuffer());
  const session = await InferenceSession.create(model, { executionProviders: ['wasm'] });
  const ink = Float32Array.from(pixels, (byte) => byte / 255);
  const images = new Tensor('float32', ink, [pixels.length / IMAGE_PIXELS, 1, 28, 28]);
  const { logits } = await session.run({ pixels: images });
  await session.release();
  return logits!.data;
}
