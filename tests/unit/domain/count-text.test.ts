import { expect } from 'chai';
import { countText } from '../../../src/domain/count-text';

it('writes counts as English does, whatever their length', () => {
  const counts = [0, 7, 42, 999, 1000, 60_000, 123_456, 1_000_000, 1_234_567_890, 1999.6, -12_345];
  expect(counts.map(countText)).to.deep.equal(counts.map((count) => Math.round(count).toLocaleString('en')));
});
