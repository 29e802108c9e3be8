/**
 * A lesson: a link to a setup with a title, and with what is not to be touched. Like the setup itself it comes
 * from anybody's address: what is not understood is left out, and said.
 */
import type { RunDraft } from './run-draft';

/** What of a setup can be locked. */
export type LessonLock = 'recipe' | 'data' | 'epochs' | 'engine';

/** Every lock, and what it holds in words. */
export const LESSON_LOCKS: readonly (readonly [LessonLock, string])[] = [
  ['recipe', 'Recipe and own settings'],
  ['data', 'Data and number of images'],
  ['epochs', 'Epochs'],
  ['engine', 'Runs on'],
];

/** A title of more characters is cut. */
export const LONGEST_TITLE = 80;
/** Characters that are not seen, or that move others about: controls, bidi marks, zero widths. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]+/gu;

/** A lesson, as a link gives it. */
export interface LessonLink {
  readonly title: string;
  readonly locks: ReadonlySet<LessonLock>;
  /** What could not be understood, as sentences. */
  readonly problems: readonly string[];
}

/** A title as it may be shown: one line, nothing unseen, at most 80 characters. */
export function cleanTitle(title: string): string {
  const seen = title.replace(UNSEEN, ' ').replace(/\s+/gu, ' ').trim();
  return [...seen].slice(0, LONGEST_TITLE).join('').trim();
}

/** Writes a lesson as what stands behind `?` in an address. `run` is a written setup. */
export function writeLesson(run: string, title: string, locks: Iterable<LessonLock>): string {
  const query = new Map([
    ['run', run],
    ['lesson', encodeURIComponent(cleanTitle(title))],
    ['lock', [...locks].join(',')],
  ]);
  return [...query].map(([name, value]) => `${name}=${value}`).join('&');
}

/** Reads a lesson from its title and locks; undefined where there is none. Never throws. */
export function readLesson(title: string | undefined, locked: string | undefined): LessonLink | undefined {
  if (title === undefined) return undefined;
  const names = (locked ?? '').split(',').filter((name) => name !== '');
  const locks = LESSON_LOCKS.map(([lock]) => lock).filter((lock) => names.includes(lock));
  const isUnknown = names.some((name) => !LESSON_LOCKS.some(([lock]) => lock === name));
  return {
    title: cleanTitle(title) || 'Lesson without a title',
    locks: new Set(locks),
    problems: isUnknown ? ['The lesson locks something that this Inkling does not know.'] : [],
  };
}

/** A changed draft with all that is locked as the lesson has it. */
export function holdLocked(changed: RunDraft, lesson: RunDraft, locks: ReadonlySet<LessonLock>): RunDraft {
  return {
    ...changed,
    ...(locks.has('recipe') ? recipeOf(lesson) : {}),
    ...(locks.has('data') ? dataOf(lesson) : {}),
    ...(locks.has('epochs') ? { epochs: lesson.epochs } : {}),
    ...(locks.has('engine') ? { engine: lesson.engine } : {}),
  };
}

function recipeOf({ recipeId, settings, seed, startFrom }: RunDraft) {
  return { recipeId, settings, seed, startFrom };
}

function dataOf({ dataset, mixture, sampleCount }: RunDraft) {
  return { dataset, mixture, sampleCount };
}
