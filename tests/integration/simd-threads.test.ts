import { expect } from 'chai';
import type { SimdTrained, SimdTraining } from '../helpers/simd-training.worker';
import workerUrl from '../helpers/simd-training.worker.ts?worker&url';

const TRAINING: SimdTraining = { threads: 1, build: 'relaxed', network: 'fast', images: 37, steps: 8 };

function trainInWorker(patch: Partial<SimdTraining> = {}): Promise<SimdTrained> {
  const worker = new Worker(workerUrl, { type: 'module' });
  const ending = new Promise<SimdTrained>((resolve, reject) => {
    worker.onmessage = ({ data }) => ('error' in data ? reject(new Error(data.error)) : resolve(data));
    worker.onerror = ({ message }) => reject(new Error(message));
  });
  worker.postMessage({ ...TRAINING, ...patch });
  return ending.finally(() => worker.terminate());
}

for (const network of ['fast', 'seed'] as const) {
  describe(`the simd engine trains “${network}” to the same bits`, () => {
    let expected: SimdTrained;
    before(async () => (expected = await trainInWorker({ network })));

    it('twice', async () => {
      const again = await trainInWorker({ network });
      expect(again.weightsHash).to.equal(expected.weightsHash);
      expect(again.logitsHash).to.equal(expected.logitsHash);
    });

    for (const threads of [2, 4, 8]) {
      it(`on ${threads} threads as on one`, async () => {
        const shared = await trainInWorker({ network, threads });
        expect(shared.threads).to.equal(threads);
        expect(shared.weightsHash).to.equal(expected.weightsHash);
        expect(shared.logitsHash).to.equal(expected.logitsHash);
      });
    }

    it('after a pause, on another number of threads', async () => {
      const resumed = await trainInWorker({ network, threads: 2, pauseAfter: 3 });
      expect(resumed.weightsHash).to.equal(expected.weightsHash);
    });

    it('with batches smaller than the number of lanes', async () => {
      const small = { network, images: 6, steps: 3 } as const;
      const [alone, shared] = [await trainInWorker(small), await trainInWorker({ ...small, threads: 4 })];
      expect(shared.weightsHash).to.equal(alone.weightsHash);
    });
  });
}

describe('the simd engine', () => {
  it('trains the same on plain kernels, twice and on threads', async () => {
    const [first, second] = [
      await trainInWorker({ build: 'plain' }),
      await trainInWorker({ build: 'plain', threads: 3 }),
    ];
    expect(second.weightsHash).to.equal(first.weightsHash);
  });

  it('gives all memory back: 60 networks one after another take no more than the first', async () => {
    const many = await trainInWorker({ threads: 2, steps: 2, repeats: 60 });
    expect(many.usedAfter).to.equal(many.usedBefore);
  });
});
