import type { ClassCounts } from './dataset';

/** Versions of the preprocessing: what a model learned with, and what the images were prepared with. */
export interface PreprocessVersions {
  readonly model: number;
  /** Undefined where nobody knows, or where the images came as they are. */
  readonly images?: number;
}

/** What has to be known of the images of a test to read its figures rightly, as sentences. */
export function notesOnImages(counts: ClassCounts, { model, images }: PreprocessVersions): readonly string[] {
  return [...noteOnClasses(counts), ...(images === undefined ? [] : noteOnPreprocess(model, images))];
}

function noteOnClasses(counts: ClassCounts): readonly string[] {
  const present = [...counts.keys()].filter((digit) => counts[digit]! > 0);
  const absent = [...counts.keys()].filter((digit) => counts[digit] === 0);
  if (absent.length === 0 || present.length === 0) return [];
  if (present.length === 1) {
    return [
      `All of these are a ${present[0]}. They tell how many of that digit are found, and nothing of the other ` +
        'nine: precision is 100% whatever the model does, and there is no ROC curve. Test with a set that has all ten.',
    ];
  }
  return [
    `There is no ${list(absent)} among them: averages over the digits leave ${absent.length === 1 ? 'it' : 'them'} out.`,
  ];
}

function noteOnPreprocess(model: number, images: number): readonly string[] {
  if (images === model) return [];
  const how = images < model ? 'an older way' : 'a newer way';
  return [
    `These images were prepared in ${how} (version ${images}) than those that the model learned from (version ` +
      `${model}). Some of its mistakes may come of that alone. ` +
      (images < model
        ? 'Add their files again on the Data page, and they are prepared as today.'
        : 'Train the model anew, and it learns from images that are prepared as today.'),
  ];
}

/** "0, 3 or 5". */
function list(digits: readonly number[]): string {
  return digits.length === 1 ? String(digits[0]) : `${digits.slice(0, -1).join(', ')} or ${digits.at(-1)}`;
}
