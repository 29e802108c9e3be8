import { expect } from 'chai';
import { betterEpoch, isPatienceOver, type EpochLoss } from '../../../src/domain/early-stopping';

/** Goes through losses as a run does; tells after how many epochs it ends, and its best epoch. */
function follow(losses: readonly number[], patience: number): { ended: number; best: number | undefined } {
  let best: EpochLoss | undefined;
  for (const [epoch, loss] of losses.entries()) {
    if (isPatienceOver({ patience }, best, epoch)) return { ended: epoch, best: best?.epoch };
    best = betterEpoch(best, { epoch, loss });
  }
  return { ended: losses.length, best: best?.epoch };
}

describe('early stopping', () => {
  it('ends after so many epochs that brought nothing better, and names the best one', () => {
    expect(follow([1, 0.5, 0.6, 0.7, 0.4], 2)).to.deep.equal({ ended: 4, best: 1 });
    expect(follow([1, 0.5, 0.6, 0.7, 0.4], 3)).to.deep.equal({ ended: 5, best: 4 });
  });

  it('goes through all epochs while they get better', () => {
    expect(follow([5, 4, 3, 2, 1], 1)).to.deep.equal({ ended: 5, best: 4 });
  });

  it('takes an equal loss for nothing better', () => {
    expect(follow([1, 1, 1, 1], 2)).to.deep.equal({ ended: 3, best: 0 });
  });

  it('never takes a loss that is no number for the best', () => {
    expect(follow([NaN, 0.9, NaN, 0.8], 3)).to.deep.equal({ ended: 4, best: 3 });
  });

  it('does not end before the first epoch', () => {
    expect(isPatienceOver({ patience: 1 }, undefined, 0)).to.equal(false);
  });
});
