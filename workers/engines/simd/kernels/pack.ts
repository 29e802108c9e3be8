/** Matrices brought into the form that the products read: panels of 8 columns, padded with 0. */
import { PANEL } from './layout';
import { addColumns, loadFew } from './vector';

/** A matrix [rows, columns] to panels [columns / 8, rows, 8]. */
export function packWeights(source: usize, rows: i32, columns: i32, target: usize): void {
  const rowBytes = columns << 2;
  for (let column = 0; column < columns; column += PANEL) {
    const width = columns - column;
    let from = source + (column << 2);
    for (let row = 0; row < rows; row++, from += rowBytes, target += 32) {
      v128.store(target, loadFew(from, width));
      v128.store(target, loadFew(from + 16, width - 4), 16);
    }
  }
}

/**
 * Filters [taps, inputs, outputs] to the panels of their input gradient, [inputs / 8, taps, outputs, 8]:
 * each tap's matrix is transposed.
 */
export function packTransposed(source: usize, taps: i32, inputs: i32, outputs: i32, target: usize): void {
  const rowBytes = outputs << 2;
  const tapBytes = inputs * rowBytes;
  for (let input = 0; input < inputs; input += PANEL) {
    const width = min(PANEL, inputs - input);
    for (let tap = 0; tap < taps; tap++) {
      const from = source + tap * tapBytes + input * rowBytes;
      for (let output = 0; output < outputs; output++, target += 32) {
        let at = from + (output << 2);
        for (let lane = 0; lane < PANEL; lane++, at += rowBytes) {
          f32.store(target + (lane << 2), lane < width ? f32.load(at) : 0);
        }
      }
    }
  }
}

/**
 * Gradients [rows, columns] to panels [columns / 8, rows, 8], and their sums over all rows, which are
 * the gradient of the bias. `panelBytes` may leave room for more rows. With `isFirst` the sums are
 * overwritten, else added to; without an address for them there are none.
 */
export function packRows(
  source: usize,
  rows: i32,
  columns: i32,
  target: usize,
  panelBytes: i32,
  sums: usize,
  isFirst: bool,
): void {
  const rowBytes = columns << 2;
  for (let column = 0; column < columns; column += PANEL, target += panelBytes) {
    const width = columns - column;
    let from = source + (column << 2);
    let to = target;
    let low = f32x4.splat(0);
    let high = f32x4.splat(0);
    for (let row = 0; row < rows; row++, from += rowBytes, to += 32) {
      const valuesLow = loadFew(from, width);
      const valuesHigh = loadFew(from + 16, width - 4);
      v128.store(to, valuesLow);
      v128.store(to, valuesHigh, 16);
      low = f32x4.add(low, valuesLow);
      high = f32x4.add(high, valuesHigh);
    }
    if (sums) addColumns(sums + (column << 2), low, high, width, isFirst);
  }
}
