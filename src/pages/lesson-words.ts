import { formatAccuracy, formatCount } from '../components/format';
import { versionName } from '../domain/ids';
import { isForgetful, judgeLesson, type Lesson, type LessonGround } from '../domain/lesson';
import { accuracyOf, type Score } from '../domain/metrics';
import type { TeachingState } from '../services/teaching-service';

/** A lesson's score on some images, before and after. */
export interface LessonRow {
  readonly name: string;
  readonly before: string;
  readonly after: string;
  readonly change: string;
  /** What the change is counted in, where that is not digits. */
  readonly unit: string;
  readonly tone: 'better' | 'worse' | 'plain';
}

/** What the images are called that check whether anything was forgotten. */
export function wordGround(ground: LessonGround): string {
  return ground === 'mnist' ? 'MNIST’s test images' : 'Generated digits';
}

/** What is going on, in a sentence. */
export function wordTeaching(state: TeachingState): string {
  if (state.state === 'getting-mnist') return 'Getting MNIST, so that nothing is forgotten.';
  if (state.state !== 'learning') return '';
  switch (state.stage) {
    case 'preparing':
      return 'Mixing your corrections with old images.';
    case 'before':
      return 'Checking how it reads now.';
    case 'learning':
      return 'Learning.';
    case 'after':
      return 'Checking how it reads after that.';
  }
}

/** How many corrections, in words. */
export function wordCorrections(count: number): string {
  return count === 1 ? '1 correction' : `${formatCount(count)} corrections`;
}

/** The scores of a lesson as rows of a table. */
export function lessonRows({ before, after, ground }: Lesson): readonly LessonRow[] {
  const gained = after.corrections.correct - before.corrections.correct;
  return [
    {
      name: 'Your corrections',
      before: wordOf(before.corrections),
      after: wordOf(after.corrections),
      change: signed(gained, String(Math.abs(gained))),
      unit: '',
      tone: gained < 0 ? 'worse' : toneOf(gained),
    },
    shareRow(wordGround(ground), before.ground, after.ground),
    shareRow('Drawn digits', before.drawn, after.drawn),
  ];
}

function shareRow(name: string, before: Score, after: Score): LessonRow {
  const gained = after.correct - before.correct;
  const points = Math.abs(100 * (accuracyOf(after) - accuracyOf(before))).toFixed(2);
  return {
    name,
    before: formatAccuracy(accuracyOf(before)),
    after: formatAccuracy(accuracyOf(after)),
    change: signed(gained, points),
    unit: gained === 0 ? '' : 'points',
    tone: isForgetful(before, after) ? 'worse' : toneOf(gained),
  };
}

function wordOf({ correct, total }: Score): string {
  return `${formatCount(correct)} of ${formatCount(total)}`;
}

function signed(change: number, size: string): string {
  if (change === 0) return 'none';
  return `${change > 0 ? '+' : '−'}${size}`;
}

function toneOf(change: number): LessonRow['tone'] {
  return change > 0 ? 'better' : 'plain';
}

/** What to do with what was learned, and why. */
export function wordRecommendation(lesson: Lesson): string {
  const { before, after, ground, startedFrom } = lesson;
  const gained = after.corrections.correct - before.corrections.correct;
  const name = wordGround(ground);
  const old = versionName(startedFrom);
  switch (judgeLesson(lesson)) {
    case 'forgetful': {
      const [from, to] = [before.ground, after.ground].map((score) => formatAccuracy(accuracyOf(score)));
      return `It forgets too much: ${name} fall from ${from} to ${to}, by more than 0.1 point. Keep ${old}.`;
    }
    case 'no-better':
      return `It reads no more of your corrections than before. Keep ${old}.`;
    case 'better':
      return `It reads ${formatCount(gained)} more of your corrections, and forgets next to nothing of ${name}. Use it.`;
  }
}
