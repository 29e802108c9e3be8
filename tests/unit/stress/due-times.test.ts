import { expect } from 'chai';
import type { LoadStage } from '../../../src/domain/load-shape';
import { DueTimes } from '../../../src/stress/due-times';

/** 0 … 100 a second within two seconds, 100 a second for one more, then 20 a second: 100, 100 and 20 requests. */
const STAGES: readonly LoadStage[] = [
  { duration: 3, users: 100, spawnRate: 50 },
  { duration: 4, users: 20, spawnRate: 1e9 },
];

describe('the times at which requests of an open test are due', () => {
  it('are as many as the plan says, however late and however often it is asked', () => {
    const whole = new DueTimes(0, 1).upTo(9, STAGES);
    expect(whole).to.have.length(220);
    const asked = new DueTimes(0, 1);
    const parts = [0.03, 0.1, 0.1, 1.9, 3.3, 3.3001, 4, 9].flatMap((second) => asked.upTo(second, STAGES));
    expect(parts).to.have.length(whole.length);
    for (const [at, second] of parts.entries()) expect(second).to.be.closeTo(whole[at]!, 0.002);
  });

  it('are in order, as dense as the rate is then, and none is after the last stage', () => {
    const due = new DueTimes(0, 1).upTo(9, STAGES);
    expect(due).to.deep.equal([...due].sort((a, b) => a - b));
    const within = (from: number, to: number) => due.filter((second) => second > from && second <= to).length;
    expect(within(0, 1)).to.be.closeTo(25, 1);
    expect(within(2, 3)).to.be.closeTo(100, 1);
    expect(within(3, 4)).to.be.closeTo(20, 1);
    expect(due.at(-1)).to.be.at.most(4);
  });

  it('are shared by workers so that they add up, each worker in its turn', () => {
    const stages = [{ duration: 1, users: 100, spawnRate: 1e9 }];
    const all = [0, 1, 2].flatMap((worker) => new DueTimes(worker, 3).upTo(1, stages));
    expect(all).to.have.length(100);
    const gaps = all.sort((a, b) => a - b).map((second, at) => second - (all[at - 1] ?? 0));
    for (const gap of gaps) expect(gap).to.be.closeTo(0.01, 1e-6);
  });
});
