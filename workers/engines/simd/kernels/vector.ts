/** The few vector operations that all kernels are made of. */
import { PANEL } from './layout';

/**
 * sum + a · b, lane by lane. The relaxed build rounds once (fused multiply-add), the plain one twice; the
 * compiler knows which and leaves no branch.
 */
export function multiplyAdd(a: v128, b: v128, sum: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, sum);
  return f32x4.add(f32x4.mul(a, b), sum);
}

/** Stores the first `columns` of eight floats. */
export function storeColumns(target: usize, low: v128, high: v128, columns: i32): void {
  if (columns >= PANEL) {
    v128.store(target, low);
    v128.store(target, high, 16);
    return;
  }
  if (columns > 3) {
    v128.store(target, low);
    storeFew(target + 16, high, columns - 4);
    return;
  }
  storeFew(target, low, columns);
}

function storeFew(target: usize, values: v128, count: i32): void {
  if (count > 0) f32.store(target, f32x4.extract_lane(values, 0));
  if (count > 1) f32.store(target, f32x4.extract_lane(values, 1), 4);
  if (count > 2) f32.store(target, f32x4.extract_lane(values, 2), 8);
}

/** Loads the first `columns` of four floats; the others are 0. Never reads beyond them. */
export function loadFew(source: usize, columns: i32): v128 {
  if (columns > 3) return v128.load(source);
  let values = f32x4.splat(0);
  if (columns > 0) values = f32x4.replace_lane(values, 0, f32.load(source));
  if (columns > 1) values = f32x4.replace_lane(values, 1, f32.load(source, 4));
  if (columns > 2) values = f32x4.replace_lane(values, 2, f32.load(source, 8));
  return values;
}

/** The sum of four lanes, pairwise. */
export function sumLanes(values: v128): f32 {
  return (
    f32x4.extract_lane(values, 0) +
    f32x4.extract_lane(values, 2) +
    (f32x4.extract_lane(values, 1) + f32x4.extract_lane(values, 3))
  );
}

/** Adds the first `columns` of eight floats to what is there, or with `isFirst` replaces it. */
export function addColumns(target: usize, low: v128, high: v128, columns: i32, isFirst: bool): void {
  if (!isFirst) {
    low = f32x4.add(low, loadFew(target, columns));
    high = f32x4.add(high, loadFew(target + 16, columns - 4));
  }
  storeColumns(target, low, high, columns);
}
