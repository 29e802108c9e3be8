/** Rounds little-endian float32 to float16 (IEEE 754, to the nearest, ties to even), half as many bytes. */
export function toHalfFloats(bytes) {
  const floats = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const halves = Buffer.alloc(bytes.byteLength / 2);
  for (let at = 0; at < bytes.byteLength; at += 4) {
    halves.writeUInt16LE(toHalf(floats.getFloat32(at, true)), at / 2);
  }
  return halves;
}

function toHalf(value) {
  const sign = value < 0 ? 0x8000 : 0;
  const size = Math.abs(value);
  if (!(size < 65_520)) throw new RangeError(`${value} does not fit into a float16`);
  // Below 2^-14 the steps stay the same.
  const exponent = size === 0 ? -14 : Math.max(-14, Math.floor(Math.log2(size)));
  const steps = roundToEven(size * 2 ** (10 - exponent));
  return sign | (steps < 1024 ? steps : ((exponent + 14) << 10) + steps);
}

function roundToEven(value) {
  const whole = Math.floor(value);
  const rest = value - whole;
  return whole + (rest > 0.5 || (rest === 0.5 && whole % 2 === 1) ? 1 : 0);
}
