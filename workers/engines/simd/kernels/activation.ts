/** Layers that look at each number, or each small window, by itself. */

/** At least 0, in place. */
export function relu(values: usize, count: i32): void {
  const zero = f32x4.splat(0);
  const end = values + (count << 2);
  for (; values + 16 <= end; values += 16) v128.store(values, f32x4.pmax(v128.load(values), zero));
  for (; values < end; values += 4) f32.store(values, max<f32>(f32.load(values), 0));
}

/**
 * The largest of each window of `size` × `size`, windows side by side; rows and columns that fill no
 * window are left out. Images are [height, width, channels].
 */
export function maxPool(
  source: usize,
  images: i32,
  height: i32,
  width: i32,
  channels: i32,
  size: i32,
  target: usize,
): void {
  const rows = height / size;
  const columns = width / size;
  const pixelBytes = channels << 2;
  const rowBytes = width * pixelBytes;
  for (let image = 0; image < images; image++, source += height * rowBytes) {
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++, target += pixelBytes) {
        const corner = source + row * size * rowBytes + column * size * pixelBytes;
        let at = 0;
        for (; at + 16 <= pixelBytes; at += 16) {
          v128.store(target + at, largestOfFour(corner + at, size, rowBytes, pixelBytes));
        }
        for (; at < pixelBytes; at += 4) {
          f32.store(target + at, largest(corner + at, size, rowBytes, pixelBytes));
        }
      }
    }
  }
}

function largestOfFour(corner: usize, size: i32, rowBytes: i32, pixelBytes: i32): v128 {
  if (size === 2) {
    const upper = f32x4.pmax(v128.load(corner), v128.load(corner + pixelBytes));
    const below = corner + rowBytes;
    return f32x4.pmax(upper, f32x4.pmax(v128.load(below), v128.load(below + pixelBytes)));
  }
  let found = v128.load(corner);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      found = f32x4.pmax(found, v128.load(corner + y * rowBytes + x * pixelBytes));
    }
  }
  return found;
}

function largest(corner: usize, size: i32, rowBytes: i32, pixelBytes: i32): f32 {
  let found = f32.load(corner);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      found = max<f32>(found, f32.load(corner + y * rowBytes + x * pixelBytes));
    }
  }
  return found;
}

/**
 * The way back through `maxPool`: each gradient goes to the first place of its window that had the
 * largest value; all others become 0. The result stands in the place of the inputs. With `isMasked` the
 * inputs are a ReLU's outputs, and its own way back is taken at once.
 */
export function maxPoolGradient(
  gradients: usize,
  images: i32,
  height: i32,
  width: i32,
  channels: i32,
  size: i32,
  isMasked: bool,
  inputs: usize,
): void {
  const rows = height / size;
  const columns = width / size;
  const pixelBytes = channels << 2;
  const rowBytes = width * pixelBytes;
  for (let image = 0; image < images; image++, inputs += height * rowBytes) {
    for (let row = 0; row < rows; row++) {
      const start = inputs + row * size * rowBytes;
      for (let column = 0; column < columns; column++, gradients += pixelBytes) {
        const corner = start + column * size * pixelBytes;
        let at = 0;
        for (; at + 16 <= pixelBytes; at += 16) {
          spreadFour(gradients + at, corner + at, size, rowBytes, pixelBytes, isMasked);
        }
        for (; at < pixelBytes; at += 4) {
          spread(gradients + at, corner + at, size, rowBytes, pixelBytes, isMasked);
        }
      }
      const done = columns * size * pixelBytes;
      for (let y = 0; y < size; y++) memory.fill(start + y * rowBytes + done, 0, rowBytes - done);
    }
    memory.fill(inputs + rows * size * rowBytes, 0, (height - rows * size) * rowBytes);
  }
}

function spreadFour(
  gradient: usize,
  corner: usize,
  size: i32,
  rowBytes: i32,
  pixelBytes: i32,
  isMasked: bool,
): void {
  const found = largestOfFour(corner, size, rowBytes, pixelBytes);
  let left = v128.load(gradient);
  if (isMasked) left = v128.and(left, f32x4.gt(found, f32x4.splat(0)));
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const place = corner + y * rowBytes + x * pixelBytes;
      const isHere = f32x4.eq(v128.load(place), found);
      v128.store(place, v128.and(left, isHere));
      left = v128.andnot(left, isHere);
    }
  }
}

function spread(
  gradient: usize,
  corner: usize,
  size: i32,
  rowBytes: i32,
  pixelBytes: i32,
  isMasked: bool,
): void {
  const found = largest(corner, size, rowBytes, pixelBytes);
  let left: f32 = f32.load(gradient);
  if (isMasked && found <= 0) left = 0;
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const place = corner + y * rowBytes + x * pixelBytes;
      const isHere = f32.load(place) === found;
      f32.store(place, isHere ? left : <f32>0);
      if (isHere) left = 0;
    }
  }
}

/**
 * Dropout, in place: each number is lost with the probability `rate`, the others grow to make up for it.
 * Which ones is a pure function of the seed and the number's place in the batch, so the way back calls
 * the same for the gradients. (Finalizer of MurmurHash3, public domain.)
 */
export function dropout(values: usize, count: i32, firstIndex: i32, seed: i32, rate: f32): void {
  const scale: f32 = 1 / (1 - rate);
  const lost = (rate * 4294967296.0) as u32;
  for (let at = 0; at < count; at++, values += 4) {
    let hash = (firstIndex + at) * 0x9e3779b1 + seed;
    hash = (hash ^ (hash >>> 16)) * 0x85ebca6b;
    hash = (hash ^ (hash >>> 13)) * 0xc2b2ae35;
    hash ^= hash >>> 16;
    f32.store(values, (hash as u32) < lost ? 0 : f32.load(values) * scale);
  }
}
