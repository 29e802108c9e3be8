import { expect } from 'chai';
import {
  abortedError,
  AppError,
  fromErrorRecord,
  isAborted,
  toErrorRecord,
} from '../../../src/domain/errors';
import { offersShards, parseShardManifest } from '../../../src/domain/shard-manifest';

describe('errors', () => {
  it('cross a thread as data and come back whole', () => {
    const help = { reason: 'BLANK_IMAGE', kept: 'All.', remedy: 'Draw.' };
    const record = structuredClone(toErrorRecord(new AppError('invalid-input', 'Blank.', help)));
    const error = fromErrorRecord(record);
    expect(error).to.be.instanceOf(AppError);
    expect([error.code, error.message, error.help]).to.deep.equal(['invalid-input', 'Blank.', help]);
  });

  it('that nobody expected are bugs, and keep their stack', () => {
    const record = toErrorRecord(new TypeError('x is not a function'));
    expect(record.code).to.equal('internal');
    expect(record.stack).to.contain('TypeError');
    expect(toErrorRecord('thrown text')).to.deep.equal({ code: 'internal', message: 'thrown text' });
  });

  it('of what was called off are known whoever threw them', () => {
    expect(isAborted(abortedError())).to.equal(true);
    expect(isAborted(new DOMException('stop', 'AbortError'))).to.equal(true);
    expect(isAborted(new Error('other'))).to.equal(false);
    expect(toErrorRecord(new DOMException('stop', 'AbortError')).code).to.equal('aborted');
  });
});

describe('the manifest of a data set', () => {
  const hash = 'a'.repeat(64);
  const shard = { path: 'train-00.bin', count: 5, encoding: 'gzip', byteLength: 10, sha256: hash };
  const split = { count: 5, contentHash: hash, shards: [shard] };
  const manifest = { format: 1, name: 'mnist', splits: { train: split, test: split } };

  it('is read', () => {
    expect(parseShardManifest(manifest).splits.train.shards[0]).to.deep.equal(shard);
    expect(offersShards(manifest)).to.equal(true);
    expect(offersShards({ format: 1, name: 'mnist' })).to.equal(false);
  });

  const broken: readonly [string, unknown][] = [
    ['nothing', null],
    ['another format', { ...manifest, format: 2 }],
    ['a split without shards', { ...manifest, splits: { train: {}, test: split } }],
    ['counts that do not add up', { ...manifest, splits: { train: { ...split, count: 6 }, test: split } }],
    ['no shard at all', { ...manifest, splits: { train: { ...split, count: 0, shards: [] }, test: split } }],
    ...['../../etc/passwd', 'https://elsewhere.example/x', '/abs', ''].map((path): [string, unknown] => [
      `the path “${path}”`,
      { ...manifest, splits: { train: { ...split, shards: [{ ...shard, path }] }, test: split } },
    ]),
    [
      'a hash that is none',
      { ...manifest, splits: { train: { ...split, shards: [{ ...shard, sha256: 'x' }] }, test: split } },
    ],
  ];
  for (const [name, value] of broken) {
    it(`with ${name} is refused`, () => {
      expect(() => parseShardManifest(value)).to.throw(AppError);
    });
  }
});
