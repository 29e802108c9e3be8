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
  /** What its logits have to be divided by, where that was looked for. */
  readonly temperature?: number;
}
