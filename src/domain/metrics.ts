import { CLASS_COUNT } from './sample';

/** How many of how many images were read rightly. */
export interface Score {
  readonly correct: number;
  readonly total: number;
}

/** The share of images read rightly, 0 … 1; 0 where there were none. */
export function accuracyOf({ correct, total }: Score): number {
  return total === 0 ? 0 : correct / total;
}

/** What a network answered to labelled images: its score and its mean loss. */
export interface Assessment extends Score {
  /** Mean cross-entropy in nats. */
  readonly loss: number;
}

/** Adds up assessments of batches, weighted by their size. */
export function combineAssessments(parts: readonly Assessment[]): Assessment {
  const total = parts.reduce((sum, part) => sum + part.total, 0);
  const correct = parts.reduce((sum, part) => sum + part.correct, 0);
  const loss = parts.reduce((sum, part) => sum + part.loss * part.total, 0);
  return { correct, total, loss: total === 0 ? 0 : loss / total };
}

/** Compares logits, [count, 10], with the labels, [count]. */
export function assessLogits(logits: Float32Array, labels: Uint8Array): Assessment {
  let correct = 0;
  let loss = 0;
  for (let row = 0; row < labels.length; row++) {
    const start = row * CLASS_COUNT;
    const right = logits[start + labels[row]!]!;
    let largest = -Infinity;
    for (let digit = 0; digit < CLASS_COUNT; digit++) largest = Math.max(largest, logits[start + digit]!);
    let sum = 0;
    for (let digit = 0; digit < CLASS_COUNT; digit++) sum += Math.exp(logits[start + digit]! - largest);
    if (right === largest) correct += 1;
    loss += Math.log(sum) + largest - right;
  }
  return { correct, total: labels.length, loss: labels.length === 0 ? 0 : loss / labels.length };
}
