import { PANEL, TILE } from './layout';
import { addColumns, multiplyAdd } from './vector';

/**
 * The gradient of a convolution's filters, or of a dense layer's matrix: row k of the result is the sum
 * over all places of (input at tap k) × (gradient of the output). `rows` are the places, as in
 * `multiply`; `gradients` are in panels of 8 columns, [columns / 8, rows, 8], so that one panel and the
 * images it belongs to stay in the first-level cache. (Read where they lie, 8 of 64 columns at a time,
 * they share few cache sets and the kernel runs at half speed.)
 *
 * `output` is [taps, columns]. With `isFirst` it is overwritten, else added to.
 */
export function filterGradient(
  input: usize,
  rows: usize,
  rowCount: i32,
  taps: usize,
  tapCount: i32,
  gradients: usize,
  panelBytes: i32,
  columns: i32,
  output: usize,
  isFirst: bool,
): void {
  const last = tapCount - 1;
  const rowsEnd = rows + (rowCount << 3);
  const rowBytes = columns << 2;
  for (let tap = 0; tap < tapCount; tap += TILE, output += TILE * rowBytes) {
    const left = tapCount - tap;
    const from0 = input + load<u32>(taps + (tap << 2));
    const from1 = input + load<u32>(taps + (min(tap + 1, last) << 2));
    const from2 = input + load<u32>(taps + (min(tap + 2, last) << 2));
    const from3 = input + load<u32>(taps + (min(tap + 3, last) << 2));
    const from4 = input + load<u32>(taps + (min(tap + 4, last) << 2));
    const from5 = input + load<u32>(taps + (min(tap + 5, last) << 2));
    let panel = gradients;
    for (let column = 0; column < columns; column += PANEL, panel += panelBytes) {
      let low0 = f32x4.splat(0);
      let low1 = low0;
      let low2 = low0;
      let low3 = low0;
      let low4 = low0;
      let low5 = low0;
      let high0 = low0;
      let high1 = low0;
      let high2 = low0;
      let high3 = low0;
      let high4 = low0;
      let high5 = low0;
      let gradient = panel;
      for (let row = rows; row < rowsEnd; row += 8, gradient += 32) {
        const offset = load<u32>(row);
        const low = v128.load(gradient);
        const high = v128.load(gradient, 16);
        let value = v128.load32_splat(from0 + offset);
        low0 = multiplyAdd(value, low, low0);
        high0 = multiplyAdd(value, high, high0);
        value = v128.load32_splat(from1 + offset);
        low1 = multiplyAdd(value, low, low1);
        high1 = multiplyAdd(value, high, high1);
        value = v128.load32_splat(from2 + offset);
        low2 = multiplyAdd(value, low, low2);
        high2 = multiplyAdd(value, high, high2);
        value = v128.load32_splat(from3 + offset);
        low3 = multiplyAdd(value, low, low3);
        high3 = multiplyAdd(value, high, high3);
        value = v128.load32_splat(from4 + offset);
        low4 = multiplyAdd(value, low, low4);
        high4 = multiplyAdd(value, high, high4);
        value = v128.load32_splat(from5 + offset);
        low5 = multiplyAdd(value, low, low5);
        high5 = multiplyAdd(value, high, high5);
      }
      let target = output + (column << 2);
      if (left >= TILE && columns - column >= PANEL) {
        // Nearly always: a whole tile, stored without a question.
        add(target, low0, high0, isFirst);
        add((target += rowBytes), low1, high1, isFirst);
        add((target += rowBytes), low2, high2, isFirst);
        add((target += rowBytes), low3, high3, isFirst);
        add((target += rowBytes), low4, high4, isFirst);
        add((target += rowBytes), low5, high5, isFirst);
        continue;
      }
      const width = columns - column;
      addColumns(target, low0, high0, width, isFirst);
      if (left > 1) addColumns((target += rowBytes), low1, high1, width, isFirst);
      if (left > 2) addColumns((target += rowBytes), low2, high2, width, isFirst);
      if (left > 3) addColumns((target += rowBytes), low3, high3, width, isFirst);
      if (left > 4) addColumns((target += rowBytes), low4, high4, width, isFirst);
      if (left > 5) addColumns((target += rowBytes), low5, high5, width, isFirst);
    }
  }
}

function add(target: usize, low: v128, high: v128, isFirst: bool): void {
  if (isFirst) {
    v128.store(target, low);
    v128.store(target, high, 16);
  } else {
    v128.store(target, f32x4.add(low, v128.load(target)));
    v128.store(target, f32x4.add(high, v128.load(target, 16)), 16);
  }
}
