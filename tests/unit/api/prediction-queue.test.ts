import { expect } from 'chai';
import type { AppError } from '../../../src/domain/errors';
import type { ModelVersionId } from '../../../src/domain/ids';
import { PredictionQueue, type Asker } from '../../../src/api/prediction-queue';
import { Refusal } from '../../../src/api/refusal';

const VERSION = 0 as ModelVersionId;

/** An engine that answers a pass when it is told to: each image reads as its first byte. */
class HeldEngine {
  readonly passes: { readonly images: readonly number[]; readonly answer: () => void }[] = [];

  recognizeMany(_: ModelVersionId, pixels: Uint8Array<ArrayBuffer>) {
    const images = Array.from({ length: pixels.length / 784 }, (_, image) => pixels[image * 784]!);
    return new Promise<never>((resolve) => {
      const answer = () =>
        resolve({
          digits: Uint8Array.from(images),
          probabilities: new Float64Array(10 * images.length),
          areDigits: new Uint8Array(images.length).fill(1),
          engine: 'simd',
        } as never);
      this.passes.push({ images, answer });
    });
  }
}

const image = (mark: number) => new Uint8Array(784).fill(mark);
const asker = (client: string, signal = new AbortController().signal): Asker => ({ client, signal });

/** Answers all passes until nothing waits any more. */
async function answerAll(engine: HeldEngine, queue: PredictionQueue): Promise<void> {
  for (let pass = 0; pass < engine.passes.length || queue.length > 0; pass++) {
    engine.passes[pass]!.answer();
    // A pass that has ended lets the next one begin, some microtasks later.
    await new Promise((resolve) => setTimeout(resolve));
  }
}

describe('the queue of predictions', () => {
  it('reads what waits in passes of 64 at most, and gives each asker its own answer', async () => {
    const engine = new HeldEngine();
    const queue = new PredictionQueue(engine);
    const asked = Array.from({ length: 200 }, (_, mark) => queue.ask(VERSION, image(mark), asker('one')));
    await answerAll(engine, queue);
    const digits = (await Promise.all(asked)).map(({ digit }) => digit);
    expect(digits).to.deep.equal(Array.from({ length: 200 }, (_, mark) => mark));
    expect(Math.max(...engine.passes.map(({ images }) => images.length))).to.equal(64);
  });

  it('serves a client that asks once before the rest of one that asks hundreds of times', async () => {
    const engine = new HeldEngine();
    const queue = new PredictionQueue(engine);
    const many = Array.from({ length: 300 }, () => queue.ask(VERSION, image(1), asker('many')));
    const once = queue.ask(VERSION, image(2), asker('once'));
    await answerAll(engine, queue);
    await Promise.all([...many, once]);
    // Two passes were under way when it came; it is in the very next one.
    expect(engine.passes.findIndex(({ images }) => images.includes(2))).to.equal(2);
  });

  it('refuses what is too much with 429 and a time to come again, and loses nothing', async () => {
    const engine = new HeldEngine();
    const queue = new PredictionQueue(engine);
    const asked = Array.from({ length: 3000 }, () => queue.ask(VERSION, image(1), asker('one')));
    const endings = Promise.allSettled(asked);
    await answerAll(engine, queue);
    const refused = (await endings).filter(({ status }) => status === 'rejected') as PromiseRejectedResult[];
    // Two images are under way, and a thousand wait.
    expect(refused.length).to.equal(3000 - 1002);
    for (const { reason } of refused) {
      expect(reason).to.be.instanceOf(Refusal);
      expect([reason.status, reason.headers]).to.deep.equal([429, { 'Retry-After': '1' }]);
    }
  });

  it('frees the place of what was called off at once', async () => {
    const engine = new HeldEngine();
    const queue = new PredictionQueue(engine);
    const calling = new AbortController();
    const asked = Array.from({ length: 10 }, () =>
      queue.ask(VERSION, image(1), asker('one', calling.signal)),
    );
    const endings = Promise.allSettled(asked);
    expect(queue.length).to.equal(8);
    calling.abort();
    expect(queue.length).to.equal(0);
    await answerAll(engine, queue);
    const reasons = (await endings).flatMap((ending) =>
      ending.status === 'rejected' ? [ending.reason] : [],
    );
    expect(reasons.length).to.equal(8);
    for (const reason of reasons) expect((reason as AppError).code).to.equal('aborted');
  });

  it('tells one whose turn did not come for 30 s', async () => {
    const engine = new HeldEngine();
    let now = 0;
    const queue = new PredictionQueue(engine, () => now);
    const asked = [1, 2, 3].map((mark) => queue.ask(VERSION, image(mark), asker('one')));
    const endings = Promise.allSettled(asked);
    now = 30_001;
    await answerAll(engine, queue);
    const [, , last] = await endings;
    expect((last as PromiseRejectedResult).reason).to.include({ status: 503 });
  });
});
