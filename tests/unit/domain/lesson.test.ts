import { expect } from 'chai';
import { arrangeLesson, judgeLesson, lessonConfig } from '../../../src/domain/lesson';
import { ARCHITECTURES } from '../../../src/domain/architecture';
import { generateDigits } from '../../../src/domain/generated-digits';
import { SHIPPED_MODEL } from '../../../src/domain/ids';
import { imageAt } from '../../../src/domain/sample';

describe('a lesson', () => {
  const scores = (corrections: number, ground: number) => ({
    corrections: { correct: corrections, total: 12 },
    ground: { correct: ground, total: 10_000 },
    drawn: { correct: 490, total: 500 },
  });

  it('is worth using where more corrections are read, and nothing much is forgotten', () => {
    const before = scores(2, 9961);
    expect(judgeLesson({ before, after: scores(11, 9961) })).to.equal('better');
    expect(judgeLesson({ before, after: scores(11, 9951) }), 'exactly a tenth of a point').to.equal('better');
    expect(judgeLesson({ before, after: scores(2, 9970) })).to.equal('no-better');
  });

  it('is not where more than a tenth of a point is forgotten, whatever it gains', () => {
    expect(judgeLesson({ before: scores(0, 9961), after: scores(12, 9950) })).to.equal('forgetful');
  });

  it('learns from every correction, often enough, and checks with old images alone', () => {
    const corrections = generateDigits(1, 0, 3);
    const old = generateDigits(2, 0, 100);
    const [train, validation] = [Uint32Array.from({ length: 90 }, (_, k) => k), Uint32Array.of(95, 99)];
    const data = arrangeLesson(corrections, old, { train, validation });
    const first = data.train.length - train.length;
    expect(first % 3).to.equal(0);
    expect(first / data.train.length).to.be.within(0.1, 0.15);
    expect(imageAt(data.block.pixels, first - 1)).to.deep.equal(imageAt(corrections.pixels, 2));
    expect(imageAt(data.block.pixels, data.validation[1]!)).to.deep.equal(imageAt(old.pixels, 99));
    expect(data.block.labels[data.train.at(-1)!]).to.equal(old.labels[89]);
  });

  it('is a run like any other: a mixture, from the model that answered', () => {
    const startFrom = { versionId: SHIPPED_MODEL, weightsHash: 'ab' };
    const config = lessonConfig(ARCHITECTURES.best, startFrom, 12, 'mnist');
    expect(config.startFrom).to.equal(startFrom);
    if (config.dataset.kind !== 'mixture') throw new TypeError(config.dataset.kind);
    expect(config.dataset.parts.map(({ kind }) => kind)).to.deep.equal(['stored', 'mnist']);
    expect(config.dataset.parts[0]!.sampleCount).to.equal(12);
  });
});
