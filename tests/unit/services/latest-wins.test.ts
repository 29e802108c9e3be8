import { expect } from 'chai';
import { LatestWins } from '../../../src/services/latest-wins';
import { Observable } from '../../../src/services/observable';

/** A task that ends when it is told to. */
function controlled(name: string, log: string[]) {
  let finish: (value: string) => void = () => undefined;
  const ending = new Promise<string>((resolve) => (finish = resolve));
  const task = () => {
    log.push(name);
    return ending;
  };
  return { task, finish: () => finish(name) };
}

describe('latest wins', () => {
  it('runs the first and the newest; what was overtaken never runs', async () => {
    const queue = new LatestWins();
    const log: string[] = [];
    const [a, b, c] = ['a', 'b', 'c'].map((name) => controlled(name, log));
    const answers = [a!, b!, c!].map(({ task }) => queue.run(task));
    for (const { finish } of [a!, b!, c!]) finish();
    expect(await Promise.all(answers)).to.deep.equal(['a', undefined, 'c']);
    expect(log).to.deep.equal(['a', 'c']);
  });

  it('goes on after a task that failed', async () => {
    const queue = new LatestWins();
    const failed = await queue
      .run(() => Promise.reject(new Error('broken')))
      .catch((error: Error) => error.message);
    expect(failed).to.equal('broken');
    expect(await queue.run(() => Promise.resolve(1))).to.equal(1);
  });

  it('never runs two at once', async () => {
    const queue = new LatestWins();
    let running = 0;
    let most = 0;
    const task = async () => {
      most = Math.max(most, ++running);
      await Promise.resolve();
      running -= 1;
    };
    const first = queue.run(task);
    const second = queue.run(task);
    await first;
    const third = queue.run(task);
    await Promise.all([second, third]);
    expect(most).to.equal(1);
  });
});

describe('observable values', () => {
  it('tell each change, and nothing where nothing changed', () => {
    const value = new Observable(1);
    const seen: number[] = [];
    const unsubscribe = value.subscribe(() => seen.push(value.value));
    value.value = 2;
    value.value = 2;
    value.value = 3;
    unsubscribe();
    value.value = 4;
    expect(seen).to.deep.equal([2, 3]);
  });
});
