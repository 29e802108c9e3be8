/** Softmax cross-entropy with label smoothing, over ten classes. */

const CLASSES: i32 = 10;

/**
 * Replaces logits, [images, 10], by the gradient of the batch's mean loss: (softmax − target) / batch.
 * The target is 1 − smoothing for the label, and smoothing / 10 for every class besides. `sums` are
 * [loss, correct]: the sum of the losses, and how many largest logits are the label's.
 */
export function softmaxLoss(
  logits: usize,
  labels: usize,
  images: i32,
  batchImages: i32,
  smoothing: f32,
  sums: usize,
  isFirst: bool,
): void {
  let lossSum: f32 = isFirst ? 0 : f32.load(sums);
  let correct: f32 = isFirst ? 0 : f32.load(sums, 4);
  const share: f32 = 1 / (batchImages as f32);
  const base = smoothing / (CLASSES as f32);
  for (let image = 0; image < images; image++, logits += CLASSES << 2) {
    const label = load<u8>(labels + image) as i32;
    let largest = f32.load(logits);
    let logitSum: f32 = 0;
    for (let digit = 0; digit < CLASSES; digit++) {
      const logit = f32.load(logits + (digit << 2));
      largest = max<f32>(largest, logit);
      logitSum += logit;
    }
    const own = f32.load(logits + (label << 2));
    if (own === largest) correct += 1;
    let powers: f32 = 0;
    for (let digit = 0; digit < CLASSES; digit++) {
      const power = exponential(f32.load(logits + (digit << 2)) - largest);
      // The gradient takes the logit's place in two steps; the first one is here.
      f32.store(logits + (digit << 2), power);
      powers += power;
    }
    const logPowers = logarithm(powers) + largest;
    lossSum += logPowers - (1 - smoothing) * own - base * logitSum;
    for (let digit = 0; digit < CLASSES; digit++) {
      const target = digit === label ? base + 1 - smoothing : base;
      const probability = f32.load(logits + (digit << 2)) / powers;
      f32.store(logits + (digit << 2), (probability - target) * share);
    }
  }
  f32.store(sums, lossSum);
  f32.store(sums, correct, 4);
}

// The standard library's own functions need tables in memory, which here is all the planner's.

/** eˣ for x ≤ 0, to the last bit of an f32: eʳ · 2ⁿ with |r| ≤ ln 2 / 2, by Taylor's series. */
function exponential(x: f32): f32 {
  if (x < -87) return 0;
  const n = nearest<f64>((x as f64) * Math.LOG2E);
  const r = (x as f64) - n * Math.LN2;
  const tail = 1.0 / 24 + r * (1.0 / 120 + r * (1.0 / 720 + r * (1.0 / 5040 + r / 40320)));
  const power = 1 + r * (1 + r * (0.5 + r * (1.0 / 6 + r * tail)));
  return (power * reinterpret<f64>(((n as i64) + 1023) << 52)) as f32;
}

/** The natural logarithm of x ≥ 1, to the last bit of an f32: x = m · 2ⁿ, ln m = 2 artanh((m − 1) / (m + 1)). */
function logarithm(x: f32): f32 {
  const bits = reinterpret<i64>(x as f64);
  const n = (bits >> 52) - 1023;
  const m = reinterpret<f64>((bits & 0xfffffffffffff) | 0x3ff0000000000000);
  const t = (m - 1) / (m + 1);
  const t2 = t * t;
  const tail = 1.0 / 7 + t2 * (1.0 / 9 + t2 * (1.0 / 11 + t2 * (1.0 / 13 + t2 / 15)));
  return ((n as f64) * Math.LN2 + 2 * t * (1 + t2 * (1.0 / 3 + t2 * (1.0 / 5 + t2 * tail)))) as f32;
}
