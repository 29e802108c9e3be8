/**
 * A lesson: a model is trained a little further on the corrections of its user, among old images, so that it
 * reads what it misread and forgets nothing. It is held against the old model before anybody uses it.
 */
import type { Architecture } from './architecture';
import { CORRECTED, type DatasetPart } from './dataset';
import type { ModelVersionId } from './ids';
import type { Score } from './metrics';
import { joinBlocks } from './mix-samples';
import { ADAM } from './optimizer';
import type { Recipe } from './recipe';
import type { RunConfig, StartingPoint } from './run';
import type { SampleBlock } from './sample';

/** The old images that a lesson is mixed with, and checked with: MNIST's, or generated ones without it. */
export type LessonGround = 'mnist' | 'generated';

/** How a model does before or after a lesson. */
export interface LessonScores {
  readonly corrections: Score;
  /** On images that neither learned from: MNIST's test images, or generated ones. */
  readonly ground: Score;
  /** On the benchmark of drawn digits. */
  readonly drawn: Score;
}

/** One correction: what it is, and what it was read as before and after. */
export interface LessonSample {
  /** [28, 28] bytes. */
  readonly pixels: Uint8Array<ArrayBuffer>;
  readonly label: number;
  readonly before: number;
  readonly after: number;
}

/** What a lesson brought. */
export interface Lesson {
  /** The model that was trained further. */
  readonly startedFrom: ModelVersionId;
  readonly ground: LessonGround;
  readonly before: LessonScores;
  readonly after: LessonScores;
  readonly samples: readonly LessonSample[];
  readonly durationMs: number;
}

/** What to make of a lesson. */
export type LessonVerdict = 'better' | 'no-better' | 'forgetful';

/** The most that a model may forget of the old images, as a share of them: a tenth of a point. */
const MOST_FORGOTTEN = 0.001;

/** Whether what was learned is worth what was forgotten. */
export function judgeLesson({ before, after }: Pick<Lesson, 'before' | 'after'>): LessonVerdict {
  if (isForgetful(before.ground, after.ground)) return 'forgetful';
  return after.corrections.correct > before.corrections.correct ? 'better' : 'no-better';
}

/**
 * True where more than a tenth of a point is lost. Counted in whole images: shares that differ by a tenth of a
 * point do so by a rounding error more or less.
 */
export function isForgetful(before: Score, after: Score): boolean {
  return before.correct - after.correct > MOST_FORGOTTEN * before.total;
}

/** The name under which a lesson's recipe is kept; a person cannot choose it. */
export const LESSON_RECIPE = 'lesson';
/** Old images that are drawn for a lesson. */
const REPLAYED = 3000;
/** Corrections among all images that are learned from, as a share, and how often at most each is there. */
const CORRECTED_SHARE = 0.12;
const MOST_REPEATS = 50;

/** How a lesson is given: gently, and with corrections varied, so that not their very pixels are learned. */
function lessonRecipe(architecture: Architecture): Recipe {
  return {
    id: LESSON_RECIPE,
    title: 'Corrections',
    architecture,
    epochs: 3,
    batchSize: 64,
    optimizer: ADAM,
    learningRate: 0.0005,
    schedule: 'cosine',
    labelSmoothing: 0.05,
    augmentation: { shift: 1, rotation: 8, scale: 0.08, shear: 0.1, thickness: 0.4, elastic: 1 },
  };
}

/** The run that a lesson is: the corrections first, old images after them. */
export function lessonConfig(
  architecture: Architecture,
  startFrom: StartingPoint,
  correctionCount: number,
  ground: LessonGround,
): RunConfig {
  const parts: readonly DatasetPart[] = [
    { kind: 'stored', name: CORRECTED, title: 'Corrections', sampleCount: correctionCount },
    ground === 'mnist'
      ? { kind: 'mnist', sampleCount: REPLAYED }
      : { kind: 'generated', sampleCount: REPLAYED, seed: 1 },
  ];
  return {
    dataset: { kind: 'mixture', parts, sampleCount: correctionCount + REPLAYED },
    recipe: lessonRecipe(architecture),
    seed: 1,
    engine: 'auto',
    startFrom,
  };
}

/** The samples of a lesson, opened: which of them are learned from, and which check it. */
export interface LessonData {
  readonly block: SampleBlock;
  readonly train: Uint32Array;
  readonly validation: Uint32Array;
}

/**
 * Repeats the corrections, so that each batch holds enough of them. All are learned from: nobody corrects a
 * digit so that it is checked with. `corrections` and `old` are the samples; the indices are those of `old`.
 */
export function arrangeLesson(
  corrections: SampleBlock,
  old: SampleBlock,
  { train, validation }: { readonly train: Uint32Array; readonly validation: Uint32Array },
): LessonData {
  const count = corrections.labels.length;
  const wanted = (CORRECTED_SHARE / (1 - CORRECTED_SHARE)) * train.length;
  const repeats = Math.min(MOST_REPEATS, Math.max(1, Math.round(wanted / count)));
  const first = count * repeats;
  const repeated = Uint32Array.from({ length: first }, (_, index) => index);
  return {
    block: joinBlocks([...Array.from({ length: repeats }, () => corrections), old]),
    train: Uint32Array.from([...repeated, ...train.map((index) => first + index)]),
    validation: validation.map((index) => first + index),
  };
}
