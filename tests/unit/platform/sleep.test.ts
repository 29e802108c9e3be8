import { expect } from 'chai';
import { AwakeClock } from '../../../src/platform/awake-clock';
import { Deadline, type Timing } from '../../../src/platform/deadline';
import type { TrainTick } from '../../../src/protocol/ml-protocol';
import { TickMeter } from '../../../workers/ml/tick-meter';

const HOUR = 3_600_000;

/** A clock and timers that stand still until they are moved; what is due late is called late. */
class FakeTiming implements Timing {
  time = 0;
  private due: { at: number; callback: () => void } | undefined;
  readonly now = () => this.time;
  readonly later = (callback: () => void, ms: number) => {
    this.due = { at: this.time + ms, callback };
    return () => (this.due = undefined);
  };

  /** Everything is awake for so long. */
  pass(ms: number): void {
    const end = this.time + ms;
    while (this.due && this.due.at <= end) this.fire(this.due.at);
    this.time = end;
  }

  /** Nothing runs for so long; then what was due is called once. */
  sleep(ms: number): void {
    this.fire(this.time + ms);
  }

  private fire(at: number): void {
    const { due } = this;
    this.due = undefined;
    this.time = at;
    due?.callback();
  }
}

describe('a deadline', () => {
  it('is missed after so much time awake, and not before', () => {
    const timing = new FakeTiming();
    let missed = 0;
    const deadline = new Deadline(() => (missed += 1), 10_000, timing);
    timing.pass(9_900);
    expect(missed).to.equal(0);
    timing.pass(200);
    expect(missed).to.equal(1);
    timing.pass(HOUR);
    expect(missed, 'once').to.equal(1);
    deadline.clear();
  });

  it('is not missed by a laptop that sleeps, nor by a hidden tab whose timers run once a minute', () => {
    const timing = new FakeTiming();
    let missed = 0;
    const deadline = new Deadline(() => (missed += 1), 10_000, timing);
    timing.sleep(8 * HOUR);
    expect(missed).to.equal(0);
    deadline.extend(10_000);
    for (let minute = 0; minute < 4; minute++) timing.sleep(60_000);
    expect(missed).to.equal(0);
  });

  it('starts over with each sign of life, and is never missed once it was called off', () => {
    const timing = new FakeTiming();
    let missed = 0;
    const deadline = new Deadline(() => (missed += 1), 5000, timing);
    for (let sign = 0; sign < 20; sign++) {
      timing.pass(4000);
      deadline.extend(5000);
    }
    deadline.clear();
    timing.pass(HOUR);
    expect(missed).to.equal(0);
  });
});

describe('a laptop that sleeps while it trains', () => {
  function trainAndSleep(sleepMs: number): TrainTick {
    let time = 0;
    const ticks: TrainTick[] = [];
    const meter = new TickMeter((tick) => ticks.push(tick), 0, 0, new AwakeClock(() => time));
    for (let batch = 1; batch <= 100; batch++) {
      time += 100 + (batch === 60 ? sleepMs : 0);
      meter.count(64);
      meter.tick(batch / 200, { stage: 'training', epoch: 0, batch, batches: 200 });
    }
    return ticks.at(-1)!;
  }

  it('counts no hour of sleep as training, and expects none to come', () => {
    const tick = trainAndSleep(HOUR);
    expect(tick.trainedMs).to.be.at.most(10_000 + 30_000);
    expect(tick.remainingMs).to.be.at.most(10_000 + 30_000);
  });

  it('is as fast afterwards as it was before', () => {
    let time = 0;
    const ticks: TrainTick[] = [];
    const meter = new TickMeter((tick) => ticks.push(tick), 0, 0, new AwakeClock(() => time));
    for (let batch = 1; batch <= 200; batch++) {
      time += 100 + (batch === 100 ? HOUR : 0);
      meter.count(64);
      meter.tick(batch / 200, { stage: 'training', epoch: 0, batch, batches: 200 });
    }
    expect(ticks.at(-1)!.samplesPerSecond).to.be.closeTo(640, 1);
    for (const { samplesPerSecond = 640 } of ticks) expect(samplesPerSecond).to.be.above(100);
  });
});
