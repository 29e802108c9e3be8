import { expect } from 'chai';
import type { RunId } from '../../../src/domain/ids';
import { spreadOut } from '../../../src/domain/spread-out';
import { shareDone, trainingTitle } from '../../../src/domain/training-title';
import { toggleSlot } from '../../../src/pages/compared-slots';
import { lastOf } from '../../../src/pages/last-of';

describe('the title while training', () => {
  it('tells how much is done and which epoch it is', () => {
    expect(trainingTitle({ epoch: 2, batch: 1, batches: 10 }, 5)).to.equal('42% · Epoch 3 of 5');
    expect(trainingTitle({ epoch: 5, batch: 0, batches: 10 }, 5)).to.equal('100% · Epoch 5 of 5');
  });

  it('claims nothing before the first batch', () => {
    expect(trainingTitle(undefined, 5)).to.equal('Getting ready to train');
    expect(trainingTitle({ epoch: 0, batch: 0, batches: 0 }, 5)).to.equal('Getting ready to train');
    expect(shareDone({ epoch: 0, batch: 0, batches: 0 }, 5)).to.equal(undefined);
  });
});

describe('the lines of compared runs', () => {
  const ids = [1, 2, 3].map((id) => id as RunId);

  it('stay the same while others come and go', () => {
    const all = ids.reduce(toggleSlot, new Map());
    expect([...all]).to.deep.equal([
      [1, 1],
      [2, 2],
      [3, 3],
    ]);
    const without = toggleSlot(all, ids[1]!);
    expect(without.get(ids[2]!)).to.equal(3);
    expect(toggleSlot(without, 9 as RunId).get(9 as RunId), 'the first that is free').to.equal(2);
  });
});

describe('names at the ends of lines', () => {
  it('stay where they are with room enough, and part evenly without', () => {
    expect(spreadOut([0, 40, 100], 16)).to.deep.equal([0, 40, 100]);
    expect(spreadOut([50, 50], 16)).to.deep.equal([42, 58]);
    expect(spreadOut([0, 10, 17, 100], 16)).to.deep.equal([-7, 9, 25, 100]);
  });
});

describe('a remembered answer', () => {
  it('is the very same for the same question, and new for another', () => {
    const ask = lastOf((value: number) => [value]);
    expect(ask(1)).to.equal(ask(1));
    expect(ask(2)).to.deep.equal([2]);
  });
});
