import { expect } from 'chai';
import type { ModelVersionId } from '../../../src/domain/ids';
import type { Lesson } from '../../../src/domain/lesson';
import { lessonRows, wordRecommendation } from '../../../src/pages/lesson-words';

/** A lesson on 12 corrections: how many are read before and after, and how many test images. */
function lessonOf(corrections: readonly [number, number], mnist: readonly [number, number]): Lesson {
  const scores = (at: 0 | 1) => ({
    corrections: { correct: corrections[at], total: 12 },
    ground: { correct: mnist[at], total: 10_000 },
    drawn: { correct: 493 + at, total: 500 },
  });
  return {
    startedFrom: 3 as ModelVersionId,
    ground: 'mnist',
    before: scores(0),
    after: scores(1),
    samples: [],
    durationMs: 3000,
  };
}

describe('what is said of a lesson', () => {
  it('advises to use what gained, and says what it gained', () => {
    const words = wordRecommendation(lessonOf([2, 11], [9961, 9958]));
    expect(words).to.contain('9 more of your corrections');
    expect(words).to.match(/Use it\.$/);
  });

  it('says so where MNIST falls by more than a tenth of a point, and advises against it', () => {
    const words = wordRecommendation(lessonOf([0, 12], [9961, 9950]));
    expect(words).to.contain('fall from 99.61% to 99.50%, by more than 0.1 point');
    expect(words).to.match(/Keep v3\.$/);
    expect(wordRecommendation(lessonOf([0, 12], [9961, 9951]))).to.match(/Use it\.$/);
  });

  it('advises against what gained nothing', () => {
    expect(wordRecommendation(lessonOf([12, 12], [9961, 9971]))).to.match(/Keep v3\.$/);
  });

  it('marks as wrong only what is lost beyond the limit', () => {
    const tones = (lesson: Lesson) => lessonRows(lesson).map(({ tone }) => tone);
    expect(tones(lessonOf([2, 11], [9961, 9958]))).to.deep.equal(['better', 'plain', 'better']);
    expect(tones(lessonOf([2, 1], [9961, 9900]))).to.deep.equal(['worse', 'worse', 'better']);
    const [corrections, mnist] = lessonRows(lessonOf([2, 11], [9961, 9958]));
    expect([corrections!.change, mnist!.change, mnist!.unit]).to.deep.equal(['+9', '−0.03', 'points']);
  });
});
