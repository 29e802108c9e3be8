import { FINISH_MASK, FINISH_RELU, PANEL, TILE } from './layout';
import { loadFew, multiplyAdd, storeColumns } from './vector';

/**
 * The matrix product that convolutions, dense layers and their input gradients are made of. Row r of the
 * left matrix is not copied anywhere: its element k lies at `input + rows[r].input + taps[k]`, so a
 * convolution reads its windows where they are (implicit GEMM, no im2col buffer).
 *
 * The right matrix comes in panels of 8 columns. `runs` cuts k into stretches that are consecutive in a
 * panel: (taps, count, first row of the panel). A tile of 6 rows by 8 columns stays in 12 registers.
 *
 * The inner loop is short on purpose: unrolled, V8 loads ahead, runs out of its 15 registers and spills
 * the sums, at a cost of half the speed. Measured on one core of an AMD EPYC, Chromium 156: as it is
 * 57 GFLOP/s, unrolled by two 38, by four 45, by eight 29.
 */
export function multiply(
  input: usize,
  panels: usize,
  panelBytes: i32,
  columns: i32,
  bias: usize,
  output: usize,
  rows: usize,
  rowCount: i32,
  runs: usize,
  runCount: i32,
  finish: i32,
): void {
  const last = rowCount - 1;
  const runsEnd = runs + runCount * 12;
  const floor = f32x4.splat(finish === FINISH_RELU ? 0 : -Infinity);
  for (let column = 0; column < columns; column += PANEL, panels += panelBytes) {
    const width = min(PANEL, columns - column);
    const biasLow = loadFew(bias + (column << 2), width);
    const biasHigh = loadFew(bias + (column << 2) + 16, width - 4);
    const target = output + (column << 2);
    for (let row = 0; row < rowCount; row += TILE) {
      // What a last, smaller tile lacks is computed from its last row and not stored.
      const row0 = rows + (row << 3);
      const row1 = rows + (min(row + 1, last) << 3);
      const row2 = rows + (min(row + 2, last) << 3);
      const row3 = rows + (min(row + 3, last) << 3);
      const row4 = rows + (min(row + 4, last) << 3);
      const row5 = rows + (min(row + 5, last) << 3);
      const from0 = input + load<u32>(row0);
      const from1 = input + load<u32>(row1);
      const from2 = input + load<u32>(row2);
      const from3 = input + load<u32>(row3);
      const from4 = input + load<u32>(row4);
      const from5 = input + load<u32>(row5);
      let low0 = biasLow;
      let low1 = biasLow;
      let low2 = biasLow;
      let low3 = biasLow;
      let low4 = biasLow;
      let low5 = biasLow;
      let high0 = biasHigh;
      let high1 = biasHigh;
      let high2 = biasHigh;
      let high3 = biasHigh;
      let high4 = biasHigh;
      let high5 = biasHigh;
      for (let run = runs; run < runsEnd; run += 12) {
        let tap: usize = load<u32>(run);
        const end = tap + (load<u32>(run, 4) << 2);
        let weights = panels + load<u32>(run, 8);
        for (; tap < end; tap += 4, weights += 32) {
          const offset = load<u32>(tap);
          const low = v128.load(weights);
          const high = v128.load(weights, 16);
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
      }
      const left = rowCount - row;
      const to0 = target + load<u32>(row0, 4);
      const to1 = target + load<u32>(row1, 4);
      const to2 = target + load<u32>(row2, 4);
      const to3 = target + load<u32>(row3, 4);
      const to4 = target + load<u32>(row4, 4);
      const to5 = target + load<u32>(row5, 4);
      if (left >= TILE && width === PANEL) {
        // Nearly always: a whole tile, stored without a question.
        if (finish === FINISH_MASK) {
          storeMasked(to0, low0, high0);
          storeMasked(to1, low1, high1);
          storeMasked(to2, low2, high2);
          storeMasked(to3, low3, high3);
          storeMasked(to4, low4, high4);
          storeMasked(to5, low5, high5);
        } else {
          storeFrom(to0, low0, high0, floor);
          storeFrom(to1, low1, high1, floor);
          storeFrom(to2, low2, high2, floor);
          storeFrom(to3, low3, high3, floor);
          storeFrom(to4, low4, high4, floor);
          storeFrom(to5, low5, high5, floor);
        }
        continue;
      }
      finishRow(to0, low0, high0, width, finish);
      if (left > 1) finishRow(to1, low1, high1, width, finish);
      if (left > 2) finishRow(to2, low2, high2, width, finish);
      if (left > 3) finishRow(to3, low3, high3, width, finish);
      if (left > 4) finishRow(to4, low4, high4, width, finish);
      if (left > 5) finishRow(to5, low5, high5, width, finish);
    }
  }
}

function storeFrom(target: usize, low: v128, high: v128, floor: v128): void {
  v128.store(target, f32x4.pmax(low, floor));
  v128.store(target, f32x4.pmax(high, floor), 16);
}

function storeMasked(target: usize, low: v128, high: v128): void {
  const zero = f32x4.splat(0);
  v128.store(target, v128.and(low, f32x4.gt(v128.load(target), zero)));
  v128.store(target, v128.and(high, f32x4.gt(v128.load(target, 16), zero)), 16);
}

/**
 * The same for one row whose k are consecutive, such as a dense layer on a single image: four panels at
 * once, because one row has too few sums to keep the multipliers busy.
 */
export function multiplyRow(
  input: usize,
  count: i32,
  panels: usize,
  panelBytes: i32,
  columns: i32,
  bias: usize,
  output: usize,
  finish: i32,
): void {
  const end = input + (count << 2);
  for (let column = 0; column < columns; column += 4 * PANEL, panels += 4 * panelBytes) {
    const width = columns - column;
    // Panels that are not there are read as the last one, and not stored.
    const last = (width - 1) / PANEL;
    let weights0 = panels;
    let weights1 = panels + min(1, last) * panelBytes;
    let weights2 = panels + min(2, last) * panelBytes;
    let weights3 = panels + min(3, last) * panelBytes;
    let low0 = f32x4.splat(0);
    let low1 = low0;
    let low2 = low0;
    let low3 = low0;
    let high0 = low0;
    let high1 = low0;
    let high2 = low0;
    let high3 = low0;
    for (let from = input; from < end; from += 4) {
      const value = v128.load32_splat(from);
      low0 = multiplyAdd(value, v128.load(weights0), low0);
      high0 = multiplyAdd(value, v128.load(weights0, 16), high0);
      low1 = multiplyAdd(value, v128.load(weights1), low1);
      high1 = multiplyAdd(value, v128.load(weights1, 16), high1);
      low2 = multiplyAdd(value, v128.load(weights2), low2);
      high2 = multiplyAdd(value, v128.load(weights2, 16), high2);
      low3 = multiplyAdd(value, v128.load(weights3), low3);
      high3 = multiplyAdd(value, v128.load(weights3, 16), high3);
      weights0 += 32;
      weights1 += 32;
      weights2 += 32;
      weights3 += 32;
    }
    finishPanel(output, bias, column, low0, high0, columns, finish);
    if (width > 8) finishPanel(output, bias, column + 8, low1, high1, columns, finish);
    if (width > 16) finishPanel(output, bias, column + 16, low2, high2, columns, finish);
    if (width > 24) finishPanel(output, bias, column + 24, low3, high3, columns, finish);
  }
}

function finishPanel(
  output: usize,
  bias: usize,
  column: i32,
  low: v128,
  high: v128,
  columns: i32,
  finish: i32,
): void {
  const width = columns - column;
  const at = column << 2;
  low = f32x4.add(low, loadFew(bias + at, width));
  high = f32x4.add(high, loadFew(bias + at + 16, width - 4));
  finishRow(output + at, low, high, width, finish);
}

function finishRow(target: usize, low: v128, high: v128, width: i32, finish: i32): void {
  if (finish === FINISH_RELU) {
    low = f32x4.pmax(low, f32x4.splat(0));
    high = f32x4.pmax(high, f32x4.splat(0));
  } else if (finish === FINISH_MASK) {
    low = v128.and(low, f32x4.gt(loadFew(target, width), f32x4.splat(0)));
    high = v128.and(high, f32x4.gt(loadFew(target + 16, width - 4), f32x4.splat(0)));
  }
  storeColumns(target, low, high, width);
}
