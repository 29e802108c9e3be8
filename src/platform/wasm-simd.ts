/** Instructions as bytes: v128.const 0, drop, and f32x4.relaxed_madd (0x105 in LEB128). */
const VECTOR_ZERO = [0xfd, 0x0c, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
const DROP = [0x1a];
const RELAXED_MADD = [0xfd, 0x85, 0x02];

/** How much of WebAssembly's vector instructions a browser knows: `relaxed` has fused multiply-add. */
export type WasmSimd = 'relaxed' | 'plain' | 'none';

/** What this browser knows. Chromium has had SIMD since 91 and relaxed SIMD since 114. */
export function detectWasmSimd(): WasmSimd {
  if (understands([VECTOR_ZERO, VECTOR_ZERO, VECTOR_ZERO, RELAXED_MADD, DROP].flat())) return 'relaxed';
  return understands([VECTOR_ZERO, DROP].flat()) ? 'plain' : 'none';
}

/**
 * True where the browser knows the instructions: it finds a module invalid that has one which it does
 * not know. The module has one function and nothing else.
 */
function understands(instructions: readonly number[]): boolean {
  const body = [0, instructions, 0x0b].flat();
  const magic = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
  const types = [0x01, 0x04, 0x01, 0x60, 0x00, 0x00];
  const functions = [0x03, 0x02, 0x01, 0x00];
  const code = [0x0a, body.length + 2, 0x01, body.length, body].flat();
  return WebAssembly.validate(Uint8Array.from([magic, types, functions, code].flat()));
}
