/** Ends a run once `patience` epochs in a row have brought no smaller validation loss. */
export interface EarlyStopping {
  readonly patience: number;
}

/** An epoch, counted from 0, and its validation loss. */
export interface EpochLoss {
  readonly epoch: number;
  readonly loss: number;
}

/** The better of the best epoch so far and a new one. Of equals the older stays: nothing has become better. */
export function betterEpoch<Epoch extends EpochLoss>(best: Epoch | undefined, next: Epoch): Epoch {
  const isBetter = !best || next.loss < best.loss || Number.isNaN(best.loss);
  return isBetter ? next : best;
}

/** True once patience is over: so many epochs have ended since the best one. */
export function isPatienceOver(
  { patience }: EarlyStopping,
  best: EpochLoss | undefined,
  epochsDone: number,
): boolean {
  return best !== undefined && epochsDone - 1 - best.epoch >= patience;
}
