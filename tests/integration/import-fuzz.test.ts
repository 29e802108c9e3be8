import { expect } from 'chai';
import { damagedArchives, readAllDamaged, readDamaged, seedArchives } from '../helpers/zip-fuzz';

/** `npm run fuzz` damages every byte; here it is one of so many. */
const STEP = 67;

describe('damaged archives', () => {
  it('whole, are read', async () => {
    for (const [name, bytes] of await seedArchives()) {
      expect(await readDamaged({ name, bytes }), name).to.equal('read');
    }
  });

  it('are read or refused by name, and nothing gets lost', async () => {
    const counts = await readAllDamaged(damagedArchives(await seedArchives(), STEP));
    const cases = Object.values(counts).reduce((sum, count) => sum + count, 0);
    expect(cases).to.be.at.least(120);
    expect(counts).to.include.keys('read', 'ZIP_TRUNCATED', 'ZIP_AMBIGUOUS');
  });
});
