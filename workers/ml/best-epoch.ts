import { betterEpoch, isPatienceOver, type EarlyStopping } from '../../src/domain/early-stopping';
import type { Assessment } from '../../src/domain/metrics';
import type { Weights } from '../../src/domain/weights';
import type { BestWeights } from '../../src/storage/schema';
import type { Network } from '../engines/engine';

/** What a run ends with. */
export interface Ending {
  readonly validation: Assessment;
  readonly weights: Weights;
}

/** The weights of the best epoch of a run that stops early. Of any other run it keeps nothing. */
export class BestEpoch {
  constructor(
    private readonly rule: EarlyStopping | undefined,
    private best: BestWeights | undefined,
  ) {}

  /** True once enough epochs have brought nothing better. */
  isPatienceOver(epochsDone: number): boolean {
    return this.rule !== undefined && isPatienceOver(this.rule, this.best, epochsDone);
  }

  /** Keeps the network's weights where no epoch before had a smaller loss. */
  async consider(epoch: number, validation: Assessment, network: Network): Promise<void> {
    if (!this.rule) return;
    const { loss } = validation;
    if (betterEpoch<{ epoch: number; loss: number }>(this.best, { epoch, loss }) === this.best) return;
    const { weights } = await network.export();
    this.best = { epoch, loss, validation, weights };
  }

  /** What a checkpoint has to hold, so that a resumed run knows its best epoch. */
  snapshot(): { readonly best?: BestWeights } {
    return this.best ? { best: this.best } : {};
  }

  /** The best epoch, or the network as it is where that is better. */
  orBetter(last: Ending): Ending {
    return this.best && this.best.loss <= last.validation.loss ? this.best : last;
  }
}
