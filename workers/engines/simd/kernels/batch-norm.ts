/**
 * Batch normalization (Ioffe and Szegedy, 2015, arXiv:1502.03167). The batch lies in several tasks'
 * hands, so its statistics come in two steps: each task sums up its own rows, and when all have, each
 * combines the sums of all, in the same order, to the same numbers.
 *
 * A task's sums are [rows, mean × channels, squares × channels]: `squares` is the sum of squared
 * deviations from that mean. `statistics` are [mean, 1 / deviation, scale, shift] × channels.
 */

/** A task's own sums, over `rows` rows of `channels` floats. Two passes, so that nothing cancels out. */
export function sumRows(source: usize, rows: i32, channels: i32, sums: usize): void {
  f32.store(sums, rows as f32);
  const means = sums + 4;
  const squares = means + (channels << 2);
  memory.fill(means, 0, channels << 3);
  if (rows === 0) return;
  const rowBytes = channels << 2;
  const share: f32 = 1 / (rows as f32);
  let channel = 0;
  for (; channel + 4 <= channels; channel += 4) {
    const at = channel << 2;
    const mean = f32x4.mul(sumOfFour(source + at, rows, rowBytes), f32x4.splat(share));
    v128.store(means + at, mean);
    v128.store(squares + at, squaresOfFour(source + at, rows, rowBytes, mean));
  }
  for (; channel < channels; channel++) {
    const at = channel << 2;
    let sum: f32 = 0;
    for (let row = 0, from = source + at; row < rows; row++, from += rowBytes) sum += f32.load(from);
    const mean = sum * share;
    let square: f32 = 0;
    for (let row = 0, from = source + at; row < rows; row++, from += rowBytes) {
      const deviation = f32.load(from) - mean;
      square += deviation * deviation;
    }
    f32.store(means + at, mean);
    f32.store(squares + at, square);
  }
}

function sumOfFour(source: usize, rows: i32, rowBytes: i32): v128 {
  // Two sums, because an addition waits for the one before it.
  let even = f32x4.splat(0);
  let odd = even;
  let from = source;
  let row = 0;
  for (; row + 2 <= rows; row += 2, from += 2 * rowBytes) {
    even = f32x4.add(even, v128.load(from));
    odd = f32x4.add(odd, v128.load(from + rowBytes));
  }
  if (row < rows) even = f32x4.add(even, v128.load(from));
  return f32x4.add(even, odd);
}

function squaresOfFour(source: usize, rows: i32, rowBytes: i32, mean: v128): v128 {
  let even = f32x4.splat(0);
  let odd = even;
  let from = source;
  let row = 0;
  for (; row + 2 <= rows; row += 2, from += 2 * rowBytes) {
    const first = f32x4.sub(v128.load(from), mean);
    const second = f32x4.sub(v128.load(from + rowBytes), mean);
    even = f32x4.add(even, f32x4.mul(first, first));
    odd = f32x4.add(odd, f32x4.mul(second, second));
  }
  if (row < rows) {
    const first = f32x4.sub(v128.load(from), mean);
    even = f32x4.add(even, f32x4.mul(first, first));
  }
  return f32x4.add(even, odd);
}

/**
 * Combines the sums of all tasks (Chan, Golub and LeVeque, 1983) to the batch's statistics. With
 * addresses for them, the running mean and variance take them in; the variance as it is, as in TF.js.
 */
export function combineSums(
  sums: usize,
  taskCount: i32,
  sumsBytes: i32,
  channels: i32,
  gamma: usize,
  beta: usize,
  epsilon: f32,
  statistics: usize,
  runningMean: usize,
  runningVariance: usize,
  momentum: f32,
): void {
  const stride = channels << 2;
  for (let channel = 0; channel < channels; channel++) {
    const at = channel << 2;
    let rows: f32 = 0;
    let mean: f32 = 0;
    let squares: f32 = 0;
    for (let task = 0, from = sums; task < taskCount; task++, from += sumsBytes) {
      const taskRows = f32.load(from);
      if (taskRows === 0) continue;
      const total = rows + taskRows;
      const difference = f32.load(from + 4 + at) - mean;
      mean += (difference * taskRows) / total;
      squares += f32.load(from + 4 + stride + at) + (difference * difference * rows * taskRows) / total;
      rows = total;
    }
    const variance = squares / rows;
    const inverse: f32 = 1 / sqrt<f32>(variance + epsilon);
    const scale = f32.load(gamma + at) * inverse;
    f32.store(statistics + at, mean);
    f32.store(statistics + at + stride, inverse);
    f32.store(statistics + at + 2 * stride, scale);
    f32.store(statistics + at + 3 * stride, f32.load(beta + at) - mean * scale);
    if (runningMean) {
      moveAverage(runningMean + at, mean, momentum);
      moveAverage(runningVariance + at, variance, momentum);
    }
  }
}

function moveAverage(address: usize, value: f32, momentum: f32): void {
  f32.store(address, f32.load(address) * momentum + value * (1 - momentum));
}

/** target = source · scale + shift for each channel; with `isRelu` at least 0. */
export function normalize(
  source: usize,
  rows: i32,
  channels: i32,
  statistics: usize,
  isRelu: bool,
  target: usize,
): void {
  const stride = channels << 2;
  const scales = statistics + 2 * stride;
  const shifts = statistics + 3 * stride;
  const floor = f32x4.splat(isRelu ? 0 : -Infinity);
  for (let row = 0; row < rows; row++) {
    let at = 0;
    for (; at + 16 <= stride; at += 16) {
      const scaled = f32x4.mul(v128.load(source + at), v128.load(scales + at));
      v128.store(target + at, f32x4.pmax(f32x4.add(scaled, v128.load(shifts + at)), floor));
    }
    for (; at < stride; at += 4) {
      const value = f32.load(source + at) * f32.load(scales + at) + f32.load(shifts + at);
      f32.store(target + at, max<f32>(value, f32x4.extract_lane(floor, 0)));
    }
    source += stride;
    target += stride;
  }
}

/**
 * A task's own sums for the way back: the gradients of beta, Σ g, and of gamma, Σ g · x̂, where x̂ is the
 * normalized input.
 */
export function sumGradients(
  gradients: usize,
  inputs: usize,
  rows: i32,
  channels: i32,
  statistics: usize,
  gammaGradient: usize,
  betaGradient: usize,
): void {
  const stride = channels << 2;
  let at = 0;
  for (; at + 16 <= stride; at += 16) {
    const mean = v128.load(statistics + at);
    let sum = f32x4.splat(0);
    let product = sum;
    for (let row = 0, from = at; row < rows; row++, from += stride) {
      const gradient = v128.load(gradients + from);
      sum = f32x4.add(sum, gradient);
      product = f32x4.add(product, f32x4.mul(gradient, f32x4.sub(v128.load(inputs + from), mean)));
    }
    v128.store(betaGradient + at, sum);
    v128.store(gammaGradient + at, f32x4.mul(product, v128.load(statistics + stride + at)));
  }
  for (; at < stride; at += 4) {
    const mean = f32.load(statistics + at);
    let sum: f32 = 0;
    let product: f32 = 0;
    for (let row = 0, from = at; row < rows; row++, from += stride) {
      const gradient = f32.load(gradients + from);
      sum += gradient;
      product += gradient * (f32.load(inputs + from) - mean);
    }
    f32.store(betaGradient + at, sum);
    f32.store(gammaGradient + at, product * f32.load(statistics + stride + at));
  }
}

/**
 * The gradient of the input, in the input's place: scale · (g − Σ g / n − x̂ · Σ g x̂ / n), the sums over
 * all tasks. `factors` is room for 3 × channels floats. With `isMasked` the inputs are a ReLU's outputs,
 * and its own way back is taken at once.
 */
export function normGradient(
  gradients: usize,
  inputs: usize,
  rows: i32,
  channels: i32,
  statistics: usize,
  gammaGradients: usize,
  betaGradients: usize,
  taskCount: i32,
  taskBytes: i32,
  batchRows: i32,
  factors: usize,
  isMasked: bool,
): void {
  const stride = channels << 2;
  for (let at = 0; at < stride; at += 4) {
    let gamma: f32 = 0;
    let beta: f32 = 0;
    for (let task = 0, offset = at; task < taskCount; task++, offset += taskBytes) {
      gamma += f32.load(gammaGradients + offset);
      beta += f32.load(betaGradients + offset);
    }
    const share: f32 = 1 / (batchRows as f32);
    const mean = f32.load(statistics + at);
    const scale = f32.load(statistics + at + 2 * stride);
    const slope = scale * f32.load(statistics + at + stride) * gamma * share;
    // As a line: scale · g − slope · x + rest.
    f32.store(factors + at, scale);
    f32.store(factors + at + stride, slope);
    f32.store(factors + at + 2 * stride, slope * mean - scale * beta * share);
  }
  const floor: f32 = isMasked ? 0 : -Infinity;
  for (let row = 0; row < rows; row++) {
    let at = 0;
    for (; at + 16 <= stride; at += 16) {
      const input = v128.load(inputs + at);
      const straight = f32x4.mul(v128.load(gradients + at), v128.load(factors + at));
      const sloped = f32x4.mul(input, v128.load(factors + stride + at));
      const rest = v128.load(factors + 2 * stride + at);
      const gradient = f32x4.add(f32x4.sub(straight, sloped), rest);
      v128.store(inputs + at, v128.and(gradient, f32x4.gt(input, f32x4.splat(floor))));
    }
    for (; at < stride; at += 4) {
      const input = f32.load(inputs + at);
      const straight = f32.load(gradients + at) * f32.load(factors + at);
      const sloped = input * f32.load(factors + stride + at);
      const gradient = straight - sloped + f32.load(factors + 2 * stride + at);
      f32.store(inputs + at, input > floor ? gradient : <f32>0);
    }
    gradients += stride;
    inputs += stride;
  }
}
