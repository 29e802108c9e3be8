import { assert } from 'chai';
import { RestingHand } from '../../../src/platform/resting-hand';

describe('a hand at work', () => {
  let hand: RestingHand;
  beforeEach(() => {
    hand = new RestingHand();
  });
  afterEach(() => hand.stop());
  const draw = () => window.dispatchEvent(new PointerEvent('pointermove'));

  it('is waited for until it has rested a second, also when it goes on in the meantime', async () => {
    draw();
    const resting = hand.rests(new AbortController().signal);
    await Promise.resolve();
    draw();
    const drawnAt = performance.now();
    await resting;
    // A timer may fire a fraction of a millisecond early.
    assert.isAtLeast(performance.now() - drawnAt, 999);
  });

  it('that rests is not waited for', async () => {
    const resting = hand.rests(new AbortController().signal);
    const timer = new Promise((_, reject) => setTimeout(() => reject(new Error('it was waited for'))));
    await Promise.race([resting, timer]);
  });

  it('is waited for no longer once that is called off', async () => {
    const calling = new AbortController();
    draw();
    const resting = hand.rests(calling.signal);
    calling.abort('cancel');
    const outcome = await resting.catch((error: { code?: string }) => error.code);
    assert.equal(outcome, 'aborted');
  });
});
