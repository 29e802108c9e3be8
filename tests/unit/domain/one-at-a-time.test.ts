import { expect } from 'chai';
import { createQueue } from '../../../src/domain/one-at-a-time';

describe('one at a time', () => {
  it('begins the next when the last has ended, well or not', async () => {
    const queue = createQueue();
    const events: string[] = [];
    const work =
      (name: string, fails = false) =>
      async () => {
        events.push(`${name} begins`);
        await Promise.resolve();
        events.push(`${name} ends`);
        if (fails) throw new Error(name);
        return name;
      };
    const endings = await Promise.allSettled([queue(work('a')), queue(work('b', true)), queue(work('c'))]);
    expect(endings.map(({ status }) => status)).to.deep.equal(['fulfilled', 'rejected', 'fulfilled']);
    expect(events).to.deep.equal(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  });
});
