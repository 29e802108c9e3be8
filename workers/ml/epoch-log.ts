import type { Assessment } from '../../src/domain/metrics';
import type { CurvePoint } from '../../src/domain/run';
import type { EpochProgress, EpochSums } from '../../src/storage/schema';

/** Points of the training curve that are kept of each epoch. */
const POINTS_PER_EPOCH = 24;

const NOTHING: EpochSums = { progress: 0, lossSum: 0, correct: 0, seen: 0 };

/** Adds up one epoch's batches, and thins them out into the points of a curve. */
export class EpochLog {
  private sums: EpochSums;
  /** The sums as they were at each point of the curve. */
  private readonly marks: EpochSums[];

  /** Goes on from what a checkpoint kept, where it is of this epoch. */
  constructor(
    private readonly batches: number,
    from?: EpochProgress,
  ) {
    this.sums = from?.sums ?? NOTHING;
    this.marks = [...(from?.marks ?? [])];
  }

  /** Adds the batch of that number, counted from 0. */
  add(batch: number, { loss, correct, total }: Assessment): void {
    this.sums = {
      progress: (batch + 1) / this.batches,
      lossSum: this.sums.lossSum + loss * total,
      correct: this.sums.correct + correct,
      seen: this.sums.seen + total,
    };
    const pointBefore = Math.floor((batch / this.batches) * POINTS_PER_EPOCH);
    if (Math.floor(this.sums.progress * POINTS_PER_EPOCH) > pointBefore) this.marks.push(this.sums);
  }

  /** Means over the epoch so far. */
  means(): { readonly loss: number; readonly accuracy: number } {
    return meansBetween(NOTHING, this.sums);
  }

  /** The points of the training curve, each the mean since the one before. */
  curve(epoch: number): readonly CurvePoint[] {
    return this.marks.map((mark, index) => ({
      progress: epoch + mark.progress,
      ...meansBetween(this.marks[index - 1] ?? NOTHING, mark),
    }));
  }

  /** What a checkpoint keeps of it. */
  snapshot(durationMs: number): EpochProgress {
    return { sums: this.sums, marks: [...this.marks], durationMs };
  }
}

function meansBetween(from: EpochSums, to: EpochSums) {
  const seen = to.seen - from.seen;
  if (seen === 0) return { loss: 0, accuracy: 0 };
  return { loss: (to.lossSum - from.lossSum) / seen, accuracy: (to.correct - from.correct) / seen };
}
