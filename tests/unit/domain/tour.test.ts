import { expect } from 'chai';
import { SHIPPED_MODEL, type ModelVersionId } from '../../../src/domain/ids';
import {
  advanceTour,
  beginTour,
  observeTour,
  readTour,
  stepsOf,
  type TourFacts,
} from '../../../src/domain/tour';
import { TOUR_STEPS } from '../../../src/domain/tour-steps';

const ROUTES = ['draw', 'data', 'train', 'evaluate', 'models', 'about', 'api', 'stress'];
const version = (id: number) => id as ModelVersionId;

const NOTHING: TourFacts = {
  sets: 0,
  finishedRuns: 0,
  corrections: 0,
  versions: 0,
  floods: 0,
  isTaught: false,
  champion: SHIPPED_MODEL,
};

describe('the guided tour', () => {
  it('goes in order, and leaves out the steps whose page is not there', () => {
    const ids = stepsOf(ROUTES).map(({ id }) => id);
    expect(ids).to.deep.equal(TOUR_STEPS.map(({ id }) => id));
    const few = stepsOf(ROUTES.filter((route) => route !== 'api' && route !== 'stress')).map(({ id }) => id);
    expect(few).to.deep.equal(['data', 'train', 'evaluate', 'draw', 'retrain', 'deploy', 'end']);
    const retrain = { step: 'retrain', isDone: true, baseline: NOTHING } as const;
    expect(advanceTour(retrain, NOTHING, ['models', 'about'])?.step).to.equal('deploy');
    expect(beginTour(NOTHING, [])).to.equal(undefined);
  });

  it('sees that each step has been done by what is there, and not before', () => {
    const doing: readonly (readonly [string, Partial<TourFacts>])[] = [
      ['data', { sets: 1 }],
      ['train', { finishedRuns: 1, versions: 1, newestVersion: version(1) }],
      ['evaluate', { testedVersion: version(1) }],
      ['draw', { corrections: 1 }],
      ['retrain', { isTaught: true }],
      ['flood', { isTaught: false, floods: 1 }],
      ['deploy', { champion: version(1) }],
    ];
    let facts = NOTHING;
    let place = beginTour(facts, ROUTES);
    for (const [step, change] of doing) {
      expect(place?.step).to.equal(step);
      expect(observeTour(place!, facts).isDone, `${step} before`).to.equal(false);
      facts = { ...facts, ...change };
      place = observeTour(place!, facts);
      expect(place.isDone, `${step} after`).to.equal(true);
      place = advanceTour(place, facts, ROUTES);
    }
    // A look is all that is asked for: it can be gone on from at once.
    expect(place).to.include({ step: 'api', isDone: true });
    place = advanceTour(place!, facts, ROUTES);
    expect(place?.step).to.equal('end');
    expect(advanceTour(place!, facts, ROUTES)).to.equal(undefined);
  });

  it('counts only what came since the step began', () => {
    const before = { ...NOTHING, sets: 2, finishedRuns: 3, corrections: 5, versions: 4 };
    const data = beginTour(before, ROUTES)!;
    expect(data.isDone, 'there are sets already').to.equal(true);
    const train = advanceTour(data, before, ROUTES)!;
    expect(train.isDone).to.equal(false);
    expect(observeTour(train, { ...before, finishedRuns: 4 }).isDone).to.equal(true);
  });

  it('wants the newest model tested where there is one', () => {
    const evaluate = { step: 'evaluate', isDone: false, baseline: NOTHING } as const;
    const facts = { ...NOTHING, newestVersion: version(2), testedVersion: version(1) };
    expect(observeTour(evaluate, facts).isDone).to.equal(false);
    expect(observeTour(evaluate, { ...facts, testedVersion: version(2) }).isDone).to.equal(true);
    expect(observeTour(evaluate, { ...NOTHING, testedVersion: SHIPPED_MODEL }).isDone).to.equal(true);
  });

  it('takes a step that was done for done, whatever has become of it', () => {
    const done = { step: 'retrain', isDone: true, baseline: NOTHING } as const;
    expect(observeTour(done, NOTHING)).to.equal(done);
  });

  it('reads what was kept of it, and takes anything else for a tour that is over', () => {
    const baseline = { finishedRuns: 1, corrections: 2, versions: 3, floods: 0 };
    const kept = { state: 'on', step: 'draw', isDone: false, baseline };
    expect(readTour(undefined)).to.equal(undefined);
    expect(readTour(kept)).to.deep.equal(kept);
    const others: readonly unknown[] = [
      null,
      'on',
      { state: 'over' },
      { ...kept, step: 'gone' },
      { ...kept, baseline: undefined },
      { ...kept, baseline: { ...baseline, versions: -1 } },
      { ...kept, baseline: { ...baseline, floods: '1' } },
    ];
    for (const value of others) expect(readTour(value)).to.deep.equal({ state: 'over' });
  });
});
