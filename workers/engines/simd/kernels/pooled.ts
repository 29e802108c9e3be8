/**
 * The first layers of many networks in one go: a convolution of the pixels, its ReLU, and a max pool of 2. Only
 * the largest of each four numbers is ever written, with its place, 0 … 3, or 4 where the ReLU made it 0. The way
 * back needs no more: that is a quarter of the memory, and twice as fast as one after the other.
 *
 * Columns are read eight at a time, also where fewer are left: what lies behind them is not stored.
 */
import { PANEL } from './layout';
import { addColumns, multiplyAdd, storeColumns } from './vector';

/** Taps of a filter whose gradients are in registers at a time. */
const TAPS: i32 = 3;

/**
 * The way forward. A window begins at `input + corner`, the next one beside it `stepBytes` and below it `rowBytes`
 * further on; its element k lies at `taps[k]`. `corners` are those of the pooled places: [places of an image].
 * Results are [images, places, columns] floats and as many bytes.
 */
export function pooledProduct(
  input: usize,
  imageBytes: i32,
  images: i32,
  corners: usize,
  cornerCount: i32,
  stepBytes: i32,
  rowBytes: i32,
  taps: usize,
  tapCount: i32,
  panels: usize,
  columns: i32,
  bias: usize,
  output: usize,
  places: usize,
): void {
  const panelBytes = tapCount << 5;
  const tapsEnd = taps + (tapCount << 2);
  const cornersEnd = corners + (cornerCount << 2);
  for (let image = 0; image < images; image++, input += imageBytes) {
    for (let place = corners; place < cornersEnd; place += 4) {
      const first = input + load<u32>(place);
      const right = first + stepBytes;
      const below = first + rowBytes;
      const corner = below + stepBytes;
      let weights = panels;
      for (let column = 0; column < columns; column += PANEL, weights += panelBytes) {
        const width = columns - column;
        let low0 = v128.load(bias + (column << 2));
        let high0 = v128.load(bias + (column << 2), 16);
        let low1 = low0;
        let low2 = low0;
        let low3 = low0;
        let high1 = high0;
        let high2 = high0;
        let high3 = high0;
        let weight = weights;
        for (let tap = taps; tap < tapsEnd; tap += 4, weight += 32) {
          const offset = load<u32>(tap);
          const low = v128.load(weight);
          const high = v128.load(weight, 16);
          let value = v128.load32_splat(first + offset);
          low0 = multiplyAdd(value, low, low0);
          high0 = multiplyAdd(value, high, high0);
          value = v128.load32_splat(right + offset);
          low1 = multiplyAdd(value, low, low1);
          high1 = multiplyAdd(value, high, high1);
          value = v128.load32_splat(below + offset);
          low2 = multiplyAdd(value, low, low2);
          high2 = multiplyAdd(value, high, high2);
          value = v128.load32_splat(corner + offset);
          low3 = multiplyAdd(value, low, low3);
          high3 = multiplyAdd(value, high, high3);
        }
        const low = f32x4.pmax(f32x4.pmax(low0, low1), f32x4.pmax(low2, low3));
        const high = f32x4.pmax(f32x4.pmax(high0, high1), f32x4.pmax(high2, high3));
        const zero = f32x4.splat(0);
        const target = output + (column << 2);
        storeColumns(target, f32x4.pmax(low, zero), f32x4.pmax(high, zero), width);
        // Narrowed from 32 to 8 bits: eight places in the first eight bytes.
        const wide = i16x8.narrow_i32x4_s(
          findPlace(low, low0, low1, low2),
          findPlace(high, high0, high1, high2),
        );
        storePlaces(places + column, i8x16.narrow_i16x8_u(wide, wide), width);
      }
      output += columns << 2;
      places += columns;
    }
  }
}

/** Which of four numbers is the largest, the first of equal ones; 4 where it is not positive. */
function findPlace(largest: v128, value0: v128, value1: v128, value2: v128): v128 {
  const one = i32x4.splat(1);
  const isPositive = f32x4.gt(largest, f32x4.splat(0));
  // From the last window to the first: one more, or back to 0 where this is it.
  let place = i32x4.add(one, v128.andnot(one, f32x4.eq(value2, largest)));
  place = i32x4.add(one, v128.andnot(place, f32x4.eq(value1, largest)));
  place = v128.andnot(place, f32x4.eq(value0, largest));
  return v128.or(v128.and(place, isPositive), v128.andnot(i32x4.splat(4), isPositive));
}

function storePlaces(target: usize, bytes: v128, width: i32): void {
  if (width >= PANEL) {
    v128.store64_lane(target, bytes, 0);
    return;
  }
  let left = i64x2.extract_lane(bytes, 0);
  for (let column = 0; column < width; column++, left >>= 8) store<u8>(target + column, left as u8);
}

/**
 * The gradient of the filters and, the last row of `output`'s neighbour `sums`, of the bias. Gradients are
 * [images, places, columns] floats. `output` is [taps, columns]; with `isFirst` it is overwritten, else added to.
 */
export function pooledGradient(
  input: usize,
  imageBytes: i32,
  images: i32,
  corners: usize,
  cornerCount: i32,
  stepBytes: i32,
  rowBytes: i32,
  taps: usize,
  tapCount: i32,
  gradients: usize,
  places: usize,
  columns: i32,
  output: usize,
  sums: usize,
  isFirst: bool,
): void {
  const last = tapCount - 1;
  const stride = columns << 2;
  for (let column = 0; column < columns; column += PANEL) {
    const width = columns - column;
    for (let tap = 0; tap < tapCount; tap += TAPS) {
      const tap0 = load<u32>(taps + (tap << 2));
      const tap1 = load<u32>(taps + (min(tap + 1, last) << 2));
      const tap2 = load<u32>(taps + (min(tap + 2, last) << 2));
      let low0 = f32x4.splat(0);
      let low1 = low0;
      let low2 = low0;
      let high0 = low0;
      let high1 = low0;
      let high2 = low0;
      let gradient = gradients + (column << 2);
      let place = places + column;
      let from = input;
      for (let image = 0; image < images; image++, from += imageBytes) {
        for (let index = 0; index < cornerCount; index++, gradient += stride, place += columns) {
          const low = v128.load(gradient);
          const high = v128.load(gradient, 16);
          const wide = v128.load8x8_u(place);
          const lowPlace = i32x4.extend_low_i16x8_u(wide);
          const highPlace = i32x4.extend_high_i16x8_u(wide);
          let start = from + load<u32>(corners + (index << 2));
          for (let window = 0; window < 4; window++) {
            const lowHere = v128.and(low, i32x4.eq(lowPlace, i32x4.splat(window)));
            const highHere = v128.and(high, i32x4.eq(highPlace, i32x4.splat(window)));
            let value = v128.load32_splat(start + tap0);
            low0 = multiplyAdd(value, lowHere, low0);
            high0 = multiplyAdd(value, highHere, high0);
            value = v128.load32_splat(start + tap1);
            low1 = multiplyAdd(value, lowHere, low1);
            high1 = multiplyAdd(value, highHere, high1);
            value = v128.load32_splat(start + tap2);
            low2 = multiplyAdd(value, lowHere, low2);
            high2 = multiplyAdd(value, highHere, high2);
            start += window === 1 ? rowBytes - stepBytes : stepBytes;
          }
        }
      }
      const left = tapCount - tap;
      let target = output + (column << 2) + tap * stride;
      addColumns(target, low0, high0, width, isFirst);
      if (left > 1) addColumns((target += stride), low1, high1, width, isFirst);
      if (left > 2) addColumns((target += stride), low2, high2, width, isFirst);
    }
    sumPassed(
      gradients + (column << 2),
      places + column,
      images * cornerCount,
      columns,
      width,
      sums + (column << 2),
      isFirst,
    );
  }
}

/** The gradient of eight columns' bias: the sum of the gradients that came through the ReLU. */
function sumPassed(
  gradients: usize,
  places: usize,
  rows: i32,
  columns: i32,
  width: i32,
  sums: usize,
  isFirst: bool,
): void {
  const stride = columns << 2;
  let low = f32x4.splat(0);
  let high = low;
  for (let row = 0; row < rows; row++, gradients += stride, places += columns) {
    const wide = v128.load8x8_u(places);
    const lowPassed = i32x4.lt_s(i32x4.extend_low_i16x8_u(wide), i32x4.splat(4));
    const highPassed = i32x4.lt_s(i32x4.extend_high_i16x8_u(wide), i32x4.splat(4));
    low = f32x4.add(low, v128.and(v128.load(gradients), lowPassed));
    high = f32x4.add(high, v128.and(v128.load(gradients, 16), highPassed));
  }
  addColumns(sums, low, high, width, isFirst);
}
