/** A thread of the simd engine: runs programs from the shared memory until it is dismissed. */
import { instantiate } from './load-kernels';
import type { ThreadOrder } from './thread-pool';

declare const self: DedicatedWorkerGlobalScope;

self.onmessage = ({ data: { module, memory, control, seen } }: MessageEvent<ThreadOrder>) => {
  const kernels = instantiate(module, memory);
  self.postMessage('ready');
  kernels.serve(control, seen);
  self.close();
};
