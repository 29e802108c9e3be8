import { formatCount } from '../components/format';
import type { ConfusedPair } from '../components/pair-table';
import type { ReadImage } from '../components/read-images';
import { commonMistakes, countAt, shareAt } from '../domain/confusion-matrix';
import { findLabelSuspects, type LabelSuspect } from '../domain/label-suspects';
import { confidenceOf, readLogits, rowsOfPair, type Readings } from '../domain/readings';
import { imageAt } from '../domain/sample';
import type { DoneEvaluation } from '../services/evaluation-service';
import { mayBeLearned } from './evaluation-words';

/** Lists of images that are worth a look. */
export type ImageList = 'hardest' | 'surest' | 'suspects';

/** Mistakes that are listed. */
const MOST_PAIRS = 7;
/** Suspects that are listed. */
const MOST_SUSPECTS = 200;
const LEARNED_ERRORS = 'A model that learned from these images may have learned their errors, too.';

/** Images as tiles show them; what was read in them is that of the test, unless it is named. */
export function toReadImages(
  { examined }: DoneEvaluation,
  rows: readonly number[],
  readings: Readings = examined.readings,
): readonly ReadImage[] {
  const { pixels } = examined;
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
      const words = wordSuspects(evaluation.suspects);
      return { rows, explanation: mayBeLearned(data) ? `${words} ${LEARNED_ERRORS}` : words };
    }
  }
}

/**
 * Suspects by networks that have not learned from the images: their logits, [count, 10], held against the labels
 * as they are now.
 */
export function suspectsOf({ examined: { readings } }: DoneEvaluation, unseen: Float32Array) {
  const checked = readLogits(unseen, readings.labels);
  const suspects = findLabelSuspects(checked, MOST_SUSPECTS);
  return {
    rows: suspects.map(({ row }) => row),
    readings: checked,
    explanation: `${wordSuspects(suspects)} By networks that have not learned from them.`,
  };
}

/** "12 are surely read as another digit, then come 40 that merely are." */
function wordSuspects(suspects: readonly LabelSuspect[]): string {
  const sure = suspects.filter(({ isConfident }) => isConfident).length;
  const rest = suspects.length - sure;
  if (suspects.length === 0) return 'No label looks wrong.';
  if (sure === 0) return `${formatCount(rest)} read as another digit, but not surely.`;
  const first = `${formatCount(sure)} surely read as another digit`;
  return rest === 0 ? `${first}, the surest first.` : `${first}, then ${formatCount(rest)} less surely.`;
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
