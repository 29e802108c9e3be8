import { expect } from 'chai';
import { Deadlines } from '../../../src/stress/deadlines';

describe('deadlines', () => {
  it('tells each that did not end in its time once, not before it is due, and none that ended', async () => {
    const missed: (readonly [string, number])[] = [];
    const due = new Map<string, number>();
    await new Promise<void>((resolve) => {
      const deadlines = new Deadlines<string>((item, deadlineMs) => {
        expect(performance.now()).to.be.at.least(due.get(item)!);
        missed.push([item, deadlineMs]);
        // Begun while others of the same time wait: the timer that they share goes off before this is due.
        if (item === 'short') begin('after', 30);
        if (item === 'after') resolve();
      });
      const begin = (item: string, deadlineMs: number) => {
        due.set(item, performance.now() + deadlineMs);
        deadlines.begin(item, deadlineMs);
      };
      begin('long', 30);
      begin('ended', 30);
      begin('short', 10);
      deadlines.end('ended', 30);
    });
    expect(missed).to.deep.equal([
      ['short', 10],
      ['long', 30],
      ['after', 30],
    ]);
  });

  it('tells nothing once it is closed', async () => {
    const missed: string[] = [];
    const deadlines = new Deadlines<string>((item) => missed.push(item));
    deadlines.begin('one', 5);
    deadlines.close();
    // A timer of the same length, set later, goes off later.
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(missed).to.deep.equal([]);
  });
});
