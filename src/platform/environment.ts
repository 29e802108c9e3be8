import type { Setting } from '../domain/run-settings';
import { APP_VERSION } from './app-version';
import { describeGraphics } from './graphics';
import { detectWasmSimd } from './wasm-simd';

/** This version of Inkling and what it runs on, as far as the browser tells, in words. */
export function describeEnvironment(): readonly Setting[] {
  const isShared = globalThis.crossOriginIsolated;
  return [
    { name: 'Inkling', value: APP_VERSION },
    { name: 'Browser', value: navigator.userAgent },
    { name: 'Processors', value: String(navigator.hardwareConcurrency) },
    { name: 'Threads in WebAssembly', value: isShared ? 'Yes' : 'No: the page is not isolated' },
    { name: 'WebAssembly SIMD', value: detectWasmSimd() },
    { name: 'Graphics', value: describeGraphics()?.name ?? 'No WebGL' },
  ];
}
