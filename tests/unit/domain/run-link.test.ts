import { expect } from 'chai';
import { ARCHITECTURES } from '../../../src/domain/architecture';
import { fromBase64url, toBase64url } from '../../../src/domain/base64url';
import { noCounts, type Dataset } from '../../../src/domain/dataset';
import { NO_CONTEXT, type DraftContext } from '../../../src/domain/draft-context';
import { findDraftErrors } from '../../../src/domain/draft-errors';
import { SHIPPED_MODEL } from '../../../src/domain/ids';
import { createRandom, type Random } from '../../../src/domain/random';
import { RECIPES } from '../../../src/domain/recipe';
import { chooseRecipe, newDraft, toRunConfig, type RunDraft } from '../../../src/domain/run-draft';
import { readLink, writeLink } from '../../../src/domain/run-link';

const OWN: Dataset = {
  name: 'own',
  title: 'Maria, class 4b',
  source: 'archive',
  contentHash: { train: '0123456789abcdef'.repeat(4), test: '' },
  shardCounts: { train: 1, test: 0 },
  counts: { train: Array.from({ length: 10 }, () => 500), test: noCounts() },
  completedAt: 0,
};

const CONTEXT: DraftContext = {
  sets: [OWN],
  versions: [
    { id: SHIPPED_MODEL, architecture: ARCHITECTURES.best, weightsHash: 'fedcba9876543210'.repeat(4) },
  ],
  isMnistAbsent: false,
};

/** A setup in which nothing is as in its recipe. */
const FULL: RunDraft = {
  ...chooseRecipe(newDraft(), 'balanced'),
  dataset: 'mixture',
  mixture: [
    { set: 'mnist', share: 60 },
    { set: 'own', share: 40 },
  ],
  sampleCount: 2500,
  epochs: 7,
  engine: 'simd',
  seed: 99,
  settings: {
    architecture: {
      name: 'own',
      layers: [
        { kind: 'conv', filters: 4, kernelSize: 5, stride: 2, padding: 'same' },
        { kind: 'batch-norm' },
        { kind: 'relu' },
        { kind: 'max-pool', size: 2 },
        { kind: 'dropout', rate: 0.25 },
        { kind: 'flatten' },
        { kind: 'dense', units: 10 },
      ],
    },
    batchSize: 32,
    optimizer: { kind: 'momentum', momentum: 0.9, weightDecay: 0.0001 },
    learningRate: 0.05,
    schedule: 'cosine',
    labelSmoothing: 0.1,
    augmentation: { shift: 2, rotation: 12.5, scale: 0.1, shear: 0.2, thickness: 0.5, elastic: 1.5 },
    earlyStopping: { patience: 4 },
  },
  startFrom: { versionId: SHIPPED_MODEL, replay: 'generated', replayShare: 30 },
};

const link = (record: unknown) => toBase64url(JSON.stringify(record));
const read = (patch: Readonly<Record<string, unknown>>, context = CONTEXT) =>
  readLink(link({ v: 1, r: 'quick', ...patch }), context);

describe('base64url', () => {
  it('is what the platform writes, and reads back', () => {
    for (const text of ['', 'a', 'ab', 'abc', '{"v":1}', '~}|{'.repeat(9)]) {
      const platform = btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
      expect(toBase64url(text)).to.equal(platform);
      expect(fromBase64url(platform)).to.equal(text);
    }
  });

  it('reads nothing else', () => {
    expect(fromBase64url('a')).to.equal(undefined);
    expect(fromBase64url('ab+/')).to.equal(undefined);
    expect(() => toBase64url('é')).to.throw(RangeError);
  });
});

describe('a link to a setup', () => {
  it('of a recipe as it is, is short', () => {
    for (const { id } of RECIPES) {
      expect(writeLink(chooseRecipe(newDraft(), id))).to.have.length.below(40);
    }
  });

  it('gives the very same setup again', () => {
    const drafts = [
      newDraft(),
      newDraft('generated'),
      { ...newDraft('generated'), sampleCount: 60_000 },
      FULL,
    ];
    for (const draft of [...drafts, ...RECIPES.map(({ id }) => chooseRecipe(newDraft(), id))]) {
      const { draft: again, problems } = readLink(writeLink(draft, CONTEXT), CONTEXT);
      expect(problems).to.deep.equal([]);
      expect(toRunConfig(again, CONTEXT)).to.deep.equal(toRunConfig(draft, CONTEXT));
    }
    expect(readLink(writeLink(FULL, CONTEXT), CONTEXT).draft).to.deep.equal(FULL);
    expect(findDraftErrors(FULL, CONTEXT)).to.deep.equal({});
  });

  it('names sets of one’s own by their content, never by their title', () => {
    const written = fromBase64url(writeLink({ ...newDraft(), dataset: 'own', sampleCount: 5000 }, CONTEXT))!;
    expect(written).to.contain('0123456789abcdef').and.not.to.contain('Maria').and.not.to.contain('own');
  });

  it('says what is not on this device, and takes the rest', () => {
    const { draft, problems } = readLink(writeLink(FULL, CONTEXT), { ...NO_CONTEXT, isMnistAbsent: true });
    expect(problems).to.have.length(2);
    expect(problems.join(' ')).to.contain('MNIST').and.to.contain('fedcba98…');
    expect(draft.settings).to.deep.equal(FULL.settings);
    expect(draft.seed).to.equal(99);
  });

  it('of another version, or damaged, is not taken at all', () => {
    for (const written of ['', '%%%', 'a', 'bnVsbA', link([1]), link({ v: 2 }), 'A'.repeat(100_000)]) {
      const { draft, problems } = readLink(written);
      expect(draft).to.deep.equal(newDraft());
      expect(problems).to.have.length(1);
    }
  });

  const hostile: readonly [string, unknown][] = [
    ['d', '<img src=x onerror=alert(1)>'],
    ['d', [['m', 50]]],
    [
      'd',
      [
        ['m', -50],
        ['g', 150],
      ],
    ],
    ['d', 'mixture'],
    ['n', 1e308],
    ['n', '60000'],
    ['e', 201],
    ['e', [1]],
    ['g', 'constructor'],
    ['s', -1],
    ['s', 1.5],
    ['a', [['c', 1e9, 3, 1, 0], ['f'], ['d', 10]]],
    ['a', [['f'], ['d', 11]]],
    ['a', Array.from({ length: 41 }, () => ['r'])],
    ['a', { length: 3 }],
    [
      'a',
      [
        ['f', 1],
        ['d', 10],
      ],
    ],
    ['o', { kind: 'sgd', weightDecay: 0 }],
    ['o', { kind: 'adam', weightDecay: 'NaN' }],
    ['l', 0],
    ['l', null],
    ['c', 'toString'],
    ['b', 0],
    ['m', 1],
    ['u', { shift: 1 }],
    ['u', [1, 2, 3, 4, 5, 6]],
    ['p', -1],
    ['f', ['fedcba9876543210', 'mnist', 100]],
    ['f', ['FEDC', 'none', 20]],
    ['f', true],
  ];
  for (const [key, value] of hostile) {
    it(`refuses ${key} = ${JSON.stringify(value).slice(0, 40)}, and only that`, () => {
      const { draft, problems } = read({ [key]: value, ...(key === 'e' ? {} : { e: 3 }) });
      expect(problems).to.have.length(1);
      expect(problems[0]).not.to.contain('<');
      expect(draft).to.deep.equal({ ...newDraft(), epochs: key === 'e' ? 1 : 3 });
    });
  }

  it('says that it holds more than is known, and takes nothing of an object’s own machinery', () => {
    const written = toBase64url('{"v":1,"r":"quick","__proto__":{"polluted":1},"zz":3,"e":2}');
    const { draft, problems } = readLink(written);
    expect(problems).to.have.length(1);
    expect(draft.epochs).to.equal(2);
    expect(({} as { polluted?: number }).polluted).to.equal(undefined);
  });

  it('whatever is in it, never throws, and never makes a setup of the wrong kind', () => {
    const random = createRandom(5);
    const keys = ['d', 'n', 'e', 'g', 's', 'a', 'o', 'l', 'c', 'b', 'm', 'u', 'p', 'f'];
    for (let round = 0; round < 3000; round++) {
      const record = Object.fromEntries(keys.map((key) => [key, anything(random, 3)]));
      const { draft } = readLink(link({ v: 1, r: 'best', ...record }), CONTEXT);
      const errors = findDraftErrors(draft, CONTEXT);
      if (Object.keys(errors).length === 0)
        expect(toRunConfig(draft, CONTEXT).recipe.epochs).to.be.a('number');
    }
  });

  it('damaged in any character, never throws', () => {
    const written = writeLink(FULL, CONTEXT);
    for (let at = 0; at < written.length; at++) {
      const { draft } = readLink(`${written.slice(0, at)}A${written.slice(at + 1)}`, CONTEXT);
      expect(draft.settings.architecture.layers).to.be.an('array');
    }
  });
});

/** Any JSON at all, with a liking for what a link does hold. */
function anything(random: Random, depth: number): unknown {
  const leaf = () =>
    random.pick<unknown>([
      null,
      true,
      0,
      1,
      10,
      -1,
      0.5,
      1e9,
      '',
      'm',
      'g',
      'adam',
      'c',
      'f',
      'd',
      'cosine',
      'none',
    ]);
  if (depth === 0 || random.next() < 0.5) return leaf();
  const some = Array.from({ length: random.integer(5) }, () => anything(random, depth - 1));
  return random.next() < 0.7 ? some : Object.fromEntries(some.map((value, index) => [`k${index}`, value]));
}
