/** Bytes 0 … 255 to floats 0 … 1, `count` of them. */
export function convertPixels(source: usize, count: i32, target: usize): void {
  const scale = f32x4.splat(255);
  const end = source + (count & ~3);
  for (; source < end; source += 4, target += 16) {
    const wide = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(source)));
    v128.store(target, f32x4.div(f32x4.convert_i32x4_u(wide), scale));
  }
  for (let left = count & 3; left > 0; left--, source++, target += 4) {
    f32.store(target, (load<u8>(source) as f32) / 255);
  }
}

/**
 * Images [images, height, width · channels] into larger ones of zeros, `top` rows and `left` floats from
 * the corner: what `same` padding reads. `rowFloats` and `paddedRowFloats` are floats per row.
 */
export function padImages(
  source: usize,
  images: i32,
  height: i32,
  rowFloats: i32,
  target: usize,
  paddedHeight: i32,
  paddedRowFloats: i32,
  top: i32,
  left: i32,
): void {
  const paddedBytes = (paddedHeight * paddedRowFloats) << 2;
  memory.fill(target, 0, images * paddedBytes);
  for (let image = 0; image < images; image++, target += paddedBytes) {
    let to = target + ((top * paddedRowFloats + left) << 2);
    for (let row = 0; row < height; row++) {
      memory.copy(to, source, rowFloats << 2);
      source += rowFloats << 2;
      to += paddedRowFloats << 2;
    }
  }
}
