/** Where a training stands. */
export interface TrainingPlace {
  /** Counted from 0. */
  readonly epoch: number;
  readonly batch: number;
  /** Batches in an epoch; 0 while nobody knows. */
  readonly batches: number;
}

/** The share of a training of that many epochs that is done, 0 … 1; undefined before its first batch. */
export function shareDone({ epoch, batch, batches }: TrainingPlace, epochs: number): number | undefined {
  return batches === 0 ? undefined : Math.min(1, (epoch + batch / batches) / epochs);
}

/** What the title of the page says of a training: "42% · Epoch 3 of 5". */
export function trainingTitle(place: TrainingPlace | undefined, epochs: number): string {
  const share = place && shareDone(place, epochs);
  if (!place || share === undefined) return 'Getting ready to train';
  return `${Math.floor(share * 100)}% · Epoch ${Math.min(epochs, place.epoch + 1)} of ${epochs}`;
}
