/** Some bytes one after another, in a new array. */
export function concatenateBytes(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** Text as ASCII; a character that is none becomes `?`. */
export function encodeAscii(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text, (character) => {
    const code = character.charCodeAt(0);
    return code < 0x80 ? code : 0x3f;
  });
}

/** Numbers as float32, the lowest byte first, whatever this machine does. */
export function littleEndian(values: ArrayLike<number>): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(values.length * Float32Array.BYTES_PER_ELEMENT));
  for (let at = 0; at < values.length; at++) {
    view.setFloat32(at * Float32Array.BYTES_PER_ELEMENT, values[at]!, true);
  }
  return new Uint8Array(view.buffer);
}

/** Reads what `littleEndian` wrote; the bytes must be a multiple of four. */
export function readFloats(bytes: Uint8Array): Float32Array<ArrayBuffer> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values = new Float32Array(bytes.byteLength / Float32Array.BYTES_PER_ELEMENT);
  for (let at = 0; at < values.length; at++) {
    values[at] = view.getFloat32(at * Float32Array.BYTES_PER_ELEMENT, true);
  }
  return values;
}
