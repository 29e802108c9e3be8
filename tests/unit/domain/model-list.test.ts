import { expect } from 'chai';
import { ARCHITECTURES } from '../../../src/domain/architecture';
import type { ModelVersionId } from '../../../src/domain/ids';
import { filterModels, NO_FILTER, parseTags, tagsOf } from '../../../src/domain/model-list';
import type { ModelVersion } from '../../../src/domain/model-version';

function version(number: number, correct: number, more: Partial<ModelVersion> = {}): ModelVersion {
  return {
    id: number as ModelVersionId,
    createdAt: number,
    architecture: ARCHITECTURES.fast,
    preprocessVersion: 2,
    appVersion: '0',
    weightsHash: '',
    validation: { correct, total: correct < 0 ? 0 : 100 },
    ...more,
  };
}

const VERSIONS = [
  version(12, 90, { name: 'Grandmother', tags: ['night', 'good'], notes: 'Reads sevens.' }),
  version(11, -1, { importedFrom: 'cluster.zip', tags: ['night'] }),
  version(2, 97, { name: 'anna' }),
];
const SCORES = new Map([
  [11 as ModelVersionId, { correct: 5, total: 10 }],
  [2 as ModelVersionId, { correct: 4, total: 10 }],
]);
const find = (filter: Partial<typeof NO_FILTER>) =>
  filterModels(VERSIONS, SCORES, { ...NO_FILTER, ...filter }).map(({ id }) => id as number);

describe('finding one model among many', () => {
  it('by words of its name, notes, tags, number and file, all of which must be there', () => {
    expect(find({ words: 'SEVENS grand' })).to.deep.equal([12]);
    expect(find({ words: 'cluster' })).to.deep.equal([11]);
    expect(find({ words: 'v11' })).to.deep.equal([11]);
    expect(find({ words: 'night' })).to.deep.equal([12, 11]);
    expect(find({ words: 'night anna' })).to.deep.equal([]);
    expect(find({ words: '  ' })).to.deep.equal([12, 11, 2]);
  });

  it('by tag', () => {
    expect(find({ tag: 'good' })).to.deep.equal([12]);
    expect(tagsOf(VERSIONS)).to.deep.equal(['good', 'night']);
  });

  it('in order; what nobody has tested comes last', () => {
    expect(find({ order: 'name' })).to.deep.equal([2, 12, 11]);
    expect(find({ order: 'validation' })).to.deep.equal([2, 12, 11]);
    expect(find({ order: 'test' })).to.deep.equal([11, 2, 12]);
  });

  it('tags are each kept once, without the space around them, and not without end', () => {
    expect(parseTags(' night,, Good ,good,  from   afar ')).to.deep.equal(['night', 'Good', 'from afar']);
    expect(parseTags('x'.repeat(500))[0]).to.have.length(30);
    expect(parseTags(Array.from({ length: 99 }, (_, at) => `t${at}`).join(','))).to.have.length(12);
    expect(parseTags(' , ')).to.deep.equal([]);
  });
});
