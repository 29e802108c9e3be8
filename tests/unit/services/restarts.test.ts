import { expect } from 'chai';
import type { ErrorRecord } from '../../../src/domain/errors';
import { Restarts } from '../../../src/services/restarts';

const WORKER: ErrorRecord = { code: 'engine-unavailable', message: '', reason: 'WORKER_LOST' };
const GRAPHICS: ErrorRecord = { code: 'context-lost', message: '', reason: 'CONTEXT_LOST' };
const at = (epoch: number, batch = 0) => ({ epoch, batch });

describe('a run that was cut off', () => {
  it('goes on by itself three times from the same checkpoint, later each time, then asks', () => {
    const restarts = new Restarts();
    restarts.begin();
    const found = [1, 2, 3, 4].map(() => restarts.after(WORKER, at(2)));
    expect(found.map((restart) => restart?.delayMs)).to.deep.equal([0, 500, 1000, undefined]);
    restarts.begin();
    expect(restarts.after(WORKER, at(2)), 'a person asked again').not.to.equal(undefined);
  });

  it('goes on as often as it gets further', () => {
    const restarts = new Restarts();
    restarts.begin();
    for (let epoch = 0; epoch < 20; epoch++) {
      expect(restarts.after(WORKER, at(epoch, 3))?.delayMs, `${epoch}`).to.equal(0);
    }
  });

  it('by something else than a dead worker or a lost device is for a person to decide', () => {
    const restarts = new Restarts();
    restarts.begin();
    for (const code of ['storage-full', 'not-found', 'conflict', 'internal'] as const) {
      expect(restarts.after({ code, message: '' }, at(0))).to.equal(undefined);
    }
  });

  it('leaves WebGL alone after two lost devices in ten minutes, until the page is reloaded', () => {
    let now = 0;
    const restarts = new Restarts(() => now);
    const lose = (epoch: number) => restarts.after(GRAPHICS, at(epoch))!.avoid;
    restarts.begin();
    expect(lose(0)).to.deep.equal([]);
    now = 700_000;
    expect(lose(1), 'the first is long ago').to.deep.equal([]);
    now += 1000;
    expect(lose(2)).to.deep.equal(['webgl']);
    now += 10_000_000;
    expect(restarts.begin().avoid).to.deep.equal(['webgl']);
  });
});
