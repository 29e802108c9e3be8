import { noCounts } from '../domain/dataset';
import { SAMPLE_SPLITS, SPLIT_TITLES, type SampleSplit } from '../domain/dataset-view';
import { splitOf, type OpenSamples } from '../services/sample-service';

/** Which samples of a set are shown. */
export interface SampleFilter {
  readonly digit: number | undefined;
  readonly split: SampleSplit | undefined;
  /** Only those that were relabelled here, or only those that look like another one. */
  readonly only: 'changed' | 'alike' | undefined;
}

/** Everything. */
export const NO_FILTER: SampleFilter = { digit: undefined, split: undefined, only: undefined };

/** The numbers of the samples that a filter lets through. Look-alikes stand side by side. */
export function filterSamples(
  samples: OpenSamples,
  { digit, split, only }: SampleFilter,
  duplicates: readonly (readonly number[])[] = [],
): readonly number[] {
  const isShown = (number: number) =>
    !samples.deleted.has(number) &&
    (digit === undefined || samples.labels[number] === digit) &&
    (split === undefined || splitOf(samples, number) === split) &&
    (only !== 'changed' || samples.relabelled.has(number));
  if (only === 'alike') return duplicates.flat().filter(isShown);
  const shown: number[] = [];
  for (let number = 0; number < samples.count; number++) if (isShown(number)) shown.push(number);
  return shown;
}

/** How many of each digit there are, by split: only the splits that have any. */
export function countBySplit(
  samples: OpenSamples,
): readonly { readonly name: string; readonly slot: 1 | 2 | 3; readonly values: readonly number[] }[] {
  const counts = SAMPLE_SPLITS.map(() => noCounts());
  for (let number = 0; number < samples.count; number++) {
    if (!samples.deleted.has(number)) counts[samples.splits[number]!]![samples.labels[number]!]! += 1;
  }
  return SAMPLE_SPLITS.map((split, at) => ({
    name: SPLIT_TITLES[split],
    slot: (at + 1) as 1 | 2 | 3,
    values: counts[at]!,
  })).filter(({ values }) => values.some((count) => count > 0));
}
