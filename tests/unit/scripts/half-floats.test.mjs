/** How the shipped weights are rounded. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toHalfFloats } from '../../../scripts/half-floats.mjs';

function half(...values) {
  const bytes = toHalfFloats(Buffer.from(Float32Array.from(values).buffer));
  return Array.from({ length: values.length }, (_, at) => bytes.readUInt16LE(2 * at));
}

test('what a float16 can say is kept', () => {
  const values = [0, 1, -2, 0.5, 65_504, 2 ** -14, 2 ** -24, -(2 ** -24), 1 + 2 ** -10];
  const bits = [0, 0x3c00, 0xc000, 0x3800, 0x7bff, 0x0400, 0x0001, 0x8001, 0x3c01];
  assert.deepEqual(half(...values), bits);
});

test('the rest goes to the nearest, and halfway to the even one', () => {
  assert.deepEqual(half(1 + 2 ** -11, 1 + 3 * 2 ** -11, 1 + 2 ** -11 + 2 ** -20), [0x3c00, 0x3c02, 0x3c01]);
  assert.deepEqual(half(2 - 2 ** -12, 2 ** -26, 3 * 2 ** -25), [0x4000, 0x0000, 0x0002]);
});

test('what is too large is not shipped as infinite', () => {
  assert.throws(() => half(65_520), RangeError);
  assert.throws(() => half(NaN), RangeError);
});
