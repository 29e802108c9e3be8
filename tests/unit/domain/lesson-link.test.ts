import { expect } from 'chai';
import {
  cleanTitle,
  holdLocked,
  LESSON_LOCKS,
  readLesson,
  writeLesson,
  type LessonLock,
} from '../../../src/domain/lesson-link';
import { chooseDataset, chooseRecipe, newDraft } from '../../../src/domain/run-draft';
import { RECIPES } from '../../../src/domain/recipe';
import { writeLink } from '../../../src/domain/run-link';
import { linkAddress, lessonAddress, readLessonFlag, readLinkFlag } from '../../../src/pages/run-flags';

const all = LESSON_LOCKS.map(([lock]) => lock);

describe('lesson links', () => {
  it('come back as they were written, whatever the title is made of', () => {
    const run = writeLink({ ...newDraft(), epochs: 7 });
    for (const title of ['Overfitting', 'Größe & Maß = 100 %', '#/train?run=x&lock=', '١٢٣ 数字', 'a+b c']) {
      const address = lessonAddress(
        'https://host/app/?seed=1#/learn',
        writeLesson(run, title, ['data', 'epochs']),
      );
      const hash = new URL(address).hash;
      expect(address.startsWith('https://host/app/#/train?')).to.equal(true);
      expect(readLinkFlag(hash)).to.equal(run);
      const lesson = readLessonFlag(hash)!;
      expect(lesson.title).to.equal(title);
      expect([...lesson.locks]).to.deep.equal(['data', 'epochs']);
      expect(lesson.problems).to.deep.equal([]);
    }
  });

  it('are no lesson without a title, and lock nothing then', () => {
    const { hash } = new URL(linkAddress('https://host/', writeLink(newDraft())));
    expect(readLessonFlag(hash)).to.equal(undefined);
    expect(readLessonFlag('#/draw?lesson=x&lock=data')).to.equal(undefined);
  });

  it('take what they do not know for nothing, and say so once', () => {
    const lesson = readLesson('x', 'data,walls,__proto__,data,,constructor')!;
    expect([...lesson.locks]).to.deep.equal(['data']);
    expect(lesson.problems).to.have.length(1);
    expect(readLesson('x', undefined)!.problems).to.deep.equal([]);
    expect(readLesson('\u0000 \u202E', 'epochs')!.title).to.equal('Lesson without a title');
  });

  it('show a title as one line: nothing unseen, nothing turned around, at most 80 characters', () => {
    expect(cleanTitle(' a\u202Eb\n\tc\u200Bd\u0000 ')).to.equal('a b c d');
    expect(cleanTitle('\uD800')).to.equal('');
    expect([...cleanTitle('😀'.repeat(1000))]).to.have.length(80);
    expect(cleanTitle('<img src=x onerror=alert(1)>')).to.equal('<img src=x onerror=alert(1)>');
  });

  it('never throw on an address that is cut or bent', () => {
    const whole = `#/train?${writeLesson(writeLink(newDraft()), 'Größe', all)}`;
    for (let end = 0; end <= whole.length; end++) {
      const lesson = readLessonFlag(`${whole.slice(0, end)}%`);
      if (lesson) expect(lesson.title.length).to.be.greaterThan(0);
    }
  });
});

describe('a locked setup', () => {
  const lesson = { ...chooseDataset(newDraft(), 'generated', []), epochs: 9, engine: 'simd' as const };
  const changed = {
    ...chooseRecipe(chooseDataset(newDraft(), 'mnist', []), RECIPES[1]!.id),
    sampleCount: 77,
    engine: 'cpu' as const,
    seed: 5,
  };
  const held = (...locks: readonly LessonLock[]) => holdLocked(changed, lesson, new Set(locks));

  it('stays whole where all is locked, and changes where nothing is', () => {
    expect(held(...all)).to.deep.equal(lesson);
    expect(held()).to.deep.equal(changed);
  });

  it('keeps its epochs when another recipe is chosen, which would bring its own', () => {
    expect(held('epochs')).to.deep.equal({ ...changed, epochs: 9 });
  });

  it('keeps each part for itself', () => {
    expect(held('data')).to.deep.equal({ ...changed, dataset: 'generated', sampleCount: lesson.sampleCount });
    expect(held('engine')).to.deep.equal({ ...changed, engine: 'simd' });
    const { recipeId, settings, seed } = lesson;
    expect(held('recipe')).to.deep.equal({ ...changed, recipeId, settings, seed });
  });
});
