import { CLASS_COUNT } from './sample';

/** Temperatures are hundredths between these: what lies beyond is no network that learned. */
const LOWEST = 20;
const HIGHEST = 1000;

/** Whether a number could be a temperature that was found here. */
export function isTemperature(value: number): boolean {
  return value >= LOWEST / 100 && value <= HIGHEST / 100;
}

/**
 * The temperature, to a hundredth, at which the right digits surprise the least: dividing the logits, [count, 10],
 * by it makes probabilities what they say (Guo et al., 2017, arXiv:1706.04599). Logits must be finite.
 */
export function fitTemperature(logits: Float32Array, labels: Uint8Array): number {
  const surprise = (hundredths: number) => surpriseAt(logits, labels, hundredths / 100);
  // Surprise is convex in 1 / temperature: once it rises, it goes on rising.
  let [low, high] = [LOWEST, HIGHEST];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (surprise(middle) <= surprise(middle + 1)) high = middle;
    else low = middle + 1;
  }
  return low / 100;
}

/** The cross-entropy of all answers together, in nats. */
function surpriseAt(logits: Float32Array, labels: Uint8Array, temperature: number): number {
  let total = 0;
  for (let row = 0; row < labels.length; row++) {
    const start = row * CLASS_COUNT;
    let largest = -Infinity;
    for (let at = start; at < start + CLASS_COUNT; at++) largest = Math.max(largest, logits[at]!);
    let sum = 0;
    for (let at = start; at < start + CLASS_COUNT; at++) {
      sum += Math.exp((logits[at]! - largest) / temperature);
    }
    total += Math.log(sum) + (largest - logits[start + labels[row]!]!) / temperature;
  }
  return total;
}
