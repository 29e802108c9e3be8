import { expect } from 'chai';
import { mapInOrder } from '../../../src/domain/map-in-order';

/** Work that ends when it is told to. */
function openWork() {
  const finish: (() => void)[] = [];
  const begun: number[] = [];
  const work = (item: number) => {
    begun.push(item);
    return new Promise<number>((resolve) => (finish[item] = () => resolve(item * 10)));
  };
  return { finish, begun, work };
}

describe('work in order', () => {
  it('gives results in the order of the items, whichever is finished first', async () => {
    const { finish, begun, work } = openWork();
    const results: number[] = [];
    const reading = (async () => {
      for await (const result of mapInOrder([0, 1, 2], 3, work)) results.push(result);
    })();
    expect(begun).to.deep.equal([0, 1, 2]);
    for (const item of [2, 1, 0]) finish[item]!();
    await reading;
    expect(results).to.deep.equal([0, 10, 20]);
  });

  it('begins no more than the width at a time', async () => {
    const { finish, begun, work } = openWork();
    const results = mapInOrder([0, 1, 2, 3], 2, work);
    const first = results.next();
    expect(begun).to.deep.equal([0, 1]);
    finish[0]!();
    expect((await first).value).to.equal(0);
    void results.next();
    expect(begun).to.deep.equal([0, 1, 2]);
  });

  it('fails in order too, after what came before', async () => {
    const work = (item: number) => (item === 1 ? Promise.reject(new Error('one')) : Promise.resolve(item));
    const results: number[] = [];
    let message = '';
    try {
      for await (const result of mapInOrder([0, 1, 2], 3, work)) results.push(result);
    } catch (error) {
      message = (error as Error).message;
    }
    expect(results).to.deep.equal([0]);
    expect(message).to.equal('one');
  });
});
