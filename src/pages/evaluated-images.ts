import type { ConfusedPair } from '../components/pair-table';
import type { ReadImage } from '../components/read-images';
import { commonMistakes, countAt, shareAt } from '../domain/confusion-matrix';
import { confidenceOf, rowsOfPair } from '../domain/readings';
import { imageAt } from '../domain/sample';
import type { DoneEvaluation } from '../services/evaluation-service';
import { mayBeLearned } from './evaluation-words';

/** Lists of images that are worth a look. */
export type ImageList = 'hardest' | 'surest' | 'suspects';

/** Mistakes that are listed. */
const MOST_PAIRS = 7;

/** Images as tiles show them. */
export function toReadImages(
  { examined: { readings, pixels } }: DoneEvaluation,
  rows: readonly number[],
): readonly ReadImage[] {
  return rows.map((row) => ({
    row,
    pixels: imageAt(pixels, row),
    label: readings.labels[row]!,
    answer: readings.digits[row]!,
    probability: confidenceOf(readings, row),
  }));
}

/** The images of a list, and what is said of them. */
export function listRows(
  { examined: { evaluation }, data }: DoneEvaluation,
  list: ImageList,
): { readonly rows: readonly number[]; readonly explanation: string } {
  switch (list) {
    case 'hardest':
      return { rows: evaluation.hardest, explanation: 'The least likely labels, by what the model thinks.' };
    case 'surest':
      return { rows: evaluation.surestMistakes, explanation: 'Read wrongly, and surely so.' };
    case 'suspects': {
      const rows = evaluation.suspects.map(({ row }) => row);
      return { rows, explanation: wordSuspects(rows.length, mayBeLearned(data)) };
    }
  }
}

function wordSuspects(count: number, isLearned: boolean): string {
  const found =
    count === 0 ? 'No label looks wrong.' : 'The model is sure of another digit, the surest first.';
  return isLearned
    ? `${found} A model that learned from these images may have learned their errors, too.`
    : found;
}

/** The mistakes that were made most often, the worst first. */
export function confusedPairs({
  examined: { evaluation, readings },
}: DoneEvaluation): readonly ConfusedPair[] {
  return commonMistakes(evaluation.matrix, MOST_PAIRS).map((pair) => {
    const rows = rowsOfPair(readings, pair);
    const sum = rows.reduce((total, row) => total + confidenceOf(readings, row), 0);
    return {
      ...pair,
      count: countAt(evaluation.matrix, pair),
      share: shareAt(evaluation.matrix, pair),
      confidence: sum / rows.length,
    };
  });
}
