import { expect } from 'chai';
import type { RunId } from '../../../src/domain/ids';
import { lockedRuns, whenRunIsFree, withRunLock } from '../../../src/platform/locks';

const RUN = 987_654 as RunId;

describe('the lock of a run', () => {
  it('tells that it is trained, and calls back when it is not any more', async () => {
    let end: () => void = () => undefined;
    const work = withRunLock(RUN, () => new Promise<void>((resolve) => (end = resolve)));
    await navigator.locks.query();
    const free = new Promise<void>((resolve) => whenRunIsFree(RUN, resolve));
    expect((await lockedRuns()).has(RUN)).to.equal(true);
    end();
    await work;
    await free;
    expect((await lockedRuns()).has(RUN)).to.equal(false);
  });

  it('is not taken for training where somebody only waits for it to come free', async () => {
    for (let time = 0; time < 20; time++) {
      const free = new Promise<void>((resolve) => whenRunIsFree(RUN, resolve));
      expect((await lockedRuns()).has(RUN), `time ${time}`).to.equal(false);
      await free;
    }
  });
});
