import { expect } from 'chai';
import { moveHandle } from '../../../src/components/load-shape-moves';
import {
  changeStages,
  checkStages,
  formatRunTime,
  parseRunTime,
  plannedUsers,
  readyShape,
  shapeDuration,
  type LoadStage,
} from '../../../src/domain/load-shape';

const STAGES: readonly LoadStage[] = [
  { duration: 90, users: 20, spawnRate: 1 },
  { duration: 180, users: 60, spawnRate: 2 },
  { duration: 240, users: 0, spawnRate: 1 },
];

describe('a load shape', () => {
  it('goes to the users of each stage at its rate, and is cut off where the stage is too short', () => {
    const at = (seconds: number) => plannedUsers(STAGES, seconds);
    expect([0, 10, 20, 89].map(at)).to.deep.equal([0, 10, 20, 20]);
    expect([100, 110, 179].map(at)).to.deep.equal([40, 60, 60]);
    expect([200, 239.5, 240, 999].map(at)).to.deep.equal([40, 0.5, 0, 0]);
    expect(plannedUsers([{ duration: 5, users: 100, spawnRate: 10 }], 4)).to.equal(40);
  });

  it('takes run times as Locust writes them, and writes them so', () => {
    const times = { '20': 20, '20s': 20, '3m': 180, '2h': 7200, '1h20m': 4800, '3h30m10s': 12_610 };
    for (const [text, seconds] of Object.entries(times)) expect(parseRunTime(text), text).to.equal(seconds);
    for (const text of ['', '0', 'soon', '-3', '3d', '1.5m', '25h'])
      expect(parseRunTime(text), text).to.equal(undefined);
    expect([20, 180, 12_610].map(formatRunTime)).to.deep.equal(['20s', '3m', '3h30m10s']);
  });

  it('that is ready can be used, for few users and for many', () => {
    for (const name of ['steps', 'spike', 'double-wave', 'ramp-down'] as const) {
      for (const [users, seconds] of [
        [1, 4],
        [60, 240],
        [10_000, 3600],
      ] as const) {
        const stages = readyShape(name, users, seconds);
        expect(checkStages(stages), name).to.equal(undefined);
        expect(shapeDuration(stages)).to.equal(seconds);
        expect(Math.max(...stages.map((stage) => stage.users))).to.equal(users);
      }
    }
  });

  it('says what is wrong with it', () => {
    expect(checkStages([])).to.equal('Add a stage.');
    expect(checkStages([{ duration: 10, users: 1.5, spawnRate: 1 }])).to.match(
      /^Stage 1: use a whole number/,
    );
    expect(checkStages([STAGES[0]!, { ...STAGES[0]! }])).to.equal(
      'Stage 2: end it after 90 s, and within a day.',
    );
    expect(checkStages([{ duration: 10, users: 1, spawnRate: Number.NaN }])).to.match(/ramp up/);
  });

  it('is changed while it runs, without a jump', () => {
    const changed = changeStages(STAGES, 100, { users: 5, spawnRate: 5 });
    expect(plannedUsers(changed, 50)).to.equal(20);
    expect(plannedUsers(changed, 99.9)).to.be.closeTo(39.8, 0.01);
    expect(plannedUsers(changed, 101)).to.equal(35);
    expect(plannedUsers(changed, 200)).to.equal(5);
    expect(shapeDuration(changed)).to.equal(240);
  });

  it('is drawn: an end moves what follows, a ramp’s end makes it steeper', () => {
    const longer = moveHandle(STAGES, 0, 'end', { seconds: 120, users: 25 });
    expect(longer.map(({ duration }) => duration)).to.deep.equal([120, 210, 270]);
    expect(longer[0]!.users).to.equal(25);
    const steeper = moveHandle(STAGES, 1, 'ramp', { seconds: 100, users: 60 });
    expect(steeper[1]!.spawnRate).to.equal(4);
    const squeezed = moveHandle(STAGES, 1, 'end', { seconds: 3, users: -4 });
    expect(squeezed[1]).to.deep.equal({ duration: 91, users: 0, spawnRate: 2 });
    expect(checkStages(squeezed)).to.equal(undefined);
  });
});
