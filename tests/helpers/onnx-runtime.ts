/** What ONNX Runtime answers: Microsoft's own, as WebAssembly, from the package of its maintainers. */
import type * as ort from 'onnxruntime-web/wasm';
import source from '../../node_modules/onnxruntime-web/dist/ort.wasm.bundle.min.mjs?raw';
import { IMAGE_PIXELS } from '../../src/domain/sample';

const WASM = new URL('/node_modules/onnxruntime-web/dist/ort-wasm-simd-threaded.wasm', location.origin).href;

type Runtime = typeof ort;

const addressOf = (code: string) => URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));

/** Past Vite, which would give it a connection to a server that watches for changes, and there is none. */
async function openRuntime(): Promise<Runtime> {
  const script = document.createElement('script');
  script.type = 'module';
  script.src = addressOf(`import * as ort from '${addressOf(source)}'; globalThis.ort = ort;`);
  await new Promise((resolve, reject) => {
    script.onload = resolve;
    script.onerror = () => reject(new Error('ONNX Runtime could not be loaded.'));
    document.head.append(script);
  });
  const { ort: runtime } = globalThis as unknown as { ort: Runtime };
  runtime.env.wasm.numThreads = 1;
  runtime.env.wasm.wasmPaths = { wasm: WASM };
  return runtime;
}

/** The logits, [count, 10], of an ONNX file for images of bytes. */
export async function logitsOfOnnxRuntime(file: Blob, pixels: Uint8Array): Promise<Float32Array> {
  const { InferenceSession, Tensor } = await openRuntime();
  const model = new Uint8Array(await file.arrayBuffer());
  const session = await InferenceSession.create(model, { executionProviders: ['wasm'] });
  const ink = Float32Array.from(pixels, (byte) => byte / 255);
  const images = new Tensor('float32', ink, [pixels.length / IMAGE_PIXELS, 1, 28, 28]);
  const { logits } = await session.run({ pixels: images });
  await session.release();
  return logits!.data;
}
