import { expect } from 'chai';
import { record, redo, startHistory, undo } from '../../../src/domain/history';

describe('history', () => {
  it('takes back and brings back', () => {
    const three = record(record(startHistory('a'), 'b'), 'c');
    const back = undo(undo(three));
    expect(back.present).to.equal('a');
    expect(redo(redo(back)).present).to.equal('c');
  });

  it('ends at both ends without harm', () => {
    const one = startHistory('a');
    expect(undo(one)).to.equal(one);
    expect(redo(one)).to.equal(one);
  });

  it('forgets what was taken back once something new is done', () => {
    const changed = record(undo(record(startHistory('a'), 'b')), 'c');
    expect(changed.future).to.deep.equal([]);
    expect(undo(changed).present).to.equal('a');
  });

  it('keeps at least fifty steps, and not without end', () => {
    let history = startHistory(0);
    for (let step = 1; step <= 1000; step++) history = record(history, step);
    expect(history.past.length).to.be.within(50, 500);
  });
});
